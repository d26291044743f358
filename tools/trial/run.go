package main

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"

	"github.com/evenkeel/evenkeel/pkpd"
	"github.com/evenkeel/evenkeel/taper"
)

// trial is how many people go through it, and from which seed.
type trial struct {
	people int
	// each is how many of them go through each variant of behaviour, and lower how
	// many are given the least plan in the days of a percent as well.
	each, lower int
	seed        uint64
	draws, look int // of a fit, and those of them that look at plans
}

// result is what came of one person's plans.
type result struct {
	kind, habit int
	seven       bool // takes 7-OH
	goal
	basis pkpd.Grounds
	proof taper.Proof
	why   error // no plan of some kind; only the fixed paces were lived then
	days  [nStrategies]int
	kept  [nStrategies]float64 // highest points added where the plan is kept to the letter
	lived [nStrategies]lived
	// low is as kept, of the least plan under the lowest ceiling under which it
	// takes no more days than percentUnit, and lowCeiling that ceiling; NaN where
	// there was no need for one or nobody looked.
	low, lowCeiling float64
	// other is what came of them under variants, by their number; nil where this
	// person did not go through them.
	other [][nStrategies]lived
}

// try lives all plans of person i.
func (t *trial) try(i int, list []habit) (*result, error) {
	p, k, plans, err := t.planned(i, list, usual.Unlogged)
	if err != nil {
		return nil, err
	}
	r := &result{kind: p.kind, habit: p.habit, seven: k.habit.form == pkpd.SevenOH, goal: p.goal, basis: k.basis, proof: plans.proof.Proof, why: plans.why, low: math.NaN(), lowCeiling: math.NaN()}
	for s := range nStrategies {
		r.days[s] = -1
		if r.has(s) {
			w := &plans.way[s]
			r.days[s], r.lived[s] = w.Reached, p.follow(w, &usual, p.ceiling)
			r.kept[s] = p.follow(w, &kept, p.ceiling).peak
		}
	}
	if r.why != nil {
		return r, nil
	}
	if days := r.days[percentUnit]; i < t.lower && days > 0 {
		s, ceiling, err := k.lowest(p.goal, days)
		if err != nil {
			return nil, err
		}
		if len(s.Steps) > 0 {
			r.low, r.lowCeiling = p.follow(&s, &kept, p.ceiling).peak, ceiling
		}
	}
	if i >= t.each {
		return r, nil
	}
	r.other = make([][nStrategies]lived, len(variants))
	for v := range variants {
		b := &variants[v].behaviour
		who, ways := p, &plans
		if b.Unlogged != usual.Unlogged {
			q, _, others, err := t.planned(i, list, b.Unlogged)
			if err != nil {
				return nil, err
			}
			if others.why == nil { // else the plans from the usual record
				who, ways = q, &others
			}
		}
		for s := range nStrategies {
			r.other[v][s] = who.follow(&ways.way[s], b, p.ceiling)
		}
	}
	return r, nil
}

// has tells whether the person has a plan of a kind.
func (r *result) has(s strategy) bool { return r.why == nil || int(s) < len(fixed) }

func (t *trial) planned(i int, list []habit, unlogged float64) (*person, *known, plans, error) {
	p, err := newPerson(t.seed, i, list, unlogged)
	if err != nil {
		return nil, nil, plans{}, err
	}
	k, err := learn(p, &list[p.habit], t.draws, t.look)
	if err != nil {
		return nil, nil, plans{}, err
	}
	out, err := k.plans(p.goal)
	return p, k, out, err
}

// run lives the plans of everybody, or of the first ones where ctx ends before.
// Neither order nor processors decide anything.
func (t *trial) run(ctx context.Context, progress func(done int)) ([]*result, error) {
	list := habits()
	out, errs := make([]*result, t.people), make([]error, t.people)
	next := make(chan int)
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for i := range next {
				var err error
				if out[i], err = t.try(i, list); err != nil {
					errs[i] = fmt.Errorf("person %d: %w", i, err)
				}
			}
		})
	}
	done := 0
	for ; done < t.people && ctx.Err() == nil; done++ {
		next <- done
		progress(done)
	}
	close(next)
	wait.Wait()
	return out[:done], cmp.Or(errs...)
}

// of picks people.
func of(all []*result, which func(*result) bool) []*result {
	return slices.DeleteFunc(slices.Clone(all), func(r *result) bool { return !which(r) })
}

// never is the day of a goal that was not reached.
var never = math.Inf(1)

func (l *lived) day() float64 {
	if l.goal < 0 {
		return never
	}
	return float64(l.goal)
}
