package desk_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/app/desk"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
)

// A share arrives, is renewed, and is gone from the desk when the person ends it.
func TestAShareFromFirstToLast(t *testing.T) {
	w := newWorld(t)
	d := w.desk()
	mia, lee := w.sharer(d, "Mia").share(), w.sharer(d, "Lee").share()
	if done := w.poll(d); len(done.Received) != 2 || w.left() != 0 {
		t.Fatalf("%+v, %d letters left", done, w.left())
	}
	if done := w.poll(d); done.Unchanged != 2 || len(done.Received)+len(done.Replaced) != 0 {
		t.Fatalf("%+v", done)
	}
	w.pass(time.Hour)
	next := mia.projection(2)
	next.Contact = nil
	mia.put(next)
	if done := w.poll(d); len(done.Replaced) != 1 || done.Unchanged != 1 {
		t.Fatalf("%+v", done)
	}
	if p := w.person(d, mia); p.Shown.Number != 2 || p.Shown.Contact != nil || !p.Fetched.Equal(w.clock.Time) {
		t.Fatalf("%+v", p.Received)
	}

	delete(w.shares, mia.id) // ended: the host has it no more
	lee.post(true)           // ended: told by letter, and the host lies
	done := w.poll(d)
	if len(done.Ended) != 2 {
		t.Fatalf("%+v", done)
	}
	for _, s := range []*sharer{mia, lee} {
		if p := w.person(d, s); p.Shown != nil || p.Ended.IsZero() || p.Patient != s.name {
			t.Errorf("%s: %+v", s.name, p.Received)
		}
		_, err := d.Export(t.Context(), s.id, "fhir")
		want(t, "export of what is over", err, fault.NotFound)
	}
	// What ended stays ended, whoever says what.
	mia.put(mia.projection(9))
	mia.post(false)
	if done := w.poll(d); len(done.Received)+len(done.Replaced) != 0 {
		t.Fatalf("%+v", done)
	}
	if _, err := d.VerifyAudit(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// The day after its last a share is shown no more, and at the next poll destroyed,
// also where its host is silent.
func TestUntil(t *testing.T) {
	w := newWorld(t)
	d := w.desk()
	mia := w.sharer(d, "Mia").share()
	w.poll(d)
	w.pass(31 * 24 * time.Hour)
	if p := w.person(d, mia); p.Shown != nil || !p.Ended.IsZero() {
		t.Fatalf("%+v", p.Received)
	}
	w.down[home] = true
	if done := w.poll(d); len(done.Ended) != 1 || len(done.Silent) != 0 {
		t.Fatalf("%+v", done)
	}
}

// A host that does not answer changes nothing, and is asked again.
func TestSilence(t *testing.T) {
	w := newWorld(t)
	d := w.desk()
	mia := w.sharer(d, "Mia").share()
	w.poll(d)
	asked := w.clock.Time
	lee := w.sharer(d, "Lee")
	lee.host = "https://elsewhere.example"
	lee.share()
	w.down[home], w.down[lee.host] = true, true
	w.pass(time.Hour)
	if done := w.poll(d); len(done.Silent) != 2 || len(done.Received) != 1 || w.left() != 0 {
		t.Fatalf("%+v", done)
	}
	if p := w.person(d, mia); p.Shown == nil || !p.Asked.Equal(asked) {
		t.Fatalf("%+v", p.Received)
	}
	clear(w.down)
	if done := w.poll(d); len(done.Replaced) != 1 || done.Unchanged != 1 {
		t.Fatalf("%+v", done)
	}
	if p := w.person(d, lee); p.Shown == nil || p.Patient != "Lee" {
		t.Fatalf("%+v", p.Received)
	}
}

// Whatever comes that is not what the sender of the letter made for this desk, at
// this address, now, is not taken, and said; what was there stays.
func TestWhatIsRefused(t *testing.T) {
	for why, change := range map[string]func(w *world, mia, eve *sharer){
		"sender": func(w *world, mia, eve *sharer) {
			mia.key = eve.key
			mia.put(mia.projection(3))
		},
		"older": func(w *world, mia, _ *sharer) { mia.put(mia.projection(1)) },
		"form":  func(w *world, mia, eve *sharer) { w.shares[mia.id] = w.shares[eve.id] }, // swapped
		"form ": func(w *world, mia, _ *sharer) { w.shares[mia.id] = []byte("\x01garbage") },
		"form  ": func(w *world, mia, _ *sharer) {
			w.shares[mia.id] = mia.seal("evenkeel share 1 "+mia.id, "no projection")
		},
		"form   ": func(w *world, mia, _ *sharer) {
			p := mia.projection(3)
			p.Trends = make([]care.Day, 50_001) // little text, much memory
			w.shares[mia.id] = mia.seal("evenkeel share 1 "+mia.id, map[string]any{"version": 1, "number": 3, "consent": p.Consent, "answers": []any{}, "sheet": []map[string]any{{"blocks": make([]struct{}, 50_001)}}})
		},
		"newer": func(w *world, mia, _ *sharer) {
			p := mia.projection(3)
			p.Version = 2
			mia.put(p)
		},
		"recipient": func(w *world, mia, _ *sharer) {
			p := mia.projection(3)
			p.Consent.Recipient = "Another clinic"
			mia.put(p)
		},
		"consent": func(w *world, mia, _ *sharer) {
			p := mia.projection(3)
			p.Consent.Until = journal.DateOf(w.clock.Time).Add(-1)
			mia.put(p)
		},
		"consent ": func(w *world, mia, _ *sharer) {
			p := mia.projection(3)
			p.Consent.Until = "some day"
			mia.put(p)
		},
	} {
		t.Run(strings.TrimSpace(why), func(t *testing.T) {
			w := newWorld(t)
			d := w.desk()
			mia, eve := w.sharer(d, "Mia").share(), w.sharer(d, "Eve").share()
			mia.put(mia.projection(2))
			w.poll(d)
			change(w, mia, eve)
			done := w.poll(d)
			if len(done.Refused) != 1 || done.Refused[0] != (desk.Refusal{Share: mia.id, Why: strings.TrimSpace(why)}) {
				t.Fatalf("%+v", done)
			}
			if p := w.person(d, mia); p.Shown == nil || p.Shown.Number != 2 {
				t.Errorf("%+v", p.Received)
			}
			lines, err := d.Audit(t.Context())
			if err != nil || !strings.Contains(fmt.Sprint(lines), "refused "+mia.id+" "+strings.TrimSpace(why)) {
				t.Error("it is not on record", err)
			}
		})
	}
}

// Letters that anybody can post make no share, change none, and end none.
func TestLetters(t *testing.T) {
	w := newWorld(t)
	d := w.desk()
	mia := w.sharer(d, "Mia").share()
	w.poll(d)
	eve := w.sharer(d, "Eve")
	stolen := *eve
	stolen.id = mia.id // names the address of another's share
	stolen.post(false)
	stolen.post(true)
	other := w.sharer(d, "Other")
	other.post(false) // nothing lies there
	other.post(true)
	w.post(noise(40))
	w.post(noise(3000))
	w.post(bytes.Repeat([]byte{1}, 1<<20))
	w.post(eve.seal("evenkeel share 1 "+eve.id, care.Letter{Version: 1, Host: home, Address: eve.id, Patient: "Eve"})) // another context
	for _, l := range []any{
		care.Letter{Version: 2, Host: home, Address: eve.id, Patient: "Eve"},
		care.Letter{Version: 1, Host: home, Address: "../../v1/log", Patient: "Eve"},
		care.Letter{Version: 1, Host: home, Address: eve.id, Patient: "Eve\x1b[2J"},
		care.Letter{Version: 1, Host: home, Address: eve.id, Patient: strings.Repeat("e", 10_000)},
		care.Letter{Version: 1, Host: "http://169.254.169.254", Address: eve.id, Patient: "Eve"},
		"a text", nil,
	} {
		w.post(eve.seal("evenkeel letter 1", l))
	}
	done := w.poll(d)
	if done.Junk != 15 || len(done.Received)+len(done.Replaced)+len(done.Ended)+len(done.Refused) != 0 || done.Unchanged != 1 || w.left() != 0 {
		t.Fatalf("%+v, %d letters left", done, w.left())
	}
	if list, err := d.Received(t.Context()); err != nil || len(list) != 1 || list[0].Patient != "Mia" || list[0].Shown == nil {
		t.Fatalf("%+v, %v", list, err)
	}
	if err := d.Problem(); err != nil {
		t.Fatal(err)
	}
}

func noise(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b)
	return b
}

// Who posts a letter of a share before its owner's arrives gains nothing: it belongs
// to who has a version of it.
func TestFirstLetterIsNotTheOwners(t *testing.T) {
	w := newWorld(t)
	d := w.desk()
	mia, eve := w.sharer(d, "Mia"), w.sharer(d, "Eve")
	eve.id = mia.id
	w.down[home] = true
	eve.post(false)
	w.poll(d)
	clear(w.down)
	mia.share()
	if done := w.poll(d); len(done.Received) != 1 {
		t.Fatalf("%+v", done)
	}
	eve.post(true)
	if done := w.poll(d); len(done.Ended) != 0 || done.Junk != 1 {
		t.Fatalf("%+v", done)
	}
	if p := w.person(d, mia); p.Patient != "Mia" || p.Shown == nil {
		t.Fatalf("%+v", p.Received)
	}
}

// Thousands of letters of hosts that do not answer hold nobody up, and do not fill the
// desk: the person in the middle of them arrives.
func TestFlood(t *testing.T) {
	if testing.Short() {
		t.Skip("thousands of letters")
	}
	w := newWorld(t)
	d := w.desk()
	eve := w.sharer(d, "Eve")
	eve.host = "https://nowhere.example"
	w.down[eve.host] = true
	flood := func(n int) {
		for range n {
			_, key, _ := ed25519.GenerateKey(rand.Reader)
			eve.key, eve.id = key, fmt.Sprintf("%064x", noise(32))
			eve.post(false)
		}
	}
	flood(700)
	mia := w.sharer(d, "Mia").share()
	flood(500)
	received, polls := 0, 0
	for more := true; more; polls++ {
		done := w.poll(d)
		received, more = received+len(done.Received), done.More
	}
	if polls != 3 || received != 201 || w.left() != 0 || w.asked[eve.host] > 3*polls+3*8 {
		t.Fatalf("%d polls, %d received, %d letters left, %d times asked", polls, received, w.left(), w.asked[eve.host])
	}
	if p := w.person(d, mia); p.Shown == nil {
		t.Fatal("Mia's share did not arrive")
	}
	// What never comes is not asked for forever.
	w.pass(31 * 24 * time.Hour)
	p := mia.projection(2)
	mia.put(p)
	if done := w.poll(d); len(done.Ended) != 200 || len(done.Replaced) != 1 {
		t.Fatalf("%d ended, %d replaced", len(done.Ended), len(done.Replaced))
	}
}

// People share to the card that they looked at: after a new key what they put is read
// still, and what is sealed to the new one too.
func TestNewCard(t *testing.T) {
	w := newWorld(t)
	d := w.desk()
	mia := w.sharer(d, "Mia").share()
	before, err := d.Card(t.Context())
	want(t, "card", err, "")
	want(t, "rekey", d.Rekey(t.Context()), "")
	want(t, "publish", d.Publish(t.Context()), "")
	after, err := d.Card(t.Context())
	if err != nil || after.Code == before.Code || strings.Join(after.Words, " ") == strings.Join(before.Words, " ") {
		t.Fatal(after, err)
	}
	w.sharer(d, "Lee").share()
	if done := w.poll(d); len(done.Received) != 2 {
		t.Fatalf("%+v", done)
	}
	w.person(d, mia)
}

// A host that was restored from an older copy has fewer letters than were read: what
// is new there is read all the same.
func TestRestoredHost(t *testing.T) {
	w := newWorld(t)
	d := w.desk()
	w.sharer(d, "Mia").share()
	w.sharer(d, "Lee").share()
	w.poll(d)
	w.letters, w.version = nil, 0
	kim := w.sharer(d, "Kim").share()
	if done := w.poll(d); len(done.Received) != 1 || w.left() != 0 {
		t.Fatalf("%+v", done)
	}
	w.person(d, kim)
}
