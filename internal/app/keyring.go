package app

import (
	"context"
	"io"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/vault"
)

// Keys is the journal's keyring in the hands of somebody who tries a passphrase
// or changes what opens the journal: one at a time. What they change counts once
// it is saved.
type Keys struct {
	// Ring as it was read. Another process may change it meanwhile; then nothing
	// of this is saved.
	Ring *vault.Ring
	// Held is the key that was in memory then, nil for a locked journal. It may be
	// wiped at any time: what was made with it counts only if Save accepts it.
	Held *vault.Key
	// Random, Cost and Device are what the App was wired with.
	Random io.Reader
	Cost   func() vault.Cost
	Device port.DeviceKeys

	app     *App
	version int64
}

// Keys hands the keyring to f. Whoever only reads or saves entries does not wait
// for f, which may take its time over a passphrase.
func (a *App) Keys(ctx context.Context, f func(*Keys) error) error {
	a.guess.Lock()
	defer a.guess.Unlock()
	a.mu.Lock()
	ring, version, err := a.ring(ctx)
	k := &Keys{Ring: ring, Held: a.key, Random: a.random, Cost: a.cost, Device: a.device, app: a, version: version}
	a.mu.Unlock()
	if err != nil {
		return err
	}
	return f(k)
}

// Enter opens the journal with a key that the ring gave. The key is wiped if the
// ring was changed meanwhile, or everything deleted.
func (k *Keys) Enter(ctx context.Context, key *vault.Key) error {
	k.app.mu.Lock()
	defer k.app.mu.Unlock()
	if err := k.unchanged(ctx); err != nil {
		key.Wipe()
		return err
	}
	k.app.unlocked(key, k.Ring.HasPassphrase())
	return nil
}

// EnterAnew saves the changed ring and opens the journal with a key that the
// ring gave, or wipes the key.
func (k *Keys) EnterAnew(ctx context.Context, key *vault.Key) error {
	k.app.mu.Lock()
	defer k.app.mu.Unlock()
	if err := k.put(ctx); err != nil {
		key.Wipe()
		return err
	}
	k.app.unlocked(key, k.Ring.HasPassphrase())
	return nil
}

// Save keeps the changed ring of an open journal, unless the journal was locked
// meanwhile or its ring changed elsewhere.
func (k *Keys) Save(ctx context.Context) error {
	k.app.mu.Lock()
	defer k.app.mu.Unlock()
	if k.Held == nil || k.app.key != k.Held {
		return Locked()
	}
	if err := k.put(ctx); err != nil {
		return err
	}
	k.app.guarded = k.Ring.HasPassphrase()
	return nil
}

// Destroy destroys the keys and every record of the journal, which is locked
// then and has no person any more.
func (k *Keys) Destroy(ctx context.Context) error {
	a := k.app
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := k.unchanged(ctx); err != nil {
		return err
	}
	old, err := a.device.Names()
	if err != nil {
		return err
	}
	// The keys go even when traces of records could not be cleared at once:
	// without keys they are noise.
	err = a.store.DeletePerson(ctx, a.person)
	if _, _, gone := a.store.Keyring(ctx, a.person); fault.Is(gone, fault.NotFound) {
		a.lock()
		if err := a.device.Destroy(old...); err != nil {
			return err
		}
	}
	return err
}

// unchanged is a fault where the keyring is no longer the one that was read.
func (k *Keys) unchanged(ctx context.Context) error {
	if _, now, err := k.app.ring(ctx); err != nil {
		return err
	} else if now != k.version {
		return fault.New(fault.Conflict, "store.keys_changed")
	}
	return nil
}

func (k *Keys) put(ctx context.Context) error {
	body, err := k.Ring.Marshal()
	if err != nil {
		return err
	}
	return k.app.store.PutKeyring(ctx, k.app.person, body, k.version)
}
