package app

import (
	"context"
	"slices"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/journal"
)

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

// tries is how often a change is made anew because another process was quicker
// before it is given up.
const tries = 20

// put appends the records that the log does not have yet and says which; the
// caller folds them in.
func (a *App) put(ctx context.Context, records []port.Sealed) (written map[port.RecordID]bool, err error) {
	for try := 0; ; try++ {
		// What a lost answer made the caller repeat is there already.
		fresh := slices.DeleteFunc(slices.Clone(records), func(r port.Sealed) bool { return a.chain.Has(r.ID) })
		if len(fresh) == 0 {
			return nil, nil
		}
		ids, written := make([][16]byte, len(fresh)), map[port.RecordID]bool{}
		for i, r := range fresh {
			ids[i], written[r.ID] = r.ID, true
		}
		sealed, err := a.chain.Seal(a.key, a.person, ids, nil)
		if err != nil {
			return nil, err
		}
		now, err := a.store.Append(ctx, a.person, a.version, fresh, sealed)
		if err == nil {
			for _, id := range ids {
				a.chain.Add(id, false)
			}
			a.version, a.seq, a.used = now.Version, now.Last, a.clock.Now()
			return written, nil
		}
		if !fault.Is(err, fault.Conflict) || try == tries {
			return nil, err
		}
		if err := a.follow(ctx); err != nil {
			return nil, err
		}
	}
}
