package pkpd

import (
	"context"
	"math"
	"slices"
	"sync"
	"sync/atomic"
)

// share runs work(worker, i) for i in 0..n-1 on a number of goroutines. What is
// written depends on i alone, so the number does not show in any result.
func share(ctx context.Context, workers, n int, work func(worker, i int)) error {
	const piece = 8
	var next atomic.Int64
	var wg sync.WaitGroup
	for w := range min(workers, (n+piece-1)/piece) {
		wg.Go(func() {
			for ctx.Err() == nil {
				from := int(next.Add(piece)) - piece
				if from >= n {
					return
				}
				for i := from; i < min(from+piece, n); i++ {
					work(w, i)
				}
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}

// sample is what a run of draws left: a point, its weight, and the body now.
type sample struct {
	n, dim   int
	theta    []float64 // n x dim
	logP     []float64 // log posterior, where there is a proposal
	logW     []float64
	logEarly []float64 // log posterior by the scores before the last days alone
	mixture  []float64 // log of what the draws came from
	recent   []expected
	states   []bodyState
	fitted   []float32 // n x observations: withdrawal at each
	away     []float32 // likewise the departure from balance
	occNow   []float32
	occUsual []float32
}

func newSample(p *problem, n int) *sample {
	s := &sample{n: n, dim: len(p.coords)}
	s.theta = make([]float64, n*s.dim)
	s.logW = make([]float64, n)
	s.states = make([]bodyState, n)
	s.fitted, s.away = make([]float32, n*len(p.obs)), make([]float32, n*len(p.obs))
	s.occNow, s.occUsual = make([]float32, n), make([]float32, n)
	return s
}

// Streams of a fit, by what they are for.
const (
	streamDraw   = 0
	streamScreen = 1 << 40
	streamCheck  = 2 << 40
	streamPick   = 3 << 40
	streamTruth  = 4 << 40
	streamFelt   = 5 << 40
	streamPath   = 6 << 40
	streamMove   = 7 << 40
)

// prior fills the sample from the prior, with equal weights.
func (s *sample) prior(ctx context.Context, p *problem, seed uint64, workers int) error {
	return s.take(ctx, p, nil, 0, s.n, seed, workers)
}

// take fills draws from..to-1 from a proposal; nil is the prior.
func (s *sample) take(ctx context.Context, p *problem, q *proposal, from, to int, seed uint64, workers int) error {
	evals := make([]*evaluator, workers)
	scratch := make([][]float64, workers)
	return share(ctx, workers, to-from, func(w, i int) {
		i += from
		if evals[w] == nil {
			evals[w], scratch[w] = newEvaluator(p), make([]float64, len(p.coords))
		}
		e, theta := evals[w], s.point(i)
		st := NewStream(seed, streamDraw+uint64(i))
		for k := range theta {
			theta[k] = st.Normal()
		}
		if q != nil {
			q.draw(i, &st, theta, scratch[w])
		}
		e.run(theta)
		s.keep(i, e)
		if q != nil {
			s.logP[i] = e.logPosterior(theta)
			s.logEarly[i] = e.early - 0.5*squares(theta, p.active)
			s.recent[i] = e.recent
		}
	})
}

func (s *sample) point(i int) []float64 { return s.theta[i*s.dim : (i+1)*s.dim] }

// rounds of importance sampling, as parts of all draws: the first from around
// the modes, each later one also from around the weighted draws so far. Every
// draw is weighed against the mixture of all rounds (Cornuet, Marin, Mira,
// Robert 2012, doi:10.1111/j.1467-9469.2011.00756.x), so none is lost.
var roundEnds = [...]float64{0.2, 0.5, 1}

// adapt fills the sample and returns its weights, see weigh. Another attempt
// draws other numbers.
func (s *sample) adapt(ctx context.Context, p *problem, modes []mode, o FitOptions, attempt uint64) (w []float64, ess, k float64, err error) {
	s.logP, s.logEarly, s.recent = make([]float64, s.n), make([]float64, s.n), make([]expected, s.n)
	s.mixture = make([]float64, s.n)
	mixture := s.mixture // log of the sum of proposals times their draws
	for i := range mixture {
		mixture[i] = math.Inf(-1)
	}
	var used []*proposal
	var sizes []float64
	q := newProposal(modes, p.active)
	from := 0
	for r, part := range roundEnds {
		to := int(part * float64(s.n))
		if err := s.take(ctx, p, q, from, to, o.Seed+attempt<<32, o.Workers); err != nil {
			return nil, 0, 0, err
		}
		used, sizes = append(used, q), append(sizes, log(float64(to-from)))
		err := share(ctx, o.Workers, to, func(_, i int) {
			var terms [2*(starts+3) + 1]float64
			for j := range used {
				if i < from && j < r { // already counted
					continue
				}
				mixture[i] = logSum(mixture[i], sizes[j]+used[j].density(s.point(i), terms[:]))
			}
			s.logW[i] = s.logP[i] - mixture[i]
		})
		if err != nil {
			return nil, 0, 0, err
		}
		from = to
		if r < len(roundEnds)-1 {
			_, ess, _ := weigh(s.logW[:to])
			if m, ok := s.moments(p, to, modes); ok {
				// With many unknowns and few draws that count, a covariance from
				// draws is worse than that of the modes.
				q = newProposal([]mode{m, modes[0], modes[len(modes)-1]}, p.active)
				q.share[0] = min(0.9, ess/(ess+3*float64(len(p.active))))
				q.share[1] = 0.8 * (1 - q.share[0])
				q.share[2] = 0.2 * (1 - q.share[0])
			}
		}
	}
	w, ess, k = weigh(s.logW)
	return w, ess, k, nil
}

func logSum(a, b float64) float64 {
	if a < b {
		a, b = b, a
	}
	if math.IsInf(a, -1) {
		return a
	}
	return a + log(1+exp(b-a))
}

// moments is a stand-in for a mode: mean and covariance of the first n draws.
// Where few of them carry the weight it is flattened until enough do, and the
// covariance leans on that of the best mode.
func (s *sample) moments(p *problem, n int, modes []mode) (m mode, ok bool) {
	d := len(p.active)
	best := slices.Max(s.logW[:n])
	w := make([]float64, n)
	enough, power, ess := 2*float64(d), 1.0, 0.0
	for range 12 {
		sum, sum2 := 0.0, 0.0
		for i := range w {
			w[i] = exp(power * (s.logW[i] - best))
			sum += w[i]
			sum2 += float64(w[i] * w[i])
		}
		for i := range w {
			w[i] /= sum
		}
		if ess = sum * sum / sum2; ess >= enough {
			break
		}
		power *= 0.75
	}
	m = mode{theta: make([]float64, len(p.coords)), lower: make([]float64, d*d)}
	for i := range n {
		for _, a := range p.active {
			m.theta[a] += w[i] * s.theta[i*s.dim+a]
		}
	}
	cov := make([]float64, d*d)
	for i := range n {
		if w[i] < 1e-6 {
			continue
		}
		for j, a := range p.active {
			x := w[i] * (s.theta[i*s.dim+a] - m.theta[a])
			for k, b := range p.active[:j+1] {
				cov[j*d+k] += x * (s.theta[i*s.dim+b] - m.theta[b])
			}
		}
	}
	lean := 2 * float64(d) / (ess + 2*float64(d))
	unit := make([]float64, d)
	for k := range d { // covariance of the best mode, column by column
		clear(unit)
		unit[k] = 1
		solveLower(modes[0].lower, d, unit)
		solveUpper(modes[0].lower, d, unit)
		for j := k; j < d; j++ {
			cov[j*d+k] = (1-lean)*cov[j*d+k] + lean*unit[j]
			cov[k*d+j] = cov[j*d+k]
		}
	}
	if !cholesky(cov, d) {
		return m, false
	}
	for k := range d { // the information is the inverse
		clear(unit)
		unit[k] = 1
		solveLower(cov, d, unit)
		solveUpper(cov, d, unit)
		copy(m.lower[k*d:], unit)
	}
	if !cholesky(m.lower, d) {
		return m, false
	}
	for a := range d {
		m.logDet += 2 * log(m.lower[a*d+a])
	}
	return m, true
}

func (s *sample) keep(i int, e *evaluator) {
	p := e.p
	s.states[i] = e.body.state
	for j := range p.obs {
		s.fitted[i*len(p.obs)+j], s.away[i*len(p.obs)+j] = float32(e.w[j]), float32(e.away[j])
	}
	s.occNow[i] = float32(e.rows[p.nowRow].occupancy)
	sum := 0.0
	for _, r := range p.usual {
		sum += e.rows[r].occupancy
	}
	if len(p.usual) > 0 {
		s.occUsual[i] = float32(sum / float64(len(p.usual)))
	}
}
