package pkpd

import (
	"context"
	"math"
	"testing"
)

// series makes observations at uneven gaps for a filter to run over.
func series(n int, kind func(int) ScoreKind) []observation {
	obs := make([]observation, n)
	at := -120.0
	s := NewStream(4, 4)
	for j := range obs {
		o := &obs[j]
		c := Rating{Kind: kind(j)}
		gap := 0.5 + 20*s.Uniform()
		at += gap
		*o = observation{kind: c.Kind, scale: c.scale(), top: c.top(), atH: at, quick: exp(-gap / quickTauH), discrepancy: exp(-gap / discrepancyTauH)}
		if j > 0 {
			o.gapH = gap
		}
		o.cos, o.sin = dayPhase(at)
	}
	return obs
}

// Where scores are so fine that rounding is nothing, the filter's likelihood is
// that of one dense Gaussian.
func TestFilterAgreesWithDenseGaussian(t *testing.T) {
	const n, fine = 40, 1e4
	obs := series(n, func(j int) ScoreKind { return ScoreKind(j % 3 / 2) })
	for seed := range uint64(20) {
		st := NewStream(seed, 9)
		theta := make([]float64, nReporting)
		for i := range theta {
			theta[i] = st.Normal()
		}
		r := reportingAt(theta)
		w, away, y, mean := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
		cov := make([]float64, n*n)
		for j := range obs {
			o := &obs[j]
			w[j], away[j] = 30*st.Uniform(), st.Uniform()
			offset, per, sd := r.form(o.kind)
			y[j] = offset + per*(r.Baseline+r.Slope*w[j]+2*st.Normal())
			mean[j] = offset + per*(r.Baseline+r.Slope*w[j])
			o.low, o.high = y[j]-0.5/fine, y[j]+0.5/fine
			for i := range j + 1 {
				q := &obs[i]
				_, per2, _ := r.form(q.kind)
				gap := o.atH - q.atH
				v := r.SlowSD*r.SlowSD*math.Exp(-gap/r.SlowTauH) + r.QuickSD*r.QuickSD*math.Exp(-gap/quickTauH) +
					dailySD*dailySD*math.Cos(2*math.Pi*gap/24) + away[i]*away[j]*discrepancySD*discrepancySD*math.Exp(-gap/discrepancyTauH)
				cov[j*n+i] = per * per2 * v
				cov[i*n+j] = cov[j*n+i]
			}
			cov[j*n+j] += sd * sd
		}
		if !cholesky(cov, n) {
			t.Fatal("not positive definite")
		}
		z := make([]float64, n)
		want := -float64(n) * (math.Log(fine) + 0.5*math.Log(2*math.Pi))
		for j := range z {
			z[j] = y[j] - mean[j]
		}
		solveLower(cov, n, z)
		for j, v := range z {
			want -= 0.5*v*v + math.Log(cov[j*n+j])
		}
		f := newFilter(obs)
		var s feltState
		f.decays(&r)
		s.begin(&r)
		got := f.run(&s, &r, w, away, 0, n)
		if math.Abs(got-want) > 1e-3*math.Abs(want)+0.01 {
			t.Errorf("seed %d: filter %.4f, dense %.4f", seed, got, want)
		}
	}
}

// With whole scores that are often cut at 0, the filter matches moments; the
// truth by brute force, many drawn paths, is a few hundredths away.
func TestFilterAgreesWithDrawnPaths(t *testing.T) {
	const n, paths = 6, 200_000
	obs := series(n, func(int) ScoreKind { return Rough })
	for seed, base := range []float64{-1, 0.3, 2, 8.5} {
		r := Reporting{base, 0.156, 1.2, 30, 0.9, 0, 1, 1}
		st := NewStream(uint64(seed), 7)
		w, away := make([]float64, n), make([]float64, n)
		for j := range away {
			away[j] = float64(j) / n
		}
		x := r.feltFirst(&st)
		for j := range obs {
			o := &obs[j]
			r.feltAfter(&x, o.gapH, &st)
			o.set(r.Write(Rough, 0, r.Baseline+feltAlong(&x, o.cos, o.sin, away[j]), &st))
		}
		sum, sum2 := 0.0, 0.0
		for range paths {
			x, like := r.feltFirst(&st), 1.0
			for j := range obs {
				o := &obs[j]
				if j > 0 {
					r.feltAfter(&x, o.gapH, &st)
				}
				z, _, _, _ := o.interval(r.Baseline+feltAlong(&x, o.cos, o.sin, away[j]), askSD*askSD)
				like *= z
			}
			sum += like / paths
			sum2 += like * like / paths
		}
		f := newFilter(obs)
		var s feltState
		f.decays(&r)
		s.begin(&r)
		if got, want := f.run(&s, &r, w, away, 0, n), math.Log(sum); math.Abs(got-want) > 0.05+4*math.Sqrt(sum2/(sum*sum)/paths) {
			t.Errorf("baseline %g: filter %.3f, drawn %.3f +- %.3f", base, got, want, math.Sqrt(sum2/(sum*sum)/paths))
		}
	}
}

