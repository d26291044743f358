package app

import (
	"context"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/vault"
)

// ringNow reads the keyring for what is done with it outside mu.
func (a *App) ringNow(ctx context.Context) (*vault.Ring, int64, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.ring(ctx)
}

// saveRing keeps a changed keyring; the caller holds mu.
func (a *App) saveRing(ctx context.Context, ring *vault.Ring, version int64) error {
	body, err := ring.Marshal()
	if err != nil {
		return err
	}
	return a.store.PutKeyring(ctx, a.person, body, version)
}

// Unlock opens the journal with the passphrase.
func (a *App) Unlock(ctx context.Context, passphrase string) error {
	a.guess.Lock()
	defer a.guess.Unlock()
	ring, version, err := a.ringNow(ctx)
	if err != nil {
		return err
	}
	key, err := ring.OpenPassphrase(a.random, passphrase)
	if err != nil {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	// The passphrase may have been changed, or everything deleted, meanwhile.
	if _, now, err := a.ring(ctx); err != nil || now != version {
		key.Wipe()
		if err == nil {
			err = errKeysChanged()
		}
		return err
	}
	a.unlocked(key, true)
	return nil
}

// Recover opens the journal with the recovery code and sets a new passphrase.
func (a *App) Recover(ctx context.Context, code, passphrase string) error {
	a.guess.Lock()
	defer a.guess.Unlock()
	ring, version, err := a.ringNow(ctx)
	if err != nil {
		return err
	}
	key, err := ring.OpenRecovery(a.random, code)
	if err != nil {
		return err
	}
	old, err := a.newPassphrase(ring, key, passphrase)
	if err != nil {
		key.Wipe()
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.saveRing(ctx, ring, version); err != nil {
		key.Wipe()
		return err
	}
	a.unlocked(key, true)
	return a.device.Destroy(old...)
}

// newPassphrase sets it in the ring and names the device keys that go once the
// ring is saved. Only those that were there before the change go: one that
// another process makes from now on belongs to a later ring.
func (a *App) newPassphrase(ring *vault.Ring, key *vault.Key, passphrase string) (old []string, err error) {
	if old, err = a.device.Names(); err != nil {
		return nil, err
	}
	return old, ring.SetPassphrase(key, passphrase, a.cost())
}

// SetPassphrase sets or changes the passphrase. The present one is asked for
// when there is one, so that a journal left open cannot be taken over.
func (a *App) SetPassphrase(ctx context.Context, present, next string) error {
	var old []string
	err := a.changeKeys(ctx, present, func(ring *vault.Ring, key *vault.Key) (err error) {
		old, err = a.newPassphrase(ring, key, next)
		return err
	})
	if err != nil {
		return err
	}
	return a.device.Destroy(old...)
}

// RemovePassphrase lets the journal open by itself on this machine again.
func (a *App) RemovePassphrase(ctx context.Context, present string) error {
	return a.changeKeys(ctx, present, func(ring *vault.Ring, key *vault.Key) error {
		device, err := a.device.Fresh(a.random)
		if err != nil {
			return err
		}
		defer clear(device[:])
		return ring.SetDevice(key, device)
	})
}

// NewRecoveryCode gives a fresh recovery code and makes an earlier one
// useless. It is shown once: nothing keeps it in clear.
func (a *App) NewRecoveryCode(ctx context.Context, present string) (string, error) {
	var code string
	err := a.changeKeys(ctx, present, func(ring *vault.Ring, key *vault.Key) (err error) {
		code, err = ring.SetRecovery(key)
		return err
	})
	if err != nil {
		return "", err
	}
	return code, nil
}

// changeKeys has the keyring changed by somebody who proved the present
// passphrase, and saves it, unless the journal was locked or the keyring changed
// elsewhere meanwhile.
func (a *App) changeKeys(ctx context.Context, present string, change func(*vault.Ring, *vault.Key) error) error {
	a.guess.Lock()
	defer a.guess.Unlock()
	a.mu.Lock()
	key := a.key
	if key == nil {
		a.mu.Unlock()
		return errLocked()
	}
	ring, version, err := a.ring(ctx)
	a.mu.Unlock()
	if err != nil {
		return err
	}
	if err := a.prove(ring, present); err != nil {
		return err
	}
	if err := change(ring, key); err != nil {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.key != key {
		return errLocked()
	}
	if err := a.saveRing(ctx, ring, version); err != nil {
		return err
	}
	a.guarded = ring.HasPassphrase()
	return nil
}

func (a *App) prove(ring *vault.Ring, present string) error {
	if !ring.HasPassphrase() {
		return nil
	}
	key, err := ring.OpenPassphrase(a.random, present)
	if err != nil {
		return err
	}
	key.Wipe()
	return nil
}

// errKeysChanged is returned where the keyring is no longer the one that was
// proved.
func errKeysChanged() error { return fault.New(fault.Conflict, "store.keys_changed") }
