package app

import (
	"context"

	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/vault"
	"github.com/evenkeel/evenkeel/journal"
)

// Inspection is a journal laid open to be looked over, locked or not, whole or
// not. It holds during Inspect and changes nothing.
type Inspection struct {
	// Person whose journal it is; zero where none was chosen of several.
	Person port.PersonID
	// Open is false for a locked journal, whose records cannot be read.
	Open bool

	app *App
}

// Inspect lays the journal open for f; nothing else is done with it meanwhile.
func (a *App) Inspect(f func(Inspection) error) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	return f(Inspection{Person: a.person, Open: a.key != nil, app: a})
}

// Storage is what the store found of itself, and whose journals are there if
// there are several.
func (i Inspection) Storage(ctx context.Context) (port.Report, []port.PersonID, error) {
	report, err := i.app.store.Check(ctx)
	if err != nil || report.Persons < 2 {
		return report, nil, err
	}
	persons, err := i.app.store.Persons(ctx)
	return report, persons, err
}

// Ring is the journal's keyring.
func (i Inspection) Ring(ctx context.Context) (*vault.Ring, error) {
	ring, _, err := i.app.ring(ctx)
	return ring, err
}

// TryDevice says why no device key of this machine opens the ring; nil when one
// does.
func (i Inspection) TryDevice(ring *vault.Ring) error {
	key, err := i.app.openWithDevice(ring)
	if err == nil {
		key.Wipe()
	}
	return err
}

// Records yields the event of every record of an open journal, or why there is
// none. The error is a fault or a
// journal.UnreadableError.
func (i Inspection) Records(ctx context.Context, yield func(journal.Event, error)) error {
	return i.app.plain(ctx, func(_ port.Record, plain []byte, err error) error {
		var e journal.Event
		if err == nil {
			e, err = journal.Decode(plain)
		}
		yield(e, err)
		return nil
	})
}

// Whole says what the log lacks by what its last writer sealed.
func (i Inspection) Whole(ctx context.Context) error {
	if err := i.app.follow(ctx); err != nil {
		return err
	}
	return i.app.problem()
}

// plain opens every record that was not forgotten and yields its plaintext,
// which holds until yield returns, or why it does not open. The caller holds mu.
func (a *App) plain(ctx context.Context, yield func(r port.Record, plain []byte, err error) error) error {
	var plain []byte
	defer func() { clear(plain[:cap(plain)]) }()
	_, err := a.store.ReadAfter(ctx, a.person, 0, func(r port.Record) error {
		if len(r.Ciphertext) == 0 {
			return nil
		}
		var err error
		plain, err = a.key.Open(plain[:0], a.person, r.ID, r.Ciphertext)
		return yield(r, plain, err)
	})
	return err
}
