package app

import (
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"slices"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/vault"
)

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
// as well, and gives its id. Open it with that id in Config.Person. At a desk
// there is one person to a store, and Open begins their journal; this is for who
// keeps a store for several, and the only way to a second journal in one.
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
