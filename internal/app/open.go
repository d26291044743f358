package app

import (
	"context"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/vault"
)

// Status says how the journal stands, without opening it.
type Status struct {
	// Open is true while the key is in memory.
	Open bool `json:"open"`
	// Passphrase is true when one must be typed to open the journal.
	Passphrase bool `json:"passphrase"`
	// Recovery is true when a recovery code was given out.
	Recovery bool `json:"recovery_code"`
	// Passkey is the credential id of the passkey that opens the journal; nil
	// for none.
	Passkey []byte `json:"passkey,omitempty"`
}

// Open makes ready: it begins a journal where there is none, and opens one
// that has no passphrase. With a passphrase it stays locked, and that is no
// error.
func (a *App) Open(ctx context.Context) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.key != nil {
		return nil
	}
	if err := a.find(ctx); err != nil {
		return err
	}
	ring, _, err := a.ring(ctx)
	if err != nil {
		return err
	}
	if !ring.HasDevice() {
		return nil
	}
	key, err := a.openWithDevice(ring)
	if err != nil {
		return err
	}
	a.unlocked(key, false)
	return nil
}

// openWithDevice opens the ring with the device key that fits it. Others may
// lie beside it, left by a crash in the middle of a change; they open nothing.
func (a *App) openWithDevice(ring *vault.Ring) (*vault.Key, error) {
	names, err := a.device.Names()
	if err != nil {
		return nil, err
	}
	problem := fault.New(fault.NotFound, "vault.no_device_key")
	for i, name := range names {
		device, err := a.device.Read(name)
		if err == nil {
			var key *vault.Key
			key, err = ring.OpenDevice(a.random, device)
			clear(device[:])
			if err == nil {
				return key, nil
			}
		}
		if i == 0 {
			problem = err
		}
	}
	return nil, problem
}

func (a *App) ring(ctx context.Context) (*vault.Ring, int64, error) {
	body, version, err := a.store.Keyring(ctx, a.person)
	if err != nil {
		return nil, 0, err
	}
	ring, err := vault.ParseRing(a.person, body)
	if err != nil {
		return nil, 0, err
	}
	if a.aside != nil {
		ring.StretchBy(a.stretch)
	}
	return ring, version, nil
}

// unlocked keeps the key, and wipes one that it takes the place of; the caller
// holds mu.
func (a *App) unlocked(key *vault.Key, guarded bool) {
	if a.key != nil {
		a.key.Wipe()
	}
	a.key, a.fold, a.guarded = key, nil, guarded
	a.open.Store(true)
	a.used = a.clock.Now()
}

// Status says how the journal stands.
func (a *App) Status(ctx context.Context) (Status, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	ring, _, err := a.ring(ctx)
	if fault.Is(err, fault.NotFound) {
		// Another process deleted everything: what is left to show is the
		// beginning.
		a.lock()
		if err = a.find(ctx); err == nil {
			ring, _, err = a.ring(ctx)
		}
	}
	if err != nil {
		return Status{}, err
	}
	return Status{Open: a.key != nil, Passphrase: ring.HasPassphrase(), Recovery: ring.HasRecovery(), Passkey: ring.Passkey()}, nil
}
