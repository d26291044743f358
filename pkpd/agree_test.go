package pkpd

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// drawParams varies every parameter well beyond the population, and makes rates
// coincide, nearly or exactly, every third time.
func drawParams(t *rapid.T) Params {
	p := Typical()
	vary := func(name string, x *float64, fold float64) {
		*x *= math.Exp(rapid.Float64Range(-math.Log(fold), math.Log(fold)).Draw(t, name))
	}
	vary("CL", &p.CL, 3)
	vary("V1", &p.V1, 3)
	vary("Q", &p.Q, 3)
	vary("V2", &p.V2, 3)
	vary("fm", &p.Fm, 3)
	vary("CL7", &p.CL7, 3)
	vary("KeM", &p.KeM, 3)
	vary("Ke7", &p.Ke7, 3)
	vary("KM", &p.KM, 4)
	vary("K7", &p.K7, 4)
	vary("tf", &p.TauFast, 4)
	vary("ts", &p.TauSlow, 4)
	for f := range nForms {
		vary("ka", &p.Ka[f], 2.5)
		vary("fp", &p.FirstPass[f], 3)
		p.Tlag[f] = rapid.Float64Range(0, 0.5).Draw(t, "lag")
	}
	p.EM = rapid.Float64Range(0, 1).Draw(t, "EM")
	p.Threshold = rapid.SampledFrom([]float64{0, 0.1}).Draw(t, "threshold")
	p.Inhibition = rapid.SampledFrom([]float64{1, 1, 0.45}).Draw(t, "inhibition")
	near := 1 + rapid.SampledFrom([]float64{0, 1e-14, 1e-9, 1e-6, 1e-4, 1e-2}).Draw(t, "gap")
	switch rapid.IntRange(0, 9).Draw(t, "coincide") {
	case 0:
		p.Ke7 = p.KeM * near
	case 1: // absorption at the rate of 7-OH elimination
		p.Ka[Leaf] = p.CL7 * p.Inhibition / p.V7 * near
	case 2: // effect site of 7-OH at its elimination rate
		p.Ke7 = p.CL7 * p.Inhibition / p.V7 * near
	case 3: // three at once
		p.Ke7 = p.CL7 * p.Inhibition / p.V7 * near
		p.Ka[Tea] = p.Ke7 * near
	case 4: // the special case of one effect site
		p.Ke7, p.EM = p.KeM, p.E7
	}
	return p
}

func drawDoses(t *rapid.T, forms int) []Dose {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Dose {
		f := Form(rapid.IntRange(0, forms-1).Draw(t, "form"))
		d := Dose{AtH: rapid.Float64Range(0, 60).Draw(t, "at"), Form: f, MitragynineMg: rapid.Float64Range(0, 100).Draw(t, "mg")}
		if f == SevenOH || forms > 1 {
			d.SevenOHMg = rapid.Float64Range(0, 50).Draw(t, "7oh")
		}
		return d
	}), 1, 12).Draw(t, "doses")
}

// Two methods that share nothing but the parameters agree to 1e-6, relative to
// each quantity or to a hundredth of its scale.
func TestEngineAgreesWithRungeKutta(t *testing.T) {
	var e Engine
	rapid.Check(t, func(t *rapid.T) {
		p := drawParams(t)
		doses := drawDoses(t, rapid.SampledFrom([]int{1, 4}).Draw(t, "forms"))
		var times []float64
		at := 0.0
		for range rapid.IntRange(1, 40).Draw(t, "n") {
			at += rapid.SampledFrom([]float64{0, 0.1, 0.25, 1, 1, 3, 17}).Draw(t, "gap")
			times = append(times, at)
		}
		plan, err := NewPlan(&p, doses, times)
		if err != nil {
			t.Fatal(err)
		}
		rows, adapt := make([]Row, len(times)), make([]Adaptation, len(times))
		if err := e.Run(&p, plan, rows, adapt); err != nil {
			t.Fatal(err)
		}
		bare := make([]Row, len(times))
		if err := e.Run(&p, plan, bare, nil); err != nil {
			t.Fatal(err)
		}
		want, err := IntegrateRK(&p, doses, times, 1e-10)
		if err != nil {
			t.Fatal(err)
		}
		// The scale of each quantity: its peak, and for fractions of the
		// receptors and what follows them at least the whole.
		peak := [7]float64{0: 1, 1: 1, 2: 1, 4: 1, 5: 1, 6: 1}
		value := func(i int) (got, bareGot, w [7]float64) {
			r, b, a, q := rows[i], bare[i], adapt[i], want[i]
			return [7]float64{r.MitragynineNM, r.SevenOHNM, r.Occupancy, r.Withdrawal, a.Drive, a.Fast, a.Slow},
				[7]float64{b.MitragynineNM, b.SevenOHNM, b.Occupancy, b.Withdrawal, a.Drive, a.Fast, a.Slow},
				[7]float64{q.MitragynineNM, q.SevenOHNM, q.Occupancy, q.Withdrawal, q.Drive, q.Fast, q.Slow}
		}
		for i := range times {
			_, _, w := value(i)
			for k := range w {
				peak[k] = math.Max(peak[k], w[k])
			}
		}
		peak[3] = math.Max(peak[3], p.Gain*peak[6]) // withdrawal is a difference of these
		for i := range times {
			g, b, w := value(i)
			for k := range w {
				tol := 1e-6 * math.Max(math.Abs(w[k]), 1e-2*peak[k])
				if k == 3 {
					tol = 1e-6 * math.Max(w[k], 0.1*peak[k])
				}
				if d := math.Abs(g[k] - w[k]); !(d <= tol+1e-12) {
					t.Fatalf("at %g h quantity %d: engine %.12g, Runge-Kutta %.12g (difference %.2g, peak %g, cancel %g)", times[i], k, g[k], w[k], d, peak[k], e.m.worst)
				}
				if d := math.Abs(g[k] - b[k]); d > 1e-9*math.Max(math.Abs(w[k]), peak[k]) {
					t.Fatalf("at %g h quantity %d: kernels differ, %.15g and %.15g", times[i], k, g[k], b[k])
				}
			}
		}
	})
}
