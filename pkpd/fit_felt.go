package pkpd

import (
	"context"
	"math"
)

// Held is a check-in of the last day and what was felt at its time, given
// everything that was written: on the scale of its own form.
type Held struct {
	AtH   float64
	Kind  ScoreKind
	Score float64
	Felt  Band
}

// feltFirst draws the state of a person about whom nothing was written.
func (r *Reporting) feltFirst(s *Stream) [nFelt]float64 {
	return [nFelt]float64{r.SlowSD * s.Normal(), r.QuickSD * s.Normal(), dailySD * s.Normal(), dailySD * s.Normal(), discrepancySD * s.Normal()}
}

// feltAfter lets hours go by.
func (r *Reporting) feltAfter(x *[nFelt]float64, hours float64, s *Stream) {
	slow, quick, discrepancy := exp(-hours/r.SlowTauH), exp(-hours/quickTauH), exp(-hours/discrepancyTauH)
	x[feltSlow] = x[feltSlow]*slow + r.SlowSD*math.Sqrt(1-slow*slow)*s.Normal()
	x[feltQuick] = x[feltQuick]*quick + r.QuickSD*math.Sqrt(1-quick*quick)*s.Normal()
	x[feltDiscrepancy] = x[feltDiscrepancy]*discrepancy + discrepancySD*math.Sqrt(1-discrepancy*discrepancy)*s.Normal()
}

func feltAlong(x *[nFelt]float64, c, d, away float64) float64 {
	return x[feltSlow] + x[feltQuick] + x[feltCos]*c + x[feltSin]*d + x[feltDiscrepancy]*away
}

// feel draws, for every copy of every draw, what is felt now beside the doses,
// and what was felt at the check-ins of the last day: forward by the filter,
// then back from now (Carter and Kohn 1994, doi:10.1093/biomet/81.3.541).
func (person *Person) feel(ctx context.Context, workers int) error {
	p, s := person.problem, person.sample
	n := len(p.obs)
	person.felt = make([][nFelt]float64, person.total)
	if person.Basis != Fitted {
		for k := range person.felt {
			st := NewStream(person.seed, streamFelt+uint64(k))
			rep := p.reportingOf(s.point(k))
			person.felt[k] = rep.feltFirst(&st)
		}
		return nil
	}
	from := n
	for from > 0 && p.obs[from-1].atH >= -heldH {
		from--
	}
	held := make([]float32, (n-from)*person.total)
	type tool struct {
		f      *filter
		w      []float64
		away   []float64
		states []feltState
	}
	tools := make([]tool, workers)
	product, square := make([]float64, len(person.unique)), make([]float64, len(person.unique))
	pairs := make([]int, len(person.unique))
	err := share(ctx, workers, len(person.unique), func(worker, u int) {
		t := &tools[worker]
		if t.f == nil {
			*t = tool{newFilter(p.obs), make([]float64, n), make([]float64, n), make([]feltState, n-from)}
		}
		i := person.unique[u]
		rep := p.reportingOf(s.point(i))
		for j := range t.w {
			t.w[j], t.away[j] = float64(s.fitted[i*n+j]), float64(s.away[i*n+j])
		}
		var x feltState
		t.f.decays(&rep)
		x.begin(&rep)
		t.f.run(&x, &rep, t.w, t.away, 0, from)
		for j := from; j < n; j++ {
			t.f.run(&x, &rep, t.w, t.away, j, j+1)
			t.states[j-from] = x
		}
		product[u], square[u], pairs[u] = t.f.drift()
		last := -p.obs[n-1].atH
		x.pass(&rep, exp(-last/rep.SlowTauH), exp(-last/quickTauH), exp(-last/discrepancyTauH))
		for c := range person.copies[i] {
			k := person.first[u] + c
			st := NewStream(person.seed, streamFelt+uint64(k))
			y := x.draw(&st)
			person.felt[k] = y
			gap := last
			for j := n - 1; j >= from; j-- {
				if gap > 0 {
					y = t.states[j-from].back(&rep, gap, &y, &st)
				}
				o := &p.obs[j]
				gap = o.gapH
				felt := rep.Baseline + rep.Slope*t.w[j] + feltAlong(&y, o.cos, o.sin, t.away[j])
				at := (j-from)*person.total + k
				if o.kind == Rough {
					held[at] = float32(Rough10(felt))
				} else {
					held[at] = float32(min(o.top, max(0, (rep.Offset+rep.PerPoint*felt+rep.Spread*st.Normal())*o.scale)))
				}
			}
		}
	})
	if err != nil {
		return err
	}
	a, b, m := 0.0, 0.0, 0
	for u, i := range person.unique {
		a += float64(person.copies[i]) * product[u]
		b += float64(person.copies[i]) * square[u]
		m = max(m, pairs[u])
	}
	if m >= driftScores && b > 0 {
		person.Quality.Drift = a / b
	}
	ones := make([]int32, person.total)
	for i := range ones {
		ones[i] = 1
	}
	var t ranker
	for j := from; j < n; j++ {
		o := &p.obs[j]
		person.Held = append(person.Held, Held{person.NowH + o.atH, o.kind, o.y, t.band(held[(j-from)*person.total:(j-from+1)*person.total], ones, person.total)})
	}
	return nil
}

