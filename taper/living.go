package taper

import (
	"math"
	"slices"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/journal"
)

// Chosen is a schedule as the journal keeps it, from a day that the person says.
func Chosen(s *Schedule, begins journal.Date) journal.Plan {
	p := journal.Plan{Change: "begun", Product: s.Start.Product, ProductName: s.Start.ProductName, Unit: s.Start.Unit, Grain: s.Start.Grain, Begins: begins}
	for _, st := range s.Steps {
		step := journal.PlanStep{Day: st.Day}
		for _, d := range st.Pattern {
			step.Doses = append(step.Doses, journal.PlanDose{Minute: d.Minute, Amount: s.Start.Amount(d.Grains)})
		}
		p.Steps = append(p.Steps, step)
	}
	return p
}

// Current is the plan that holds on a day, as it was changed last up to its
// end; false where there is none.
func Current(j *journal.Journal, day journal.Date) (*journal.Plan, bool) {
	return current(plans(j), day)
}

// plans are the entries of plans, in order of time.
func plans(j *journal.Journal) []*journal.Entry {
	return slices.DeleteFunc(j.All(), func(e *journal.Entry) bool { return e.Plan() == nil })
}

func current(plans []*journal.Entry, day journal.Date) (*journal.Plan, bool) {
	var last *journal.Plan
	for _, e := range plans {
		if journal.DateOf(e.At) <= day {
			last = e.Plan()
		}
	}
	if last == nil || last.Change == "ended" {
		return nil, false
	}
	return last, true
}

// index is the day of a plan's steps that a calendar day is: below 0 before it
// begins. While the plan is held it stays the same.
func index(p *journal.Plan, day journal.Date) int {
	if p.Held != "" && day > p.Held {
		day = p.Held
	}
	return p.Begins.DaysUntil(day)
}

// stepOn is the place of the step that holds on a day; -1 before the first.
func stepOn(p *journal.Plan, day journal.Date) int {
	n, at := index(p, day), -1
	for i, s := range p.Steps {
		if s.Day <= n {
			at = i
		}
	}
	return at
}

// Doses are those that a plan has on a day; ok is false before it begins.
func Doses(p *journal.Plan, day journal.Date) (list []journal.PlanDose, ok bool) {
	i := stepOn(p, day)
	if i < 0 {
		return nil, false
	}
	return p.Steps[i].Doses, true
}

// Amount is what a plan has on a day, in its unit.
func Amount(p *journal.Plan, day journal.Date) float64 {
	list, _ := Doses(p, day)
	return total(list)
}

func total(list []journal.PlanDose) float64 {
	sum := 0.0
	for _, d := range list {
		sum += d.Amount
	}
	return math.Round(sum*1e6) / 1e6
}

// Next is the day of the next step and its amount; false where none comes, or
// the plan is held.
func Next(p *journal.Plan, day journal.Date) (on journal.Date, amount float64, ok bool) {
	i := stepOn(p, day) + 1
	if p.Held != "" || i >= len(p.Steps) {
		return "", 0, false
	}
	return p.Begins.Add(p.Steps[i].Day), total(p.Steps[i].Doses), true
}

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
	// Other counts doses of the plan's product that nothing known leads to its
	// unit from, so that Taken may be more.
	Other int
}

// DayOf sets what was written of a day beside the plan of that day; ok is false
// where no plan held on it.
func DayOf(j *journal.Journal, day journal.Date) (d Day, ok bool) { return dayOf(j, plans(j), day) }

func dayOf(j *journal.Journal, plans []*journal.Entry, day journal.Date) (d Day, ok bool) {
	p, ok := current(plans, day)
	if !ok || stepOn(p, day) < 0 {
		return d, false
	}
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
	d.Left = max(0, math.Round((d.Planned-d.Taken)*1e6)/1e6)
	if !d.OverSince.IsZero() {
		d.Over = math.Round((d.Taken-d.Planned)*1e6) / 1e6
	}
	return d, true
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

// Progress is how a plan went so far, without streaks: a day over plan takes
// nothing away from what was reached.
type Progress struct {
	// AtOrUnder of Known days since the plan began, today left out, and those left
	// out on which doses in another unit may have made it more; Over of the last
	// seven with today.
	AtOrUnder, Known, Over int
	// From and To are the planned amounts at the start and today.
	From, To float64
}

// ProgressOf looks at the days since a plan began, at most a year.
func ProgressOf(j *journal.Journal, p *journal.Plan, today journal.Date) Progress {
	out := Progress{From: total(p.Steps[0].Doses), To: Amount(p, today)}
	first, all := max(p.Begins, today.Add(-365)), plans(j)
	for day := first; day <= today; day = day.Add(1) {
		d, ok := dayOf(j, all, day)
		if !ok || !d.Known || d.Other > 0 && d.Over == 0 {
			continue
		}
		if d.Over > 0 && day > today.Add(-7) {
			out.Over++
		}
		if day == today {
			continue
		}
		out.Known++
		if d.Over == 0 {
			out.AtOrUnder++
		}
	}
	return out
}

// SlowFrom is how many days over plan in seven are a reason to offer a slower
// one. Assumed, as other apps have it.
const SlowFrom = 3

// Changed is a plan after something that the person asked for, on a day. None of
// it makes a plan faster, and none raises a step: "returned" leaves it as it is;
// "held" stays at this day's amount until "resumed"; "gentle" has one more day of
// it; "stretched" makes every step that is left come days later than the one
// before it; "ended" ends it.
func Changed(p *journal.Plan, what string, today journal.Date, days int) (journal.Plan, error) {
	out := *p
	out.Change, out.Steps = what, slices.Clone(p.Steps)
	at := stepOn(p, today)
	if at < 0 && what != "ended" {
		return out, refuse("way.not_begun")
	}
	switch what {
	case "returned", "ended":
	case "held":
		if p.Held == "" {
			out.Held = today
		}
	case "resumed":
		if p.Held == "" {
			return out, refuse("way.not_held")
		}
		// The days of the hold are put before the steps that are left, so that
		// those before it stay on the days on which they were lived.
		later(&out, at, p.Held.DaysUntil(today), 0)
		out.Held = ""
	case "gentle":
		later(&out, at, 1, 0)
	case "stretched":
		if days < 1 || days > 60 {
			return out, refuse("way.stretch_range")
		}
		later(&out, at, days, days)
	default:
		return out, refuse("way.no_change")
	}
	return out, nil
}

// later moves the steps after one by first days, and each by more than the one
// before.
func later(p *journal.Plan, at, first, more int) {
	for i := at + 1; i < len(p.Steps); i++ {
		if i == 0 {
			continue // the plan's first day is the person's word
		}
		p.Steps[i].Day += first + (i-at-1)*more
	}
}
