package main

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/evenkeel/evenkeel/pkpd"
	"github.com/evenkeel/evenkeel/taper"
	"github.com/evenkeel/evenkeel/tools/bodies"
)

// forty is the trial's short form.
var forty = trial{people: 40, each: 2, lower: 6, seed: 11, draws: 100, look: 10}

func TestTrial(t *testing.T) {
	forty := forty
	if testing.Short() {
		forty.people = 20
	}
	all, err := forty.run(t.Context(), func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	some := 0
	for i, r := range all {
		if r.why != nil {
			continue
		}
		some++
		for s := range nStrategies {
			if r.days[cold] > r.days[s] {
				t.Errorf("person %d: stopping at once takes %d days, %s %d", i, r.days[cold], strategyNames[s], r.days[s])
			}
			if d := r.lived[s].day(); d != never && d != float64(r.days[s]) {
				t.Errorf("person %d, %s: at none on day %g, planned for %d", i, strategyNames[s], d, r.days[s])
			}
		}
		// Both keep to the same limits, and nothing that does is lower on any day.
		for _, s := range []strategy{percentUnit, percentJump, hyperbolic} {
			if r.proof == taper.Least && r.days[ours] > r.days[s] {
				t.Errorf("person %d: the least plan takes %d days, %s %d", i, r.days[ours], strategyNames[s], r.days[s])
			}
		}
		if r.days[percentJump] > r.days[percentUnit] {
			t.Errorf("person %d: a tuned last step made it longer", i)
		}
	}
	if some < len(all)/4 {
		t.Errorf("only %d of %d have all plans", some, len(all))
	}
	tables := whole(&forty, all)
	if !strings.HasPrefix(tables, "**A simulation.") {
		t.Error("the tables do not begin with what they are")
	}
	// The first people again, alone: nothing depends on who else there is.
	few := forty
	few.people = 8
	again, err := few.run(t.Context(), func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	if whole(&few, again) != whole(&few, all[:8]) {
		t.Error("not the same twice")
	}
}

// What doses leave in a body, added up by half hours, is what the model's own
// engine makes of them all, within half a point of 64.
func TestFleshIsTheModel(t *testing.T) {
	pop := pkpd.FitPrior()
	list := habits()
	for _, i := range []int{1, 5, 15} {
		h := &list[i]
		b := bodies.Body{Params: pop.Typical, Law: bodies.LawOf(&pop.Typical), OneTau: 1}
		f, err := newFlesh(b, h, 1)
		if err != nil {
			t.Fatal(err)
		}
		const use, rest = 60, 10
		var doses []pkpd.Dose
		var times, got []float64
		var w [slots]float64
		for n := range use + rest {
			day := h.day
			if n >= use {
				day = nil
			}
			for _, d := range day {
				doses = append(doses, h.dose(d, 24*float64(n)))
			}
			f.live(day, &w)
			for k, v := range w {
				times, got = append(times, 24*float64(n)+slotH*float64(k)), append(got, v)
			}
		}
		rows, _, err := pkpd.Curve(&b.Params, doses, times)
		if err != nil {
			t.Fatal(err)
		}
		most, off := 0.0, 0.0
		for k, r := range rows {
			most, off = max(most, r.Withdrawal), max(off, math.Abs(r.Withdrawal-got[k]))
		}
		if off > 0.5 || most < 1 {
			t.Errorf("%s: off by %.2f, highest %.1f", h.name, off, most)
		}
	}
}

func TestAbove(t *testing.T) {
	start := taper.Pattern{{Minute: 480, Grains: 8}, {Minute: 900, Grains: 5}}
	for _, c := range []struct {
		plan taper.Pattern
		back float64
		want string
	}{
		{taper.Pattern{{Minute: 480, Grains: 4}}, 0.5, "480:6 900:3"},
		{nil, 1, "480:8 900:5"},
		{start, 0.5, "480:8 900:5"},
		{taper.Pattern{{Minute: 480, Grains: 4}}, 0, "480:4"},
	} {
		if got := words(above(c.plan, start, c.back)); got != c.want {
			t.Errorf("%v, %g back: %s, want %s", c.plan, c.back, got, c.want)
		}
	}
}

// Somebody over plan every day leaves on the fifth; somebody who is never over
// plan and never leaves comes to none on the day that the plan has.
func TestLeavingAndKeeping(t *testing.T) {
	list := habits()
	p, err := newPerson(3, 0, list, 0)
	if err != nil {
		t.Fatal(err)
	}
	day := list[p.habit].day
	s := taper.Schedule{Start: list[p.habit].start(), Steps: []taper.Step{{Day: 0, Pattern: day[:1]}, {Day: 20}}, Reached: 20}
	if got := p.follow(&s, &behaviour{Over: 1e6, Next: 1, Days: 5}, 2); !got.gaveUp || got.over != 5 || got.goal != -1 {
		t.Errorf("always over plan: %+v", got)
	}
	if got := p.follow(&s, &kept, 2); got.gaveUp || got.over != 0 || got.goal != 20 {
		t.Errorf("kept: %+v", got)
	}
}

func TestIntervalsHoldTheEstimate(t *testing.T) {
	holds := func(t *rapid.T, v interval) {
		if !(v.low <= v.at && v.at <= v.high) {
			t.Fatalf("%+v", v)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.SliceOfN(rapid.Float64Range(0, 100), 1, 60).Draw(t, "values")
		w := make([]float64, len(v))
		for i := range w {
			w[i] = rapid.Float64Range(0, 100).Draw(t, "other")
		}
		holds(t, median(v))
		n := rapid.IntRange(1, 500).Draw(t, "n")
		holds(t, part(rapid.IntRange(0, n).Draw(t, "k"), n))
		if len(v) < 8 { // the bootstrap is slow
			holds(t, average(v))
			holds(t, fewer(v, w))
		}
	})
}

func TestIntervalsByHand(t *testing.T) {
	// 9 values: the ranks 4.5 +- 1.96 x 1.5, so the first (rank 1) to the ninth.
	if got := median([]float64{9, 8, 7, 6, 5, 4, 3, 2, 1}); got != (interval{5, 1, 9}) {
		t.Errorf("median: %+v", got)
	}
	// Wilson for none of 10: 0 to 3.8415 / 13.8415 = 27.75 %.
	if got := part(0, 10); got.low != 0 || math.Abs(got.high-27.75) > 0.01 {
		t.Errorf("none of ten: %+v", got)
	}
	if got := fewer([]float64{1, 2}, []float64{2, 4}); got != (interval{50, 50, 50}) {
		t.Errorf("half: %+v", got)
	}
	if got := average([]float64{4, 4, 4}); math.Abs(got.at-4) > 1e-12 || math.Abs(got.low-4) > 1e-12 {
		t.Errorf("four: %+v", got)
	}
}

func TestTooFewPeople(t *testing.T) {
	if err := write(39, 1, t.TempDir()); err == nil || errors.Is(err, errNone) {
		t.Errorf("39 people: %v", err)
	}
}

func words(p taper.Pattern) string {
	var list []string
	for _, d := range p {
		list = append(list, fmt.Sprintf("%d:%d", d.Minute, d.Grains))
	}
	return strings.Join(list, " ")
}
