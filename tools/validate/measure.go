package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sync"

	"github.com/evenkeel/evenkeel/pkpd"
)

// result is what one synthetic person's fit showed.
type result struct {
	phase   phase
	basis   pkpd.Basis
	quality pkpd.Quality
	pit     map[string]float64    // where the truth lies among the draws, 0..1
	inside  map[string][3]bool    // truth within the 50, 80, 95 % band, by regimen and horizon
	moves   map[string]bool       // the 95 % band reaches above one point
	width   map[string]float64    // of the 80 % band
	miss    map[string]float64    // truth less median
	abs     [nForecasters]float64 // mean absolute error of tomorrow's scores
	crps    [nForecasters]float64
}

type forecasterKind int

const (
	byModel forecasterKind = iota
	byLast
	byMean
	nForecasters
)

// calibrated are the quantities whose ranks must be uniform.
func calibrated() []string {
	names := append([]string(nil), pkpd.EffectNames[:]...)
	names = append(names, "baseline", "slope", "noise")
	for _, w := range whatIfs {
		for _, h := range horizons {
			names = append(names, key(w.name, h))
		}
	}
	return names
}

func key(regimen string, h float64) string { return fmt.Sprintf("W %s %g h", regimen, h) }

// measure fits one subject and compares with the truth.
func measure(s *subject, seed uint64) (*result, error) {
	person, err := fit(s, seed)
	if err != nil {
		return nil, err
	}
	r := &result{phase: s.phase, basis: person.Basis, quality: person.Quality,
		pit: map[string]float64{}, inside: map[string][3]bool{}, moves: map[string]bool{}, width: map[string]float64{}, miss: map[string]float64{}}
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
		columns := make([][]float64, len(horizons))
		err := person.Each(w.regimen, at(s.history.NowH, horizons), func(d *pkpd.Draw) {
			for k, row := range d.Rows {
				count(key(w.name, horizons[k]), row.Withdrawal, s.future[w.name][k], d.Copies)
				for range d.Copies {
					columns[k] = append(columns[k], row.Withdrawal)
				}
			}
			if wi > 0 || s.truth == nil {
				return
			}
			for e, name := range pkpd.EffectNames {
				count(name, d.Effects[e], s.effects[e], d.Copies)
			}
			a, b := d.Reporting[pkpd.Rough], s.report[pkpd.Rough]
			count("baseline", a.Baseline, b.Baseline, d.Copies)
			count("slope", a.Slope, b.Slope, d.Copies)
			count("noise", a.Sigma, b.Sigma, d.Copies)
		})
		if err != nil {
			return nil, err
		}
		for name, c := range below { // a tie is broken by lot
			r.pit[name] = (float64(c[0]) + st.Uniform()*float64(c[1]+1)) / float64(person.Total()+1)
		}
		for k, h := range horizons {
			slices.Sort(columns[k])
			q := func(p float64) float64 { return columns[k][int(p*float64(len(columns[k])-1)+0.5)] }
			t := s.future[w.name][k]
			name := key(w.name, h)
			r.inside[name] = [3]bool{q(0.25) <= t && t <= q(0.75), q(0.1) <= t && t <= q(0.9), q(0.025) <= t && t <= q(0.975)}
			r.moves[name] = q(0.975) > 1
			r.width[name] = q(0.9) - q(0.1)
			r.miss[name] = t - q(0.5)
		}
	}
	return r, r.tomorrow(s, person, &st)
}

// tomorrow compares three ways to say tomorrow's scores.
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
			for range d.Copies {
				said[k] = append(said[k], d.Reporting[pkpd.Rough].Draw(pkpd.Rough, 0, d.Rows[k].Withdrawal, st))
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
	for k, truth := range s.tomorrow {
		for f, sample := range [nForecasters][]float64{said[k], steps, past} {
			v := slices.Clone(sample)
			slices.Sort(v)
			middle := v[len(v)/2]
			switch forecasterKind(f) {
			case byLast:
				middle = last
			case byMean:
				middle = mean(v)
			}
			r.abs[f] += math.Abs(truth-middle) / float64(n)
			r.crps[f] += crps(v, truth) / float64(n)
		}
	}
	return nil
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
