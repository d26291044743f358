package app

import (
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"slices"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
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
	a.unlocked(key)
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

// find makes sure whose journal this is, beginning one when there is none. Where
// several people share a store, somebody must say whose it is.
func (a *App) find(ctx context.Context) error {
	persons, err := a.store.Persons(ctx)
	switch {
	case err != nil:
		return err
	case a.chosen != port.PersonID{}:
		if !slices.Contains(persons, a.chosen) {
			return fault.New(fault.NotFound, "core.no_such_person")
		}
		a.person = a.chosen
	case len(persons) == 0:
		return a.begin(ctx)
	case len(persons) > 1:
		return fault.New(fault.Conflict, "core.several_journals", "n", len(persons))
	default:
		a.person = persons[0]
	}
	return nil
}

// Begin makes an empty journal for one more person of a store that others use
// as well, and gives its id. Open it with that id in Config.Person.
func Begin(ctx context.Context, c Config) (port.PersonID, error) {
	a := New(c)
	if err := a.begin(ctx); err != nil {
		return port.PersonID{}, err
	}
	return a.person, nil
}

// begin creates the person. The id is derived from the device key, which only one process
// can create: two that start at once begin one journal.
func (a *App) begin(ctx context.Context) error {
	device, err := a.device.Create(a.random)
	if err != nil {
		return err
	}
	defer clear(device[:])
	id, err := hkdf.Key(sha256.New, device[:], nil, "evenkeel person id", len(a.person))
	if err != nil {
		return err
	}
	person := port.PersonID(id)
	key, err := vault.NewKey(a.random)
	if err != nil {
		return err
	}
	defer key.Wipe()
	ring := vault.NewRing(person)
	if err := ring.SetDevice(key, device); err != nil {
		return err
	}
	body, err := ring.Marshal()
	if err != nil {
		return err
	}
	if err := a.store.CreatePerson(ctx, person, body); err != nil && !fault.Is(err, fault.Conflict) {
		return err
	}
	a.person = person
	return nil
}

func (a *App) ring(ctx context.Context) (*vault.Ring, int64, error) {
	body, version, err := a.store.Keyring(ctx, a.person)
	if err != nil {
		return nil, 0, err
	}
	ring, err := vault.ParseRing(a.person, body)
	return ring, version, err
}

func (a *App) saveRing(ctx context.Context, ring *vault.Ring, version int64) error {
	body, err := ring.Marshal()
	if err != nil {
		return err
	}
	return a.store.PutKeyring(ctx, a.person, body, version)
}

// unlocked keeps the key; the caller holds mu.
func (a *App) unlocked(key *vault.Key) {
	a.key, a.fold = key, nil
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
	return Status{Open: a.key != nil, Passphrase: ring.HasPassphrase(), Recovery: ring.HasRecovery()}, nil
}

// Unlock opens the journal with the passphrase.
func (a *App) Unlock(ctx context.Context, passphrase string) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	ring, _, err := a.ring(ctx)
	if err != nil {
		return err
	}
	key, err := ring.OpenPassphrase(a.random, passphrase)
	if err != nil {
		return err
	}
	a.unlocked(key)
	return nil
}

// Recover opens the journal with the recovery code and sets a new passphrase.
func (a *App) Recover(ctx context.Context, code, passphrase string) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	ring, version, err := a.ring(ctx)
	if err != nil {
		return err
	}
	key, err := ring.OpenRecovery(a.random, code)
	if err != nil {
		return err
	}
	if err := a.setPassphrase(ctx, ring, version, key, passphrase); err != nil {
		return err
	}
	a.unlocked(key)
	return nil
}

// Lock forgets the key and everything that was read with it. A journal
// without a passphrase opens again by itself with Open.
func (a *App) Lock() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.lock()
}

func (a *App) lock() {
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
// knows how long it was.
func (a *App) LockIfIdle(ctx context.Context) (locked bool, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.key == nil {
		return false, nil
	}
	ring, _, err := a.ring(ctx)
	if err != nil || !ring.HasPassphrase() {
		return false, err
	}
	if err := a.sync(ctx); err != nil {
		return false, err
	}
	limit := DefaultAutoLock
	if m := a.fold.Journal().Settings().AutoLockMinutes; m != nil {
		limit = time.Duration(*m) * time.Minute
	}
	// By the wall clock: the one that Go measures spans with stands still while
	// the machine sleeps.
	idle := a.clock.Now().Round(0).Sub(a.used.Round(0))
	if limit == 0 || idle >= 0 && idle < limit {
		return false, nil
	}
	a.lock()
	return true, nil
}

// SetPassphrase sets or changes the passphrase. The present one is asked for
// when there is one, so that a journal left open cannot be taken over.
func (a *App) SetPassphrase(ctx context.Context, present, next string) error {
	return a.changeKeys(ctx, present, func(ring *vault.Ring, version int64) error {
		return a.setPassphrase(ctx, ring, version, a.key, next)
	})
}

func (a *App) setPassphrase(ctx context.Context, ring *vault.Ring, version int64, key *vault.Key, next string) error {
	// Only device keys that were there before the change go: one that another
	// process makes from now on belongs to a later ring.
	old, err := a.device.Names()
	if err != nil {
		return err
	}
	if err := ring.SetPassphrase(key, next, a.cost()); err != nil {
		return err
	}
	if err := a.saveRing(ctx, ring, version); err != nil {
		return err
	}
	return a.device.Destroy(old...)
}

// RemovePassphrase lets the journal open by itself on this machine again.
func (a *App) RemovePassphrase(ctx context.Context, present string) error {
	return a.changeKeys(ctx, present, func(ring *vault.Ring, version int64) error {
		device, err := a.device.Fresh(a.random)
		if err != nil {
			return err
		}
		if err := ring.SetDevice(a.key, device); err != nil {
			return err
		}
		return a.saveRing(ctx, ring, version)
	})
}

// NewRecoveryCode gives a fresh recovery code and makes an earlier one
// useless. It is shown once: nothing keeps it in clear.
func (a *App) NewRecoveryCode(ctx context.Context, present string) (string, error) {
	var code string
	err := a.changeKeys(ctx, present, func(ring *vault.Ring, version int64) error {
		var err error
		if code, err = ring.SetRecovery(a.key); err != nil {
			return err
		}
		return a.saveRing(ctx, ring, version)
	})
	if err != nil {
		return "", err
	}
	return code, nil
}

// changeKeys runs f on the keyring once the present passphrase was proved.
func (a *App) changeKeys(ctx context.Context, present string, f func(*vault.Ring, int64) error) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.key == nil {
		return errLocked()
	}
	ring, version, err := a.ring(ctx)
	if err != nil {
		return err
	}
	if err := a.prove(ring, present); err != nil {
		return err
	}
	return f(ring, version)
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

// DeleteEverything destroys the keys and every record of the journal, here
// and in every backup copy of the data directory, and begins an empty one.
// Backup files made with Backup have their own passphrase and stay.
func (a *App) DeleteEverything(ctx context.Context, present string) error {
	if err := a.deleteEverything(ctx, present); err != nil {
		return err
	}
	return a.Open(ctx)
}

func (a *App) deleteEverything(ctx context.Context, present string) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	ring, _, err := a.ring(ctx)
	if err != nil {
		return err
	}
	if err := a.prove(ring, present); err != nil {
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

// errLocked is returned by everything that needs the journal's contents.
func errLocked() error {
	return fault.New(fault.Locked, "core.locked")
}
