package pkpd

import (
	"context"
	"errors"
	"math"
	"slices"
)

// Basis says what a Person stands on. Only Fitted used the person's scores; the
// others are the prior, moved by the doses alone, and say why.
type Basis uint8

const (
	// Fitted: the person's own check-ins updated the prior.
	Fitted Basis = iota
	// TooFewCheckIns: fewer than MinCheckIns, or on fewer than MinDays days.
	TooFewCheckIns
	// NoContent: nothing was taken whose content is known, or more than a fifth
	// of what was taken holds nobody knows what.
	NoContent
	// Contradicted: the scores do not look like anything the model could give.
	Contradicted
	// Unstable: the draws did not settle (effective sample size or Pareto k).
	Unstable
)

var basisNames = [...]string{"fitted", "too_few_check_ins", "no_content", "contradicted", "unstable"}

// String returns the name used in files: fitted, too_few_check_ins, ...
func (b Basis) String() string {
	if int(b) < len(basisNames) {
		return basisNames[b]
	}
	return "unknown"
}

// What a fit needs at least, and what it may not show. Assumed.
const (
	MinCheckIns  = 5
	MinDays      = 3
	minESS       = 50.0
	lowESS       = 75.0
	goodParetoK  = 0.7
	maxParetoK   = 0.9
	minAgreement = 0.002 // the predictive check below which scores contradict the model
	maxStrain    = 4.0   // in prior standard deviations; data of the model reach it once in 10,000
)

// FitOptions are how to fit. The zero value is the built-in prior, 1000 draws,
// seed 0 and two goroutines.
type FitOptions struct {
	Population *Population // the prior; nil is FitPrior
	Draws      int         // 100..20,000; 0 is 1000
	Seed       uint64
	Workers    int // goroutines; 0 is 2. The result does not depend on it
}

func (o *FitOptions) fill() error {
	if o.Draws == 0 {
		o.Draws = 1000
	}
	if o.Workers == 0 {
		o.Workers = 2
	}
	if o.Draws < 100 || o.Draws > 20_000 || o.Workers < 1 || o.Workers > 64 {
		return errors.New("a fit takes 100 to 20000 draws and 1 to 64 workers")
	}
	if o.Population == nil {
		pop := FitPrior()
		o.Population = &pop
	}
	return nil
}

// Quality is how a fit went. Its figures are NaN where nothing was fitted.
type Quality struct {
	CheckIns int     // scores that were used
	LeftOut  int     // intakes left out because nobody knows what they hold
	Modes    int     // separate maxima of the posterior
	ESS      float64 // effective sample size, of Draws
	ParetoK  float64 // shape of the largest weights; above 0.7 be careful
	// Agreement is the posterior predictive p-value of how likely the scores
	// are as a whole, Drift that of how much neighbouring residuals hang
	// together. Near 0 is misfit.
	Agreement, Drift float64
	// Strain is how far the furthest coordinate had to move from what the prior
	// expected, in prior standard deviations.
	Strain float64
	// Patience is what each score counted, 1 in full. It is less when residuals
	// hang together, and when the draws would not settle otherwise.
	Patience float64
}

// Person is what is known of one person: draws of parameters and of the state
// now, each standing for itself Copies times. It is read-only and may be used
// by several goroutines.
type Person struct {
	Basis   Basis
	Quality Quality
	NowH    float64

	problem *problem
	sample  *sample
	copies  []int
	unique  []int // draws with copies
	total   int
}

