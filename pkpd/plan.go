package pkpd

import (
	"errors"
	"fmt"
	"math"
	"sort"
)

// Plan is a regimen and the moments to report, compiled into steps. It depends
// on no person but for the lag times, which are the same for everyone, so one
// plan serves every subject and every thread. It is read-only once made.
type Plan struct {
	lengths  []float64 // the distinct step lengths, h
	ops      []op
	arrivals []arrival
	forms    uint8 // a bit per form in use
	has7     uint8 // a bit per form that brings 7-OH taken as such
	rows     int
}

// op advances by a step, then lets a dose arrive, then reports a row. Any part
// may be missing.
type op struct {
	step  int32 // index into lengths, or -1
	dose  int32 // index into arrivals, or -1
	count int32 // how many arrivals
	row   bool
}

// arrival is a dose whose lag is over, in nmol before bioavailability.
type arrival struct {
	at   float64
	form Form
	m, s float64
}

// Rows is the number of rows that a run of the plan reports.
func (p *Plan) Rows() int { return p.rows }

// Bounds of a plan: far outside any journal, and small enough that no input can
// take the machine down.
const (
	MaxDoses = 200_000
	MaxTimes = 2_000_000
	MaxHours = 40 * 8766 // 40 years
)

// tick is the time lattice of a plan, h (about a microsecond). On it, sums and
// differences of times are exact, so equal intervals share one step.
const tick = 1.0 / (1 << 32)

func snap(t float64) float64 { return float64(math.Floor(float64(t/tick)+0.5) * tick) }

// NewPlan compiles doses (any order) and the times to report (h, ascending).
// Only p's lag times are used. The person is naive before the first dose; a
// long habit is given as its doses.
func NewPlan(p *Params, doses []Dose, times []float64) (*Plan, error) {
	return NewPlanStep(p, doses, times, usualStep)
}

// NewPlanStep is NewPlan with another bound on the first steps after a dose, h.
// Longer ones are faster: with 1 and reports every hour, adaptation is right to
// some 1e-7 of its scale for absorption and effect-site rates up to 5 per hour.
func NewPlanStep(p *Params, doses []Dose, times []float64, firstStep float64) (*Plan, error) {
	if !(firstStep >= minInterval/16 && firstStep <= 4) {
		return nil, fmt.Errorf("the first step of %g h is not within the engine's range", firstStep)
	}
	if len(doses) > MaxDoses {
		return nil, fmt.Errorf("%d doses are more than the %d that one run can hold", len(doses), MaxDoses)
	}
	arrivals := make([]arrival, len(doses))
	for i, d := range doses {
		switch {
		case d.Form >= nForms:
			return nil, fmt.Errorf("dose %d has an unknown form", i)
		case !(math.Abs(d.AtH) <= MaxHours):
			return nil, fmt.Errorf("the time of dose %d is not a usable number of hours", i)
		case !(d.MitragynineMg >= 0 && d.MitragynineMg <= 1e6 && d.SevenOHMg >= 0 && d.SevenOHMg <= 1e6):
			return nil, fmt.Errorf("the amount of dose %d is not between 0 and 1,000,000 mg", i)
		}
		arrivals[i] = arrival{
			at:   d.AtH + p.Tlag[d.Form],
			form: d.Form,
			m:    nmolM(d.MitragynineMg),
			s:    nmol7(d.SevenOHMg),
		}
	}
	return newPlan(arrivals, times, firstStep)
}

// usualStep bounds the first steps after an arrival, h. With it the adaptation
// integral agrees with Runge-Kutta to 1e-6 of itself, or 1e-9 of the whole,
// for everyone whose rates are within several times the typical ones.
const usualStep = 1.0 / 16

func newPlan(arrivals []arrival, times []float64, firstStep float64) (*Plan, error) {
	if len(times) > MaxTimes {
		return nil, fmt.Errorf("%d report times are more than the %d that one run can hold", len(times), MaxTimes)
	}
	p := &Plan{rows: len(times)}
	for _, a := range arrivals {
		if a.m != 0 || a.s != 0 {
			a.at = snap(a.at)
			p.arrivals = append(p.arrivals, a)
			p.forms |= 1 << a.form
			if a.s != 0 {
				p.has7 |= 1 << a.form
			}
		}
	}
	sort.SliceStable(p.arrivals, func(i, j int) bool { return p.arrivals[i].at < p.arrivals[j].at })

	index := map[float64]int32{}
	now, lastArrival, next := 0.0, math.Inf(-1), 0
	if len(p.arrivals) > 0 {
		now = p.arrivals[0].at
	}
	walk := func(to float64) { // steps from now to a time with nothing in between
		for now < to {
			left := to - now
			allowed := max(firstStep, 0.5*(now-lastArrival))
			h := 4.0
			for h > allowed {
				h /= 2
			}
			if left <= 1.25*allowed && left <= 4 {
				h = left
			}
			h = min(h, left)
			i, ok := index[h]
			if !ok {
				i = int32(len(p.lengths))
				index[h] = i
				p.lengths = append(p.lengths, h)
			}
			p.ops = append(p.ops, op{step: i, dose: -1})
			now += h
		}
	}
	arrive := func(until float64) {
		for next < len(p.arrivals) && p.arrivals[next].at <= until {
			walk(p.arrivals[next].at)
			lastArrival = now
			first := next
			for next < len(p.arrivals) && p.arrivals[next].at <= now {
				next++
			}
			p.last(true).dose, p.last(true).count = int32(first), int32(next-first)
		}
	}
	for i, t := range times {
		if !(math.Abs(t) <= MaxHours) {
			return nil, errors.New("a report time is not a usable number of hours")
		}
		if i > 0 && t < times[i-1] {
			return nil, errors.New("the report times must be in ascending order")
		}
		t = snap(t)
		arrive(t)
		if next > 0 { // before the first arrival there is nothing to advance
			walk(t)
		}
		p.last(false).row = true
	}
	p.arrivals = p.arrivals[:next] // what arrives after the last report is never seen
	return p, nil
}

// last returns the op to which an arrival or a report can be added: the latest
// one if it is still free, else a new one without a step.
func (p *Plan) last(dose bool) *op {
	if n := len(p.ops); n > 0 {
		o := &p.ops[n-1]
		if !o.row && (!dose || o.dose < 0 || o.count == 0) {
			return o
		}
	}
	p.ops = append(p.ops, op{step: -1, dose: -1})
	return &p.ops[len(p.ops)-1]
}
