package app_test

import (
	"bytes"
	"context"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/testkit/place"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
)

func TestPassphraseLocksAndOpens(t *testing.T) {
	ctx := context.Background()
	p := place.New(t)
	a := p.Open(t)
	place.Record(t, a, place.Note("mine"))
	if err := a.SetPassphrase(ctx, "", "correct horse"); err != nil {
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
	if err := b.Unlock(ctx, "wrong horse"); !fault.Is(err, fault.WrongPassphrase) {
		t.Errorf("wrong passphrase: %v", err)
	}
	if err := b.Unlock(ctx, "correct horse"); err != nil {
		t.Fatal(err)
	}
	if got := place.Notes(t, b); !slices.Equal(got, []string{"mine"}) {
		t.Errorf("got %q", got)
	}
	if err := b.SetPassphrase(ctx, "wrong horse", "x"); !fault.Is(err, fault.WrongPassphrase) {
		t.Errorf("changing it without knowing it: %v", err)
	}
	if err := b.RemovePassphrase(ctx, "correct horse"); err != nil {
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
	if err := a.SetPassphrase(ctx, "", "forgotten soon"); err != nil {
		t.Fatal(err)
	}
	code, err := a.NewRecoveryCode(ctx, "forgotten soon")
	if err != nil {
		t.Fatal(err)
	}
	b := p.Open(t)
	if err := b.Recover(ctx, code, "a new one"); err != nil {
		t.Fatal(err)
	}
	if got := place.Notes(t, b); !slices.Equal(got, []string{"mine"}) {
		t.Errorf("got %q", got)
	}
	c := p.Open(t)
	if err := c.Unlock(ctx, "forgotten soon"); !fault.Is(err, fault.WrongPassphrase) {
		t.Errorf("the old passphrase: %v", err)
	}
	if err := c.Unlock(ctx, "a new one"); err != nil {
		t.Errorf("the new passphrase: %v", err)
	}
}

func TestAutoLock(t *testing.T) {
	ctx := context.Background()
	p := place.New(t)
	a := p.Open(t)
	idle := func(d time.Duration) bool {
		t.Helper()
		p.Clock.Time = p.Clock.Time.Add(d)
		locked, err := a.LockIfIdle(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return locked
	}
	if idle(24 * time.Hour) {
		t.Error("a journal without a passphrase locked itself")
	}
	if err := a.SetPassphrase(ctx, "", "pass phrase"); err != nil {
		t.Fatal(err)
	}
	five := 5
	if err := record.Settings(ctx, a, journal.Settings{AutoLockMinutes: &five}); err != nil {
		t.Fatal(err)
	}
	if idle(4 * time.Minute) {
		t.Error("locked too early")
	}
	a.Touch()
	if idle(4 * time.Minute) {
		t.Error("being there did not put it off")
	}
	if !idle(2 * time.Minute) {
		t.Error("did not lock")
	}
	if err := a.Unlock(ctx, "pass phrase"); err != nil {
		t.Fatal(err)
	}
	if !idle(-time.Hour) {
		t.Error("a clock that jumped back must lock: nobody knows how long it was")
	}
}

func TestDeleteEverythingLeavesNothing(t *testing.T) {
	ctx := context.Background()
	p := place.New(t)
	a := p.Open(t)
	place.Record(t, a, place.Note("mine"))
	before := place.Blocks(t, p.Dir)
	if err := a.SetPassphrase(ctx, "", "pass phrase"); err != nil {
		t.Fatal(err)
	}
	if err := a.DeleteEverything(ctx, "no"); !fault.Is(err, fault.WrongPassphrase) {
		t.Fatalf("without the passphrase: %v", err)
	}
	if err := a.DeleteEverything(ctx, "pass phrase"); err != nil {
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

// Two processes that start at once on an empty directory begin one journal.
func TestTwoFirstStarts(t *testing.T) {
	p := place.New(t)
	a, b := p.Open(t), p.Open(t)
	place.Record(t, a, place.Note("a"))
	if got := place.Notes(t, b); len(got) != 1 {
		t.Errorf("b sees %q", got)
	}
}

func TestNoPlaintextInAnyFile(t *testing.T) {
	p := place.New(t)
	a := p.Open(t)
	place.Record(t, a, place.Note("zanzibar-quokka"), journal.Event{Body: &journal.Dose{ProductName: "zanzibar-quokka", Amount: 3, Unit: "g"}})
	for path, data := range place.Files(t, p.Dir) {
		for _, word := range []string{"zanzibar", "quokka", `"dose"`, `"note"`, "recorded"} {
			if bytes.Contains(data, []byte(word)) {
				t.Errorf("%s holds %q in clear", path, word)
			}
		}
	}
}

// Setting and removing a passphrase in two processes at once must leave a way
// in: a key file that belongs to a later ring is never destroyed.
func TestKeyChangesOfTwoProcesses(t *testing.T) {
	ctx := context.Background()
	p := place.New(t)
	a := p.Open(t)
	place.Record(t, a, place.Note("mine"))
	if err := a.SetPassphrase(ctx, "", "first phrase"); err != nil {
		t.Fatal(err)
	}
	b, c := p.Open(t), p.Open(t)
	for _, x := range []*app.App{b, c} {
		if err := x.Unlock(ctx, "first phrase"); err != nil {
			t.Fatal(err)
		}
	}
	for range 4 {
		var done sync.WaitGroup
		done.Go(func() { _ = b.RemovePassphrase(ctx, "first phrase") })
		done.Go(func() { _ = c.SetPassphrase(ctx, "first phrase", "first phrase") })
		done.Go(func() { _ = p.Open(t).Open(ctx) }) // a start in between
		done.Wait()
		d := p.Open(t)
		s, err := d.Status(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if !s.Open {
			if err := d.Unlock(ctx, "first phrase"); err != nil {
				t.Fatalf("nothing opens the journal: %v", err)
			}
		}
		if got := place.Notes(t, d); !slices.Equal(got, []string{"mine"}) {
			t.Fatalf("got %q", got)
		}
		_ = b.SetPassphrase(ctx, "", "first phrase")
	}
}

// A process whose journal was deleted by another begins anew.
func TestDeletedElsewhere(t *testing.T) {
	ctx := context.Background()
	p := place.New(t)
	a, b := p.Open(t), p.Open(t)
	place.Record(t, a, place.Note("mine"))
	if got := place.Notes(t, b); len(got) != 1 {
		t.Fatalf("b sees %q", got)
	}
	if err := a.DeleteEverything(ctx, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Read(ctx); !fault.Is(err, fault.Locked) {
		t.Errorf("b: %v", err)
	}
	if _, err := b.Status(ctx); err != nil {
		t.Fatal(err)
	}
	if err := b.Open(ctx); err != nil {
		t.Fatal(err)
	}
	if got := place.Notes(t, b); len(got) != 0 {
		t.Errorf("b still sees %q", got)
	}
}
