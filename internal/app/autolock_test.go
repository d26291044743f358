package app_test

import (
	"context"
	"crypto/rand"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/keys"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/memory"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/journal"
)

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
	if err := keys.SetPassphrase(ctx, a, "", "pass phrase"); err != nil {
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
	if err := keys.Unlock(ctx, a, "pass phrase"); err != nil {
		t.Fatal(err)
	}
	if !idle(-time.Hour) {
		t.Error("a clock that jumped back must lock: nobody knows how long it was")
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
		a := app.New(app.Config{Store: store, Device: new(memory.Keys), Clock: clock, IDs: place.IDs{}, Random: rand.Reader})
		if err := a.Open(ctx); err != nil {
			t.Fatal(err)
		}
		store.log, store.ring = c.log, c.ring
		clock.Time = clock.Time.Add(time.Hour)
		if locked, _ := a.LockIfIdle(ctx); locked {
			t.Error("a journal without a passphrase locked itself")
		}
		store.log, store.ring = false, false
		if err := keys.SetPassphrase(ctx, a, "", "a long quiet river"); err != nil {
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
