package taper

import (
	"math"
	"slices"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/journal"
)

// Day is how a day went against its plan.
type Day struct {
	// Known is false on a day of which nothing is written: it is neither on plan
	// nor over it.
	Known                bool
	Planned, Taken, Left float64
	// Over is how much more than planned was taken; 0 where not.
	Over float64
	// OverSince is when it came to be over; zero where it did not.
	OverSince time.Time
	// Before is true where it would be over, and some had been taken before the plan
	// had the day's amounts: such a day is neither on plan nor over it.
	Before bool
	// Other counts doses of the plan's product that nothing known leads to its
	// unit from, so that Taken may be more.
	Other int
}

// DayOf sets what was written of a day beside the plan of that day; ok is false
// where no plan held on it.
func DayOf(j *journal.Journal, day journal.Date) (d Day, ok bool) { return dayOf(j, plans(j), day) }

// DaysOf is DayOf for every day from one to another on which a plan held, both
// included.
func DaysOf(j *journal.Journal, from, to journal.Date) map[journal.Date]Day {
	all, days := plans(j), map[journal.Date]Day{}
	if len(all) == 0 {
		return days
	}
	for day := max(from, journal.DateOf(all[0].At)); day <= to; day = day.Add(1) {
		if d, ok := dayOf(j, all, day); ok {
			days[day] = d
		}
	}
	return days
}

func dayOf(j *journal.Journal, plans []*journal.Entry, day journal.Date) (d Day, ok bool) {
	p, ok := current(plans, day)
	if !ok || stepOn(p, day) < 0 {
		return d, false
	}
	d = takenOn(j, p, day)
	d.Left = max(0, math.Round((d.Planned-d.Taken)*1e6)/1e6)
	if !d.OverSince.IsZero() && begunAfterSome(j, plans, day) {
		d.Before, d.OverSince = true, time.Time{}
	}
	if !d.OverSince.IsZero() {
		d.Over = math.Round((d.Taken-d.Planned)*1e6) / 1e6
	}
	return d, true
}

// begunAfterSome reports that a plan got its amounts on a day of which some had
// been taken before: nobody is over a plan that was not there yet.
func begunAfterSome(j *journal.Journal, plans []*journal.Entry, day journal.Date) bool {
	var last *journal.Entry
	for _, e := range plans {
		if journal.DateOf(e.At) == day && slices.Contains([]string{"begun", "jumped", "replanned", "switched"}, e.Plan().Change) {
			last = e
		}
	}
	return last != nil && slices.ContainsFunc(j.Day(day).Entries, func(e *journal.Entry) bool {
		return e.Dose() != nil && e.At.Before(last.At) && same(j, last.Plan(), e.Dose())
	})
}

// takenOn is what was taken of a plan's product on a day, whether that plan held
// on it or not.
func takenOn(j *journal.Journal, p *journal.Plan, day journal.Date) (d Day) {
	d.Planned = Amount(p, day)
	of := j.Day(day)
	d.Known = of.State != journal.DayUnknown
	for _, e := range of.Entries {
		dose := e.Dose()
		if dose == nil || !same(j, p, dose) {
			continue
		}
		product, ok := j.Product(dose.Product)
		if !ok {
			if product, ok = j.Product(p.Product); !ok {
				product = new(journal.Product)
			}
		}
		n, ok := product.In(dose.Amount, dose.Unit, p.Unit)
		if !ok {
			d.Other++
			continue
		}
		d.Taken += n
		// What is less than half of what can be measured is not over.
		if d.OverSince.IsZero() && d.Taken-d.Planned > p.Grain/2 {
			d.OverSince = e.At
		}
	}
	d.Taken = math.Round(d.Taken*1e6) / 1e6
	return d
}

// same reports a dose of a plan's product: by its place on the list where both
// have one, else by its name.
func same(j *journal.Journal, p *journal.Plan, dose *journal.Dose) bool {
	if !p.Product.IsZero() && !dose.Product.IsZero() {
		return dose.Product == p.Product
	}
	name := dose.ProductName
	if product, ok := j.Product(dose.Product); ok {
		name = product.Name
	}
	return strings.EqualFold(name, p.ProductName)
}

// breakDays is how far back a day without any of it means that an old amount can
// be too much. As little as a week takes tolerance away (a tool of the VA, read at
// second hand); that one day is enough to say so is our choice.
const breakDays = 7

// AfterBreak reports that a plan has some of its product on a day, and that on
// one of the seven days before it nothing of it was taken, as far as is known.
func AfterBreak(j *journal.Journal, p *journal.Plan, today journal.Date) bool {
	if Amount(p, today) == 0 {
		return false
	}
	for n := 1; n <= breakDays; n++ {
		d := j.Day(today.Add(-n))
		if d.State != journal.DayUnknown && !slices.ContainsFunc(d.Entries, func(e *journal.Entry) bool { return e.Dose() != nil && same(j, p, e.Dose()) }) {
			return true
		}
	}
	return false
}
