package desk_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/hpke"
	"crypto/rand"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/desk"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/app/share"
	"github.com/evenkeel/evenkeel/internal/app/union"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/fhir"
	deskhost "github.com/evenkeel/evenkeel/internal/host"
	"github.com/evenkeel/evenkeel/internal/host/client"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/internal/store/memory"
	"github.com/evenkeel/evenkeel/internal/store/notes"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/internal/vault/envelope"
	"github.com/evenkeel/evenkeel/internal/wire"
	"github.com/evenkeel/evenkeel/journal"
)

// Two hosts, as the programs that they are: the person's and the program's.
const (
	theirs = "https://person.example"
	ours   = "https://program.example"
)

// chain is everything between a person's journal and a program's desk, but for the
// network. Its hosts can be made to lie about what lies at an address.
type chain struct {
	mu    sync.Mutex // over said
	t     testing.TB
	clock *place.Clock
	hosts map[string]*deskhost.Host
	// lies are what a host answers in place of what is asked for, by path; nil is that
	// it has a problem. Said is what it answered first.
	lies, said map[string][]byte
}

func newChain(t testing.TB) *chain {
	c := &chain{t: t, clock: &place.Clock{Time: place.Evening}, hosts: map[string]*deskhost.Host{}, lies: map[string][]byte{}, said: map[string][]byte{}}
	limits := deskhost.DefaultLimits()
	limits.PerLog, limits.PerNetwork, limits.Beginnings = 1e6, 1e6, 1e6
	for _, base := range []string{theirs, ours} {
		c.hosts[base] = deskhost.New(deskhost.Config{Store: memory.Open(), Clock: c.clock, Registration: deskhost.Open, Limits: limits, Log: slog.New(slog.DiscardHandler)})
	}
	return c
}

// RoundTrip hands a request to the host that it is for.
func (c *chain) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body == nil {
		r.Body = http.NoBody
	}
	r.RemoteAddr = "203.0.113.1:1"
	answer := httptest.NewRecorder()
	if lie, ok := c.lies[r.URL.Path]; ok && r.Method == http.MethodGet {
		answer.Header().Set("Content-Type", "application/octet-stream")
		if lie == nil {
			answer.WriteHeader(http.StatusInternalServerError)
		}
		_, _ = answer.Write(lie)
		return answer.Result(), nil
	}
	base := url.URL{Scheme: r.URL.Scheme, Host: r.URL.Host}
	c.hosts[base.String()].Handler().ServeHTTP(answer, r)
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.said[r.URL.Path]; !ok {
		c.said[r.URL.Path] = slices.Clone(answer.Body.Bytes())
	}
	return answer.Result(), nil
}

func (c *chain) desk(p desk.Program) *desk.Desk {
	c.t.Helper()
	d := desk.New(desk.Config{Store: memory.Open(), Clock: c.clock, Random: rand.Reader, Stretch: quickly,
		Dial: func(base string, log wire.Address, key ed25519.PrivateKey) (desk.Line, error) {
			return client.New(base, log, key, c.clock, c)
		},
		Visit: func(base string) (desk.Visitor, error) { return client.NewVisitor(base, c) },
	})
	want(c.t, "begin", d.Begin(c.t.Context(), p, "Ana", "ana's words"), "")
	want(c.t, "start", d.Start(c.t.Context(), ours, ""), "")
	return d
}

// person is somebody's journal with a host, and what they share by it.
func (c *chain) person() *share.Sharing {
	c.t.Helper()
	a := app.New(app.Config{Store: memory.Open(), Device: new(memory.Keys), Clock: c.clock, IDs: place.IDs{}, Random: rand.Reader})
	want(c.t, "open", a.Open(c.t.Context()), "")
	texts, err := locale.Load()
	want(c.t, "texts", err, "")
	u := &union.Union{App: a, Notes: notes.At(c.t.TempDir()), Clock: c.clock, Random: rand.Reader, Dial: func(base string, log wire.Address, key ed25519.PrivateKey) (union.Line, error) {
		return client.New(base, log, key, c.clock, c)
	}}
	_, err = u.Start(c.t.Context(), theirs, "")
	want(c.t, "host", err, "")
	_, err = record.New(c.t.Context(), a, journal.Event{Body: &journal.None{}})
	want(c.t, "entry", err, "")
	return &share.Sharing{App: a, Union: u, Random: rand.Reader, Texts: texts, Bundle: fhir.Bundle,
		Dial: func(base string, log wire.Address, key ed25519.PrivateKey) (share.Place, error) {
			return client.New(base, log, key, c.clock, c)
		},
		Visit: func(base string) (share.Visitor, error) { return client.NewVisitor(base, c) },
	}
}

