package main

import (
	"context"
	"errors"
	"sort"

	"github.com/evenkeel/evenkeel/taper"
)

// strategy is a way down that is tried.
type strategy int

const (
	cold strategy = iota
	quarter
	week10
	wiki
	month10
	hyperbolic
	percentUnit
	percentJump
	percentSame
	ours
	nStrategies
)

var strategyNames = [nStrategies]string{
	"stop at once",
	"25 % each two weeks",
	"10 % a week",
	"5 % each six days (wiki)",
	"10 % a month",
	"hyperbolic, tuned",
	"percent, tuned, to the unit",
	"percent and last step, tuned",
	"percent in our days",
	"**least plan**",
}

// fixed are the paces that look at nobody.
var fixed = [...]taper.Pace{
	cold:    {Strategy: taper.Percent, Size: 100, Every: 1},
	quarter: {Strategy: taper.Percent, Size: 25, Every: 14},
	week10:  {Strategy: taper.Percent, Size: 10, Every: 7},
	wiki:    {Strategy: taper.Percent, Size: 5, Every: 6},
	month10: {Strategy: taper.Percent, Size: 10, Every: 30},
}

// percents are those that are tried: from 100 down to a half, each a sixteenth
// less than the one before, so that none is much slower than it must be.
var percents = func() []float64 {
	var list []float64
	for p := 100.0; p > 0.5; p *= 15. / 16 {
		list = append(list, p)
	}
	return list
}()

// mostSteps of a hyperbolic way down.
const mostSteps = 180

// errNone says that nothing of its kind keeps to the ceiling.
var errNone = errors.New("no plan of this kind keeps to the ceiling")

// goal is what a person asks of the plans that are tuned for them.
type goal struct {
	ceiling float64 // points of 0..10 that coming down may add
	every   int     // days between steps
}

// goals take turns among people.
var goals = []goal{{1, 1}, {1, 3}, {1, 7}, {2, 1}, {2, 3}, {2, 7}, {3, 1}, {3, 3}, {3, 7}}

// lay lays a pace out so that its first step comes on the first day, as that of
// a least plan may.
func (k *known) lay(p taper.Pace) (taper.Schedule, error) {
	s, err := taper.Lay(k.start, 0, p, k.half)
	if err != nil {
		return s, err
	}
	first := s.Steps[1].Day
	s.Steps = s.Steps[1:]
	for i := range s.Steps {
		s.Steps[i].Day -= first
	}
	s.Reached -= first
	return s, nil
}

func (k *known) percent(size float64, every int) (taper.Schedule, error) {
	return k.lay(taper.Pace{Strategy: taper.Percent, Size: size, Every: every})
}

// first finds the first of n plans that keeps to the ceiling, supposing that
// every one after it does, too, until they take more than five years. It looks
// further and further, then back by halves, as the first ones are the shortest to
// look at.
func (k *known) first(n int, ceiling float64, lay func(int) (taper.Schedule, error)) (int, taper.Schedule, error) {
	best, found := taper.Schedule{}, -1
	keeps := func(i int) (bool, error) {
		s, err := lay(i)
		var long *taper.InputError
		switch {
		case errors.As(err, &long): // so are all after it
			return true, nil
		case err != nil || k.over(&s, ceiling):
			return false, err
		}
		best, found = s, i
		return true, nil
	}
	low, high := -1, 0
	for {
		if low == n-1 {
			return n, best, errNone
		}
		ok, err := keeps(high)
		if err != nil {
			return n, best, err
		}
		if ok {
			break
		}
		low, high = high, min(2*high+1, n-1)
	}
	for high-low > 1 {
		middle := (low + high) / 2
		ok, err := keeps(middle)
		if err != nil {
			return n, best, err
		}
		if ok {
			high = middle
		} else {
			low = middle
		}
	}
	if found != high {
		return n, best, errNone
	}
	return high, best, nil
}

// tunePercent is the largest percent under the ceiling down to the smallest unit.
func (k *known) tunePercent(g goal) (int, taper.Schedule, error) {
	return k.first(len(percents), g.ceiling, func(i int) (taper.Schedule, error) { return k.percent(percents[i], g.every) })
}

