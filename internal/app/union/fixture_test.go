package union_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	rnd "math/rand/v2"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/union"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/host"
	"github.com/evenkeel/evenkeel/internal/host/client"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/memory"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/internal/wire"
	"github.com/evenkeel/evenkeel/journal"
)

// base is where the host of a test is said to be; requests reach it without a
// network.
const base = "https://host.example"

// world is a host, and the clock that everybody goes by.
type world struct {
	t     testing.TB
	clock *place.Clock
	store port.Store // of the host
	host  *host.Host
}

func newWorld(t testing.TB) *world { return newWorldOn(t, memory.Open()) }

func newWorldOn(t testing.TB, store port.Store) *world {
	w := &world{t: t, clock: &place.Clock{Time: place.Evening}, store: store}
	limits := host.DefaultLimits()
	limits.PerLog, limits.PerNetwork, limits.Beginnings, limits.Meetings = 1e6, 1e6, 1e6, 1e6
	w.host = host.New(host.Config{Store: w.store, Clock: w.clock, Registration: host.Open, Limits: limits, Log: slog.New(slog.DiscardHandler)})
	return w
}

// RoundTrip hands a request to the host as it is now.
func (w *world) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body == nil {
		r.Body = http.NoBody
	}
	r.RemoteAddr = "203.0.113.1:1"
	answer := httptest.NewRecorder()
	w.host.Handler().ServeHTTP(answer, r)
	return answer.Result(), nil
}

// device is what a device has on its disk, and the program that runs on it.
type device struct {
	*union.Union
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
	d.notes.fate = d.fate
	d.Union = &union.Union{App: a, Notes: d.notes, Clock: d.w.clock, Random: rand.Reader, Dial: d.dial,
		Visit: func(base string) (union.Rendezvous, error) { return client.NewVisitor(base, d.w) }}
}

func (d *device) dial(base string, log wire.Address, key ed25519.PrivateKey) (union.Line, error) {
	l, err := client.New(base, log, key, d.w.clock, d.w)
	if err != nil || d.fate == nil {
		return l, err
	}
	return &badLine{l, d.fate}, nil
}

// plain is every record that the device can read, by id.
func (d *device) plain() map[journal.ID]string {
	d.w.t.Helper()
	all := map[journal.ID]string{}
	if _, err := d.App.Each(d.w.t.Context(), false, func(id journal.ID, b []byte) error {
		all[id] = string(b)
		return nil
	}); err != nil {
		d.w.t.Fatal(err)
	}
	return all
}

// sync synchronises and wants no complaint.
func (d *device) sync() union.Done {
	d.w.t.Helper()
	done, err := d.Sync(d.w.t.Context())
	if err != nil || done.Problem() != nil {
		d.w.t.Fatalf("%+v, %v, %v", done, err, done.Problem())
	}
	return done
}

// pair gives two devices of one log.
func (w *world) pair() (a, b *device) {
	w.t.Helper()
	a, b = w.device(), w.device()
	if _, err := a.Start(w.t.Context(), base, ""); err != nil {
		w.t.Fatal(err)
	}
	code, _, _, err := a.Invite(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := b.Join(w.t.Context(), code); err != nil {
		w.t.Fatal(err)
	}
	return a, b
}

// notes are a device's notes on its disk.
type notes struct {
	files map[string][]byte
	fate  *fate
}

func (n *notes) Read(_ context.Context, name string) ([]byte, error) {
	if b, ok := n.files[name]; ok {
		return b, nil
	}
	return nil, fault.New(fault.NotFound, "store.no_reference")
}

func (n *notes) Write(_ context.Context, name string, sealed []byte) error {
	if n.fate.strikes() {
		return errKilled // before it is written, or after
	}
	n.files[name] = sealed
	if n.fate.strikes() {
		return errKilled
	}
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
}

func (f *fate) strikes() bool { return f != nil && f.oneIn > 0 && f.IntN(f.oneIn) == 0 }

// badLine loses requests and answers, sends some twice, and is where programs die.
type badLine struct {
	union.Line
	fate *fate
}

func hazard[T any](l *badLine, f func() (T, error)) (got T, err error) {
	if !l.fate.strikes() {
		return f()
	}
	kind := []string{"lost request", "lost answer", "sent twice", "killed before", "killed after"}[l.fate.IntN(5)]
	l.fate.count[kind]++
	switch kind {
	case "lost request":
		return got, errLost
	case "killed before":
		return got, errKilled
	}
	first, err := f()
	switch kind {
	case "lost answer":
		return got, errLost
	case "killed after":
		return got, errKilled
	}
	if _, again := f(); again != nil && !fault.Is(again, fault.Conflict) {
		return got, again
	}
	return first, err
}

type answer struct {
	head    wire.Head
	records []port.Sealed
}

func (l *badLine) Pull(ctx context.Context, after int64) (wire.Head, []port.Sealed, error) {
	a, err := hazard(l, func() (a answer, err error) {
		a.head, a.records, err = l.Line.Pull(ctx, after)
		return a, err
	})
	return a.head, a.records, err
}

func (l *badLine) Push(ctx context.Context, version int64, records []port.Sealed) (wire.Head, error) {
	return hazard(l, func() (wire.Head, error) { return l.Line.Push(ctx, version, records) })
}

func (l *badLine) Forget(ctx context.Context, version int64, ids []port.RecordID) (wire.Head, error) {
	return hazard(l, func() (wire.Head, error) { return l.Line.Forget(ctx, version, ids) })
}

// minutes moves everybody's clock.
func (w *world) minutes(n int) { w.clock.Time = w.clock.Time.Add(time.Duration(n) * time.Minute) }
