package taper

import (
	"math"
	"slices"

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
	if s.Steps[0].Pattern.Grains() < s.Start.Day.Grains() {
		p.Steps = slices.Insert(p.Steps, 0, before(p.Steps, dosesOf(&p, s.Start.Day)))
	}
	return p
}

// before is what a plan began with where its day 0 has other doses: a step before
// it, as long as that of day 0.
func before(steps []journal.PlanStep, doses []journal.PlanDose) journal.PlanStep {
	return journal.PlanStep{Day: -max(1, lasts(steps, 0)), Doses: doses}
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

// stepOn is the place of the step that holds on a day; -1 before day 0.
func stepOn(p *journal.Plan, day journal.Date) int {
	n, at := index(p, day), -1
	if n < 0 {
		return -1
	}
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
	return Total(list)
}

// Total is what some doses are together, without the noise of binary fractions.
func Total(list []journal.PlanDose) float64 {
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
	return p.Begins.Add(p.Steps[i].Day), Total(p.Steps[i].Doses), true
}

// Ahead is what is left of a plan as a schedule whose day 0 is a day of it; false
// before the plan begins, and where it has none on that day.
func Ahead(p *journal.Plan, day journal.Date) (Schedule, bool) {
	at := stepOn(p, day)
	if at < 0 || len(p.Steps[at].Doses) == 0 {
		return Schedule{}, false
	}
	s := Start{Product: p.Product, ProductName: p.ProductName, Unit: p.Unit, Grain: p.Grain, Day: patternOf(p, p.Steps[at].Doses)}
	out := Schedule{Start: s, Steps: []Step{{0, s.Day}}, Reached: -1}
	if p.Held != "" {
		return out, true
	}
	for _, left := range p.Steps[at+1:] {
		out.Steps = append(out.Steps, Step{left.Day - index(p, day), patternOf(p, left.Doses)})
	}
	return out, true
}

// StartAfterBreak is AfterBreak of a plan that would begin with a start.
func StartAfterBreak(j *journal.Journal, s *Start, today journal.Date) bool {
	p := Chosen(&Schedule{Start: *s, Steps: []Step{{Pattern: s.Day}}}, today)
	return AfterBreak(j, &p, today)
}
