package main

import (
	"math"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/evenkeel/evenkeel/pkpd"
)

// The bodies that agree with the anchors are found by adaptive multiple
// importance sampling (Cornuet, Marin, Mira and Robert 2012,
// doi:10.1111/j.1467-9469.2011.00756.x): rounds of draws, the first from the
// priors, each later one from a Student t fitted to the weighted draws so far,
// every draw weighed against the mixture of all rounds. While few draws carry
// the weight, the likelihood is raised to a power below one for the fit.

// rounds are the draws in each round.
var rounds = []int{1500, 700, 700, 700, 700, 700, 700, 700, 1000, 2000}

const (
	freedom = 6   // of the Student t
	enough  = 150 // effective draws that a fit of the next round wants
	seed    = 20261124
)

// draws is all that the calibration tried.
type draws struct {
	coords  []coordinate
	anchors []anchor
	x       [][]float64 // on the scale of the doubt
	seen    [][]float64 // summaries
	prior   []float64   // log density
	each    [][]float64 // log likelihood by anchor, weighted
	rounds  []proposal
	log     [][]float64 // log density of each draw in each round's proposal
}

// more adds a round of draws; each worker looks at bodies by a function of its
// own.
func (d *draws) more(p proposal, workers []func(x []float64) []float64) {
	from := len(d.x)
	for i := range p.n {
		s := pkpd.NewStream(seed, uint64(from+i))
		d.x = append(d.x, p.draw(&s))
	}
	d.rounds = append(d.rounds, p)
	d.seen = append(d.seen, make([][]float64, p.n)...)
	d.each = append(d.each, make([][]float64, p.n)...)
	d.prior = append(d.prior, make([]float64, p.n)...)
	d.log = append(d.log, make([][]float64, p.n)...)
	var next atomic.Int64
	var wg sync.WaitGroup
	for _, look := range workers {
		wg.Go(func() {
			for {
				i := from + int(next.Add(1)) - 1
				if i >= len(d.x) {
					return
				}
				d.seen[i] = look(d.x[i])
				d.each[i] = make([]float64, len(d.anchors))
				for k := range d.anchors {
					d.each[i][k] = d.anchors[k].logLikelihood(d.seen[i])
				}
				d.prior[i] = d.rounds[0].density(d.x[i])
			}
		})
	}
	wg.Wait()
	for i, x := range d.x {
		for k := len(d.log[i]); k < len(d.rounds); k++ {
			d.log[i] = append(d.log[i], d.rounds[k].density(x))
		}
	}
}

// weights returns normalised weights of all draws under the likelihood to a
// power, without one anchor (-1 keeps all), and how many equal draws they are
// worth.
func (d *draws) weights(power float64, without int) (w []float64, effective float64) {
	w = make([]float64, len(d.x))
	top := math.Inf(-1)
	for i := range w {
		l := 0.0
		for k, v := range d.each[i] {
			if k != without {
				l += v
			}
		}
		most := math.Inf(-1)
		for k := range d.rounds {
			most = max(most, d.log[i][k])
		}
		mix := 0.0
		for k, r := range d.rounds {
			mix += float64(r.n) / float64(len(d.x)) * math.Exp(d.log[i][k]-most)
		}
		w[i] = d.prior[i] + power*l - most - math.Log(mix)
		top = max(top, w[i])
	}
	sum, square := 0.0, 0.0
	for i := range w {
		w[i] = math.Exp(w[i] - top)
		sum += w[i]
		square += w[i] * w[i]
	}
	for i := range w {
		w[i] /= sum
	}
	return w, sum * sum / square
}

// next is the proposal fitted to the draws so far.
func (d *draws) next(n, without int) proposal {
	low, power := 0.0, 1.0
	w, effective := d.weights(1, without)
	for range 20 {
		if power == 1 && effective >= enough {
			break
		}
		middle := 0.5 * (low + power)
		if v, e := d.weights(middle, without); e >= enough {
			low, w = middle, v
		} else {
			power = middle
		}
	}
	mean, cov := d.moments(w)
	for i := range cov {
		for j := range cov {
			cov[i][j] *= 1.2 * (freedom - 2) / freedom
		}
		cov[i][i] += 1e-4
	}
	return proposal{n: n, mean: mean, chol: cholesky(cov)}
}

// moments returns the weighted mean and covariance of the draws.
func (d *draws) moments(w []float64) (mean []float64, cov [][]float64) {
	n := len(d.coords)
	mean = make([]float64, n)
	cov = make([][]float64, n)
	for i := range cov {
		cov[i] = make([]float64, n)
	}
	for k, x := range d.x {
		for i := range x {
			mean[i] += w[k] * x[i]
		}
	}
	for k, x := range d.x {
		for i := range x {
			for j := range x {
				cov[i][j] += w[k] * (x[i] - mean[i]) * (x[j] - mean[j])
			}
		}
	}
	return mean, cov
}

// sampleFamily draws all rounds.
func sampleFamily(centre pkpd.Population, design map[string][]float64) (*draws, error) {
	coords, err := priors()
	if err != nil {
		return nil, err
	}
	known, err := anchors()
	if err != nil {
		return nil, err
	}
	workers, err := newWorkers(&centre, coords, design)
	if err != nil {
		return nil, err
	}
	d := &draws{coords: coords, anchors: known}
	d.more(believed(coords, rounds[0]), workers)
	for _, n := range rounds[1:] {
		d.more(d.next(n, -1), workers)
	}
	for k := range known { // reach where the weight goes when an anchor that weighs much is left out
		if _, effective := d.weights(1, k); effective < enough {
			d.more(d.next(1000, k), workers)
		}
	}
	return d, nil
}

// newWorkers returns a function for each thread that looks at a body.
func newWorkers(centre *pkpd.Population, coords []coordinate, design map[string][]float64) ([]func([]float64) []float64, error) {
	out := make([]func([]float64) []float64, runtime.GOMAXPROCS(0))
	for i := range out {
		l, err := newLooker(&centre.Typical, design)
		if err != nil {
			return nil, err
		}
		out[i] = func(x []float64) []float64 {
			typical, omega := body(centre, coords, x)
			return l.look(&typical, &omega)
		}
	}
	return out, nil
}
