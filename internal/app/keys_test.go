package app_test

import (
	"context"
	"crypto/rand"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/memory"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/internal/vault"
)

// While a passphrase is being stretched, which takes its time on purpose, who
// reads or saves does not wait for it.
func TestNobodyWaitsForAPassphrase(t *testing.T) {
	ctx := t.Context()
	begun, goOn := make(chan struct{}), make(chan struct{})
	a := app.New(app.Config{Store: memory.Open(), Device: new(memory.Keys), Clock: &place.Clock{Time: place.Evening}, IDs: freshIDs{}, Random: rand.Reader,
		Cost: func() vault.Cost { close(begun); <-goOn; return vault.MinCost() }})
	if err := a.Open(ctx); err != nil {
		t.Fatal(err)
	}
	set := make(chan error)
	go func() { set <- a.SetPassphrase(ctx, "", "a long quiet river") }()
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
	if err := a.Unlock(ctx, "a long quiet river"); err != nil {
		t.Error(err)
	}
}

// A change of keys that was on its way when the journal was locked changes nothing.
func TestLockingStopsAChangeOfKeys(t *testing.T) {
	ctx := t.Context()
	var a *app.App
	a = app.New(app.Config{Store: memory.Open(), Device: new(memory.Keys), Clock: &place.Clock{Time: place.Evening}, IDs: freshIDs{}, Random: rand.Reader,
		Cost: func() vault.Cost { a.Lock(); return vault.MinCost() }})
	if err := a.Open(ctx); err != nil {
		t.Fatal(err)
	}
	if err := a.SetPassphrase(ctx, "", "a long quiet river"); !fault.Is(err, fault.Locked) {
		t.Errorf("got %v", err)
	}
	if s, err := a.Status(ctx); err != nil || s.Passphrase {
		t.Errorf("%+v %v", s, err)
	}
}

// deaf is a real store that cannot be read for a while.
type deaf struct {
	port.Store
	log, ring bool
}

func (s *deaf) ReadAfter(ctx context.Context, person port.PersonID, after int64, yield func(port.Record) error) (port.Head, error) {
	if s.log {
		return port.Head{}, fault.New(fault.Internal, "store.disk_error")
	}
	return s.Store.ReadAfter(ctx, person, after, yield)
}

func (s *deaf) Keyring(ctx context.Context, person port.PersonID) ([]byte, int64, error) {
	if s.ring {
		return nil, 0, fault.New(fault.Internal, "store.disk_error")
	}
	return s.Store.Keyring(ctx, person)
}

// A disk that fails does not keep the key in memory.
func TestAStoreThatFailsLocksAllTheSame(t *testing.T) {
	ctx := t.Context()
	for _, c := range []deaf{{log: true}, {ring: true}, {log: true, ring: true}} {
		store, clock := &deaf{Store: memory.Open()}, &place.Clock{Time: place.Evening}
		a := app.New(app.Config{Store: store, Device: new(memory.Keys), Clock: clock, IDs: freshIDs{}, Random: rand.Reader})
		if err := a.Open(ctx); err != nil {
			t.Fatal(err)
		}
		store.log, store.ring = c.log, c.ring
		clock.Time = clock.Time.Add(time.Hour)
		if locked, _ := a.LockIfIdle(ctx); locked {
			t.Error("a journal without a passphrase locked itself")
		}
		store.log, store.ring = false, false
		if err := a.SetPassphrase(ctx, "", "a long quiet river"); err != nil {
			t.Fatal(err)
		}
		a.Touch()
		store.log, store.ring = c.log, c.ring
		if locked, err := a.LockIfIdle(ctx); locked || err == nil {
			t.Errorf("at once: %v %v", locked, err)
		}
		clock.Time = clock.Time.Add(app.DefaultAutoLock)
		if locked, err := a.LockIfIdle(ctx); !locked || err == nil {
			t.Errorf("%+v: locked %v, %v", c, locked, err)
		}
	}
}
