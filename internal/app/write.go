package app

import (
	"context"
	"slices"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/safety"
	"github.com/evenkeel/evenkeel/safety/rule"
)

// Draft is an event on its way into the log.
type Draft struct {
	// ID of its record; zero for the next one of the request.
	ID journal.ID
	journal.Event
	// Stamped events keep the time of recording that they have, as another
	// journal's do; the others are recorded now.
	Stamped bool
}

// Tx is the journal while something is written to it: nothing else is.
type Tx struct {
	*journal.Fold
	app *App
	ctx context.Context
}

// DeriveID is an id that is the same for the same purpose and data in this
// journal, and tells nothing to who has not its key.
func (tx *Tx) DeriveID(purpose string, data []byte) (journal.ID, error) {
	return tx.app.key.DeriveID(purpose, data)
}

// NewID is the id of the next record that the request writes.
func (tx *Tx) NewID() journal.ID { return tx.app.newID(tx.ctx) }

// IDFor is the id of a record that the request may or may not have to write
// again, such as a product that is there by the second time.
func (tx *Tx) IDFor(what string) journal.ID { return tx.app.idFor(tx.ctx, what) }

// Saved says what writing did.
type Saved struct {
	// IDs of the records, in the order of the drafts.
	IDs []journal.ID
	// Found are the words of danger in what the person wrote, also where it
	// could not be saved: they are answered before anything else.
	Found []safety.Finding
}

// Write saves what f makes of the journal as it stands now, other processes'
// entries included: all or none. What it acknowledged survives a crash.
//
// Drafts whose record is there already are left out, so that writing twice
// changes nothing.
func (a *App) Write(ctx context.Context, f func(*Tx) ([]Draft, error)) (Saved, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.sync(ctx); err != nil {
		return Saved{}, err
	}
	drafts, err := f(&Tx{a.fold, a, ctx})
	if err != nil || len(drafts) == 0 {
		return Saved{}, err
	}
	ids, err := a.write(ctx, drafts)
	return Saved{ids, append(found(drafts), a.together(ctx, drafts)...)}, err
}

// Append saves drafts that do not depend on what others wrote meanwhile: an
// opened journal is not brought up to date first.
func (a *App) Append(ctx context.Context, drafts ...Draft) (Saved, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.key == nil || a.fold == nil {
		if err := a.sync(ctx); err != nil {
			return Saved{Found: found(drafts)}, err
		}
	}
	ids, err := a.write(ctx, drafts)
	return Saved{ids, append(found(drafts), a.together(ctx, drafts)...)}, err
}

// together looks at what was written beside what was there: entries can be
// dangerous that are harmless alone. What a file tells of long ago is over. The
// caller holds mu.
func (a *App) together(ctx context.Context, drafts []Draft) []safety.Finding {
	if a.fold == nil {
		return nil
	}
	now := a.Now(ctx)
	var list []safety.Finding
	for i := range drafts {
		e := drafts[i].Event
		e.Stamp(now)
		if e.Origin == nil || !longOver(&e, now) {
			list = append(list, a.beside(&e)...)
		}
	}
	return list
}

func longOver(e *journal.Event, now time.Time) bool { return e.At.Before(now.Add(-rule.Back())) }

// beside looks at one entry beside those that are folded in.
func (a *App) beside(e *journal.Event) []safety.Finding {
	switch e.Kind {
	case journal.KindDose, journal.KindSubstance, journal.KindMedicine:
		last := a.fold.DoseBefore(e.At)
		return rule.Written(e, a.fold.Between(rule.From(e, last), e.At.Add(rule.Back())))
	}
	return nil
}

// found looks through every text of the drafts for words of danger.
func found(drafts []Draft) []safety.Finding {
	var list []safety.Finding
	seen := map[string]bool{} // units and names of products come again and again
	for i := range drafts {
		for _, text := range drafts[i].Texts() {
			if !seen[text] {
				seen[text] = true
				list = append(list, safety.Scan(text)...)
			}
		}
	}
	return list
}

// write stamps, seals, appends and folds in. The caller holds mu.
func (a *App) write(ctx context.Context, drafts []Draft) ([]journal.ID, error) {
	now := a.Now(ctx)
	ids := make([]journal.ID, len(drafts))
	var fresh []journal.ID
	var events []journal.Event
	for i := range drafts {
		e := drafts[i].Event
		if !drafts[i].Stamped {
			e.Stamp(inTurn(now, i))
		}
		if old, ok := a.fold.Entry(e.Replaces); ok && e.Origin == nil && e.Deletion() == nil {
			e.Origin = old.Origin
		}
		if err := a.fromPast(&e, now); err != nil {
			return nil, err
		}
		if ids[i] = drafts[i].ID; ids[i].IsZero() {
			ids[i] = a.newID(ctx)
		}
		if a.fold.Has(ids[i], e.Replaces) {
			continue
		}
		fresh, events = append(fresh, ids[i]), append(events, e)
	}
	if len(fresh) == 0 {
		return ids, nil
	}
	if err := a.append(ctx, fresh, events); err != nil {
		return nil, err
	}
	if slices.ContainsFunc(events, forgets) {
		return ids, a.removeForgotten(ctx)
	}
	// What an earlier wish left to be removed is no fault of this entry.
	return ids, a.tidy(ctx)
}

// inTurn keeps entries of one batch in the order they were given: those of the
// same time are told apart by when they were recorded.
func inTurn(now time.Time, i int) time.Time { return now.Add(time.Duration(i)) }

// append is the only way into the store.
func (a *App) append(ctx context.Context, ids []journal.ID, events []journal.Event) error {
	records, err := a.seal(ids, events)
	if err != nil {
		return err
	}
	written, err := a.put(ctx, records)
	if err != nil {
		return err
	}
	for i := range events {
		if written[port.RecordID(ids[i])] {
			a.fold.Apply(ids[i], events[i])
		}
	}
	return nil
}

// Ahead is how far in the future an entry's time may lie: a clock may be a
// little off, but tomorrow's dose has not been taken.
const Ahead = 5 * time.Minute

// fromPast refuses what has not happened yet. A correction may keep its
// entry's time, also when the clock has jumped back behind it since.
func (a *App) fromPast(e *journal.Event, now time.Time) error {
	if old, ok := a.fold.Entry(e.Replaces); ok && old.At.Equal(e.At) {
		return nil
	}
	if e.At.After(now.Add(Ahead)) {
		return fault.New(fault.Invalid, "core.future")
	}
	return nil
}