// shared begins a share with a desk and gives its id in the journal, and its address.
func (c *chain) shared(p *share.Sharing, d *desk.Desk, name string) (journal.ID, string) {
	c.t.Helper()
	card, err := d.Card(c.t.Context())
	want(c.t, "card", err, "")
	seen, err := p.Look(c.t.Context(), card.Code)
	want(c.t, "look", err, "")
	if !slices.Equal(seen.Words, card.Words) {
		c.t.Errorf("the person reads %v, the program %v", seen.Words, card.Words)
	}
	begun, err := p.Begin(c.t.Context(), &share.Draft{Form: "sealed", Renew: "daily", Card: &seen.Card, Patient: name, Parts: []string{"contact", "trends"}, Days: 30,
		Purposes: []string{"care"}, Until: journal.DateOf(c.clock.Time).Add(60), Language: "en"}, name)
	want(c.t, "begin", err, "")
	want(c.t, "deliver", begun.Waits, "")
	all, err := p.Shares(c.t.Context())
	want(c.t, "shares", err, "")
	for _, s := range all {
		if s.ID == begun.ID {
			return begun.ID, s.Share().Address
		}
	}
	c.t.Fatal("it does not stand in the journal")
	return journal.ID{}, ""
}

func (c *chain) poll(d *desk.Desk) desk.Polled {
	c.t.Helper()
	done, err := d.Poll(c.t.Context())
	want(c.t, "poll", err, "")
	return done
}

// at is what lies at an address.
func (c *chain) at(address string) []byte {
	c.t.Helper()
	v, err := client.NewVisitor(theirs, c)
	want(c.t, "visitor", err, "")
	a, err := wire.ParseAddress(address)
	want(c.t, "address", err, "")
	body, _, err := v.Fetch(c.t.Context(), a, "x")
	want(c.t, "fetch", err, "")
	return body
}

// From the person's journal by two hosts to the program's desk and back: shared, seen,
// renewed, taken back and gone.
func TestFromAJournalToADesk(t *testing.T) {
	c := newChain(t)
	d, p := c.desk(clinic), c.person()
	id, address := c.shared(p, d, "Sam R.")
	if done := c.poll(d); !slices.Equal(done.Received, []string{address}) || done.Junk != 0 {
		t.Fatalf("%+v", done)
	}
	seen, err := d.Open(t.Context(), address)
	want(t, "open", err, "")
	if seen.Shown == nil || seen.Shown.Contact == nil || seen.Shown.Contact.LastEntry != "2026-11-22" || seen.Shown.Scores != nil || seen.Shown.Consent.Signed != "Sam R." {
		t.Fatalf("%+v", seen.Shown)
	}
	c.clock.Time = c.clock.Time.AddDate(0, 0, 1)
	steps, err := p.RenewDue(t.Context())
	want(t, "renew", err, "")
	if done := c.poll(d); len(steps) != 1 || len(done.Replaced) != 1 {
		t.Fatalf("%+v, %+v", steps, done)
	}
	ended, err := p.Revoke(t.Context(), id)
	want(t, "revoke", err, "")
	if done := c.poll(d); !ended.Destroyed || !ended.Told || !slices.Equal(done.Ended, []string{address}) {
		t.Fatalf("%+v, %+v", ended, done)
	}
	if seen, err := d.Open(t.Context(), address); err != nil || seen.Shown != nil {
		t.Errorf("it is seen after it was taken back: %+v, %v", seen.Shown, err)
	}
}

// passedOn is what a recipient makes of an envelope to them that they pass on: its
// inside, the sender's signature and all, sealed to somebody else for another place.
func passedOn(t *testing.T, from *envelope.Recipient, to []byte, e []byte, context, instead string) []byte {
	t.Helper()
	kem, info := hpke.MLKEM768X25519(), func(context string) []byte { return []byte("evenkeel envelope 1\x00" + context) }
	private, err := kem.NewPrivateKey(from.Bytes())
	want(t, "secret", err, "")
	inside, err := hpke.Open(private, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), info(context), e[1:])
	want(t, "open", err, "")
	public, err := kem.NewPublicKey(to)
	want(t, "key", err, "")
	sealed, err := hpke.Seal(public, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), info(instead), inside)
	want(t, "seal", err, "")
	return append([]byte{1}, sealed...)
}

