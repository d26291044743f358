package pkpd

import (
	"context"
	"math"
)

// Where weights are poor (many products, many unknowns), a few draws stand for
// all the others. Then the draws are resampled and each walks on its own by
// Metropolis and Hastings' rule, which keeps the posterior and drives the copies
// apart (resample-move: Gilks and Berzuini 2001, doi:10.1111/1467-9868.00280).
// Three kinds of step take turns: one that would keep the Gaussian around the
// modes as it is (a preconditioned Crank-Nicolson step, whose chance of being
// taken does not fall with the number of unknowns), a random walk for draws that
// lie where that Gaussian is thin, and a jump to another mode.
var moveKeeps = [...]float64{moveJump, 0.6, moveWalk, 0.8, 0.6} // what a step keeps of the distance from the middle

const (
	moveCopies = 2   // of each draw that walks
	walkScale  = 2.4 // over the root of the number of unknowns
	moveWalk   = -1
	moveJump   = -2 // to a draw of the modes' mixture, anywhere
)

// move replaces the sample by n/moveCopies draws that have walked, and returns
// it with the share of draws that moved at all.
func (s *sample) move(ctx context.Context, p *problem, modes []mode, copies []int, o FitOptions) (*sample, float64, error) {
	ref, ok := s.moments(p, s.n, modes)
	if !ok {
		ref = modes[0]
	}
	var from []int
	for i, c := range copies {
		for range c {
			from = append(from, i)
		}
	}
	jump := newProposal(modes, p.active)
	n := s.n / moveCopies
	out := newSample(p, n)
	moved := make([]bool, n)
	d := len(p.active)
	type tool struct {
		e           *evaluator
		theta, x, y []float64
		terms       [2*(starts+3) + 1]float64
	}
	tools := make([]tool, o.Workers)
	far := func(theta, x []float64) float64 { // squared distance by the Gaussian
		r2 := 0.0
		for k := range d {
			v := 0.0
			for j := k; j < d; j++ {
				a := p.active[j]
				v += float64(ref.lower[j*d+k] * (theta[a] - ref.theta[a]))
			}
			x[k] = v
			r2 += float64(v * v)
		}
		return r2
	}
	err := share(ctx, o.Workers, n, func(w, i int) {
		t := &tools[w]
		if t.e == nil {
			*t = tool{e: newEvaluator(p), theta: make([]float64, len(p.coords)), x: make([]float64, d), y: make([]float64, d)}
		}
		st := NewStream(o.Seed, streamMove+uint64(i))
		at := out.point(i)
		copy(at, s.point(from[i*moveCopies]))
		copy(t.theta, at)
		value := s.logP[from[i*moveCopies]]
		for _, keep := range moveKeeps {
			for k := range d {
				t.x[k] = st.Normal()
			}
			copy(t.y, t.x)
			solveUpper(ref.lower, d, t.y)
			now, next := 0.0, 0.0
			switch {
			case keep == moveJump:
				copy(t.theta, at)
				for k, a := range p.active {
					t.theta[a] = t.x[k]
				}
				jump.draw(int(st.uint64()%turns), &st, t.theta, t.y)
				now, next = -jump.density(at, t.terms[:]), -jump.density(t.theta, t.terms[:])
			case keep == moveWalk:
				for k, a := range p.active {
					t.theta[a] = at[a] + float64(walkScale/math.Sqrt(float64(d))*t.y[k])
				}
			default:
				now = 0.5 * far(at, t.x)
				for k, a := range p.active {
					t.theta[a] = ref.theta[a] + float64(keep*(at[a]-ref.theta[a])) + float64(math.Sqrt(1-keep*keep)*t.y[k])
				}
				next = 0.5 * far(t.theta, t.x)
			}
			t.e.run(t.theta)
			v := t.e.logPosterior(t.theta)
			if log(st.Uniform()) < v+next-value-now {
				copy(at, t.theta)
				value, moved[i] = v, true
				out.keep(i, t.e)
			}
		}
		if !moved[i] {
			t.e.run(at)
			out.keep(i, t.e)
		}
	})
	count := 0.0
	for _, m := range moved {
		if m {
			count += 1 / float64(n)
		}
	}
	return out, count, err
}
