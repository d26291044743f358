package share

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	rnd "math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/union"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/fhir"
	"github.com/evenkeel/evenkeel/internal/host"
	"github.com/evenkeel/evenkeel/internal/host/client"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/memory"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/internal/vault/envelope"
	"github.com/evenkeel/evenkeel/internal/wire"
	"github.com/evenkeel/evenkeel/journal"
)

// base is where the host of a test is said to be; requests reach it without a
// network.
const base = "https://host.example"

// world is a host, a program with its inbox there, and the clock that all go by.
type world struct {
	t     testing.TB
	clock *place.Clock
	host  *host.Host
	away  bool // the host does not answer a device

	program *client.Log
	keys    *envelope.Recipient
	code    string
}

func newWorld(t testing.TB) *world {
	w := &world{t: t, clock: &place.Clock{Time: evening}}
	limits := host.DefaultLimits()
	limits.PerLog, limits.PerNetwork, limits.Beginnings = 1e6, 1e6, 1e6
	w.host = host.New(host.Config{Store: memory.Open(), Clock: w.clock, Registration: host.Open, Limits: limits, Log: slog.New(slog.DiscardHandler)})
	w.open()
	return w
}

// RoundTrip hands a request to the host.
func (w *world) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body == nil {
		r.Body = http.NoBody
	}
	r.RemoteAddr = "203.0.113.1:1"
	answer := httptest.NewRecorder()
	w.host.Handler().ServeHTTP(answer, r)
	return answer.Result(), nil
}

// open begins the program's log, with a card.
func (w *world) open() {
	w.t.Helper()
	var err error
	if w.keys, err = envelope.NewRecipient(rand.Reader); err != nil {
		w.t.Fatal(err)
	}
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		w.t.Fatal(err)
	}
	log := wire.Address(sha256.Sum256([]byte("the program")))
	if w.program, err = client.New(base, log, key, w.clock, w); err != nil {
		w.t.Fatal(err)
	}
	if err := w.program.Begin(w.t.Context(), ""); err != nil {
		w.t.Fatal(err)
	}
	card, err := json.Marshal(care.Card{Version: care.CardVersion, Name: "Harbor Outpatient", Kind: "program", Seal: w.keys.Public(), Host: base, Inbox: log.String()})
	if err != nil {
		w.t.Fatal(err)
	}
	if err := w.program.PutCard(w.t.Context(), card); err != nil {
		w.t.Fatal(err)
	}
	sum := sha256.Sum256(card)
	w.code = base + "/#" + log.String() + "." + base64.RawURLEncoding.EncodeToString(sum[:])
}

// letters are what the program finds in its inbox, by address and in order, each
// signed by the same key as the first.
func (w *world) letters() map[string][]care.Letter {
	w.t.Helper()
	_, records, err := w.program.Inbox(w.t.Context(), 0)
	if err != nil {
		w.t.Fatal(err)
	}
	all, keys := map[string][]care.Letter{}, map[string]ed25519.PublicKey{}
	for _, r := range records {
		plain, sender, err := w.keys.Open(LetterContext, r.Ciphertext)
		if err != nil {
			w.t.Fatal(err)
		}
		var l care.Letter
		if err := json.Unmarshal(plain, &l); err != nil {
			w.t.Fatal(err)
		}
		if k := keys[l.Address]; k != nil && !k.Equal(sender) {
			w.t.Errorf("a letter about %s is of another key", l.Address)
		}
		keys[l.Address] = sender
		all[l.Address] = append(all[l.Address], l)
	}
	return all
}

// raw is what lies at an address; nil where it ended.
func (w *world) raw(address string) []byte {
	w.t.Helper()
	visitor, err := client.NewVisitor(base, w)
	if err != nil {
		w.t.Fatal(err)
	}
	at, err := wire.ParseAddress(address)
	if err != nil {
		w.t.Fatal(err)
	}
	body, _, err := visitor.Fetch(w.t.Context(), at, "Harbor")
	if err != nil && !fault.Is(err, fault.NotFound) {
		w.t.Fatal(err)
	}
	return body
}

