package contrast

import "math"

// terms of the two models of a day, both of what departs from a slow mean: one,
// the score of the day before, weekend, the exposure of the day before; last the
// exposure itself, in the model of the score alone.
const terms = 5

// lagged predicts a day's score and exposure from earlier days alone.
type lagged struct {
	xx [terms][terms]float64
	xy [terms]float64

	y, x  slow
	fresh bool // the day before has both
}

// slow is a mean that forgets, over some two weeks, and the last figure.
type slow struct {
	n          int
	mean, last float64
}

func (s *slow) add(v float64) {
	if math.IsNaN(v) {
		return
	}
	s.n++
	s.mean += (v - s.mean) * math.Max(slowly, 1/float64(s.n))
	s.last = v
}

const (
	slowly = 1. / 14
	// lagRidge holds each slope back, in days.
	lagRidge = 2
)

// day is the product of the residuals of a day and what it would be for a size
// of one point; false where the days before do not allow it.
func (m *lagged) day(y, x float64, weekend bool) (r, d float64, ok bool) {
	known := !math.IsNaN(y) && !math.IsNaN(x)
	if known && m.fresh {
		row := [terms]float64{1, m.y.last - m.y.mean, flag(weekend), m.x.last - m.x.mean, x - m.x.mean}
		a, b := m.fit()
		from := y - m.y.mean
		eps, xi := from, row[terms-1]
		for i := range terms - 1 {
			eps -= a[i] * row[i]
			xi -= b[i] * row[i]
		}
		r, d, ok = eps*xi, row[terms-1]*xi, true
		for i := range row {
			for j := range i + 1 {
				m.xx[i][j] += row[i] * row[j]
			}
			m.xy[i] += row[i] * from
		}
	}
	m.y.add(y)
	m.x.add(x)
	m.fresh = known
	return r, d, ok
}

// fit solves both ridge regressions; the exposure's has no last term.
func (m *lagged) fit() (a, b [terms]float64) {
	var l [terms][terms]float64
	for i := range terms {
		for j := range i + 1 {
			s := m.xx[i][j]
			if i == j {
				s += lagRidge
			}
			for k := range j {
				s -= l[i][k] * l[j][k]
			}
			if i == j {
				l[i][i] = math.Sqrt(s)
			} else {
				l[i][j] = s / l[j][j]
			}
		}
	}
	for i := range terms {
		s := m.xy[i]
		for k := range i {
			s -= l[i][k] * a[k]
		}
		a[i] = s / l[i][i]
	}
	for i := terms - 1; i >= 0; i-- {
		s := a[i]
		for k := i + 1; k < terms; k++ {
			s -= l[k][i] * a[k]
		}
		a[i] = s / l[i][i]
	}
	for i := terms - 2; i >= 0; i-- {
		s := l[terms-1][i]
		for k := i + 1; k < terms-1; k++ {
			s -= l[k][i] * b[k]
		}
		b[i] = s / l[i][i]
	}
	return a, b
}
