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
	return Status{Open: a.key != nil, Passphrase: ring.HasPassphrase(), Recovery: ring.HasRecovery()}, nil
}

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
	a.guess.Lock()
	defer a.guess.Unlock()
	ring, version, err := a.ringNow(ctx)
	if err != nil {
		return err
	}
	if err := a.prove(ring, present); err != nil {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if _, now, err := a.ring(ctx); err != nil {
		return err
	} else if now != version {
		return errKeysChanged()
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
