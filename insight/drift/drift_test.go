package drift

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Weeks that rise by exactly 2 a week have a slope of 2 with no doubt; the looks
// are at every fourth week.
func TestLine(t *testing.T) {
	var weeks []float64
	for i := range 11 {
		weeks = append(weeks, 5+2*float64(i))
	}
	s, ok := Of(weeks)
	if !ok || math.Abs(s.PerWeek-2) > 1e-12 || s.Known != 8 || s.Span != 7 || math.Abs(s.From-5) > 1e-12 || math.Abs(s.To-19) > 1e-12 || !s.Shows {
		t.Errorf("%+v", s)
	}
	weeks[3] = math.NaN()
	if _, ok := Of(weeks); ok {
		t.Error("seven known weeks are enough")
	}
	weeks = append(weeks, 27)
	if s, ok := Of(weeks); !ok || s.Known != 11 || math.Abs(s.PerWeek-2) > 1e-12 {
		t.Errorf("an unknown week is taken for a figure: %+v", s)
	}
}

// Weeks 1, 3, 1, 3 and 4, 6, 4, 6: 3 apart. The rests are 1 in size and turn at
// every week, so that nothing is widened: r = -0.75 + 1/8 < 0. s2 = 8/6, se =
// sqrt(8/6 * (1/4+1/4)) = 0.81650, and four of it are 3.26599.
func TestDifference(t *testing.T) {
	size, low, high, ok := Difference([]float64{1, 3, 1, 3}, []float64{4, math.NaN(), 6, 4, 6})
	if !ok || size != 3 || math.Abs(low+0.26599) > 1e-4 || math.Abs(high-6.26599) > 1e-4 {
		t.Errorf("%v (%v to %v)", size, low, high)
	}
	if _, _, _, ok := Difference([]float64{1, 3, 1}, []float64{4, 6, 4, 6}); ok {
		t.Error("three weeks are enough")
	}
}

// Weeks that wander round the same are hardly ever said to go anywhere, at any
// look in half a year: a week goes on from the one before by at most 0.4, where
// days of 0.8 make weeks of some 0.3.
func TestWanderingIsNoChange(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	fooled := 0
	const n = 500
	for range n {
		phi, x, hit := 0.4*r.Float64(), 0.0, false
		var weeks []float64
		for range 26 {
			x = phi*x + math.Sqrt(1-phi*phi)*r.NormFloat64()
			weeks = append(weeks, x)
			s, ok := Of(weeks)
			hit = hit || ok && s.Shows
		}
		if hit {
			fooled++
		}
	}
	if fooled > n/20 {
		t.Errorf("%d of %d", fooled, n)
	}
}
