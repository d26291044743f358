package app

import (
	"context"
	"errors"
	"runtime"
	"sync"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/vault"
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
		return now, false, Locked()
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
