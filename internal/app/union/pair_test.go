package union_test

import (
	"context"
	"crypto/ed25519"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/union"
	"github.com/evenkeel/evenkeel/internal/host"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/internal/wire"
)

func TestPairing(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	a, b, c := w.device(), w.device(), w.device()
	_, err := a.Sync(ctx)
	wantKey(t, "not set up", err, "union.not_set_up")
	a.write("from the desk")
	b.write("from the phone, before they met")
	if done, err := a.Start(ctx, base+"/", ""); err != nil || done.Brought == 0 {
		t.Fatal(done, err)
	}
	_, err = a.Start(ctx, base, "")
	wantKey(t, "twice", err, "union.set_up")
	code, until, _, err := a.Invite(ctx)
	if err != nil || until.Sub(w.clock.Time) != 5*time.Minute {
		t.Fatal(until, err)
	}
	for _, bad := range []string{"", code[1:], code[:len(code)-1], code + "A", base, strings.Replace(code, "#", "", 1)} {
		if _, err := b.Join(ctx, bad); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
	other := []byte(code) // another secret: another guest
	if i := len(other) - 5; other[i] == 'A' {
		other[i] = 'B'
	} else {
		other[i] = 'A'
	}
	_, err = b.Join(ctx, string(other))
	wantKey(t, "another secret", err, "union.code_over")
	if done, err := b.Join(ctx, " "+code+"\n"); err != nil || done.Fetched == 0 || done.Brought == 0 {
		t.Fatal(done, err)
	}
	_, err = c.Join(ctx, code)
	wantKey(t, "a code twice", err, "union.code_over")
	a.sync()
	if !maps.Equal(a.plain(), b.plain()) {
		t.Error("they are not the same")
	}
	if notes := place.Notes(t, a.App); len(notes) != 2 {
		t.Errorf("%q", notes)
	}

	here, err := a.Look(ctx)
	if err != nil || here.Host != base || len(here.Devices) != 2 || here.Devices[0] != here.Own {
		t.Fatalf("%+v, %v", here, err)
	}
	if err := a.Remove(ctx, here.Devices[1]); err != nil {
		t.Fatal(err)
	}
	_, err = b.Sync(ctx)
	wantKey(t, "removed", err, "host.unknown_device")
	if listed, err := b.Stop(ctx, false); listed || err != nil { // the host no longer knows it
		t.Fatal(listed, err)
	}
	_, err = b.Sync(ctx)
	wantKey(t, "stopped", err, "union.not_set_up")
	if notes := place.Notes(t, b.App); len(notes) != 2 {
		t.Errorf("stopping took something away: %q", notes)
	}
	if listed, err := a.Stop(ctx, true); listed || err != nil {
		t.Fatal(listed, err)
	}
	if persons, err := w.store.Persons(ctx); err != nil || len(persons) != 0 {
		t.Errorf("the host still has %v, %v", persons, err)
	}

	// A code is good for five minutes.
	if _, err := a.Start(ctx, base, ""); err != nil {
		t.Fatal(err)
	}
	if code, _, _, err = a.Invite(ctx); err != nil {
		t.Fatal(err)
	}
	w.minutes(6)
	_, err = b.Join(ctx, code)
	wantKey(t, "six minutes later", err, "union.code_over")
}

// Words of danger in what comes while a code is made are found as in any other
// synchronisation.
func TestInviteFindsDanger(t *testing.T) {
	w := newWorld(t)
	a, b := w.pair()
	for text, bring := range map[string]func() (union.Done, error){
		"I cannot breathe": func() (union.Done, error) { return a.Sync(t.Context()) },
		"my chest hurts":   func() (done union.Done, err error) { _, _, done, err = a.Invite(t.Context()); return done, err },
	} {
		b.write(text)
		b.sync()
		if done, err := bring(); err != nil || done.Fetched == 0 || len(done.Found) == 0 {
			t.Errorf("%s: %+v, %v", text, done, err)
		}
	}
}

// An answer that is lost while a place begins is asked for again, for the same
// place: the host's invitation is spent once.
func TestStartAgain(t *testing.T) {
	w := newWorld(t)
	c := w.host.Config
	c.Registration = host.Invited
	w.host = host.New(c)
	code, err := (host.Keeper{Store: w.store, Clock: w.clock}).Invite(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	a := w.device()
	a.write("one")
	dial := a.Dial
	a.Dial = func(base string, log wire.Address, key ed25519.PrivateKey) (union.Line, error) {
		l, err := dial(base, log, key)
		return lostBegin{l}, err
	}
	if _, err := a.Start(t.Context(), base, code); err == nil {
		t.Fatal("the answer was not lost")
	}
	a.Dial = dial
	if done, err := a.Start(t.Context(), base, code); err != nil || done.Brought == 0 {
		t.Errorf("%+v, %v", done, err)
	}
}

// lostBegin loses the answer to Begin.
type lostBegin struct{ union.Line }

func (l lostBegin) Begin(ctx context.Context, invitation string) error {
	if err := l.Line.Begin(ctx, invitation); err != nil {
		return err
	}
	return errLost
}

// A host that is gone for good holds nobody: the device stops and begins elsewhere.
// To destroy what is there, it must answer.
func TestStopWithoutTheHost(t *testing.T) {
	w := newWorld(t)
	a, _ := w.pair()
	a.write("one")
	dial := a.Dial
	a.Dial = func(base string, log wire.Address, key ed25519.PrivateKey) (union.Line, error) {
		l, err := dial(base, log, key)
		return gone{l}, err
	}
	_, err := a.Stop(t.Context(), true)
	wantKey(t, "destroyed without the host", err, "host.away")
	if listed, err := a.Stop(t.Context(), false); !listed || err != nil {
		t.Fatal(listed, err)
	}
	a.Dial = dial
	if done, err := a.Start(t.Context(), base, ""); err != nil || done.Brought == 0 {
		t.Errorf("%+v, %v", done, err)
	}
}

// gone is a host that does not answer.
type gone struct{ union.Line }

func (gone) End(context.Context) error                          { return errLost }
func (gone) RemoveDevice(context.Context, wire.DeviceKey) error { return errLost }

// The note with the keys opens under its own journal alone, and holds nothing in
// clear.
func TestTheNoteIsSealed(t *testing.T) {
	w := newWorld(t)
	a, b := w.device(), w.device()
	if _, err := a.Start(t.Context(), base, ""); err != nil {
		t.Fatal(err)
	}
	for _, sealed := range a.notes.files {
		if strings.Contains(string(sealed), "host.example") || strings.Contains(string(sealed), "secret") {
			t.Error("the note is in clear")
		}
	}
	b.notes.files = maps.Clone(a.notes.files)
	_, err := b.Sync(t.Context())
	wantKey(t, "the note of another journal", err, "union.note_damaged")
}
