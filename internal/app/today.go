package app

import (
	"context"
	"slices"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
)

// Today is what the home page and `evenkeel now` show.
type Today struct {
	Now      time.Time
	Settings journal.Settings
	Day      journal.Day
	// LastDose is the latest dose ever; nil when there is none.
	LastDose *journal.Entry
	// Doses counts the doses of today.
	Doses int
	// Mitragynine and SevenOH are what today's doses held, where it is known.
	Mitragynine, SevenOH Total
	Usuals               []journal.Usual
	Products             []journal.Entry
	// CheckIn is the latest check-in of today; nil when there is none.
	CheckIn *journal.Entry
	// Body is what is in the body over the hours around now.
	Body Body
	// Reading is how that compares with the usual for this hour; nil while
	// there is none.
	Reading *Reading
	// Unreadable counts records that this release cannot read.
	Unreadable int
}

// Total is a sum over doses of which some may have unknown content.
type Total struct {
	journal.Range
	// Bases are all that the sum rests on; Basis is the weakest of them.
	Bases []journal.Basis
	// Unknown counts the doses whose content is not known.
	Unknown int
}

func (t *Total) add(r journal.Range) {
	if !r.Known() {
		t.Unknown++
		return
	}
	t.Low, t.Mid, t.High = t.Low+r.Low, t.Mid+r.Mid, t.High+r.High
	if !slices.Contains(t.Bases, r.Basis) {
		t.Bases = append(t.Bases, r.Basis)
	}
	if !t.Known() || r.Basis == journal.Assumed || r.Basis == journal.Label && t.Basis == journal.Laboratory {
		t.Basis, t.Source = r.Basis, r.Source
	}
}

// usualsShown is how many one-tap doses fit a phone without scrolling.
const usualsShown = 4

// Today gathers the home page.
func (a *App) Today(ctx context.Context) (Today, error) {
	var t Today
	err := a.with(ctx, func(j *journal.Journal) error {
		now := a.clock.Now()
		t = Today{Now: now, Settings: j.Settings(), Day: copied(j.Day(journal.DateOf(now))), Usuals: j.Usuals(now, usualsShown), Products: j.Products(), Unreadable: j.Newer() + j.Damaged()}
		if e, ok := j.LastDose(now); ok {
			last := *e
			t.LastDose = &last
		}
		for _, e := range t.Day.Entries {
			switch {
			case e.Dose() != nil:
				t.Doses++
				held := heldBy(j, e.Dose())
				t.Mitragynine.add(held.Mitragynine)
				t.SevenOH.add(held.SevenOH)
			case e.CheckIn() != nil:
				t.CheckIn = e
			}
		}
		t.Body = a.body(j, now)
		if !t.Body.Known() {
			return nil
		}
		if r, ok := a.readingIfReady(j, now); ok {
			t.Reading = &r
		}
		return nil
	})
	return t, err
}

// heldBy estimates what a dose held; unknown when its product is not known.
func heldBy(j *journal.Journal, d *journal.Dose) journal.Alkaloids {
	p, ok := j.Product(d.Product)
	if !ok {
		return journal.Alkaloids{}
	}
	return p.Alkaloids(d.Amount, d.Unit)
}

// copied detaches a day's entries from the journal, so that a page can read
// them while another request writes.
func copied(d journal.Day) journal.Day {
	list := make([]*journal.Entry, len(d.Entries))
	for i, e := range d.Entries {
		c := *e
		list[i] = &c
	}
	d.Entries = list
	return d
}

// Filter chooses what Days lists.
type Filter struct {
	// Kinds to list; all when empty.
	Kinds []journal.Kind
	// Text that an entry must contain, letter case aside; any when empty.
	Text string
	// Before lists days before this one only; from today when empty.
	Before journal.Date
	// Days that have entries to list at most; 14 when 0.
	Days int
}

// Days lists the days that have entries which pass the filter, the latest
// first. More is the date to go on before, empty when there are none left.
func (a *App) Days(ctx context.Context, f Filter) (days []journal.Day, more journal.Date, err error) {
	err = a.with(ctx, func(j *journal.Journal) error {
		days, more = j.Days(journal.DayFilter{Kinds: f.Kinds, Text: f.Text, Before: f.Before, Limit: f.Days})
		for i := range days {
			days[i] = copied(days[i])
		}
		return nil
	})
	return days, more, err
}

// Settings are the person's choices.
func (a *App) Settings(ctx context.Context) (journal.Settings, error) {
	var s journal.Settings
	err := a.with(ctx, func(j *journal.Journal) error { s = j.Settings(); return nil })
	return s, err
}

// Entry finds one live entry.
func (a *App) Entry(ctx context.Context, id journal.ID) (journal.Entry, error) {
	var e journal.Entry
	err := a.with(ctx, func(j *journal.Journal) error {
		var ok bool
		if e, ok = j.Entry(id); !ok {
			return gone()
		}
		return nil
	})
	return e, err
}

// Products lists the person's products, put away ones last.
func (a *App) Products(ctx context.Context) ([]journal.Entry, error) {
	var list []journal.Entry
	err := a.with(ctx, func(j *journal.Journal) error { list = j.Products(); return nil })
	return list, err
}

// SaveProduct adds a product, or corrects the one that id names. A name that
// another product in use has already is refused.
func (a *App) SaveProduct(ctx context.Context, id journal.ID, p journal.Product) (journal.ID, error) {
	err := a.with(ctx, func(j *journal.Journal) error {
		if other, ok := j.ProductByName(p.Name); ok && other.ID != id && !other.Product().PutAway && !p.PutAway {
			return fault.New(fault.Conflict, "You already have a product with this name. Give this one another name, or edit that one.")
		}
		e := journal.Event{Body: &p}
		if !id.IsZero() {
			old, ok := j.Entry(id)
			if !ok {
				return gone()
			}
			e.Replaces, e.Rev, e.At = id, journal.NextRev(old.Rev), old.At
		}
		ids, err := a.write(ctx, []journal.Event{e})
		if err == nil && id.IsZero() {
			id = ids[0]
		}
		return err
	})
	return id, err
}
