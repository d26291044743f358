package app

import (
	"context"
	"errors"
	"runtime"
	"sync"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/vault"
	"github.com/evenkeel/evenkeel/internal/vault/head"
	"github.com/evenkeel/evenkeel/journal"
)

// openBatch is how many records one worker opens at a time: enough to hide
// the cost of handing them over, few enough to keep all workers busy.
const openBatch = 256

// opened is one record after opening: an event, or the reason it has none.
type opened struct {
	id    journal.ID
	event journal.Event
	err   error

	underHead bool
}

// sync folds in what the log got since the last time: the person's own
// entries, and those of another process. The caller holds mu.
func (a *App) sync(ctx context.Context) error {
	if err := a.follow(ctx); err != nil {
		return err
	}
	return a.tidy(ctx)
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

// follow is sync without removing what was forgotten.
func (a *App) follow(ctx context.Context) error {
	if a.key == nil {
		return errLocked()
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

// read folds in the records after seq and gives the head they were read with.
//
// Records are opened on every core while the store still reads; the fold does
// not mind the order they come back in.
func (a *App) read(ctx context.Context) (now port.Head, underHead bool, err error) {
	var batch []port.Record
	var bytes []byte
	work := make(chan []port.Record)
	results := make(chan []opened, runtime.GOMAXPROCS(0))
	var workers sync.WaitGroup
	started := false
	start := func() {
		started = true
		for range runtime.GOMAXPROCS(0) {
			workers.Go(func() {
				for records := range work {
					results <- a.openAll(records)
				}
			})
		}
	}
	var done sync.WaitGroup
	var all [][]opened
	flush := func() {
		if !started {
			start()
			done.Go(func() {
				for r := range results {
					all = append(all, r)
				}
			})
		}
		work <- batch
		batch, bytes = nil, nil
	}
	now, err = a.store.ReadAfter(ctx, a.person, a.seq, func(r port.Record) error {
		a.chain.Add(r.ID, len(r.Ciphertext) == 0)
		if len(r.Ciphertext) == 0 {
			return nil // forgotten
		}
		at := len(bytes)
		bytes = append(bytes, r.Ciphertext...)
		r.Ciphertext = bytes[at:len(bytes):len(bytes)]
		batch = append(batch, r)
		if len(batch) == openBatch {
			flush()
		}
		return nil
	})
	if started {
		if len(batch) > 0 {
			flush()
		}
		close(work)
		workers.Wait()
		close(results)
		done.Wait()
	} else if len(batch) > 0 {
		all = append(all, a.openAll(batch))
	}
	if fault.Is(err, fault.NotFound) {
		a.lock() // another process deleted everything
		return now, false, errLocked()
	}
	if err != nil && !errors.Is(err, port.ErrIncomplete) {
		a.fold = nil // what was read of it is not the whole
		return now, false, err
	}
	for _, list := range all {
		for _, o := range list {
			if o.err != nil {
				a.fold.Unreadable(o.id, o.err)
				if fault.Is(o.err, fault.Corrupt) {
					a.damaged = append(a.damaged, port.RecordID(o.id))
				}
				continue
			}
			underHead = underHead || o.underHead
			a.fold.Apply(o.id, o.event)
		}
	}
	a.seq = max(now.Last, a.seq)
	return now, underHead, err
}

func (a *App) openAll(records []port.Record) []opened {
	out := make([]opened, len(records))
	var plain []byte
	for i, r := range records {
		out[i].id = journal.ID(r.ID)
		var err error
		if plain, err = a.key.Open(plain[:0], a.person, r.ID, r.Ciphertext); err != nil {
			if fault.Is(err, fault.NewerVersion) {
				err = &journal.UnreadableError{Newer: true, Cause: err}
			}
			out[i].err = err
			continue
		}
		out[i].underHead = vault.UnderHead(r.Ciphertext)
		out[i].event, out[i].err = journal.Decode(plain)
	}
	clear(plain[:cap(plain)])
	return out
}

// seal makes records of events, each under its id. The events are complete:
// stamped and valid.
func (a *App) seal(ids []journal.ID, events []journal.Event) ([]port.Sealed, error) {
	records := make([]port.Sealed, len(events))
	for i := range events {
		plain, err := events[i].Encode()
		if err != nil {
			return nil, invalid(err)
		}
		records[i], err = a.sealOne(port.RecordID(ids[i]), plain)
		clear(plain)
		if err != nil {
			return nil, err
		}
	}
	return records, nil
}

func (a *App) sealOne(id port.RecordID, plain []byte) (port.Sealed, error) {
	sealed, err := a.key.Seal(nil, a.person, id, plain)
	if err != nil {
		return port.Sealed{}, err
	}
	return port.Sealed{ID: id, Ciphertext: sealed}, nil
}
