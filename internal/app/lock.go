package app

import (
	"context"
	"time"
)

// Lock forgets the key and everything that was read with it. A journal
// without a passphrase opens again by itself with Open.
func (a *App) Lock() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.lock()
}

func (a *App) lock() {
	a.open.Store(false)
	if a.key != nil {
		a.key.Wipe()
	}
	for _, f := range a.locked {
		f()
	}
	a.key, a.fold, a.chain = nil, nil, nil
}

// Touch tells that the person is there, which puts off the auto-lock.
func (a *App) Touch() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.used = a.clock.Now()
}

// DefaultAutoLock is used until the person chooses: long enough to write a
// check-in, short enough for a phone left on a table.
const DefaultAutoLock = 15 * time.Minute

// LockIfIdle locks a journal that has a passphrase and was not used for the
// time that the person set. A clock that jumped back locks as well: nobody
// knows how long it was. So does a store that cannot be read, by what was last
// known of it: the error says why, and the key does not stay for it.
func (a *App) LockIfIdle(ctx context.Context) (locked bool, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.key == nil {
		return false, nil
	}
	limit := a.idleLimit(DefaultAutoLock)
	ring, _, err := a.ring(ctx)
	if err == nil {
		a.guarded = ring.HasPassphrase()
	}
	if !a.guarded {
		return false, err
	}
	if err == nil {
		err = a.sync(ctx)
	}
	if a.key == nil {
		return true, err // another process deleted everything
	}
	limit = a.idleLimit(limit)
	// By the wall clock: the one that Go measures spans with stands still while
	// the machine sleeps.
	idle := a.clock.Now().Round(0).Sub(a.used.Round(0))
	if limit == 0 || idle >= 0 && idle < limit {
		return false, err
	}
	a.lock()
	return true, err
}

// idleLimit is the time that the person set; otherwise where the journal does not
// say or was not read. Zero is never.
func (a *App) idleLimit(otherwise time.Duration) time.Duration {
	if a.fold == nil {
		return otherwise
	}
	if m := a.fold.Journal().Settings().AutoLockMinutes; m != nil {
		return time.Duration(*m) * time.Minute
	}
	return DefaultAutoLock
}