// A program that a person shared with, and a host that works with it, put what it
// opened in the place of what the person sent to another program: as it came, sealed
// on with the person's signature in it, and under a signature of its own. The other
// takes none of it.
func TestARecipientThatPassesOn(t *testing.T) {
	c := newChain(t)
	other, sam := c.desk(clinic), c.person()
	card, err := other.Card(t.Context())
	want(t, "card", err, "")
	bad, err := envelope.NewRecipient(rand.Reader)
	want(t, "key", err, "")
	_, here := c.shared(sam, other, "Sam")
	c.poll(other)
	begun, err := sam.Begin(t.Context(), &share.Draft{Form: "sealed", Patient: "Sam", Parts: []string{"contact"}, Days: 30, Purposes: []string{"care"}, Until: journal.DateOf(c.clock.Time).Add(60), Language: "en",
		Card: &care.Card{Version: 1, Name: clinic.Name, Kind: "program", Seal: bad.Public(), Host: ours, Inbox: card.Card.Inbox}}, "Sam")
	want(t, "begin", err, "")
	want(t, "deliver", begun.Waits, "")
	all, err := sam.Shares(t.Context())
	want(t, "shares", err, "")
	there := ""
	for _, s := range all {
		if s.ID == begun.ID {
			there = s.Share().Address
		}
	}
	got := c.at(there)
	content, _, err := bad.Open("evenkeel share 1 "+there, got)
	want(t, "open", err, "")
	if _, _, err := bad.Open("evenkeel share 1 "+there, passedOn(t, bad, bad.Public(), got, "evenkeel share 1 "+there, "evenkeel share 1 "+there)); err != nil {
		t.Fatalf("what is sealed on to where it was sealed before does not open: %v", err)
	}
	content = bytes.Replace(content, []byte(`"number":1`), []byte(`"number":9`), 1)
	_, own, err := ed25519.GenerateKey(rand.Reader)
	want(t, "key", err, "")
	signed, err := envelope.Seal(card.Card.Seal, own, "evenkeel share 1 "+here, content)
	want(t, "seal", err, "")
	for why, lie := range map[string][]byte{
		"form":   got,
		"form ":  passedOn(t, bad, card.Card.Seal, got, "evenkeel share 1 "+there, "evenkeel share 1 "+here),
		"sender": signed,
	} {
		c.lies["/s/"+here] = lie
		if done := c.poll(other); !slices.Equal(done.Refused, []desk.Refusal{{Share: here, Why: strings.TrimSpace(why)}}) {
			t.Errorf("%q: %+v", why, done)
		}
	}
	if seen, err := other.Open(t.Context(), here); err != nil || seen.Shown == nil || seen.Shown.Number != 1 {
		t.Errorf("%+v, %v", seen.Shown, err)
	}
}

// A program whose keys were changed, because one was lost: the old code leads to no
// card any more, what is shared from then on opens with the new key alone, and what
// was shared before is still read.
func TestALostKey(t *testing.T) {
	c := newChain(t)
	d, p := c.desk(clinic), c.person()
	_, before := c.shared(p, d, "Sam")
	c.poll(d)
	old, err := d.Card(t.Context())
	want(t, "card", err, "")
	want(t, "rekey", d.Rekey(t.Context()), "")
	want(t, "publish", d.Publish(t.Context()), "")
	fresh, err := d.Card(t.Context())
	want(t, "card", err, "")
	if bytes.Equal(old.Card.Seal, fresh.Card.Seal) || slices.Equal(old.Words, fresh.Words) || old.Code == fresh.Code {
		t.Fatal("the card is the old one")
	}
	if _, err := p.Look(t.Context(), old.Code); !fault.Is(err, fault.Corrupt) {
		t.Errorf("the old code leads to %v", err)
	}
	if c.poll(d).Unchanged != 1 {
		t.Error("what was shared before is lost")
	}
	id, after := c.shared(p, d, "Sam")
	if done := c.poll(d); !slices.Equal(done.Received, []string{after}) {
		t.Fatalf("%+v", done)
	}
	all, err := p.Shares(t.Context())
	want(t, "shares", err, "")
	for _, s := range all {
		if sealedTo := s.Share().To.Seal; s.ID == id && !bytes.Equal(sealedTo, fresh.Card.Seal) || s.Share().Address == before && !bytes.Equal(sealedTo, old.Card.Seal) {
			t.Errorf("%s is sealed to another key", s.Share().Address)
		}
	}
	if strings.Contains(string(c.at(after)), "Sam") {
		t.Error("the host can read it")
	}
}
