package main

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"sync"

	"github.com/evenkeel/evenkeel/pkpd"
)

// result is what one synthetic person's fit showed.
type result struct {
	phase   phase
	basis   pkpd.Grounds
	quality pkpd.Quality
	pit     map[string]float64   // where the truth lies among the draws, 0..1
	inside  map[string][]float64 // how much of that place lies within the 50, 80, 95 % band, 0..1, by regimen and horizon
	moves   map[string]bool      // the 95 % band reaches above one point
	width   map[string]float64   // of the 80 % band
	miss    map[string]float64   // truth less median
	score   map[string]float64   // CRPS
	held    int                  // check-ins of the last day in their 80 % band
	heldOf  int
	against bool                  // the doses do not explain what was written
	abs     [nForecasters]float64 // mean absolute error of tomorrow's scores
	crps    [nForecasters]float64
}

type forecasterKind int

const (
	byModel forecasterKind = iota
	byLast
	byMean
	byAR1
	nForecasters
)

// calibrated are the quantities whose ranks must be uniform.
func calibrated() []string {
	names := append([]string(nil), pkpd.EffectNames[:]...)
	names = append(names, "baseline", "slope", "slow sd", "slow tau", "quick sd")
	for _, w := range whatIfs {
		for _, h := range horizons {
			names = append(names, key(w.name, h), feltKey(w.name, h))
		}
	}
	return names
}

func key(regimen string, h float64) string { return fmt.Sprintf("W %s %g h", regimen, h) }

func feltKey(regimen string, h float64) string { return fmt.Sprintf("felt %s %g h", regimen, h) }

// measure fits one subject and compares with the truth.
func measure(s *subject, seed uint64) (*result, error) {
	person, err := fit(s, seed)
	if err != nil {
		return nil, err
	}
	r := &result{phase: s.phase, basis: person.Basis, quality: person.Quality, against: person.Contradiction != nil,
		pit: map[string]float64{}, inside: map[string][]float64{}, moves: map[string]bool{}, width: map[string]float64{}, miss: map[string]float64{}, score: map[string]float64{}}
	st := pkpd.NewStream(seed, 1<<50)
	for wi, w := range whatIfs {
		below := map[string][2]int{} // copies below and equal
		count := func(name string, v, truth float64, copies int) {
			c := below[name]
			if v < truth {
				c[0] += copies
			} else if v == truth {
				c[1] += copies
			}
			below[name] = c
		}
		columns, felt := make([][]float64, len(horizons)), make([][]float64, len(horizons))
		err := person.Each(w.regimen, at(s.history.NowH, horizons), func(d *pkpd.Draw) {
			for k, row := range d.Rows {
				count(key(w.name, horizons[k]), row.Withdrawal, s.future[w.name][k], d.Copies)
				for c := range d.Copies {
					columns[k] = append(columns[k], row.Withdrawal)
					v := pkpd.Rough10(d.Felt[c][k])
					felt[k] = append(felt[k], v)
					count(feltKey(w.name, horizons[k]), v, s.felt[w.name][k], 1)
				}
			}
			if wi > 0 || s.truth == nil {
				return
			}
			for e, name := range pkpd.EffectNames {
				count(name, d.Effects[e], s.effects[e], d.Copies)
			}
			a, b := d.Reporting, s.report
			count("baseline", a.Baseline, b.Baseline, d.Copies)
			count("slope", a.Slope, b.Slope, d.Copies)
			count("slow sd", a.SlowSD, b.SlowSD, d.Copies)
			count("slow tau", a.SlowTauH, b.SlowTauH, d.Copies)
			count("quick sd", a.QuickSD, b.QuickSD, d.Copies)
		})
		if err != nil {
			return nil, err
		}
		for _, name := range slices.Sorted(maps.Keys(below)) { // the lots in one order
			c, n := below[name], float64(person.Total()+1)
			from, to := float64(c[0])/n, float64(c[0]+c[1]+1)/n
			r.pit[name] = from + st.Uniform()*(to-from) // a tie is broken by lot
			for _, half := range bandHalves {
				r.inside[name] = append(r.inside[name], within(from, to, 0.5-half, 0.5+half))
			}
		}
		for k, h := range horizons {
			r.cover(key(w.name, h), columns[k], s.future[w.name][k])
			r.cover(feltKey(w.name, h), felt[k], s.felt[w.name][k])
		}
	}
	r.held, r.heldOf = heldOf(person)
	return r, r.tomorrow(s, person, &st)
}

// bandHalves are half the width of the 50, 80 and 95 % band, as a share of the
// draws.
var bandHalves = [...]float64{0.25, 0.4, 0.475}

