package keys_test

import (
	"context"
	"crypto/rand"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/keys"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/store/memory"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/internal/vault"
)

func TestPassphraseLocksAndOpens(t *testing.T) {
	ctx := context.Background()
	p := place.New(t)
	a := p.Open(t)
	place.Record(t, a, place.Note("mine"))
	if err := keys.SetPassphrase(ctx, a, "", "correct horse"); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(p.Key()); !os.IsNotExist(err) {
		t.Errorf("the device key is still there: %v", err)
	}
	b := p.Open(t)
	if s, err := b.Status(ctx); err != nil || s.Open || !s.Passphrase {
		t.Fatalf("status %+v, %v", s, err)
	}
	if _, err := record.New(ctx, b, place.Note("locked out")); !fault.Is(err, fault.Locked) {
		t.Errorf("writing while locked: %v", err)
	}
	if err := keys.Unlock(ctx, b, "wrong horse"); !fault.Is(err, fault.WrongPassphrase) {
		t.Errorf("wrong passphrase: %v", err)
	}
	if err := keys.Unlock(ctx, b, "correct horse"); err != nil {
		t.Fatal(err)
	}
	if got := place.Notes(t, b); !slices.Equal(got, []string{"mine"}) {
		t.Errorf("got %q", got)
	}
	if err := keys.SetPassphrase(ctx, b, "wrong horse", "x"); !fault.Is(err, fault.WrongPassphrase) {
		t.Errorf("changing it without knowing it: %v", err)
	}
	if err := keys.RemovePassphrase(ctx, b, "correct horse"); err != nil {
		t.Fatal(err)
	}
	if got := place.Notes(t, p.Open(t)); !slices.Equal(got, []string{"mine"}) {
		t.Errorf("after removing: %q", got)
	}
}

func TestRecoveryCode(t *testing.T) {
	ctx := context.Background()
	p := place.New(t)
	a := p.Open(t)
	place.Record(t, a, place.Note("mine"))
	if err := keys.SetPassphrase(ctx, a, "", "forgotten soon"); err != nil {
		t.Fatal(err)
	}
	code, err := keys.NewRecoveryCode(ctx, a, "forgotten soon")
	if err != nil {
		t.Fatal(err)
	}
	b := p.Open(t)
	if err := keys.Recover(ctx, b, code, "a new one"); err != nil {
		t.Fatal(err)
	}
	if got := place.Notes(t, b); !slices.Equal(got, []string{"mine"}) {
		t.Errorf("got %q", got)
	}
	c := p.Open(t)
	if err := keys.Unlock(ctx, c, "forgotten soon"); !fault.Is(err, fault.WrongPassphrase) {
		t.Errorf("the old passphrase: %v", err)
	}
	if err := keys.Unlock(ctx, c, "a new one"); err != nil {
		t.Errorf("the new passphrase: %v", err)
	}
}

func TestDeleteEverythingLeavesNothing(t *testing.T) {
	ctx := context.Background()
	p := place.New(t)
	a := p.Open(t)
	place.Record(t, a, place.Note("mine"))
	before := place.Blocks(t, p.Dir)
	if err := keys.SetPassphrase(ctx, a, "", "pass phrase"); err != nil {
		t.Fatal(err)
	}
	if err := keys.DeleteEverything(ctx, a, "no"); !fault.Is(err, fault.WrongPassphrase) {
		t.Fatalf("without the passphrase: %v", err)
	}
	if err := keys.DeleteEverything(ctx, a, "pass phrase"); err != nil {
		t.Fatal(err)
	}
	if n := place.Common(before, place.Blocks(t, p.Dir)); n > 0 {
		t.Errorf("%d blocks are left", n)
	}
	if got := place.Notes(t, a); len(got) != 0 {
		t.Errorf("left: %q", got)
	}
	place.Record(t, a, place.Note("a fresh start"))
}

// Setting and removing a passphrase in two processes at once must leave a way
// in: a key file that belongs to a later ring is never destroyed.
func TestKeyChangesOfTwoProcesses(t *testing.T) {
	ctx := context.Background()
	p := place.New(t)
	a := p.Open(t)
	place.Record(t, a, place.Note("mine"))
	if err := keys.SetPassphrase(ctx, a, "", "first phrase"); err != nil {
		t.Fatal(err)
	}
	b, c := p.Open(t), p.Open(t)
	for _, x := range []*app.App{b, c} {
		if err := keys.Unlock(ctx, x, "first phrase"); err != nil {
			t.Fatal(err)
		}
	}
	for range 4 {
		var done sync.WaitGroup
		done.Go(func() { _ = keys.RemovePassphrase(ctx, b, "first phrase") })
		done.Go(func() { _ = keys.SetPassphrase(ctx, c, "first phrase", "first phrase") })
		done.Go(func() { _ = p.Open(t).Open(ctx) }) // a start in between
		done.Wait()
		d := p.Open(t)
		s, err := d.Status(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if !s.Open {
			if err := keys.Unlock(ctx, d, "first phrase"); err != nil {
				t.Fatalf("nothing opens the journal: %v", err)
			}
		}
		if got := place.Notes(t, d); !slices.Equal(got, []string{"mine"}) {
			t.Fatalf("got %q", got)
		}
		_ = keys.SetPassphrase(ctx, b, "", "first phrase")
	}
}

// While a passphrase is being stretched, which takes its time on purpose, who
// reads or saves does not wait for it.
func TestNobodyWaitsForAPassphrase(t *testing.T) {
	ctx := t.Context()
	begun, goOn := make(chan struct{}), make(chan struct{})
	a := app.New(app.Config{Store: memory.Open(), Device: new(memory.Keys), Clock: &place.Clock{Time: place.Evening}, IDs: place.IDs{}, Random: rand.Reader,
		Cost: func() vault.Cost { close(begun); <-goOn; return vault.MinCost() }})
	if err := a.Open(ctx); err != nil {
		t.Fatal(err)
	}
	set := make(chan error)
	go func() { set <- keys.SetPassphrase(ctx, a, "", "a long quiet river") }()
	<-begun
	meanwhile := make(chan error)
	go func() {
		_, err := a.Status(ctx)
		if err == nil {
			_, err = record.New(ctx, a, place.Note("meanwhile"))
		}
		if err == nil {
			_, err = a.Read(ctx)
		}
		meanwhile <- err
	}()
	select {
	case err := <-meanwhile:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(time.Minute): // not a measure of speed: it would be for ever
		t.Error("a page waits for the passphrase")
	}
	close(goOn)
	if err := <-set; err != nil {
		t.Fatal(err)
	}
	a.Lock()
	if err := keys.Unlock(ctx, a, "a long quiet river"); err != nil {
		t.Error(err)
	}
}

// A change of keys that was on its way when the journal was locked changes nothing.
func TestLockingStopsAChangeOfKeys(t *testing.T) {
	ctx := t.Context()
	var a *app.App
	a = app.New(app.Config{Store: memory.Open(), Device: new(memory.Keys), Clock: &place.Clock{Time: place.Evening}, IDs: place.IDs{}, Random: rand.Reader,
		Cost: func() vault.Cost { a.Lock(); return vault.MinCost() }})
	if err := a.Open(ctx); err != nil {
		t.Fatal(err)
	}
	if err := keys.SetPassphrase(ctx, a, "", "a long quiet river"); !fault.Is(err, fault.Locked) {
		t.Errorf("got %v", err)
	}
	if s, err := a.Status(ctx); err != nil || s.Passphrase {
		t.Errorf("%+v %v", s, err)
	}
}