// fetched is what the program gets of a share; nil where it ended.
func (w *world) fetched(address string) *care.Projection {
	w.t.Helper()
	if body := w.raw(address); body != nil {
		return w.opened(address, body)
	}
	return nil
}

func (w *world) opened(address string, body []byte) *care.Projection {
	w.t.Helper()
	plain, _, err := w.keys.Open(ShareContext(address), body)
	if err != nil {
		w.t.Fatal(err)
	}
	p := new(care.Projection)
	if err := json.Unmarshal(plain, p); err != nil {
		w.t.Fatal(err)
	}
	return p
}

// device is what a device has on its disk, and the program that runs on it.
type device struct {
	*Sharing
	w     *world
	store port.Store
	keys  *memory.Keys
	notes *notes
	fate  *fate // nil while nothing fails
}

func (w *world) device() *device {
	d := &device{w: w, store: memory.Open(), keys: new(memory.Keys), notes: &notes{files: map[string][]byte{}}}
	d.restart()
	return d
}

// restart is the program begun anew on the same disk.
func (d *device) restart() {
	d.w.t.Helper()
	a := app.New(app.Config{Store: d.store, Device: d.keys, Clock: d.w.clock, IDs: place.IDs{}, Random: rand.Reader})
	if err := a.Open(d.w.t.Context()); err != nil {
		d.w.t.Fatal(err)
	}
	texts, err := locale.Load()
	if err != nil {
		d.w.t.Fatal(err)
	}
	u := &union.Union{App: a, Notes: d.notes, Clock: d.w.clock, Random: rand.Reader, Dial: func(base string, log wire.Address, key ed25519.PrivateKey) (union.Line, error) {
		return client.New(base, log, key, d.w.clock, d.w)
	}}
	d.Sharing = &Sharing{App: a, Union: u, Dial: d.dial, Visit: d.visit, Random: rand.Reader, Texts: texts,
		Bundle: fhir.Bundle}
}

func (d *device) dial(base string, log wire.Address, key ed25519.PrivateKey) (Place, error) {
	l, err := client.New(base, log, key, d.w.clock, d.w)
	return &badPlace{l, d}, err
}

func (d *device) visit(base string) (Visitor, error) {
	v, err := client.NewVisitor(base, d.w)
	return &badVisitor{v, d}, err
}

