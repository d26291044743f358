package main

import (
	"math"
	"slices"
	"testing"

	"github.com/evenkeel/evenkeel/pkpd"
)

func TestCRPS(t *testing.T) {
	// One value: the absolute error. A normal at its own centre: 0.2337 sigma
	// (Gneiting and Raftery 2007).
	if got := crps([]float64{3}, 5); got != 2 {
		t.Errorf("one value: %g", got)
	}
	s := pkpd.NewStream(1, 1)
	v := make([]float64, 20000)
	for i := range v {
		v[i] = s.Normal()
	}
	slices.Sort(v)
	if got := crps(v, 0); math.Abs(got-0.2337) > 0.01 {
		t.Errorf("normal: %g", got)
	}
}

// Every design can be fitted, by either world, and both what is written and
// what is true depend on seed and number alone.
func TestWorlds(t *testing.T) {
	for _, w := range slices.Concat(worlds, tuned) {
		name, world := w.name, w.make
		for i := range 12 {
			a, err := world(5, i)
			if err != nil {
				t.Fatalf("%s %d: %v", name, i, err)
			}
			b, _ := world(5, i)
			if !slices.Equal(a.history.CheckIns, b.history.CheckIns) || !slices.Equal(a.future["stop"], b.future["stop"]) {
				t.Errorf("%s %d: not the same twice", name, i)
			}
			if err := a.history.Check(); err != nil {
				t.Errorf("%s %d: %v", name, i, err)
			}
			for _, w := range append(a.future["stop"], a.future["same"]...) {
				if !(w >= 0 && w <= pkpd.WithdrawalMax) {
					t.Errorf("%s %d: withdrawal %g", name, i, w)
				}
			}
		}
	}
}

func TestWithin(t *testing.T) {
	for _, c := range []struct{ from, to, want float64 }{
		{0.3, 0.31, 1},  // one draw, inside 0.25..0.75
		{0.1, 0.11, 0},  // outside
		{0, 0.5, 0.5},   // half of the draws equal the truth, from the lowest on
		{0, 1, 0.5},     // all do
		{0.7, 0.8, 0.5}, // across an end
	} {
		if got := within(c.from, c.to, 0.25, 0.75); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%g to %g: %g, want %g", c.from, c.to, got, c.want)
		}
	}
}
