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

// sample is what a run of draws left: a point, its weight, and the body now.
type sample struct {
	n, dim   int
	theta    []float64 // n x dim
	logP     []float64 // log posterior, where there is a proposal
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
	s.logP = make([]float64, s.n)
	mixture := make([]float64, s.n) // log of the sum of proposals times their draws
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
			var terms [2*(starts+2) + 1]float64
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
			m, ok := s.moments(p, to, modes)
			if ok {
				q = newProposal([]mode{m, modes[0]}, p.active)
				q.share[0], q.share[1] = 0.9, 0.1
			}
		}
	}
	w, ess, k = s.weigh()
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