// within is the share of from..to that lies in low..high. A truth that equals
// many draws, such as a zero, has a wide place among them.
func within(from, to, low, high float64) float64 {
	return math.Max(0, math.Min(to, high)-math.Max(from, low)) / (to - from)
}

// cover compares a column of draws with the truth.
func (r *result) cover(name string, column []float64, truth float64) {
	slices.Sort(column)
	q := func(p float64) float64 { return column[int(p*float64(len(column)-1)+0.5)] }
	r.moves[name] = q(0.975) > 1
	r.width[name] = q(0.9) - q(0.1)
	r.miss[name] = truth - q(0.5)
	r.score[name] = crps(column, truth)
}

// heldOf counts the check-ins of the last day and those that their 80 % band
// holds, to the whole number that people write.
func heldOf(person *pkpd.Person) (held, of int) {
	for _, c := range person.Held {
		of++
		if math.Round(c.Felt.Low80) <= c.Score && c.Score <= math.Round(c.Felt.High80) {
			held++
		}
	}
	return held, of
}

// tomorrow compares four ways to say tomorrow's scores.
func (r *result) tomorrow(s *subject, person *pkpd.Person, st *pkpd.Stream) error {
	var past []float64
	for _, c := range s.history.CheckIns {
		if c.Kind == pkpd.Rough {
			past = append(past, c.Score)
		}
	}
	n := len(s.tomorrow)
	said := make([][]float64, n)
	err := person.Each(ongoing(s.phase), tomorrow(&s.history), func(d *pkpd.Draw) {
		for k := range n {
			for c := range d.Copies {
				said[k] = append(said[k], d.Reporting.Write(pkpd.Rough, 0, d.Felt[c][k], st))
			}
		}
	})
	if err != nil {
		return err
	}
	if len(past) < 3 {
		for f := range nForecasters {
			r.abs[f], r.crps[f] = math.NaN(), math.NaN()
		}
		return nil
	}
	// The last value, spread by how scores have changed from one to the next.
	var steps []float64
	last := past[len(past)-1]
	for i := 1; i < len(past); i++ {
		steps = append(steps, math.Min(10, math.Max(0, last+past[i]-past[i-1])))
	}
	auto := ar1(past)
	for k, truth := range s.tomorrow {
		for f, sample := range [nForecasters][]float64{said[k], steps, past, auto(k + 1)} {
			v := slices.Clone(sample)
			slices.Sort(v)
			middle := v[len(v)/2]
			switch forecasterKind(f) {
			case byLast:
				middle = last
			case byMean, byAR1:
				middle = mean(v)
			}
			r.abs[f] += math.Abs(truth-middle) / float64(n)
			r.crps[f] += crps(v, truth) / float64(n)
		}
	}
	return nil
}

// ar1 fits a first-order autoregression to scores in their order and returns
// draws of the k-th score to come, as evenly spaced quantiles.
func ar1(past []float64) func(k int) []float64 {
	m := mean(past)
	product, square := 0.0, 1e-9
	for i, v := range past {
		if square += (v - m) * (v - m); i > 0 {
			product += (v - m) * (past[i-1] - m)
		}
	}
	r := math.Max(-0.99, math.Min(0.99, product/square))
	variance := square / float64(len(past)-1)
	last := past[len(past)-1]
	return func(k int) []float64 {
		far := math.Pow(r, float64(k))
		sd := math.Sqrt(variance * (1 - far*far))
		out := make([]float64, 200)
		for i := range out {
			z := math.Sqrt2 * math.Erfinv(2*(float64(i)+0.5)/200-1)
			out[i] = math.Min(10, math.Max(0, m+far*(last-m)+sd*z))
		}
		return out
	}
}

func mean(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	return sum / float64(len(v))
}

// crps of a sorted sample (Gneiting and Raftery 2007, doi:10.1198/016214506000001437).
func crps(v []float64, truth float64) float64 {
	n := float64(len(v))
	near, spread := 0.0, 0.0
	for i, x := range v {
		near += math.Abs(x - truth)
		spread += x * (2*float64(i) + 1 - n)
	}
	return near/n - spread/(n*n)
}

// run makes and measures people 0..n-1 on some goroutines; the result does not
// depend on how many.
func run(n, workers int, seed uint64, make func(seed uint64, i int) (*subject, error)) ([]*result, error) {
	out := slices.Repeat([]*result{nil}, n)
	errs := slices.Repeat([]error{nil}, workers)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := w; i < n; i += workers {
				s, err := make(seed, i)
				if err == nil {
					out[i], err = measure(s, seed+uint64(i))
				}
				if err != nil {
					errs[w] = fmt.Errorf("person %d: %w", i, err)
					return
				}
			}
		})
	}
	wg.Wait()
	return out, cmp.Or(errs...)
}
