package app

import (
	"context"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/journal/quick"
)

// usualsKnown is how many usual doses quick entry looks through to tell
// products apart.
const usualsKnown = 20

// DefaultCurrency is what money is in until the person chooses.
const DefaultCurrency = "USD"

// AddAsOf is Add for a line that was written at another time, at that time's
// own UTC offset: "20 min ago" counts from then. What it saves is marked as
// written down now. A time that has not come yet is fault.Invalid.
func (a *App) AddAsOf(ctx context.Context, line string, written time.Time) (Added, error) {
	if written.After(a.clock.Now().Add(ahead)) {
		return Added{}, fault.New(fault.Invalid, "The time given for the line lies in the future. Give the time when it was written.")
	}
	return a.add(ctx, line, written)
}

// UnderstandAsOf is Understand for a line that was written at another time.
func (a *App) UnderstandAsOf(ctx context.Context, line string, written time.Time) (quick.Result, error) {
	var r quick.Result
	err := a.with(ctx, func(j *journal.Journal) error {
		r = quick.Parse(line, quickContext(j, written))
		return nil
	})
	return r, err
}

// Understand reads a line of quick entry and saves nothing.
func (a *App) Understand(ctx context.Context, line string) (quick.Result, error) {
	return a.UnderstandAsOf(ctx, line, a.now(ctx))
}

// quickContext is what quick entry may know when a line was written at now.
func quickContext(j *journal.Journal, now time.Time) quick.Context {
	s := j.Settings()
	return quick.Context{Now: now, Products: j.Products(), Usuals: j.Usuals(now, usualsKnown), Currency: journal.Or(s.Currency, DefaultCurrency), Clock: journal.Or(s.Clock, "")}
}

// Added says what a line of quick entry did.
type Added struct {
	quick.Result
	// IDs of the entries saved; empty when something was asked.
	IDs []journal.ID
	// NewProducts are the products that the line began.
	NewProducts []journal.ID
}

// Add reads a line of quick entry and saves it when nothing in it is unclear.
// With a question open nothing is saved, so that the line can be mended and
// sent again without doubling the part that was clear.
func (a *App) Add(ctx context.Context, line string) (Added, error) {
	return a.add(ctx, line, a.now(ctx))
}

func (a *App) add(ctx context.Context, line string, written time.Time) (Added, error) {
	var added Added
	err := a.with(ctx, func(j *journal.Journal) error {
		added.Result = quick.Parse(line, quickContext(j, written))
		if len(added.Asks) > 0 || len(added.Entries) == 0 {
			return nil
		}
		var err error
		added.IDs, added.NewProducts, err = a.saveRead(ctx, j, added.Entries)
		return err
	})
	return added, err
}

// saveRead saves what a line was read as, in one batch, beginning the
// products that it names for the first time.
func (a *App) saveRead(ctx context.Context, j *journal.Journal, list []quick.Read) (ids, products []journal.ID, err error) {
	now := a.now(ctx)
	var events []journal.Event
	var eventIDs []journal.ID
	begun := map[string]journal.ID{}
	for _, r := range list {
		e := r.Event
		if p := r.NewProduct; p != nil && e.Dose() != nil {
			id, ok := begun[p.Name]
			if !ok {
				id = a.idFor(ctx, "product "+p.Name)
				begun[p.Name] = id
				product := journal.Event{Body: p}
				product.Stamp(now)
				events, eventIDs = append(events, product), append(eventIDs, id)
				products = append(products, id)
			}
			dose := *e.Dose()
			dose.Product = id
			e.Body = &dose
		}
		e.Stamp(inTurn(now, len(events)))
		if err := a.fromPast(&e, now); err != nil {
			return nil, nil, err
		}
		id := a.newID(ctx)
		events, eventIDs, ids = append(events, e), append(eventIDs, id), append(ids, id)
	}
	return ids, products, a.append(ctx, eventIDs, events)
}
