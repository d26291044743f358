package app

import (
	"context"
	"errors"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/vault/head"
	"github.com/evenkeel/evenkeel/journal"
)

// sync folds in what the log got since the last time: the person's own
// entries, and those of another process. The caller holds mu.
func (a *App) sync(ctx context.Context) error {
	if err := a.follow(ctx); err != nil {
		return err
	}
	return a.tidy(ctx)
}

// follow is sync without removing what was forgotten.
func (a *App) follow(ctx context.Context) error {
	if a.key == nil {
		return Locked()
	}
	if a.fold != nil {
		switch agrees, err := a.readOn(ctx); {
		case err != nil:
			return err
		case agrees:
			return nil
		}
		// What was read before is no longer what the log holds: somebody forgot
		// entries, or settled the log, or harmed it.
	}
	return a.readAll(ctx)
}

// readOn reads what is new and tells whether the log still agrees with its head.
func (a *App) readOn(ctx context.Context) (agrees bool, err error) {
	now, _, err := a.read(ctx)
	if err != nil {
		if errors.Is(err, port.ErrIncomplete) {
			return false, nil
		}
		return false, err
	}
	if now.Version == a.version {
		return true, nil
	}
	if now.Last != a.seq || len(now.Sealed) == 0 {
		return false, nil
	}
	lost, err := a.chain.Compare(a.key, a.person, now.Sealed)
	a.version = now.Version
	return lost == a.chain.Lost(), err
}

// readAll reads the log from its beginning and keeps what it lacks. What can be
// read is shown all the same.
func (a *App) readAll(ctx context.Context) error {
	a.fold, a.chain, a.seq, a.damaged = new(journal.Fold), new(head.Chain), 0, nil
	now, underHead, err := a.read(ctx)
	if err != nil && !errors.Is(err, port.ErrIncomplete) {
		a.fold = nil
		return err
	}
	a.seq, a.version = now.Last, now.Version
	if len(now.Sealed) > 0 {
		lost, bad := a.chain.Compare(a.key, a.person, now.Sealed)
		if bad != nil {
			a.fold = nil
			return bad
		}
		a.chain.Lose(lost)
	}
	if err != nil && !a.chain.Lost().Any() || len(now.Sealed) == 0 && underHead {
		a.chain.Lose(head.Lost{Changed: true})
	}
	if len(now.Sealed) > 0 {
		return nil
	}
	// A log from before there were heads gets its first.
	sealed, err := a.chain.Seal(a.key, a.person, nil, nil)
	if err != nil {
		return err
	}
	next, err := a.store.Append(ctx, a.person, a.version, nil, sealed)
	switch {
	case err == nil:
		a.version = next.Version
	case fault.Is(err, fault.Conflict), fault.Is(err, fault.ReadOnly), fault.Is(err, fault.FullDisk):
		err = nil // another process was quicker, or the next one does it
	}
	return err
}

// Problem says what the log is known to lack, in one sentence; nil when it is
// whole or was not read yet. Every entry that can be read is shown all the same.
func (a *App) Problem() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.problem()
}

func (a *App) problem() error {
	if a.chain == nil {
		return nil
	}
	return a.chain.Lost().Fault()
}

// settle makes what is left of a log that lost records the whole log.
func (a *App) settle(ctx context.Context) error {
	if a.problem() == nil {
		return nil
	}
	now, err := a.store.Settle(ctx, a.person, a.version)
	if err != nil {
		return err
	}
	// Its records say that they stand under a head, and it has none: the first
	// one is written here and not left to whoever reads next.
	fresh := new(head.Chain)
	now, err = a.store.ReadAfter(ctx, a.person, 0, func(r port.Record) error {
		fresh.Add(r.ID, len(r.Ciphertext) == 0)
		return nil
	})
	if err != nil {
		return err
	}
	sealed, err := fresh.Seal(a.key, a.person, nil, nil)
	if err != nil {
		return err
	}
	if _, err = a.store.Append(ctx, a.person, now.Version, nil, sealed); err != nil {
		return err
	}
	return a.readAll(ctx)
}