// pair gives two devices of one log.
func (w *world) pair() (a, b *device) {
	w.t.Helper()
	a, b = w.device(), w.device()
	if _, err := a.Union.Start(w.t.Context(), base, ""); err != nil {
		w.t.Fatal(err)
	}
	code, _, _, err := a.Union.Invite(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := b.Union.Join(w.t.Context(), code); err != nil {
		w.t.Fatal(err)
	}
	return a, b
}

// sync synchronises and wants no complaint.
func (d *device) sync() {
	d.w.t.Helper()
	if done, err := d.Union.Sync(d.w.t.Context()); err != nil || done.Problem() != nil {
		d.w.t.Fatalf("%+v, %v", done, err)
	}
}

// sealed is a draft for the program.
func (d *device) sealed() *Draft {
	d.w.t.Helper()
	seen, err := (&Sharing{Visit: func(base string) (Visitor, error) { return client.NewVisitor(base, d.w) }}).Look(d.w.t.Context(), d.w.code)
	if err != nil {
		d.w.t.Fatal(err)
	}
	return &Draft{Form: "sealed", Renew: "daily", Card: &seen.Card, Patient: "Sam R.", Parts: []string{"contact", "trends"}, Days: 30, Purposes: []string{"care"},
		Until: journal.DateOf(d.w.clock.Time).Add(60)}
}

// notes are a device's notes on its disk.
type notes struct{ files map[string][]byte }

func (n *notes) Read(_ context.Context, name string) ([]byte, error) {
	if b, ok := n.files[name]; ok {
		return slices.Clone(b), nil
	}
	return nil, fault.New(fault.NotFound, "store.no_reference")
}

func (n *notes) Write(_ context.Context, name string, sealed []byte) error {
	n.files[name] = slices.Clone(sealed)
	return nil
}

func (n *notes) Remove(_ context.Context, name string) error {
	delete(n.files, name)
	return nil
}

// errKilled ends the program where it is: nothing that it would do next is done.
var errKilled = errors.New("killed")

// errLost is a line that broke.
var errLost = fault.Wrap(io.ErrUnexpectedEOF, fault.Internal, "host.away")

// fate decides what fails, by a seed.
type fate struct {
	*rnd.Rand
	oneIn int
	count map[string]int
	// dead ends a program for good until it is begun anew.
	dead bool
	mu   sync.Mutex // two requests may be on their way at once
}

// hazard loses requests and answers, sends some twice, and is where programs die.
func (f *fate) hazard(ask func() error) error {
	if f == nil {
		return ask()
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case f.dead:
		return errKilled
	case f.IntN(f.oneIn) > 0:
		return ask()
	}
	kind := []string{"lost request", "lost answer", "sent twice", "killed before", "killed after"}[f.IntN(5)]
	f.count[kind]++
	f.dead = kind == "killed before" || kind == "killed after"
	switch kind {
	case "lost request":
		return errLost
	case "killed before":
		return errKilled
	}
	err := ask()
	switch kind {
	case "lost answer":
		return errLost
	case "killed after":
		return errKilled
	}
	if again := ask(); again != nil && err == nil {
		return again
	}
	return err
}

func (d *device) hazard(ask func() error) error {
	if d.w.away {
		return errLost
	}
	return d.fate.hazard(ask)
}

// badPlace is a line to the person's host, on which everything that is put is looked
// at.
type badPlace struct {
	*client.Log
	d *device
}

func (p *badPlace) PutShare(ctx context.Context, share wire.Address, kind wire.ShareKind, until time.Time, body []byte) error {
	p.d.known(share, kind, body)
	return p.d.hazard(func() error { return p.Log.PutShare(ctx, share, kind, until, body) })
}

func (p *badPlace) EndShare(ctx context.Context, share wire.Address) error {
	return p.d.hazard(func() error { return p.Log.EndShare(ctx, share) })
}

func (p *badPlace) Shares(ctx context.Context) (list []wire.ShareState, err error) {
	err = p.d.hazard(func() error {
		list, err = p.Log.Shares(ctx)
		return err
	})
	return list, err
}

type badVisitor struct {
	*client.Visitor
	d *device
}

func (v *badVisitor) Post(ctx context.Context, log wire.Address, letter []byte) error {
	return v.d.hazard(func() error { return v.Visitor.Post(ctx, log, letter) })
}

// known wants what is on its way to the host to stand in the device's journal as it
// lies on its disk: the share, not ended, and this very version.
func (d *device) known(share wire.Address, kind wire.ShareKind, body []byte) {
	t := d.w.t
	t.Helper()
	j := d.onDisk()
	for _, sh := range j.Shares() {
		if sh.Share().Address != share.String() {
			continue
		}
		if sh.Ended() {
			t.Errorf("%s is put after it was ended here", share)
		}
		if kind != wire.ShareSealed {
			return
		}
		number := d.w.opened(share.String(), body).Number
		if !slices.ContainsFunc(sh.Disclosures, func(e journal.Entry) bool { return int64(e.Disclosure().Number) == number }) {
			t.Errorf("version %d of %s is put and not on record", number, share)
		}
		return
	}
	t.Errorf("%s is put and the journal does not know it", share)
}

// onDisk is the journal as another process would read it.
func (d *device) onDisk() *journal.Journal {
	d.w.t.Helper()
	a := app.New(app.Config{Store: d.store, Device: d.keys, Clock: d.w.clock, IDs: place.IDs{}, Random: rand.Reader})
	if err := a.Open(d.w.t.Context()); err != nil {
		d.w.t.Fatal(err)
	}
	j, err := a.Read(d.w.t.Context())
	if err != nil {
		d.w.t.Fatal(err)
	}
	return j
}
