// Package drift tells whether weekly figures go anywhere, without taking the
// slow wander of a person's weeks for a change.
//
// Ordinary tests of slope and of level take weeks for independent and are wrong
// nearly always when they are looked at often (98 % of people who stay the same,
// docs/insight.md). Here the standard error is widened by how much each week
// goes on from the one before, the line asked for is high, and it is drawn only
// in every fourth week.
package drift

import (
	"math"
	"slices"
)

const (
	// need is how many standard errors a slope, or a difference of two levels, must
	// have: it was set by made-up people who stay the same, see docs/insight.md.
	need = 4
	// Least and most weeks that are looked at, and how often.
	Least, most, Every = 8, 26, 4
	// stick is the most that one week is taken to go on from another.
	stick = 0.9
)

// Slope is a change by the week over some weeks, with its range.
type Slope struct {
	// PerWeek is in the unit of the figures; Low and High at the line's own
	// standard errors.
	PerWeek, Low, High float64
	// From and To are where the line begins and ends, Span the weeks between.
	From, To float64
	Span     int
	// Known weeks.
	Known int
	// Shows says that the line is steeper than chance.
	Shows bool
}

// Last are the weeks that Of looks at: up to the last fourth week, half a year of
// them at most.
func Last[T any](weeks []T) []T {
	weeks = weeks[:len(weeks)/Every*Every]
	return weeks[max(0, len(weeks)-most):]
}

// Of looks at weekly figures, NaN for a week of which too little is known, as they
// stood in the last fourth week; false where they are too few.
func Of(weeks []float64) (Slope, bool) {
	weeks = Last(weeks)
	var t, y []float64
	for i, v := range weeks {
		if !math.IsNaN(v) {
			t, y = append(t, float64(i)), append(y, v)
		}
	}
	if len(y) < Least {
		return Slope{}, false
	}
	mt, my := mean(t), mean(y)
	var tt, ty float64
	for i := range t {
		tt += (t[i] - mt) * (t[i] - mt)
		ty += (t[i] - mt) * (y[i] - my)
	}
	s := Slope{PerWeek: ty / tt, Known: len(y), Span: int(t[len(t)-1] - t[0])}
	rest := make([]float64, len(y))
	for i := range y {
		rest[i] = y[i] - my - s.PerWeek*(t[i]-mt)
	}
	se := math.Sqrt(squares(rest) / float64(len(y)-2) / tt * widen(rest, t))
	s.Low, s.High = s.PerWeek-need*se, s.PerWeek+need*se
	s.Shows = s.Low > 0 || s.High < 0
	s.From, s.To = my+s.PerWeek*(t[0]-mt), my+s.PerWeek*(t[len(t)-1]-mt)
	return s, true
}

// Difference is how far later weeks lie above earlier ones, with its range;
// false where either has fewer than four known weeks.
func Difference(before, after []float64) (size, low, high float64, ok bool) {
	b, a := known(before), known(after)
	if len(b) < 4 || len(a) < 4 {
		return 0, 0, 0, false
	}
	mb, ma := mean(b), mean(a)
	rest := make([]float64, 0, len(a)+len(b))
	for _, v := range b {
		rest = append(rest, v-mb)
	}
	for _, v := range a {
		rest = append(rest, v-ma)
	}
	s2 := squares(rest) / float64(len(rest)-2) * widen(rest, nil)
	se := math.Sqrt(s2 * (1/float64(len(b)) + 1/float64(len(a))))
	return ma - mb, ma - mb - need*se, ma - mb + need*se, true
}

// widen is how much larger the variance of a mean is than that of independent
// weeks: (1+r)/(1-r), r the correlation of one week with the next, which short
// runs underestimate by some (1+3r)/n (Kendall 1954, Biometrika 41:403).
func widen(rest, at []float64) float64 {
	var up, down float64
	for i := range rest {
		down += rest[i] * rest[i]
		if i > 0 && (at == nil || at[i] == at[i-1]+1) {
			up += rest[i] * rest[i-1]
		}
	}
	if down == 0 {
		return 1
	}
	r := up / down
	r += (1 + 3*math.Max(r, 0)) / float64(len(rest))
	r = min(stick, max(0, r))
	return (1 + r) / (1 - r)
}

func known(v []float64) []float64 {
	return slices.DeleteFunc(slices.Clone(v), math.IsNaN)
}

func mean(v []float64) float64 {
	s := 0.0
	for _, x := range v {
		s += x
	}
	return s / float64(len(v))
}

func squares(v []float64) float64 {
	s := 0.0
	for _, x := range v {
		s += x * x
	}
	return s
}
