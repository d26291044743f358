package app

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/safety"
)

// Batch gathers records for Merge.
type Batch struct {
	Tx
	records []port.Sealed
	discard []port.RecordID
	found   []safety.Finding
	recent  []merging
	settle  bool
}

// merging is a record of a recent entry that may be dangerous beside others.
type merging struct{ id, entry journal.ID }

// Look looks through what a record says for words of danger, and has the entry
// looked at beside the others once all are merged.
func (b *Batch) Look(id journal.ID, e *journal.Event) {
	for _, text := range e.Texts() {
		b.found = append(b.found, safety.Scan(text)...)
	}
	if e.Body == nil || longOver(e, b.app.Now(b.ctx)) {
		return
	}
	m := merging{id, id}
	if !e.Replaces.IsZero() {
		m.entry = e.Replaces
	}
	b.recent = append(b.recent, m)
}

// together looks at the recent entries of which the batch brought a version that
// the log did not have, as they stand now. The caller of Merge holds mu.
func (b *Batch) together(fresh []port.Sealed) (list []safety.Finding) {
	brought, seen := map[port.RecordID]bool{}, map[journal.ID]bool{}
	for _, r := range fresh {
		brought[r.ID] = true
	}
	for _, m := range b.recent {
		if e, ok := b.app.fold.Entry(m.entry); ok && brought[port.RecordID(m.id)] && !seen[m.entry] {
			seen[m.entry] = true
			list = append(list, b.app.beside(&e.Event)...)
		}
	}
	return list
}

// Settle makes what the log holds after the batch the whole log, if it is known to
// have lost records: a backup is what brings them back, and was brought.
func (b *Batch) Settle() { b.settle = true }

// Add puts a record into the batch, its event byte for byte as given.
func (b *Batch) Add(id journal.ID, event []byte) error {
	sealed, err := b.app.sealOne(port.RecordID(id), event)
	if err == nil {
		b.records = append(b.records, sealed)
	}
	return err
}

// AddEvent puts an event that is stamped into the batch.
func (b *Batch) AddEvent(id journal.ID, e *journal.Event) error {
	plain, err := e.Encode()
	if err != nil {
		return invalid(err)
	}
	return b.Add(id, plain)
}

// Damaged tells that the record is in the log and is not what was sealed.
func (b *Batch) Damaged(id journal.ID) bool { return slices.Contains(b.app.damaged, port.RecordID(id)) }

// Discard takes the bytes of a record out of the log once the batch is in it.
func (b *Batch) Discard(id journal.ID) { b.discard = append(b.discard, port.RecordID(id)) }

// Merged says what merging brought.
type Merged struct {
	// Added records were new; Known ones were there already.
	Added int `json:"added"`
	Known int `json:"known"`
	// Found are the words of danger in what was read, and the recent entries that
	// are dangerous together.
	Found []safety.Finding `json:"-"`
	// Missing is how many records the log had lost that this did not bring back,
	// as far as it can be known.
	Missing int `json:"missing,omitempty"`
}

// Merge adds the records that f gathers and the log does not have yet, all or
// none.
func (a *App) Merge(ctx context.Context, f func(*Batch) error) (Merged, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.sync(ctx); err != nil {
		return Merged{}, err
	}
	b := &Batch{Tx: Tx{a.fold, a, ctx}}
	if err := f(b); err != nil {
		return Merged{Found: b.found}, err
	}
	if len(b.records) == 0 {
		return Merged{Found: b.found}, nil
	}
	lacked := a.chain.Lost()
	seen := map[port.RecordID]bool{}
	fresh := slices.DeleteFunc(slices.Clone(b.records), func(r port.Sealed) bool {
		known := seen[r.ID] || a.chain.Has(r.ID)
		seen[r.ID] = true
		return known
	})
	if _, err := a.put(ctx, fresh); err != nil {
		return Merged{Found: b.found}, err
	}
	done := Merged{Added: len(fresh), Known: len(b.records) - len(fresh), Found: b.found}
	if len(b.discard) > 0 {
		if err := a.forget(ctx, b.discard); err != nil {
			return done, err
		}
	}
	// Read back rather than folded in as given: what counts is what was kept.
	if err := a.readAll(ctx); err != nil {
		return done, err
	}
	done.Found = append(done.Found, b.together(fresh)...)
	if b.settle && a.problem() != nil {
		if err := a.settle(ctx); err != nil {
			return done, err
		}
		done.Missing = max(int(lacked.Missing+lacked.Emptied)-done.Added, 0)
	}
	return done, a.sync(ctx)
}

// errNoEvent is the cause where what was sealed is no event of any release.
var errNoEvent = errors.New("not JSON")

// Each yields the plaintext of every record in the order of the log: JSON, of any
// release. It holds only until yield returns. A damaged record stops it, or is
// left out and counted, and so does one that is missing.
func (a *App) Each(ctx context.Context, skipDamaged bool, yield func(journal.ID, []byte) error) (damaged int, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.sync(ctx); err != nil {
		return 0, err
	}
	lost := a.chain.Lost()
	if lost.Any() && !skipDamaged {
		return 0, lost.Fault()
	}
	damaged = int(lost.Missing + lost.Emptied)
	err = a.plain(ctx, func(r port.Record, plain []byte, err error) error {
		if err == nil && !json.Valid(plain) {
			err = errNoEvent
		}
		switch {
		case err != nil && skipDamaged:
			damaged++
			return nil
		case fault.Is(err, fault.NewerVersion):
			return err
		case err != nil:
			return fault.Wrap(err, fault.Corrupt, "core.record_damaged", "n", r.Seq)
		}
		return yield(journal.ID(r.ID), plain)
	})
	if skipDamaged && errors.Is(err, port.ErrIncomplete) {
		err = nil // it is counted
	}
	return damaged, err
}
