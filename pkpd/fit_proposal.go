package pkpd

import (
	"math"
	"slices"
)

// The proposal around each mode is a mixture: a normal a little wider than the
// curvature says, a Student t well wider, and, whatever the modes, a share of
// the prior, without which a posterior that is flat in places would have
// weights without bound (Hesterberg 1995, doi:10.1080/00401706.1995.10484303).
// Draws come in turns of twenty, the first of each for the prior and so on, so
// the shares hold exactly.
const (
	turns       = 20
	priorTurns  = 3
	heavyTurns  = 5
	normalWider = 1.1
	heavyWider  = 1.3
	heavyNu     = 6
)

type proposal struct {
	modes  []mode
	share  []float64 // of each mode, adding up to 1
	d      int
	active []int
	heavy  float64 // log of the constant of the t, against the normal's
}

func newProposal(modes []mode, active []int) *proposal {
	q := &proposal{modes: modes, d: len(active), active: active}
	best := math.Inf(-1)
	for i := range modes {
		best = max(best, modes[i].value-0.5*modes[i].logDet)
	}
	sum := 0.0
	for i := range modes {
		s := max(exp(modes[i].value-0.5*modes[i].logDet-best), 0.05)
		q.share = append(q.share, s)
		sum += s
	}
	for i := range q.share {
		q.share[i] /= sum
	}
	nu, d := float64(heavyNu), float64(q.d)
	a, _ := math.Lgamma((nu + d) / 2)
	b, _ := math.Lgamma(nu / 2)
	q.heavy = a - b - 0.5*d*log(nu*math.Pi) + 0.5*d*log(2*math.Pi)
	return q
}

// draw turns the standard normal numbers in the active coordinates into draw i.
func (q *proposal) draw(i int, s *Stream, theta, scratch []float64) {
	turn := i % turns
	if turn < priorTurns {
		return // they are normal already
	}
	x := scratch[:q.d]
	for k, a := range q.active {
		x[k] = theta[a]
	}
	pick, m := s.Uniform(), 0
	for m < len(q.modes)-1 && pick > q.share[m] {
		pick -= q.share[m]
		m++
	}
	wider := normalWider
	if turn < priorTurns+heavyTurns {
		chi2 := -2 * log(s.Uniform()*s.Uniform()*s.Uniform()) // with 6 degrees of freedom
		wider = heavyWider / math.Sqrt(chi2/heavyNu)
	}
	solveUpper(q.modes[m].lower, q.d, x)
	for k, a := range q.active {
		theta[a] = q.modes[m].theta[a] + float64(wider*x[k])
	}
}

// density is the log density of the mixture at theta, against that of a
// standard normal of the same dimension.
func (q *proposal) density(theta, scratch []float64) float64 {
	const priorShare, heavyShare = float64(priorTurns) / turns, float64(heavyTurns) / turns
	own := -0.5 * squares(theta, q.active)
	d := float64(q.d)
	terms := scratch[:0]
	terms = append(terms, own+log(priorShare))
	for m := range q.modes {
		mo := &q.modes[m]
		r2 := 0.0
		for k := range q.d { // |L'(theta - mode)|^2
			v := 0.0
			for j := k; j < q.d; j++ {
				a := q.active[j]
				v += float64(mo.lower[j*q.d+k] * (theta[a] - mo.theta[a]))
			}
			r2 += float64(v * v)
		}
		c := log(q.share[m]) + 0.5*mo.logDet
		terms = append(terms,
			c+log(1-priorShare-heavyShare)-d*log(normalWider)-0.5*r2/(normalWider*normalWider),
			c+log(heavyShare)-d*log(heavyWider)+q.heavy-0.5*(heavyNu+d)*log(1+r2/(heavyWider*heavyWider*heavyNu)))
	}
	best := slices.Max(terms)
	sum := 0.0
	for _, t := range terms {
		sum += exp(t - best)
	}
	return best + log(sum)
}