// At any check-in of the last 24 h the 80 % band holds what was written, to the
// whole number that people write.
func TestHeld(t *testing.T) {
	people := 40
	if testing.Short() {
		people = 15
	}
	checked := 0
	for i := range people {
		h := typicalHistory()
		if i%2 == 1 {
			h = stopped()
		}
		s := NewStream(5, uint64(i))
		for k := range 1 + i%5 {
			h.CheckIns = append(h.CheckIns, Rating{AtH: h.NowH - 23*s.Uniform(), Kind: ScoreKind(k % 2)})
		}
		h, _ = invented(h, uint64(i))
		if i%3 == 0 { // no person of the model wrote these
			for k := range h.CheckIns {
				h.CheckIns[k].Score = math.Floor(11 * s.Uniform())
			}
		}
		p := fitted(t, h, uint64(i))
		if p.Basis != Fitted {
			t.Errorf("person %d: %v %+v", i, p.Basis, p.Quality)
			continue
		}
		for _, c := range p.Held {
			checked++
			if low, high := math.Round(c.Felt.Low80), math.Round(c.Felt.High80); c.Score < low || c.Score > high {
				t.Errorf("person %d wrote %g (%v) at %+.1f h, felt %+v", i, c.Score, c.Kind, c.AtH-h.NowH, c.Felt)
			}
		}
	}
	if checked < people {
		t.Errorf("only %d check-ins seen", checked)
	}
}

// The forecast starts where the person is, whatever the doses say, and says
// which way the doses fail to explain it.
func TestWordsLead(t *testing.T) {
	newcomer := History{NowH: 40, NewToIt: true, Products: []Content{{}}}
	for k := range 3 {
		newcomer.Intakes = append(newcomer.Intakes, Intake{Dose{10 + 8*float64(k), Leaf, 30, 0}, 0})
	}
	cases := []struct {
		name   string
		h      History
		scores []float64
		want   int // 1 more, -1 less, 0 none
	}{
		{"a newcomer who feels little", newcomer, []float64{1, 2}, 0},
		{"a newcomer who writes 8 and 9", newcomer, []float64{8, 9}, 1},
		{"weeks of 1 and 2, then 8 and 9", typicalHistory(), []float64{8, 9}, 1},
		{"weeks of 1 and 2, then 1 and 2", typicalHistory(), []float64{1, 2}, 0},
		{"weeks of 6 and 7, then 0 and 0", typicalHistory(), []float64{0, 0}, -1},
	}
	for _, c := range cases {
		h := c.h
		h.CheckIns = nil
		usual := 1.0
		if c.want < 0 {
			usual = 6
		}
		if h.NowH > 100 {
			for d := range 25 {
				h.CheckIns = append(h.CheckIns, Rating{AtH: 24*float64(d) + 13, Score: usual}, Rating{AtH: 24*float64(d) + 21, Score: usual + 1})
			}
		}
		h.CheckIns = append(h.CheckIns, Rating{AtH: h.NowH - 14, Score: c.scores[0]}, Rating{AtH: h.NowH - 1, Score: c.scores[1]})
		p := fitted(t, h, 1)
		got := 0
		if p.Contradiction != nil {
			if got = -1; p.Contradiction.More {
				got = 1
			}
			if len(p.Contradiction.Scores) != 2 || p.Contradiction.Scores[0] != c.scores[0] || p.Contradiction.Scores[1] != c.scores[1] {
				t.Errorf("%s: scores %v", c.name, p.Contradiction.Scores)
			}
		}
		if got != c.want || p.Basis != Fitted {
			t.Errorf("%s: contradiction %d, want %d (%v, %+v, %+v)", c.name, got, c.want, p.Basis, p.Contradiction, p.Quality)
		}
		b := bands(t, p, SameAsNow(), []float64{h.NowH}).Rough[0]
		if last := c.scores[1]; math.Abs(b.Median-last) > 1.7 || b.Low80 > last+0.5 || b.High80 < last-0.5 {
			t.Errorf("%s: wrote %g an hour ago, now %+v", c.name, last, b)
		}
	}
}

