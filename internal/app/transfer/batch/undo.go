package batch

import (
	"context"
	"encoding/json"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/transfer/columns"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/safety"
)

// Undone says what undoing an import did.
type Undone struct {
	// Removed entries were taken out; Back are those that they had replaced.
	Removed int `json:"removed"`
	Back    int `json:"back"`
	// Products that only these entries used were taken out with them.
	Products int `json:"products"`
}

// Standing counts the entries of a batch that stand, and those of them that the
// person changed since.
type Standing struct {
	Entries, Changed int
}

// Stands counts what undoing a batch would take out.
func Stands(j *journal.Journal, batch journal.ID) (s Standing) {
	for _, e := range j.All() {
		if e.Origin != nil && e.Origin.Batch == batch {
			s.Entries++
			if e.Corrected {
				s.Changed++
			}
		}
	}
	return s
}

// Undo takes a batch out of the journal: its entries, also those that were
// changed since, and the products that it began and nothing else uses. What it
// had replaced comes back.
func Undo(ctx context.Context, a *app.App, batch journal.ID) (Undone, error) {
	var done Undone
	for {
		more := false
		_, err := a.Write(ctx, func(tx *app.Tx) ([]app.Draft, error) {
			head, ok := tx.Entry(batch)
			if !ok || head.Import() == nil {
				return nil, app.Gone()
			}
			var drafts []app.Draft
			used := map[journal.ID]bool{}
			var products []*journal.Entry
			for e, stands := range tx.Threads {
				if !stands {
					continue
				}
				of := e.Origin != nil && e.Origin.Batch == batch
				switch {
				case e.Kind == journal.KindProduct:
					if of {
						products = append(products, e)
					}
				case !of:
					used[productOf(e)] = true
				case len(drafts) >= atOnce:
					more = true
				default:
					list, err := takeOut(tx, e, used)
					if err != nil {
						return nil, err
					}
					done.Removed++
					done.Back += len(list) - 1
					drafts = append(drafts, list...)
				}
			}
			if more {
				return drafts, nil
			}
			for _, p := range products {
				if !used[p.ID] {
					done.Products++
					drafts = append(drafts, deletion(p))
				}
			}
			return append(drafts, deletion(&head)), nil
		})
		if err != nil || !more {
			return done, err
		}
	}
}

func deletion(e *journal.Entry) app.Draft {
	return app.Draft{Event: journal.Event{Replaces: e.ID, Rev: journal.NextRev(e.Rev), Body: &journal.Deletion{}}}
}

// takeOut deletes an entry and brings back what it had replaced.
func takeOut(tx *app.Tx, e *journal.Entry, used map[journal.ID]bool) ([]app.Draft, error) {
	list := []app.Draft{deletion(e)}
	instead, old, ok := replaced(tx, e.Origin)
	if !ok {
		return list, nil
	}
	old.Replaces, old.Rev = journal.ID{}, 0
	back, err := tx.DeriveID("brought back", append(instead[:], e.ID[:]...))
	if err != nil {
		return nil, err
	}
	used[productOf(&journal.Entry{Event: old})] = true
	return append(list, app.Draft{ID: back, Event: old, Stamped: true}), nil
}

// replaced is the entry that one of an import took the place of. One whose own
// import was undone does not come back, and what it had replaced may.
func replaced(tx *app.Tx, o *journal.Origin) (id journal.ID, old journal.Event, ok bool) {
	seen := map[journal.ID]bool{}
	for id = o.Instead; !id.IsZero(); id = old.Origin.Instead {
		if old, ok = tx.Deleted(id); !ok || old.Origin == nil {
			return id, old, ok
		}
		if _, stands := tx.Entry(old.Origin.Batch); stands && old.Origin.Batch != o.Batch {
			return id, old, true
		}
		if seen[id] {
			break // only a file that was made up goes round
		}
		seen[id] = true
	}
	return id, old, false
}

// productOf is the id of the product that an entry names; zero for none.
func productOf(e *journal.Entry) (id journal.ID) {
	for _, f := range journal.Describe(e.Kind).Fields {
		if f.Type == journal.FieldProduct {
			if id, err := journal.ParseID(f.Get(e.Body)); err == nil {
				return id
			}
		}
	}
	return id
}

// Mend reads a kept row again, with the cells as the person mended them. The
// entries join the batch, and the row leaves its list. even adds an amount that
// is hard to believe. The error of a row that still cannot be read is a
// *fault.Error that says why.
func Mend(ctx context.Context, a *app.App, batch journal.ID, row int, cells []string, even bool) ([]safety.Finding, error) {
	w := &writer{ctx: ctx, app: a, batch: batch, begun: map[string]journal.ID{}, done: &Done{Preview: &Preview{}}}
	saved, err := a.Write(ctx, func(tx *app.Tx) ([]app.Draft, error) {
		head, kept, err := keptRow(tx, batch, row)
		if err != nil {
			return nil, err
		}
		im := head.Import()
		var plan columns.Plan
		if len(im.Plan) == 0 || json.Unmarshal(im.Plan, &plan) != nil || len(cells) != len(plan.Columns) {
			return nil, fault.New(fault.Invalid, "transfer.not_mendable")
		}
		read := columns.NewReader(&plan, a.Now(ctx)).Row(row, cells)
		for _, d := range read.Drafts {
			if d.Odd != nil && !even {
				read.Why = d.Odd
			}
		}
		switch {
		case read.Why != nil:
			return nil, fault.Wrap(read.Why, fault.Invalid, "transfer.still", "problem", read.Why)
		case len(read.Drafts) == 0:
			return nil, fault.New(fault.Invalid, "transfer.still_nothing")
		}
		w.done.Source = im.Source
		read.Key = named("mended", batch, row).String()
		var drafts []app.Draft
		for k := range read.Drafts {
			d := waiting{draft: read.Drafts[k], origin: journal.Origin{Row: rowOf(im.Source, read, k), Read: readOf(im.Source, &read.Drafts[k])}}
			list, err := w.drafts(tx, &d)
			if err != nil {
				return nil, err
			}
			drafts = append(drafts, list...)
		}
		return append(drafts, without(&head, kept, len(read.Drafts))), nil
	})
	return saved.Found, err
}

// Drop takes a kept row off the list without importing it.
func Drop(ctx context.Context, a *app.App, batch journal.ID, row int) error {
	_, err := a.Write(ctx, func(tx *app.Tx) ([]app.Draft, error) {
		head, kept, err := keptRow(tx, batch, row)
		if err != nil {
			return nil, err
		}
		return []app.Draft{without(&head, kept, 0)}, nil
	})
	return err
}

func keptRow(tx *app.Tx, batch journal.ID, row int) (head journal.Entry, at int, err error) {
	head, ok := tx.Entry(batch)
	if !ok || head.Import() == nil {
		return head, 0, app.Gone()
	}
	for i, k := range head.Import().Kept {
		if k.Row == row {
			return head, i, nil
		}
	}
	return head, 0, fault.New(fault.NotFound, "transfer.row_gone")
}

// without is the batch without the kept row at that place, and with so many more
// entries.
func without(head *journal.Entry, at, added int) app.Draft {
	im := *head.Import()
	kept := make([]journal.KeptRow, 0, len(im.Kept))
	kept = append(kept, im.Kept[:at]...)
	im.Kept = append(kept, im.Kept[at+1:]...)
	im.Added += added
	return app.Draft{Event: journal.Event{At: head.At, Replaces: head.ID, Rev: journal.NextRev(head.Rev), Body: &im}}
}