// Fit updates the prior by what the person wrote down. The prior over the
// random effects is log-normal, over the content of each product log-normal
// around what the intakes were counted with, and over how the person scores as
// in Reporting. The method is importance sampling from a mixture around the
// modes found from several starts (local maxima are real here).
//
// Scores whose residuals hang together count for less (Quality.Patience), so
// that a mood that lasts is not taken for certainty.
//
// Days without entries are filled from the nearest known day times an unknown
// factor; use before the record likewise when nobody described it. Both widen
// the answer; neither counts as zero.
//
// An error means that the history cannot be used as it is. Data that say too
// little are no error: Person.Basis tells.
func Fit(ctx context.Context, h History, o FitOptions) (*Person, error) {
	if err := o.fill(); err != nil {
		return nil, err
	}
	if err := h.Check(); err != nil {
		return nil, err
	}
	s, leftOut := h.sorted()
	p := newProblem(&s, o.Population)
	person := &Person{NowH: h.NowH, problem: p}
	nan := math.NaN()
	person.Quality = Quality{LeftOut: leftOut, ESS: nan, ParetoK: nan, Agreement: nan, Drift: nan, Strain: nan, Patience: nan}
	switch {
	case len(s.Intakes) == 0 && len(s.Before) == 0 || 5*leftOut > len(s.Intakes)+leftOut:
		person.Basis = NoContent
	case !enough(&s):
		person.Basis = TooFewCheckIns
	}
	if person.Basis == Fitted {
		if err := person.fit(ctx, o); err != nil {
			return nil, err
		}
	}
	if person.Basis != Fitted {
		person.sample = newSample(p, o.Draws)
		if err := person.sample.prior(ctx, p, o.Seed, o.Workers); err != nil {
			return nil, err
		}
		person.copies = slices.Repeat([]int{1}, o.Draws)
	}
	for i, c := range person.copies {
		person.total += c
		if c > 0 {
			person.unique = append(person.unique, i)
		}
	}
	return person, nil
}

func enough(h *History) bool {
	days := map[int]bool{}
	for _, c := range h.CheckIns {
		days[int(math.Floor((h.NowH-c.AtH)/24))] = true
	}
	return len(h.CheckIns) >= MinCheckIns && len(days) >= MinDays
}

const (
	screened = 16 // prior points tried as starts
	starts   = 3
	rounds   = 8
	attempts = 5 // beyond the first, where the weights are poor

	lessPatience = 0.6
)

func (person *Person) fit(ctx context.Context, o FitOptions) error {
	p := person.problem
	q := &person.Quality
	q.CheckIns = len(p.obs)
	modes, err := p.findModes(ctx, o)
	if err != nil {
		return err
	}
	q.Modes = len(modes)
	if q.Patience = newEvaluator(p).patience(modes[0].theta); q.Patience < 1 {
		for i := range modes {
			modes[i].temper(q.Patience, p.active)
		}
		p.power = q.Patience
	}
	s := newSample(p, o.Draws)
	w, ess, k, err := s.adapt(ctx, p, modes, o, 0)
	if err != nil {
		return err
	}
	for again := uint64(1); again <= attempts && (ess < lowESS || k > goodParetoK); again++ {
		m, ok := s.moments(p, s.n, modes) // once more, from around what was found
		if !ok {
			break
		}
		if again > 1 {
			// Still too narrow a target for the draws: let every score count
			// less. The answer is then wider than it need be, never narrower.
			q.Patience *= lessPatience
			p.power = q.Patience
			for i := range modes {
				modes[i].temper(lessPatience, p.active)
			}
		}
		s = newSample(p, o.Draws)
		if w, ess, k, err = s.adapt(ctx, p, append([]mode{m}, modes...), o, again); err != nil {
			return err
		}
	}
	q.ESS, q.ParetoK = ess, k
	pick := NewStream(o.Seed, streamPick)
	person.sample, person.copies = s, resample(w, o.Draws, &pick)
	q.Agreement, q.Drift = person.check(o.Seed)
	q.Strain = s.strain(p, w)
	switch {
	case !(ess >= minESS) || !(k <= maxParetoK):
		person.Basis = Unstable
	case q.Agreement < minAgreement || q.Strain > maxStrain:
		person.Basis = Contradicted
	}
	return nil
}

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
	return modes, nil
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