// draw draws from the Gaussian.
func (s *feltState) draw(st *Stream) (x [nFelt]float64) {
	l := s.factor()
	var z [nFelt]float64
	for i := range z {
		z[i] = st.Normal()
		x[i] = s.mean[i]
		for k := range i + 1 {
			x[i] += l[i][k] * z[k]
		}
	}
	return x
}

// factor is the Cholesky factor; a direction without variance stays where it is.
func (s *feltState) factor() (l [nFelt][nFelt]float64) {
	for i := range l {
		for j := range i + 1 {
			sum := s.cov[i][j]
			for k := range j {
				sum -= l[i][k] * l[j][k]
			}
			switch {
			case i == j:
				l[i][i] = math.Sqrt(max(sum, 0))
			case l[j][j] > 1e-9:
				l[i][j] = sum / l[j][j]
			}
		}
	}
	return l
}

// back draws the state gap hours before it was later.
func (s *feltState) back(r *Reporting, gap float64, later *[nFelt]float64, st *Stream) [nFelt]float64 {
	keep := [nFelt]float64{exp(-gap / r.SlowTauH), exp(-gap / quickTauH), 1, 1, exp(-gap / discrepancyTauH)}
	ahead := *s
	ahead.pass(r, keep[feltSlow], keep[feltQuick], keep[feltDiscrepancy])
	l := ahead.factor()
	// rows of gain' = (S^-1 (keep P)): solved by the factor of S.
	solve := func(v [nFelt]float64) [nFelt]float64 {
		for i := range v {
			for k := range i {
				v[i] -= l[i][k] * v[k]
			}
			if l[i][i] > 1e-9 {
				v[i] /= l[i][i]
			} else {
				v[i] = 0
			}
		}
		for i := nFelt - 1; i >= 0; i-- {
			for k := i + 1; k < nFelt; k++ {
				v[i] -= l[k][i] * v[k]
			}
			if l[i][i] > 1e-9 {
				v[i] /= l[i][i]
			} else {
				v[i] = 0
			}
		}
		return v
	}
	var off [nFelt]float64
	for i := range off {
		off[i] = later[i] - ahead.mean[i]
	}
	off = solve(off)
	at := *s
	for i := range nFelt {
		var cross [nFelt]float64
		for k := range cross {
			cross[k] = s.cov[i][k] * keep[k]
			at.mean[i] += cross[k] * off[k]
		}
		g := solve(cross)
		for j := range nFelt {
			for k := range nFelt {
				at.cov[i][j] -= g[k] * keep[k] * s.cov[k][j]
			}
		}
	}
	return at.draw(st)
}
