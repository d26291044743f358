package app

import (
	"context"
	"errors"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
)

// Record saves new entries, all or none, and gives their ids. What it
// acknowledged survives a crash.
func (a *App) Record(ctx context.Context, events ...journal.Event) ([]journal.ID, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	// New entries do not depend on what others wrote meanwhile, so an opened
	// journal is not brought up to date first: append does so if it must.
	if a.key == nil || a.fold == nil {
		if err := a.sync(ctx); err != nil {
			return nil, err
		}
	}
	return a.write(ctx, events)
}

// write seals, appends and folds in events that begin entries or correct
// them. The caller holds mu and has synced.
func (a *App) write(ctx context.Context, events []journal.Event) ([]journal.ID, error) {
	now := a.now(ctx)
	ids := make([]journal.ID, len(events))
	for i := range events {
		events[i].Stamp(inTurn(now, i))
		if err := a.fromPast(&events[i], now); err != nil {
			return nil, err
		}
		ids[i] = a.newID(ctx)
	}
	return ids, a.append(ctx, ids, events)
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
	last, err := a.store.Append(ctx, a.person, records)
	if err != nil {
		return err
	}
	a.used = a.clock.Now()
	if last != a.seq+int64(len(records)) {
		return a.sync(ctx) // another process wrote as well
	}
	for i := range events {
		a.fold.Apply(ids[i], events[i])
	}
	a.seq = last
	return nil
}

// ahead is how far in the future an entry's time may lie: a clock may be a
// little off, but tomorrow's dose has not been taken.
const ahead = 5 * time.Minute

// fromPast refuses what has not happened yet. A correction may keep its
// entry's time, also when the clock has jumped back behind it since.
func (a *App) fromPast(e *journal.Event, now time.Time) error {
	if old, ok := a.fold.Entry(e.Replaces); ok && old.At.Equal(e.At) {
		return nil
	}
	if e.At.After(now.Add(ahead)) {
		return fault.New(fault.Invalid, "That time lies in the future. Give the time when it happened, or leave it out for now.")
	}
	return nil
}

// Correct replaces an entry's present version. The entry keeps its id; what
// it said before stays in the log until it is forgotten.
func (a *App) Correct(ctx context.Context, id journal.ID, event journal.Event) error {
	return a.with(ctx, func(j *journal.Journal) error {
		old, ok := j.Entry(id)
		if !ok {
			return gone()
		}
		event.Replaces, event.Rev = id, journal.NextRev(old.Rev)
		if event.At.IsZero() {
			event.At = old.At
		}
		_, err := a.write(ctx, []journal.Event{event})
		return err
	})
}

func gone() error {
	return fault.New(fault.NotFound, "This entry is no longer in the journal. Go back and reload the page.")
}

// Delete takes an entry out of the journal. Its bytes stay sealed in the log
// until they are forgotten.
func (a *App) Delete(ctx context.Context, ids ...journal.ID) error {
	return a.with(ctx, func(j *journal.Journal) error { return a.delete(ctx, j, ids, false) })
}

func (a *App) delete(ctx context.Context, j *journal.Journal, ids []journal.ID, forgotten bool) error {
	var events []journal.Event
	for _, id := range ids {
		rev := 1
		if old, ok := j.Entry(id); ok {
			rev = journal.NextRev(old.Rev)
		} else if len(a.fold.Versions(id)) == 0 {
			return gone()
		} else if !forgotten {
			continue // deleted before
		}
		events = append(events, journal.Event{Replaces: id, Rev: rev, Body: &journal.Deletion{Forgotten: forgotten}})
	}
	if len(events) == 0 {
		return nil
	}
	_, err := a.write(ctx, events)
	return err
}

// Forget deletes entries and removes the bytes of all their versions from
// every file of the store. It cannot be undone.
func (a *App) Forget(ctx context.Context, ids ...journal.ID) error {
	return a.with(ctx, func(j *journal.Journal) error {
		if err := a.delete(ctx, j, ids, true); err != nil {
			return err
		}
		return a.removeForgotten(ctx)
	})
}

// removeForgotten removes the bytes of everything that was to be forgotten.
func (a *App) removeForgotten(ctx context.Context) error {
	ids := a.fold.ToForget()
	if len(ids) == 0 {
		return nil
	}
	records := make([]RecordID, len(ids))
	for i, id := range ids {
		records[i] = RecordID(id)
	}
	if err := a.store.Forget(ctx, a.person, records); err != nil {
		return err
	}
	a.fold.Forgotten()
	return nil
}

// Undelete brings deleted entries back as new ones with the same contents and
// gives their new ids: a deletion is final for every device that saw it.
func (a *App) Undelete(ctx context.Context, ids ...journal.ID) ([]journal.ID, error) {
	var fresh []journal.ID
	err := a.with(ctx, func(j *journal.Journal) error {
		var events []journal.Event
		for _, id := range ids {
			e, ok := a.fold.Deleted(id)
			if !ok {
				return gone()
			}
			e.Replaces, e.Rev = journal.ID{}, 0
			events = append(events, e)
		}
		var err error
		fresh, err = a.write(ctx, events)
		return err
	})
	return fresh, err
}

// ChangeSettings lays the fields that s names over the present settings.
func (a *App) ChangeSettings(ctx context.Context, s journal.Settings) error {
	return a.with(ctx, func(j *journal.Journal) error {
		_, err := a.write(ctx, []journal.Event{{Rev: a.fold.NextSettingsRev(), Body: &s}})
		return err
	})
}

// invalid turns a domain error about a field into a fault.
func invalid(err error) error {
	var field *journal.FieldError
	if errors.As(err, &field) {
		return fault.Wrap(err, fault.Invalid, "event.cannot_save", "problem", field)
	}
	return err
}
