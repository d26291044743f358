// Package record is what a person does to their journal: entries written,
// corrected, deleted, forgotten and brought back, products and choices.
package record

import (
	"context"
	"strings"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
)

// New saves new entries, all or none.
func New(ctx context.Context, a *app.App, events ...journal.Event) (app.Saved, error) {
	drafts := make([]app.Draft, len(events))
	for i, e := range events {
		drafts[i].Event = e
	}
	return a.Append(ctx, drafts...)
}

// Correct replaces an entry's present version. The entry keeps its id and its
// kind; what it said before stays in the log until it is forgotten.
func Correct(ctx context.Context, a *app.App, id journal.ID, event journal.Event) (app.Saved, error) {
	return a.Write(ctx, func(tx *app.Tx) ([]app.Draft, error) {
		old, ok := tx.Entry(id)
		if !ok {
			return nil, app.Gone()
		}
		if event.Body == nil || event.Body.Kind() != old.Kind {
			return nil, fault.New(fault.Invalid, "record.other_kind")
		}
		event.Replaces, event.Rev = id, journal.NextRev(old.Rev)
		if event.At.IsZero() {
			event.At = old.At
		}
		return []app.Draft{{Event: event}}, nil
	})
}

// Delete takes entries out of the journal. Their bytes stay sealed in the log
// until they are forgotten. What is shared is refused: it is ended, not deleted,
// or bytes would lie on a host that nothing here knows.
func Delete(ctx context.Context, a *app.App, ids ...journal.ID) error {
	return remove(ctx, a, ids, false)
}

// Forget deletes entries and removes the bytes of all their versions from
// every file of the store. It cannot be undone. When it returns an error,
// repeat it.
func Forget(ctx context.Context, a *app.App, ids ...journal.ID) error {
	return remove(ctx, a, ids, true)
}

func remove(ctx context.Context, a *app.App, ids []journal.ID, forget bool) error {
	_, err := a.Write(ctx, func(tx *app.Tx) ([]app.Draft, error) {
		var drafts []app.Draft
		for _, id := range ids {
			rev := 1
			if old, ok := tx.Entry(id); ok && old.Kind.Shared() {
				return nil, fault.New(fault.Invalid, "record.shared")
			} else if ok {
				rev = journal.NextRev(old.Rev)
			} else if !tx.Has(id, journal.ID{}) {
				return nil, app.Gone()
			} else if !forget {
				continue // deleted before
			}
			drafts = append(drafts, app.Draft{Event: journal.Event{Replaces: id, Rev: rev, Body: &journal.Deletion{Forgotten: forget}}})
		}
		return drafts, nil
	})
	return err
}

// Undelete brings deleted entries back as new ones with the same contents and
// gives their new ids: a deletion is final for every device that saw it. The
// new ids follow from the old, so that bringing back twice brings back once.
func Undelete(ctx context.Context, a *app.App, ids ...journal.ID) (app.Saved, error) {
	return a.Write(ctx, func(tx *app.Tx) ([]app.Draft, error) {
		var drafts []app.Draft
		for _, id := range ids {
			e, ok := tx.Deleted(id)
			if !ok {
				return nil, app.Gone()
			}
			e.Replaces, e.Rev = journal.ID{}, 0
			back, err := tx.DeriveID("brought back", id[:])
			if err != nil {
				return nil, err
			}
			drafts = append(drafts, app.Draft{ID: back, Event: e})
		}
		return drafts, nil
	})
}

// Settings lays the fields that s names over the present choices.
func Settings(ctx context.Context, a *app.App, s journal.Settings) error {
	_, err := a.Write(ctx, func(tx *app.Tx) ([]app.Draft, error) {
		return []app.Draft{{Event: journal.Event{Rev: tx.NextSettingsRev(), Body: &s}}}, nil
	})
	return err
}

// Product adds a product, or corrects the one that id names, and gives its id.
// A name that another product in use has already is refused.
func Product(ctx context.Context, a *app.App, id journal.ID, p journal.Product) (journal.ID, app.Saved, error) {
	saved, err := a.Write(ctx, func(tx *app.Tx) ([]app.Draft, error) {
		if other, ok := tx.Journal().ProductByName(p.Name); ok && other.ID != id && !other.Product().PutAway && !p.PutAway {
			return nil, fault.New(fault.Conflict, "record.product_name_taken")
		}
		e := journal.Event{Body: &p}
		if id.IsZero() {
			fresh, err := ProductID(tx, p.Name)
			return []app.Draft{{ID: fresh, Event: e}}, err
		}
		old, ok := tx.Entry(id)
		if !ok {
			return nil, app.Gone()
		}
		if old.Kind != journal.KindProduct {
			return nil, fault.New(fault.Invalid, "record.other_kind")
		}
		e.Replaces, e.Rev, e.At = id, journal.NextRev(old.Rev), old.At
		return []app.Draft{{Event: e}}, nil
	})
	if err == nil && id.IsZero() {
		id = saved.IDs[0]
	}
	return id, saved, err
}

// ProductID is the id of a new product. It follows from the name, so that two
// processes that meet a name for the first time at once begin one product;
// where a product of that id was renamed or deleted it is a fresh one, which
// is zero here.
func ProductID(tx *app.Tx, name string) (journal.ID, error) {
	id, err := tx.DeriveID("product", []byte(strings.ToLower(strings.TrimSpace(name))))
	if err != nil || tx.Has(id, journal.ID{}) {
		return journal.ID{}, err
	}
	return id, nil
}
