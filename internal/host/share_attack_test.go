package host_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/vault/envelope"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// Another journal's device neither ends, replaces nor lists a share, and learns by its
// answers nothing of whether one is there.
func TestOthersShare(t *testing.T) {
	onEngines(t, func(t *testing.T, s port.Store) {
		p := start(t, on(s))
		f, other, v, ctx := p.begun(t), p.begun(t), p.visitor(t), t.Context()
		at, ended, body := anywhere(), anywhere(), envelopeOf(256)
		p.put(t, f, at, body)
		p.put(t, f, ended, body)
		if err := f.EndShare(ctx, ended); err != nil {
			t.Fatal(err)
		}
		for name, a := range map[string]wire.Address{"there": at, "ended": ended} {
			wantKey(t, name, other.PutShare(ctx, a, wire.ShareSealed, p.clock.Now().Add(time.Hour), envelopeOf(256)), "host.share_gone")
			if err := other.EndShare(ctx, a); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if got, _, err := v.Fetch(ctx, at, "x"); err != nil || !bytes.Equal(got, body) {
			t.Errorf("%v", err)
		}
		if got, err := other.Shares(ctx); err != nil || len(got) > 0 {
			t.Errorf("%+v, %v", got, err)
		}
		if err := other.End(ctx); err != nil {
			t.Fatal(err)
		}
		if _, _, err := v.Fetch(ctx, at, "x"); err != nil {
			t.Errorf("ended with another journal: %v", err)
		}
	})
}

// A PUT that is sent again, or was changed on its way, puts nothing.
func TestForgedPut(t *testing.T) {
	p := start(t, nil)
	f, stranger, v, ctx := p.begun(t), p.begun(t), p.visitor(t), t.Context()
	at, elsewhere, first, second := anywhere(), anywhere(), envelopeOf(256), envelopeOf(256)
	now := p.clock.Now()
	target := func(a wire.Address, until time.Time, kind string) string {
		return fmt.Sprintf("/v1/shares/%s?until=%d&kind=%s", a, until.Unix(), kind)
	}
	put := wire.Request{Method: "PUT", Target: target(at, now.Add(time.Hour), "sealed"), Body: first}
	good := wire.Sign(f.key, f.at, put, now, [16]byte{1}).Header()
	if status := p.send(t, put, good); status != http.StatusOK {
		t.Fatal(status)
	}
	p.put(t, f, at, second)
	for name, c := range map[string]struct {
		r      wire.Request
		header string
	}{
		"again":             {put, good},
		"another body":      {wire.Request{Method: "PUT", Target: put.Target, Body: envelopeOf(256)}, good},
		"another address":   {wire.Request{Method: "PUT", Target: target(elsewhere, now.Add(time.Hour), "sealed"), Body: first}, good},
		"another end":       {wire.Request{Method: "PUT", Target: target(at, now.Add(2*time.Hour), "sealed"), Body: first}, good},
		"another form":      {wire.Request{Method: "PUT", Target: target(at, now.Add(time.Hour), "link"), Body: first}, good},
		"ended instead":     {wire.Request{Method: "DELETE", Target: "/v1/shares/" + at.String()}, good},
		"another's key":     {put, wire.Sign(stranger.key, f.at, put, now, [16]byte{2}).Header()},
		"nobody's":          {put, ""},
		"a clock behind":    {put, wire.Sign(f.key, f.at, put, now.Add(-wire.Window-time.Second), [16]byte{3}).Header()},
		"a clock before it": {put, wire.Sign(f.key, f.at, put, now.Add(wire.Window+time.Second), [16]byte{4}).Header()},
	} {
		if status := p.send(t, c.r, c.header); status != http.StatusUnauthorized {
			t.Errorf("%s: %d", name, status)
		}
	}
	if got, _, err := v.Fetch(ctx, at, "x"); err != nil || !bytes.Equal(got, second) {
		t.Errorf("%v", err)
	}
	if _, _, err := v.Fetch(ctx, elsewhere, "x"); err == nil {
		t.Error("something lies elsewhere")
	}
}

// An end that has passed, or is too far away, is none; and a host whose clock goes
// back does not bring back what was over.
func TestShareTimes(t *testing.T) {
	p := start(t, nil)
	f, v, at, ctx := p.begun(t), p.visitor(t), anywhere(), t.Context()
	for name, away := range map[string]time.Duration{"now": 0, "yesterday": -24 * time.Hour, "in ten years": 10 * 366 * 24 * time.Hour} {
		wantKey(t, name, f.PutShare(ctx, at, wire.ShareSealed, p.clock.Now().Add(away), envelopeOf(256)), "host.share_time")
	}
	body := envelopeOf(256)
	p.put(t, f, at, body)
	p.clock.move(2 * time.Hour)
	if _, _, err := v.Fetch(ctx, at, "x"); err == nil {
		t.Error("it is over")
	}
	p.clock.move(-2 * time.Hour)
	_, _, err := v.Fetch(ctx, at, "x")
	wantKey(t, "the clock went back", err, "host.share_gone")
	if p.stored(t, body) {
		t.Error("the bytes are still there")
	}
}

// A host that gives the body of one share for another's, or a letter as a share, is
// found out: each opens at its own address alone.
func TestSwappedBodies(t *testing.T) {
	p := start(t, nil)
	f, v, ctx := p.begun(t), p.visitor(t), t.Context()
	desk, err := envelope.NewRecipient(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	_, sender, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	context := func(at wire.Address) string { return "evenkeel share 1 " + at.String() }
	a, b := anywhere(), anywhere()
	for _, at := range []wire.Address{a, b} {
		body, err := envelope.Seal(desk.Public(), sender, context(at), []byte("of "+at.String()))
		if err != nil {
			t.Fatal(err)
		}
		p.put(t, f, at, body)
	}
	got, _, err := v.Fetch(ctx, a, "x")
	if err != nil {
		t.Fatal(err)
	}
	if content, _, err := desk.Open(context(a), got); err != nil || string(content) != "of "+a.String() {
		t.Errorf("%q, %v", content, err)
	}
	if _, _, err := desk.Open(context(b), got); err == nil {
		t.Error("one share opens as another")
	}
	if _, _, err := desk.Open("evenkeel letter 1", got); err == nil {
		t.Error("a share opens as a letter")
	}
}

// A device that was removed from a desk reads its inbox no more, changes no card and
// forgets no letters; and a guest does none of it.
func TestRemovedFromDesk(t *testing.T) {
	p := start(t, nil)
	f, v, ctx := p.begun(t), p.visitor(t), t.Context()
	guest, second := p.phone(t, f.at), p.phone(t, f.at)
	if err := f.Invite(ctx, guest.public(), p.clock.Now().Add(time.Hour), nil); err != nil {
		t.Fatal(err)
	}
	wantKey(t, "a guest", guest.PutCard(ctx, []byte("card")), "host.guest")
	if err := guest.Accept(ctx, second.public()); err != nil {
		t.Fatal(err)
	}
	if err := second.PutCard(ctx, []byte("card")); err != nil {
		t.Fatal(err)
	}
	if err := v.Post(ctx, f.at, envelopeOf(256)); err != nil {
		t.Fatal(err)
	}
	head, letters, err := second.Inbox(ctx, 0)
	if err != nil || len(letters) != 1 {
		t.Fatal(len(letters), err)
	}
	if err := f.RemoveDevice(ctx, second.public()); err != nil {
		t.Fatal(err)
	}
	_, _, err = second.Inbox(ctx, 0)
	wantKey(t, "reads", err, "host.unknown_device")
	_, err = second.ForgetInbox(ctx, head.Version, []port.RecordID{letters[0].ID})
	wantKey(t, "forgets", err, "host.unknown_device")
	wantKey(t, "puts a card", second.PutCard(ctx, []byte("mine")), "host.unknown_device")
	wantKey(t, "closes", second.DropCard(ctx), "host.unknown_device")
	wantKey(t, "puts a share", second.PutShare(ctx, anywhere(), wire.ShareSealed, p.clock.Now().Add(time.Hour), envelopeOf(256)), "host.unknown_device")
	if _, letters, err := f.Inbox(ctx, 0); err != nil || len(letters) != 1 || len(letters[0].Ciphertext) == 0 {
		t.Errorf("%d letters, %v", len(letters), err)
	}
}