// tuneJump also chooses the step from which the rest is left out at once. Of the
// percent that goes down to the unit and some faster ones it takes what is
// shortest; no published rule does so.
func (k *known) tuneJump(g goal, at int, unit *taper.Schedule) (taper.Schedule, error) {
	best := *unit
	for i := at; i >= max(0, at-8); i -= 4 {
		whole, err := k.percent(percents[i], g.every)
		if err != nil {
			return best, err
		}
		n := 0
		for n < len(whole.Steps) && whole.Steps[n].Day < best.Reached {
			n++
		}
		_, s, err := k.first(n, g.ceiling, func(j int) (taper.Schedule, error) { return cut(&whole, j), nil })
		switch {
		case err == nil:
			best = s
		case !errors.Is(err, errNone):
			return best, err
		}
	}
	return best, nil
}

// cut ends a schedule with nothing in place of its step j.
func cut(s *taper.Schedule, j int) taper.Schedule {
	out := *s
	out.Reached = s.Steps[j].Day
	out.Steps = append(append([]taper.Step(nil), s.Steps[:j]...), taper.Step{Day: out.Reached})
	return out
}

func (k *known) tuneHyperbolic(g goal) (taper.Schedule, error) {
	_, s, err := k.first(mostSteps, g.ceiling, func(i int) (taper.Schedule, error) {
		return k.lay(taper.Pace{Strategy: taper.Occupancy, Size: float64(i + 1), Every: g.every})
	})
	return s, err
}

// inDays is the slowest percent down to the smallest unit that takes no more
// days.
func (k *known) inDays(every, days int) (taper.Schedule, error) {
	slow, fast := 0.0, 100.0
	for range 14 {
		middle := (slow + fast) / 2
		if s, err := k.percent(middle, every); err == nil && s.Reached <= days {
			fast = middle
		} else {
			slow = middle
		}
	}
	return k.percent(fast, every)
}

// lowest is the least plan under the lowest ceiling, in 24ths of a person's
// own, under which it takes no more days than some.
func (k *known) lowest(g goal, days int) (best taper.Schedule, ceiling float64, err error) {
	const parts = 24
	limits := taper.Limits{Share: share, Every: g.every, Days: min(taper.MostPlanned, days+g.every), Unproven: true}
	var failed error
	sort.Search(parts, func(i int) bool {
		limits.Ceiling = g.ceiling * float64(i+1) / parts
		s, _, err := taper.LeastPlan(context.Background(), k.start, k.ladder, limits, k)
		var over *taper.Infeasible
		if err != nil && !errors.As(err, &over) {
			failed = err
		}
		if err != nil || s.Reached < 0 || s.Reached > days {
			return false
		}
		best, ceiling = s, limits.Ceiling
		return true
	})
	return best, ceiling, failed
}

// plans are a person's, by strategy.
type plans struct {
	way   [nStrategies]taper.Schedule
	proof taper.Certificate
	// why says what there is no plan for; nil where there is one of each.
	why error
}

// errLong says that the least plan does not come to none as far as it looks.
var errLong = errors.New("the least plan takes longer than half a year")

// plans lays out all of them. Those that look at nobody are always there.
func (k *known) plans(g goal) (out plans, err error) {
	for i, p := range fixed {
		if out.way[i], err = k.lay(p); err != nil {
			return out, err
		}
	}
	at := 0
	out.way[ours], out.proof, err = taper.LeastPlan(context.Background(), k.start, k.ladder,
		taper.Limits{Ceiling: g.ceiling, Share: share, Every: g.every, Days: taper.MostPlanned}, k)
	if err == nil && out.way[ours].Reached < 0 {
		err = errLong
	}
	if err == nil {
		at, out.way[percentUnit], err = k.tunePercent(g)
	}
	if err == nil {
		out.way[percentJump], err = k.tuneJump(g, at, &out.way[percentUnit])
	}
	if err == nil {
		out.way[hyperbolic], err = k.tuneHyperbolic(g)
	}
	if err == nil {
		out.way[percentSame], err = k.inDays(g.every, out.way[ours].Reached)
	}
	var over *taper.Infeasible
	if errors.Is(err, errNone) || errors.Is(err, errLong) || errors.As(err, &over) {
		out.why, err = err, nil
	}
	return out, err
}
