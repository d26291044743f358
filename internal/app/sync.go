package app

import (
	"context"
	"runtime"
	"sync"

	"github.com/evenkeel/evenkeel/internal/fault"
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
}

// sync folds in what the log got since the last time: the person's own
// entries, and those of another process. The caller holds mu.
//
// Records are opened on every core while the store still reads; the fold does
// not mind the order they come back in.
func (a *App) sync(ctx context.Context) error {
	if a.key == nil {
		return errLocked()
	}
	if a.fold == nil {
		a.fold, a.seq, a.damaged = new(journal.Fold), 0, nil
	}
	seq := a.seq
	var batch []Record
	var bytes []byte
	work := make(chan []Record)
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
	err := a.store.ReadAfter(ctx, a.person, a.seq, func(r Record) error {
		seq = r.Seq
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
		return errLocked()
	}
	if err != nil {
		return err
	}
	for _, list := range all {
		for _, o := range list {
			if o.err != nil {
				a.fold.Unreadable(o.id, o.err)
				if fault.Is(o.err, fault.Corrupt) {
					a.damaged = append(a.damaged, RecordID(o.id))
				}
				continue
			}
			a.fold.Apply(o.id, o.event)
		}
	}
	a.seq = seq
	return a.removeForgotten(ctx)
}

func (a *App) openAll(records []Record) []opened {
	out := make([]opened, len(records))
	var plain []byte
	for i, r := range records {
		out[i].id = journal.ID(r.ID)
		var err error
		if plain, err = a.key.Open(plain[:0], a.person, r.ID, r.Ciphertext); err != nil {
			out[i].err = err
			continue
		}
		out[i].event, out[i].err = journal.Decode(plain)
	}
	return out
}

// seal makes records of events, each under its id. The events are complete:
// stamped and valid.
func (a *App) seal(ids []journal.ID, events []journal.Event) ([]Sealed, error) {
	records := make([]Sealed, len(events))
	for i := range events {
		plain, err := events[i].Encode()
		if err != nil {
			return nil, invalid(err)
		}
		records[i], err = a.sealOne(RecordID(ids[i]), plain)
		if err != nil {
			return nil, err
		}
	}
	return records, nil
}

func (a *App) sealOne(id RecordID, plain []byte) (Sealed, error) {
	sealed, err := a.key.Seal(nil, a.person, id, plain)
	if err != nil {
		return Sealed{}, err
	}
	return Sealed{ID: id, Ciphertext: sealed}, nil
}
