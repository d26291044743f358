package pkpd

import (
	"context"
	"slices"
)

// findModes climbs from the prior mean and from the best of some points of the
// prior, and returns the distinct modes, best first.
func (p *problem) findModes(ctx context.Context, o FitOptions) ([]mode, error) {
	points := make([][]float64, screened)
	value := make([]float64, screened)
	evals := make([]*evaluator, o.Workers)
	err := share(ctx, o.Workers, screened, func(w, i int) {
		if evals[w] == nil {
			evals[w] = newEvaluator(p)
		}
		st := NewStream(o.Seed, streamScreen+uint64(i))
		points[i] = make([]float64, len(p.coords))
		for _, a := range p.active {
			points[i][a] = st.Normal()
		}
		if i == 0 {
			clear(points[i])
		}
		evals[w].run(points[i])
		value[i] = evals[w].logPosterior(points[i])
	})
	if err != nil {
		return nil, err
	}
	order := make([]int, screened-1)
	for i := range order {
		order[i] = i + 1
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if value[a] > value[b] {
			return -1
		} else if value[a] < value[b] {
			return 1
		}
		return 0
	})
	found := make([]mode, starts)
	if err := climbAll(ctx, o.Workers, found, p, points, order); err != nil {
		return nil, err
	}
	slices.SortStableFunc(found, func(a, b mode) int {
		if a.value > b.value {
			return -1
		} else if a.value < b.value {
			return 1
		}
		return 0
	})
	modes := found[:1]
	for _, m := range found[1:] {
		far := true
		for i := range modes {
			if modes[i].distance(&m, p.active) < 1 {
				far = false
			}
		}
		if far && m.value > modes[0].value-10 {
			modes = append(modes, m)
		}
	}
	// And what no climb finds: bodies that felt nothing at any check-in. There
	// scores say nothing of the body, so it is the prior's; how the person feels
	// and writes is not.
	c := newClimber(p)
	c.e.flat = true
	return append(modes, c.climb(make([]float64, len(p.coords)), rounds)), nil
}

func climbAll(ctx context.Context, workers int, found []mode, p *problem, points [][]float64, order []int) error {
	done := make(chan struct{})
	next := make(chan int, len(found))
	for i := range found {
		next <- i
	}
	close(next)
	workers = min(workers, len(found))
	for range workers {
		go func() {
			c := newClimber(p)
			for i := range next {
				if ctx.Err() != nil {
					break
				}
				at := points[0]
				if i > 0 {
					at = points[order[i-1]]
				}
				found[i] = c.climb(at, rounds)
			}
			done <- struct{}{}
		}()
	}
	for range workers {
		<-done
	}
	return ctx.Err()
}

// distance is the squared Mahalanobis distance of n per dimension, by m's own
// curvature.
func (m *mode) distance(n *mode, active []int) float64 {
	d, r2 := len(active), 0.0
	for k := range d {
		v := 0.0
		for j := k; j < d; j++ {
			v += m.lower[j*d+k] * (n.theta[active[j]] - m.theta[active[j]])
		}
		r2 += v * v
	}
	return r2 / float64(max(d, 1))
}