// One check-in moves the answer, two move it further, and the doubt of a fit
// without any is wider.
func TestEveryCheckInCounts(t *testing.T) {
	h := stopped()
	h.CheckIns = nil
	times := []float64{h.NowH, h.NowH + 24}
	var last Band
	for n, score := range []float64{math.NaN(), 8, 9} {
		if n > 0 {
			h.CheckIns = append(h.CheckIns, Rating{AtH: h.NowH - 3 + float64(n), Score: score})
		}
		f := bands(t, fitted(t, h, 1), StopNow(), times)
		b := f.Rough[1]
		if n > 0 && (b.Median < last.Median+0.2 || f.Rough[0].Median < 6) {
			t.Errorf("with %d check-ins of %g a day on %+v, now %+v; before it %+v", n, score, b, f.Rough[0], last)
		}
		last = b
	}
}

// The prior over effects is that of people and bodies together: the covariance
// of the fit's coordinates is the sum.
func TestCorrelatedPrior(t *testing.T) {
	pop := doubted()
	r := pop.root()
	for i := range r {
		for j := range i + 1 {
			got, want := 0.0, 0.0
			for k := range NEffects {
				got += r[i][k] * r[j][k]
				want += pop.Doubt[i][k] * pop.Doubt[j][k]
			}
			if i == j {
				want += pop.Omega[i] * pop.Omega[i]
			}
			if math.Abs(got-want) > 1e-12 {
				t.Errorf("covariance of %s and %s: %g, want %g", EffectNames[i], EffectNames[j], got, want)
			}
		}
	}
}

// doubted is the built-in population with a made-up doubt about all of it:
// wide, and correlated between threshold, gain and the time constants.
func doubted() Population {
	pop := Prior()
	for e, sd := range map[Effect]float64{EffPotency: 0.3, EffTauFast: 0.3, EffTauSlow: 0.3, EffThreshold: 0.5, EffWSlow: 0.5, EffK7: 0.4, EffLeaf: 0.3, EffFSevenOH: 0.5, EffEM: 0.3} {
		pop.Doubt[e][e] = sd
	}
	pop.Doubt[EffThreshold][EffGain] = 0.3
	pop.Doubt[EffThreshold][EffTauSlow] = -0.2
	pop.Doubt[EffWSlow][EffTauFast] = 0.2
	return pop
}

// Regimens share their chance: the same regimen twice is equal in every draw,
// and with the doubt about bodies the comparison is never surer than it is.
func TestCompare(t *testing.T) {
	pop := doubted()
	h, _, err := Invent(typicalHistory(), FitOptions{Seed: 3, Population: &pop})
	if err != nil {
		t.Fatal(err)
	}
	p, err := Fit(context.Background(), h, FitOptions{Seed: 1, Population: &pop})
	if err != nil {
		t.Fatal(err)
	}
	c, err := p.Compare(context.Background(), []Regimen{StopNow(), StopNow(), Scaled(0.5), SameAsNow()}, CourseOptions{MidnightH: 15})
	if err != nil {
		t.Fatal(err)
	}
	if a, b := c.LowerWorst(0, 1), c.FewerDays(0, 1); a != 0.5 || b != 0.5 {
		t.Errorf("a regimen against itself: %g, %g", a, b)
	}
	for i := range c.Courses {
		q := &c.Courses[i]
		if q.Days != 28 || !(q.WorstLevel.Low80 <= q.WorstLevel.Median && q.WorstLevel.High95 <= 10) || q.DaysModerate.High95 > 28 || q.OverDay.High95 > 28 {
			t.Errorf("course %d: %+v", i, *q)
		}
		for j := range c.Courses {
			if s := c.LowerWorst(i, j) + c.LowerWorst(j, i); math.Abs(s-1) > 1e-9 {
				t.Errorf("%d and %d: probabilities add up to %g", i, j, s)
			}
		}
	}
	if c.Courses[0].Dip.Median > c.Courses[3].Dip.Median+1 && c.Courses[0].DipsDominate {
		t.Errorf("stopping dips between doses: %+v", c.Courses[0])
	}
}
