package pkpd

import (
	"context"
	"math"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

func fitted(t testing.TB, h History, seed uint64) *Person {
	t.Helper()
	p, err := Fit(context.Background(), h, FitOptions{Seed: seed})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func bands(t testing.TB, p *Person, r Regimen, times []float64) *Forecast {
	t.Helper()
	f, err := p.Forecast(context.Background(), r, times)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// stopped is typicalHistory ended by two days without.
func stopped() History {
	h := typicalHistory()
	keep := h.Intakes[:0]
	for _, d := range h.Intakes {
		if d.AtH < h.NowH-48 {
			keep = append(keep, d)
		}
	}
	h.Intakes = keep
	return h
}

// The fit's own kernel against the exact engine: the same person and doses give
// the same withdrawal within 0.6 points. Doses and check-ins are up to two
// minutes off on the lattice, so moments right after a dose are left out.
func TestBodyAgreesWithEngine(t *testing.T) {
	h := typicalHistory()
	s, _ := h.sorted()
	pop := FitPrior()
	p := newProblem(&s, &pop)
	e := newEvaluator(p)
	var doses []Dose
	for _, d := range s.Intakes {
		doses = append(doses, d.Dose)
	}
	for k := 1; k <= 400; k++ {
		for i := range 4 {
			doses = append(doses, Dose{AtH: -24*float64(k) + 8 + 4*float64(i), Form: Leaf, MitragynineMg: 45})
		}
	}
	var times []float64
	for _, c := range s.CheckIns {
		times = append(times, c.AtH)
	}
	for seed := range uint64(40) {
		st := NewStream(seed, 1)
		theta := make([]float64, len(p.coords))
		for i := range contentAt {
			theta[i] = st.Normal()
		}
		e.run(theta)
		q := e.person.params
		rows, _, err := Curve(&q, doses, times)
		if err != nil {
			t.Fatal(err)
		}
		for i, at := range times {
			near := false
			for _, d := range doses {
				near = near || at-d.AtH > -0.1 && at-d.AtH < 0.5
			}
			if got, want := e.w[i], rows[i].Withdrawal; !near && math.Abs(got-want) > 0.6 {
				t.Errorf("person %d at %.2f h: withdrawal %.3f, engine %.3f", seed, at, got, want)
			}
		}
	}
}

// Without noise in the scores and with everything else known, the fit finds how
// it was and would be.
func TestFitRecovers(t *testing.T) {
	h := stopped()
	h.Products = []Content{{}}
	for i := range 12 { // closer scores over the two days of stopping
		h.CheckIns = append(h.CheckIns, Rating{AtH: h.NowH - 4*float64(i), Kind: Rough})
	}
	for seed := range uint64(5) {
		h, truth := invented(h, seed)
		const baseline, slope = 1.5, 0.156
		for i := range h.CheckIns {
			h.CheckIns[i].Score = math.Floor(Rough10(baseline+slope*float64(truth.sample.fitted[i])) + 0.5)
		}
		p := fitted(t, h, seed)
		if p.Basis != Fitted {
			t.Errorf("seed %d: %v, want a fit (%+v)", seed, p.Basis, p.Quality)
			continue
		}
		// A rough score tells withdrawal only up to the person's own scale, so
		// what must be recovered is what they would say.
		var real [7]float64
		times := hoursFrom(h.NowH, 72, 12)
		if err := truth.Each(StopNow(), times, func(d *Draw) {
			for k, r := range d.Rows {
				real[k] = Rough10(baseline + slope*r.Withdrawal)
			}
		}); err != nil {
			t.Fatal(err)
		}
		f := bands(t, p, StopNow(), times)
		for k := range times {
			if b := f.Rough[k]; math.Abs(b.Median-real[k]) > 2 || real[k] < b.Low95-0.5 || real[k] > b.High95+0.5 || k == 0 && b.High80-b.Low80 > 3.5 {
				t.Errorf("seed %d at +%g h: would say %.2f, fitted %+v", seed, times[k]-h.NowH, real[k], b)
			}
		}
	}
}

func TestBasis(t *testing.T) {
	full, _ := invented(typicalHistory(), 3)
	cases := []struct {
		name string
		with func(*History)
		want Grounds
	}{
		{"all of it", func(h *History) {}, Fitted},
		{"one score", func(h *History) { h.CheckIns = h.CheckIns[len(h.CheckIns)-1:] }, Fitted},
		{"no scores", func(h *History) { h.CheckIns = nil }, NoCheckIns},
		{"nothing taken", func(h *History) { h.Intakes, h.Before = nil, nil }, Fitted},
		{"content unknown", func(h *History) { h.Products[0].ContentUnknown, h.CheckIns = true, nil }, NoContent},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			h := full
			h.Products = append([]Content(nil), full.Products...)
			h.CheckIns = append([]Rating(nil), full.CheckIns...)
			c.with(&h)
			p := fitted(t, h, 1)
			if p.Basis != c.want {
				t.Fatalf("basis %v, want %v: %+v", p.Basis, c.want, p.Quality)
			}
			if p.Basis == Fitted {
				return
			}
			// The prior exactly: what is learnt is nothing, and every draw counts once.
			if p.Total() != 1000 || len(p.unique) != 1000 || !math.IsNaN(p.Quality.ESS) {
				t.Errorf("%d draws of %d, quality %+v", len(p.unique), p.Total(), p.Quality)
			}
			for _, l := range p.Learnt() {
				pop := FitPrior()
				for e, name := range EffectNames {
					sd := 0.0
					for _, v := range pop.root()[e] {
						sd = math.Hypot(sd, v)
					}
					if name == l.Symbol && math.Abs(math.Log(l.Factor.Median)) > 0.15*sd+1e-9 {
						t.Errorf("%s: median factor %.3f", name, l.Factor.Median)
					}
				}
			}
		})
	}
}

func TestFitRefuses(t *testing.T) {
	cases := map[string]func(*History){
		"NaN dose":          func(h *History) { h.Intakes[0].MitragynineMg = math.NaN() },
		"negative dose":     func(h *History) { h.Intakes[0].SevenOHMg = -1 },
		"later than now":    func(h *History) { h.Intakes[0].AtH = h.NowH + 1 },
		"no such product":   func(h *History) { h.Intakes[0].Product = 1 },
		"no such form":      func(h *History) { h.Intakes[0].Form = 9 },
		"score above top":   func(h *History) { h.CheckIns[0].Score = 11 },
		"half a score":      func(h *History) { h.CheckIns[0].Score = 0.5 },
		"infinite score":    func(h *History) { h.CheckIns[0].Score = math.Inf(1) },
		"thirteen symptoms": func(h *History) { h.CheckIns[0].Kind, h.CheckIns[0].Answered = Symptoms, 13 },
		"now before begin":  func(h *History) { h.FromH = h.NowH + 1 },
		"backwards unknown": func(h *History) { h.Unknown = []Interval{{5, 4}} },
		"sd of content":     func(h *History) { h.Products[0].MitragynineLogSD = math.NaN() },
		"days of a habit":   func(h *History) { h.Before[0].Days = math.Inf(1) },
	}
	for name, spoil := range cases {
		h := typicalHistory()
		spoil(&h)
		if _, err := Fit(context.Background(), h, FitOptions{}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := Fit(context.Background(), typicalHistory(), FitOptions{Draws: 5}); err == nil {
		t.Error("five draws: no error")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Fit(ctx, typicalHistory(), FitOptions{}); err != context.Canceled {
		t.Errorf("cancelled: %v", err)
	}
	p := fitted(t, typicalHistory(), 1)
	for name, times := range map[string][]float64{"none": nil, "past": {p.NowH - 1}, "descending": {p.NowH + 2, p.NowH + 1}, "NaN": {math.NaN()}} {
		if _, err := p.Forecast(context.Background(), StopNow(), times); err == nil {
			t.Errorf("times %s: no error", name)
		}
	}
	for name, r := range map[string]Regimen{"scale": Scaled(-1), "NaN": Scaled(math.NaN()), "product": Given([]Intake{{Dose{AtH: p.NowH + 1}, 7}})} {
		if _, err := p.Forecast(context.Background(), r, []float64{p.NowH + 1}); err == nil {
			t.Errorf("regimen %s: no error", name)
		}
	}
}

func TestFitIsDeterministic(t *testing.T) {
	h, _ := invented(stopped(), 8)
	times := hoursFrom(h.NowH, 48, 6)
	var first *Forecast
	for _, workers := range []int{1, 2, 5} {
		p, err := Fit(context.Background(), h, FitOptions{Seed: 7, Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		f := bands(t, p, Scaled(0.5), times)
		if first == nil {
			first = f
		} else if !reflect.DeepEqual(first, f) {
			t.Errorf("%d workers give another forecast", workers)
		}
	}
	if p := fitted(t, h, 8); reflect.DeepEqual(first, bands(t, p, Scaled(0.5), times)) {
		t.Error("another seed gives the same draws")
	}
}

// The order in which entries come changes not a bit.
func TestOrderOfEntriesDoesNotMatter(t *testing.T) {
	h, _ := invented(stopped(), 5)
	h.Unknown = []Interval{{72, 96}, {200, 220}, {90, 120}}
	h.Before = append(h.Before, PriorUse{Form: Extract, MitragynineMgDay: 20, Days: 2})
	times := hoursFrom(h.NowH, 24, 6)
	want := bands(t, fitted(t, h, 1), SameAsNow(), times)
	rapid.Check(t, func(rt *rapid.T) {
		g := h
		g.Intakes = rapid.Permutation(h.Intakes).Draw(rt, "intakes")
		g.CheckIns = rapid.Permutation(h.CheckIns).Draw(rt, "scores")
		g.Unknown = rapid.Permutation(h.Unknown).Draw(rt, "unknown")
		g.Before = rapid.Permutation(h.Before).Draw(rt, "before")
		if rapid.IntRange(0, 9).Draw(rt, "one in ten") != 0 {
			a, _ := g.sorted()
			b, _ := h.sorted()
			if !reflect.DeepEqual(a, b) {
				rt.Fatal("another canonical order")
			}
			return
		}
		if !reflect.DeepEqual(want, bands(t, fitted(t, g, 1), SameAsNow(), times)) {
			rt.Fatal("another forecast")
		}
	})
}

// A day of which nothing is known is not a day without a dose: it counts as the
// usual with doubt, so withdrawal after it is lower and the range wider.
func TestUnknownDaysAreNotZero(t *testing.T) {
	h := typicalHistory()
	h.CheckIns = nil
	empty := h
	empty.Intakes = nil
	for _, d := range h.Intakes {
		if d.AtH < h.NowH-72 {
			empty.Intakes = append(empty.Intakes, d)
		}
	}
	unknown := empty
	unknown.Unknown = []Interval{{h.NowH - 72, h.NowH}}
	times := []float64{h.NowH}
	full := bands(t, fitted(t, h, 1), StopNow(), times)
	none := bands(t, fitted(t, empty, 1), StopNow(), times)
	doubt := bands(t, fitted(t, unknown, 1), StopNow(), times)
	if n, d := none.Occupancy[0].Median, doubt.Occupancy[0].Median; d < 3*n {
		t.Errorf("occupancy after three unknown days %.3f, after three empty days %.3f", d, n)
	}
	width := func(f *Forecast) float64 { return f.Occupancy[0].High80 - f.Occupancy[0].Low80 }
	if width(doubt) < 1.08*width(full) {
		t.Errorf("80 %% range %.3f with unknown days, %.3f when all is known", width(doubt), width(full))
	}
	if none.Withdrawal[0].Median < doubt.Withdrawal[0].Median+3 {
		t.Errorf("withdrawal %.1f after empty days, %.1f after unknown ones", none.Withdrawal[0].Median, doubt.Withdrawal[0].Median)
	}
	// Before the record: unknown is not naive either.
	short := typicalHistory()
	short.Intakes, short.CheckIns, short.Before = short.Intakes[:8], nil, nil
	short.NowH = 48
	naive := short
	naive.NewToIt = true
	a, b := bands(t, fitted(t, short, 1), StopNow(), []float64{72}), bands(t, fitted(t, naive, 1), StopNow(), []float64{72})
	if !(a.Withdrawal[0].High80 > b.Withdrawal[0].High80+3) {
		t.Errorf("a day after stopping: %+v with unknown earlier use, %+v with none", a.Withdrawal[0], b.Withdrawal[0])
	}
}

func TestForecastProperties(t *testing.T) {
	h, _ := invented(typicalHistory(), 6)
	p := fitted(t, h, 1)
	rapid.Check(t, func(rt *rapid.T) {
		r := rapid.SampledFrom([]Regimen{StopNow(), SameAsNow(), Scaled(0.5), Scaled(2),
			Given([]Intake{{Dose{h.NowH + 3, SevenOH, 0, 15}, 0}, {Dose{h.NowH + 30, Leaf, 50, 0}, 0}})}).Draw(rt, "regimen")
		var times []float64
		at := h.NowH
		for range rapid.IntRange(1, 20).Draw(rt, "n") {
			at += rapid.Float64Range(0, 30).Draw(rt, "gap")
			times = append(times, at)
		}
		f := bands(t, p, r, times)
		for name, list := range map[string][]Band{"mitragynine": f.MitragynineNM, "7-OH": f.SevenOHNM, "occupancy": f.Occupancy, "withdrawal": f.Withdrawal} {
			for k, b := range list {
				v := []float64{0, b.Low95, b.Low80, b.Low50, b.Median, b.High50, b.High80, b.High95, math.Inf(1)}
				for i := 1; i < len(v); i++ {
					if !(v[i-1] <= v[i]) {
						rt.Fatalf("%s at %g: %+v does not nest", name, times[k], b)
					}
				}
				if name == "occupancy" && b.High95 > 1 || name == "withdrawal" && b.High95 > WithdrawalMax {
					rt.Fatalf("%s at %g: %+v", name, times[k], b)
				}
			}
		}
	})
	// Once what is on its way in has arrived, levels only fall after stopping.
	times := hoursFrom(h.NowH+6, 14*24, 4)
	stop, same, half := bands(t, p, StopNow(), times), bands(t, p, SameAsNow(), times), bands(t, p, Scaled(0.5), times)
	for k := 1; k < len(times); k++ {
		for _, list := range [][]Band{stop.MitragynineNM, stop.SevenOHNM, stop.Occupancy} {
			if list[k].Median > list[k-1].Median || list[k].High95 > list[k-1].High95 {
				t.Fatalf("level rises at +%g h after stopping: %+v then %+v", times[k]-h.NowH, list[k-1], list[k])
			}
		}
	}
	n := len(times) - 1
	if !(stop.Occupancy[n].Median < half.Occupancy[n].Median && half.Occupancy[n].Median < same.Occupancy[n].Median) {
		t.Errorf("occupancy after two weeks: %g stopped, %g half, %g same", stop.Occupancy[n].Median, half.Occupancy[n].Median, same.Occupancy[n].Median)
	}
	if g := stop.Grades; g.Withdrawal != "assumed" || g.Mitragynine == "" {
		t.Errorf("grades %+v", g)
	}
}

// A regimen that brings a form the person never took carries the state over.
func TestNewFormInRegimen(t *testing.T) {
	h, _ := invented(typicalHistory(), 6)
	p := fitted(t, h, 1)
	times := hoursFrom(h.NowH, 24, 1)
	a := bands(t, p, StopNow(), times)
	b := bands(t, p, Given([]Intake{{Dose{h.NowH + 12, Tea, 30, 0}, 0}}), times)
	for k := range times {
		same := times[k] <= h.NowH+12
		if d := math.Abs(a.MitragynineNM[k].Median - b.MitragynineNM[k].Median); same && d > 1e-4*a.MitragynineNM[k].Median || times[k] == h.NowH+14 && d < 1 {
			t.Errorf("at +%g h: %g and %g", times[k]-h.NowH, a.MitragynineNM[k].Median, b.MitragynineNM[k].Median)
		}
	}
}

func TestScoreProbability(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := Rating{Kind: ScoreKind(rapid.IntRange(0, 1).Draw(rt, "kind"))}
		mean := rapid.Float64Range(-3, 70).Draw(rt, "mean")
		variance := rapid.Float64Range(0.05, 60).Draw(rt, "variance")
		sum := 0.0
		for y := 0.0; y <= c.top(); y++ {
			o := observation{kind: c.Kind, scale: c.scale(), top: c.top()}
			o.set(y)
			z, _, slope, curve := o.interval(mean, variance)
			sum += z
			if z < 1e-5 { // differences of the logarithm lose their digits
				continue
			}
			d := 1e-4 * math.Sqrt(variance)
			up, _, su, _ := o.interval(mean+d, variance)
			down, _, sd, _ := o.interval(mean-d, variance)
			unit := 1 / math.Sqrt(variance)
			if want := (math.Log(up) - math.Log(down)) / (2 * d); math.Abs(slope-want) > 1e-3*math.Max(unit, math.Abs(want)) {
				rt.Fatalf("score %g: slope %g, want %g", y, slope, want)
			}
			if want := -(su - sd) / (2 * d); math.Abs(curve-want) > 2e-3*unit*unit {
				rt.Fatalf("score %g: curvature %g, want %g", y, curve, want)
			}
		}
		if math.Abs(sum-1) > 1e-8 {
			rt.Fatalf("probabilities add up to %.12g", sum)
		}
	})
	// Far away the logarithm takes over, and the slope still points home.
	o := observation{kind: Rough, scale: 1, top: 10}
	o.set(9)
	for _, mean := range []float64{-60, 80} {
		z, logZ, slope, curve := o.interval(mean, 1)
		if z != 0 || !(logZ < -1000) || (slope > 0) != (mean < 9) || curve != 1 {
			t.Errorf("from %g: %g, %g, %g, %g", mean, z, logZ, slope, curve)
		}
	}
}

func TestOutlook(t *testing.T) {
	h, _ := invented(typicalHistory(), 6)
	o, err := fitted(t, h, 1).Outlook(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if o.UsualDays < 10 || o.Standing != StandingUnknown && o.StandingProb < sureEnough {
		t.Errorf("%+v", o)
	}
	if o.Easing == EasingBy && !(o.OverLow80H <= o.OverMedianH && o.OverMedianH <= o.OverHigh80H) {
		t.Errorf("%+v", o)
	}
	// Two days without: lower than usual, surely.
	h, _ = invented(stopped(), 6)
	if o, _ = fitted(t, h, 1).Outlook(context.Background()); o.Standing != Lower {
		t.Errorf("after two days without: %+v", o)
	}
	// The prior names no day.
	h.CheckIns = nil
	if o, _ = fitted(t, h, 1).Outlook(context.Background()); o.Easing != EasingUnsure {
		t.Errorf("without scores: %+v", o)
	}
	// Nothing taken: no usual, nothing to come.
	none := History{FromH: 0, NowH: 240, NewToIt: true}
	if o, err = fitted(t, none, 1).Outlook(context.Background()); err != nil || o.AnyProb > 0.2 {
		t.Errorf("nothing taken: %+v, %v", o, err)
	}
}

// Ranks of the truth among the draws, on people the model made: uniform (Talts
// et al. 2018, arXiv:1804.06788). A small version of tools/validate.
func TestSimulationBasedCalibration(t *testing.T) {
	people, bins := 100, 10
	if testing.Short() {
		people = 40
	}
	names := []string{"CL", "K", "gain", "tau_fast", "withdrawal +24 h", "withdrawal +96 h"}
	counts := make([][]int, len(names))
	for i := range counts {
		counts[i] = make([]int, bins)
	}
	inside, fits := 0, 0
	for i := range people {
		h := typicalHistory()
		if i%2 == 1 {
			h = stopped()
		}
		h, truth := invented(h, uint64(1000+i))
		p := fitted(t, h, uint64(i))
		if p.Basis == Fitted {
			fits++
		}
		times := []float64{h.NowH + 24, h.NowH + 96}
		values := func(d *Draw) []float64 {
			return []float64{d.Effects[EffCL], d.Effects[EffPotency], d.Effects[EffGain], d.Effects[EffTauFast], d.Rows[0].Withdrawal, d.Rows[1].Withdrawal}
		}
		var want []float64
		if err := truth.Each(StopNow(), times, func(d *Draw) { want = values(d) }); err != nil {
			t.Fatal(err)
		}
		below, equal := make([]float64, len(names)), make([]float64, len(names))
		if err := p.Each(StopNow(), times, func(d *Draw) {
			for k, v := range values(d) {
				switch {
				case v < want[k]:
					below[k] += float64(d.Copies)
				case v == want[k]:
					equal[k] += float64(d.Copies)
				}
			}
		}); err != nil {
			t.Fatal(err)
		}
		st := NewStream(77, uint64(i))
		for k := range names {
			rank := (below[k] + st.Uniform()*(equal[k]+1)) / float64(p.Total()+1)
			counts[k][int(rank*float64(bins))]++
		}
		if b := bands(t, p, StopNow(), times).Withdrawal[0]; b.Low80 <= want[4] && want[4] <= b.High80 {
			inside++
		}
	}
	// Chi-square with 9 degrees of freedom: 27.9 once in a thousand.
	for k, c := range counts {
		chi2, e := 0.0, float64(people)/float64(bins)
		for _, n := range c {
			chi2 += (float64(n) - e) * (float64(n) - e) / e
		}
		if chi2 > 27.9 {
			t.Errorf("%s: ranks %v, chi-square %.1f", names[k], c, chi2)
		}
	}
	// Binomial, three standard deviations below 80 %. Ties at zero may only add.
	if least := 0.8*float64(people) - 3*math.Sqrt(0.16*float64(people)); float64(inside) < least {
		t.Errorf("80 %% bands held %d of %d", inside, people)
	}
	if fits < people*8/10 {
		t.Errorf("only %d of %d fits stood", fits, people)
	}
}
