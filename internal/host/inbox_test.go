package host_test

import (
	"bytes"
	"os"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/host"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/wire"
)

func read(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A desk opens a card and an inbox, letters come, its devices read and forget them.
func TestInbox(t *testing.T) {
	onEngines(t, func(t *testing.T, s port.Store) {
		p := start(t, on(s))
		f, v, ctx := p.begun(t), p.visitor(t), t.Context()
		_, err := v.Card(ctx, f.at)
		wantKey(t, "no card yet", err, "host.no_inbox")
		wantKey(t, "no inbox yet", v.Post(ctx, f.at, envelopeOf(256)), "host.no_inbox")
		_, _, err = f.Inbox(ctx, 0)
		wantKey(t, "no inbox yet", err, "host.no_inbox")
		for _, card := range []string{"first", "second", "second"} {
			if err := f.PutCard(ctx, []byte(card)); err != nil {
				t.Fatal(err)
			}
			if got, err := v.Card(ctx, f.at); err != nil || string(got) != card {
				t.Errorf("%q, %v", got, err)
			}
		}
		letters := [][]byte{envelopeOf(2048), envelopeOf(64 << 10), envelopeOf(4096)}
		for range 2 { // the same letters again are the same letters
			for _, l := range letters {
				if err := v.Post(ctx, f.at, l); err != nil {
					t.Fatal(err)
				}
			}
		}
		head, got, err := f.Inbox(ctx, 0)
		if err != nil || head.Last != 3 || len(got) != 3 {
			t.Fatalf("%+v, %d letters, %v", head, len(got), err)
		}
		var chain wire.Chain
		for i, l := range got {
			chain = chain.Next(l.ID)
			if !bytes.Equal(l.Ciphertext, letters[i]) {
				t.Errorf("letter %d is another", i)
			}
		}
		if head.Chain != chain {
			t.Error("another chain")
		}
		if _, rest, err := f.Inbox(ctx, 2); err != nil || len(rest) != 1 || rest[0].ID != got[2].ID {
			t.Errorf("%d letters, %v", len(rest), err)
		}
		_, err = f.ForgetInbox(ctx, head.Version-1, []port.RecordID{got[0].ID})
		wantKey(t, "a stale version", err, "host.moved_on")
		next, err := f.ForgetInbox(ctx, head.Version, []port.RecordID{got[0].ID, got[1].ID, {7}})
		if err != nil || next != (wire.Head{Version: head.Version + 1, Last: 3, Chain: chain}) {
			t.Errorf("%+v, %v", next, err)
		}
		if p.stored(t, letters[0]) || p.stored(t, letters[1]) || !p.stored(t, letters[2]) {
			t.Error("other letters are there than were left")
		}
		if err := v.Post(ctx, f.at, letters[0]); err != nil || p.stored(t, letters[0]) {
			t.Errorf("a letter that was forgotten came back: %v", err)
		}
		if found := p.examined(t); found.Inboxes != 1 || found.Letters != 1 || found.Logs != 1 {
			t.Errorf("%+v", found)
		}
		for range 2 {
			if err := f.DropCard(ctx); err != nil {
				t.Fatal(err)
			}
		}
		if _, _, err = f.Inbox(ctx, 0); err == nil || p.stored(t, letters[2]) {
			t.Error("the inbox is still there")
		}
	})
}

// An inbox takes so many letters, a network posts so many, and a letter that was
// forgotten makes room for another.
func TestFullInbox(t *testing.T) {
	p := start(t, func(c *host.Config) { c.Limits.Letters, c.Limits.Posts, c.Proxied = 3, 5, true })
	f, ctx := p.begun(t), t.Context()
	if err := f.PutCard(ctx, []byte("card")); err != nil {
		t.Fatal(err)
	}
	post := func() int {
		return p.send(t, wire.Request{Method: "POST", Target: "/v1/inbox/" + f.at.String(), Body: envelopeOf(256)}, "")
	}
	for i, want := range []int{200, 200, 200, 507} {
		if status := post(); status != want {
			t.Errorf("letter %d: %d", i, status)
		}
	}
	head, letters, err := f.Inbox(ctx, 0)
	if err != nil || len(letters) != 3 {
		t.Fatal(len(letters), err)
	}
	for i, id := range []port.RecordID{letters[1].ID, letters[1].ID, letters[0].ID} { // one of them twice
		if head, err = f.ForgetInbox(ctx, head.Version, []port.RecordID{id}); err != nil {
			t.Fatal(i, err)
		}
	}
	p.examined(t)
	for i, want := range []int{200, 429} {
		if status := post(); status != want {
			t.Errorf("after room was made, letter %d: %d", i, status)
		}
	}
	p.clock.move(12 * time.Minute) // a fifth of an hour, for the fifth of five
	for i, want := range []int{200, 429} {
		if status := post(); status != want {
			t.Errorf("twelve minutes later, letter %d: %d", i, status)
		}
	}
	p.clock.move(time.Hour)
	if status := post(); status != 507 {
		t.Errorf("full again: %d", status)
	}
	p.examined(t)
}
