package taper

import (
	"math"
	"slices"

	"github.com/evenkeel/evenkeel/journal"
)

// Jumped is a plan that goes on from another amount a day, from today on: after
// it come the steps that have less, as far apart as they were. It goes down or up
// as the person asks; up to what the plan began with. A plan on hold goes on. An
// amount that cannot be measured is refused.
func Jumped(p *journal.Plan, amount float64, today journal.Date) (journal.Plan, error) {
	if !(amount >= 0) || amount > Total(p.Steps[0].Doses)+p.Grain/2 {
		return *p, refuse("way.jump_above", "amount", journal.Amount{N: Total(p.Steps[0].Doses), Unit: p.Unit})
	}
	if n := math.Round(amount / p.Grain); math.Abs(n*p.Grain-amount) > 1e-6 {
		return *p, refuse("way.day_finer", "amount", amount)
	}
	return from(p, "jumped", amount, today)
}

// Replanned is a plan that goes on from what was really taken of late, as Lived
// has it, rounded down to what can be measured. Asked for again on the same day it
// is refused: it is there.
func Replanned(p *journal.Plan, lived float64, today journal.Date) (journal.Plan, error) {
	amount := math.Floor(lived/p.Grain+1e-9) * p.Grain
	return from(p, "replanned", math.Round(amount*1e6)/1e6, today)
}

// from lets a plan go on from an amount.
func from(p *journal.Plan, what string, amount float64, today journal.Date) (journal.Plan, error) {
	if stepOn(p, today) < 0 {
		return *p, refuse("way.not_begun")
	}
	base := p
	if p.Held != "" {
		on, err := Changed(p, "resumed", today, 0)
		if err != nil {
			return *p, err
		}
		base = &on
	}
	at := stepOn(base, today)
	if math.Abs(Total(base.Steps[at].Doses)-amount) < base.Grain/2 {
		return *p, refuse("way.jump_same", "amount", journal.Amount{N: amount, Unit: p.Unit})
	}
	near := nearest(base.Steps, at, amount)
	if near < 0 && len(base.Steps) == 1 {
		return *p, refuse("way.jump_above", "amount", journal.Amount{N: Total(base.Steps[0].Doses), Unit: p.Unit})
	}
	out, day := copied(base, what), base.Begins.DaysUntil(today)
	out.Steps = slices.DeleteFunc(slices.Clone(base.Steps[:at+1]), func(s journal.PlanStep) bool { return s.Day >= day })
	if len(out.Steps) == 0 { // on the first day
		out.Steps = append(out.Steps, before(base.Steps, base.Steps[0].Doses))
	}
	out.Steps = append(out.Steps, journal.PlanStep{Day: day, Doses: resized(base, near, amount)})
	// The days of a hold are no part of how long a step lasts.
	next, below := day+lasts(p.Steps, max(near, 0)), amount
	for i := near + 1; i < len(base.Steps); i++ {
		// Where the plan came down here before, steps that it rose to again are
		// left out.
		if a := Total(base.Steps[i].Doses); a < below-1e-9 {
			out.Steps = append(out.Steps, journal.PlanStep{Day: next, Doses: base.Steps[i].Doses})
			next, below = next+lasts(p.Steps, i), a
		}
	}
	return out, nil
}

// nearest is the step at which an amount is lived: the last one from now on that
// has no less, else the last one before; -1 where even the first has less.
func nearest(steps []journal.PlanStep, at int, amount float64) int {
	holds := func(i int) bool { return Total(steps[i].Doses) > amount-1e-9 }
	found := -1
	for i := at; i < len(steps) && holds(i); i++ {
		found = i
	}
	if found >= 0 {
		return found
	}
	for i := at - 1; i >= 0; i-- {
		if holds(i) {
			return i
		}
	}
	return -1
}

// lasts is how many days a step lasts; 0 of the last one, which goes on.
func lasts(steps []journal.PlanStep, i int) int {
	if i+1 >= len(steps) {
		return 0
	}
	return steps[i+1].Day - steps[i].Day
}

// resized is the day of a step with another amount in it, between it and the next
// one, so that no dose rises when that one comes. Above the first step, at -1,
// what is more is shared out.
func resized(p *journal.Plan, near int, amount float64) []journal.PlanDose {
	have, grains := patternOf(p, p.Steps[max(near, 0)].Doses), int(math.Round(amount/p.Grain))
	for k := 0; len(have) > 0 && have.Grains() < grains; k++ {
		have[k%len(have)].Grains++
	}
	floor := make([]int, len(have))
	if near+1 < len(p.Steps) && near >= 0 {
		used := 0
		for _, d := range patternOf(p, p.Steps[near+1].Doses) {
			for used < len(have) && have[used].Grains < d.Grains {
				used++
			}
			if used < len(have) {
				floor[used] = d.Grains
				used++
			}
		}
	}
	for sum := have.Grains(); sum > grains; sum-- {
		most := 0
		for i, d := range have {
			if d.Grains-floor[i] >= have[most].Grains-floor[most] {
				most = i
			}
		}
		have[most].Grains--
	}
	return dosesOf(p, have)
}

func patternOf(p *journal.Plan, doses []journal.PlanDose) Pattern {
	out := make(Pattern, len(doses))
	for i, d := range doses {
		out[i] = Dose{d.Minute, int(math.Round(d.Amount / p.Grain))}
	}
	return out
}

func dosesOf(p *journal.Plan, day Pattern) []journal.PlanDose {
	var out []journal.PlanDose
	for _, d := range day {
		if d.Grains > 0 {
			out = append(out, journal.PlanDose{Minute: d.Minute, Amount: math.Round(float64(d.Grains)*p.Grain*1e6) / 1e6})
		}
	}
	return out
}

// FastestOf is the largest part of an amount a day that goes within 30 days by a
// step of a plan from a day on and up to 30 days later, 0 to 1, and on which day
// that step comes; see Schedule.Fastest.
func FastestOf(p *journal.Plan, today journal.Date) (share float64, day journal.Date) {
	first := p.Begins.DaysUntil(today)
	for i, s := range p.Steps {
		if s.Day < first || s.Day > first+30 {
			continue
		}
		// A plan that rose in between is counted from the most of those days.
		most := 0.0
		for k, b := range p.Steps[:i] {
			if p.Steps[k+1].Day > s.Day-30 {
				most = max(most, Total(b.Doses))
			}
		}
		if most > 0 {
			if f := 1 - Total(s.Doses)/most; f > share+1e-12 {
				share, day = f, p.Begins.Add(s.Day)
			}
		}
	}
	return share, day
}
