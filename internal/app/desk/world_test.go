package desk_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/app/desk"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/memory"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/internal/vault/envelope"
	"github.com/evenkeel/evenkeel/internal/wire"
	"github.com/evenkeel/evenkeel/journal"
)

// world is a host that does whatever a test makes it do, with one desk's inbox and
// anybody's shares.
type world struct {
	t     testing.TB
	clock *place.Clock

	mu      sync.Mutex
	version int64
	letters []port.Sealed
	shares  map[string][]byte
	down    map[string]bool // hosts that do not answer
	asked   map[string]int
	card    []byte
}

const home = "https://host.example"

func newWorld(t testing.TB) *world {
	return &world{t: t, clock: &place.Clock{Time: place.Evening}, shares: map[string][]byte{}, down: map[string]bool{}, asked: map[string]int{}}
}

// desk is a desk of the world, begun and with its card out.
func (w *world) desk() *desk.Desk {
	w.t.Helper()
	d := w.on(memory.Open())
	want(w.t, "begin", d.Begin(w.t.Context(), clinic, "Ana", "ana's words"), "")
	want(w.t, "start", d.Start(w.t.Context(), home+"/", ""), "")
	return d
}

func (w *world) on(store port.Store) *desk.Desk {
	return desk.New(desk.Config{Store: store, Clock: w.clock, Random: rand.Reader, Stretch: quickly,
		Dial: func(string, wire.Address, ed25519.PrivateKey) (desk.Line, error) { return inbox{w}, nil },
		Visit: func(base string) (desk.Visitor, error) {
			if !strings.HasPrefix(base, "https://") {
				return nil, fault.New(fault.Invalid, "host.where_form")
			}
			return host{w, base}, nil
		}})
}

type inbox struct{ *world }

func (inbox) Begin(context.Context, string) error { return nil }

func (w inbox) PutCard(_ context.Context, card []byte) error { w.card = card; return nil }

func (w inbox) Inbox(_ context.Context, after int64) (wire.Head, []port.Sealed, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	head := wire.Head{Version: w.version, Last: int64(len(w.letters))}
	if after >= head.Last {
		return head, nil, nil
	}
	return head, w.letters[after:min(head.Last, after+700)], nil
}

func (w inbox) ForgetInbox(_ context.Context, version int64, ids []port.RecordID) (wire.Head, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if version != w.version {
		return wire.Head{}, fault.New(fault.Conflict, "store.moved_on")
	}
	w.version++
	for i := range w.letters {
		for _, id := range ids {
			if w.letters[i].ID == id {
				w.letters[i].Ciphertext = nil
			}
		}
	}
	return wire.Head{Version: w.version, Last: int64(len(w.letters))}, nil
}

// left counts the letters that were not forgotten.
func (w *world) left() (n int) {
	for _, l := range w.letters {
		if len(l.Ciphertext) > 0 {
			n++
		}
	}
	return n
}

type host struct {
	*world
	base string
}

func (h host) Fetch(_ context.Context, share wire.Address, recipient string) ([]byte, string, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.asked[h.base]++
	if recipient != clinic.Name {
		return nil, "", errors.New("asked under another name")
	}
	if h.down[h.base] {
		return nil, "", errors.New("no answer")
	}
	body, ok := h.shares[share.String()]
	if !ok {
		return nil, "", fault.New(fault.NotFound, "host.nothing_here")
	}
	return body, "application/octet-stream", nil
}

// sharer is somebody who shares.
type sharer struct {
	w    *world
	to   []byte // the key of the card
	key  ed25519.PrivateKey
	name string
	id   string
	host string
}

func (w *world) sharer(d *desk.Desk, name string) *sharer {
	w.t.Helper()
	shown, err := d.Card(w.t.Context())
	want(w.t, "card", err, "")
	_, key, err := ed25519.GenerateKey(rand.Reader)
	want(w.t, "key", err, "")
	var id wire.Address
	if _, err := rand.Read(id[:]); err != nil {
		w.t.Fatal(err)
	}
	return &sharer{w, shown.Card.Seal, key, name, id.String(), home}
}

func (s *sharer) projection(number int64) care.Projection {
	return care.Projection{Version: 1, Number: number, Made: s.w.clock.Time, Language: "en", Notice: "42 CFR part 2 prohibits unauthorized use or disclosure of these records.",
		Consent: journal.Consent{Patient: s.name, Parts: []string{"contact"}, Recipient: clinic.Name, RecipientKind: "program", Purposes: []string{"care"}, Purpose: "care", Until: journal.DateOf(s.w.clock.Time).Add(30), Signed: s.name, SignedAt: s.w.clock.Time},
		Contact: &care.Contact{LastEntry: journal.DateOf(s.w.clock.Time), LastCheckIn: journal.DateOf(s.w.clock.Time)}}
}

func (s *sharer) put(p care.Projection) {
	s.w.shares[s.id] = s.seal("evenkeel share 1 "+s.id, p)
}

func (s *sharer) seal(context string, v any) []byte {
	s.w.t.Helper()
	b, err := json.Marshal(v)
	want(s.w.t, "json", err, "")
	sealed, err := envelope.Seal(s.to, s.key, context, b)
	want(s.w.t, "seal", err, "")
	return sealed
}

func (s *sharer) post(ended bool) {
	s.w.post(s.seal("evenkeel letter 1", care.Letter{Version: 1, Host: s.host, Address: s.id, Patient: s.name, Ended: ended}))
}

// share puts a first version and posts its letter.
func (s *sharer) share() *sharer {
	s.put(s.projection(1))
	s.post(false)
	return s
}

func (w *world) post(letter []byte) {
	var id port.RecordID
	if _, err := rand.Read(id[:]); err != nil {
		w.t.Fatal(err)
	}
	w.letters = append(w.letters, port.Sealed{ID: id, Ciphertext: letter})
	w.version++
}

func (w *world) poll(d *desk.Desk) desk.Polled {
	w.t.Helper()
	done, err := d.Poll(w.t.Context())
	want(w.t, "poll", err, "")
	return done
}

func (w *world) person(d *desk.Desk, s *sharer) desk.Person {
	w.t.Helper()
	p, err := d.Open(w.t.Context(), s.id)
	want(w.t, "open "+s.name, err, "")
	return p
}

func (w *world) pass(d time.Duration) { w.clock.Time = w.clock.Time.Add(d) }
