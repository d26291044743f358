package app

import (
	"context"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/journal"
)

func forgets(e journal.Event) bool { return e.Deletion() != nil && e.Deletion().Forgotten }

// removeForgotten removes the bytes of everything that was to be forgotten. What
// could not be removed stays to be removed.
func (a *App) removeForgotten(ctx context.Context) error {
	ids := a.fold.ToForget()
	if len(ids) == 0 {
		return nil
	}
	records := make([]port.RecordID, len(ids))
	for i, id := range ids {
		records[i] = port.RecordID(id)
	}
	if err := a.forget(ctx, records); err != nil {
		return err
	}
	a.fold.Forgotten(ids)
	return nil
}

func (a *App) forget(ctx context.Context, records []port.RecordID) error {
	ids := make([][16]byte, len(records))
	for i, id := range records {
		ids[i] = id
	}
	for try := 0; ; try++ {
		sealed, err := a.chain.Seal(a.key, a.person, nil, ids)
		if err != nil {
			return err
		}
		now, err := a.store.Forget(ctx, a.person, a.version, records, sealed)
		if now.Version > a.version { // forgotten, also when traces are left
			a.version = now.Version
			a.chain.Forget(ids...)
			return err
		}
		if !fault.Is(err, fault.Conflict) || try == tries {
			return err
		}
		if err := a.follow(ctx); err != nil {
			return err
		}
	}
}

// tidy removes what was to be forgotten, if the store can now. Where it is held
// up, the next sync tries again, and whoever asks to forget is told; a page that
// only reads, or an entry that is saved, does not fail for it.
func (a *App) tidy(ctx context.Context) error {
	err := a.removeForgotten(ctx)
	if fault.Is(err, fault.Conflict) || fault.Is(err, fault.FullDisk) || fault.Is(err, fault.ReadOnly) {
		return nil
	}
	return err
}
