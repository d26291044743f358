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

// draw writes the active coordinates of draw i, and returns the log density of
// the mixture there, against that of a standard normal of the same dimension.
func (q *proposal) draw(i int, s *Stream, theta, scratch []float64) float64 {
	turn := i % turns
	if turn < priorTurns {
		for _, a := range q.active {
			theta[a] = s.Normal()
		}
		return q.density(theta, scratch)
	}
	pick, m := s.Uniform(), 0
	for m < len(q.modes)-1 && pick > q.share[m] {
		pick -= q.share[m]
		m++
	}
	x := scratch[:q.d]
	for k := range x {
		x[k] = s.Normal()
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
	return q.density(theta, scratch)
}

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

// sample is what a run of draws left: a point, its weight, and the body now.
type sample struct {
	n, dim   int
	theta    []float64 // n x dim
	logW     []float64
	states   []bodyState
	fitted   []float32 // n x observations: withdrawal at each
	occNow   []float32
	occUsual []float32
}

func newSample(p *problem, n int) *sample {
	s := &sample{n: n, dim: len(p.coords)}
	s.theta = make([]float64, n*s.dim)
	s.logW = make([]float64, n)
	s.states = make([]bodyState, n)
	s.fitted = make([]float32, n*len(p.obs))
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
)

// take fills the sample from the proposal; nil draws from the prior, with equal
// weights.
func (s *sample) take(ctx context.Context, p *problem, q *proposal, seed uint64, workers int) error {
	evals := make([]*evaluator, workers)
	scratch := make([][]float64, workers)
	return share(ctx, workers, s.n, func(w, i int) {
		if evals[w] == nil {
			evals[w], scratch[w] = newEvaluator(p), make([]float64, len(p.coords)+2*8+1)
		}
		e, theta := evals[w], s.theta[i*s.dim:(i+1)*s.dim]
		st := NewStream(seed, streamDraw+uint64(i))
		for k := range theta {
			theta[k] = st.Normal()
		}
		density := 0.0
		if q != nil {
			density = q.draw(i, &st, theta, scratch[w])
		}
		e.run(theta)
		s.keep(i, e)
		if q != nil {
			s.logW[i] = e.logPosterior(theta) - density
		}
	})
}

func (s *sample) keep(i int, e *evaluator) {
	p := e.p
	s.states[i] = e.body.state
	for j := range p.obs {
		s.fitted[i*len(p.obs)+j] = float32(e.withdrawal(p.obs[j].row))
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

// weigh turns the log weights into weights that add up to 1, smoothing the
// largest by a generalised Pareto distribution, and returns its shape k and
// the effective sample size (Vehtari, Simpson, Gelman, Yao, Gabry 2024, JMLR
// 25:72; above k = 0.7 the weights are not to be trusted).
func (s *sample) weigh() (w []float64, ess, k float64) {
	best := slices.Max(s.logW)
	w = make([]float64, s.n)
	for i, v := range s.logW {
		w[i] = exp(v - best)
	}
	k = smoothTail(w)
	sum, sum2 := 0.0, 0.0
	for _, v := range w {
		sum += v
		sum2 += float64(v * v)
	}
	for i := range w {
		w[i] /= sum
	}
	return w, sum * sum / sum2, k
}

func smoothTail(w []float64) (k float64) {
	n := len(w)
	m := min(n/5, int(3*math.Sqrt(float64(n))))
	if m < 10 {
		return 0
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if w[a] < w[b] {
			return -1
		} else if w[a] > w[b] {
			return 1
		}
		return 0
	})
	tail := order[n-m:]
	cut := w[order[n-m-1]]
	x := make([]float64, m)
	for i, t := range tail {
		x[i] = w[t] - cut
	}
	if !(x[m-1] > 1e-12*w[order[n-1]]) || !(x[m/4] > 0) {
		return 0
	}
	k, sigma := fitPareto(x)
	most := w[order[n-1]]
	for i, t := range tail {
		p := (float64(i) + 0.5) / float64(m)
		v := 0.0
		if math.Abs(k) < 1e-6 {
			v = -sigma * log(1-p)
		} else {
			v = sigma * (exp(-k*log(1-p)) - 1) / k
		}
		w[t] = min(cut+v, most)
	}
	return k
}

// fitPareto is the estimate of Zhang and Stephens 2009,
// doi:10.1198/tech.2009.08017, of shape and scale of a generalised Pareto
// distribution from ascending exceedances, with the weak prior on the shape
// that Vehtari et al. use.
func fitPareto(x []float64) (k, sigma float64) {
	n := len(x)
	m := 30 + int(math.Sqrt(float64(n)))
	quart := x[int(math.Floor(float64(n)/4+0.5))-1]
	if quart <= 0 {
		quart = x[n-1] / 4
	}
	b, l := make([]float64, m), make([]float64, m)
	for j := range b {
		b[j] = 1/x[n-1] + (1-math.Sqrt(float64(m)/(float64(j)+0.5)))/(3*quart)
		s := 0.0
		for _, v := range x {
			s += log(max(1-b[j]*v, 1e-300))
		}
		kk := s / float64(n)
		l[j] = float64(n) * (log(max(-b[j]/kk, 1e-300)) - kk - 1)
	}
	sum, bHat := 0.0, 0.0
	for j := range b {
		t := 0.0
		for i := range l {
			t += exp(l[i] - l[j])
		}
		sum += 1 / t
		bHat += b[j] / t
	}
	bHat /= sum
	for _, v := range x {
		k += log(max(1-bHat*v, 1e-300))
	}
	k /= float64(n)
	sigma = -k / bHat
	return (k*float64(n) + 5) / float64(n+10), sigma
}

// resample returns how often each draw stands in a set of n of equal weight
// (systematic: Carpenter, Clifford, Fearnhead 1999, doi:10.1049/ip-rsn:19990255).
func resample(w []float64, n int, s *Stream) []int {
	copies := make([]int, len(w))
	at, sum, i := s.Uniform(), 0.0, 0
	for j := range w {
		sum += w[j] * float64(n)
		for i < n && float64(i)+at < sum {
			copies[j]++
			i++
		}
	}
	for ; i < n; i++ { // what rounding left over
		copies[len(w)-1]++
	}
	return copies
}
