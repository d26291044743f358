package pkpd

import (
	"math"
	"testing"
)

// The slopes are those of the withdrawal that the engine itself computes, by
// central differences, with five modes and with six.
func TestSlopesAreDerivatives(t *testing.T) {
	var leaf []Dose
	for d := range 20 {
		at := 6 * float64(d)
		leaf = append(leaf, Dose{AtH: at, Form: Leaf, MitragynineMg: 90})
	}
	times := []float64{30, 60, 90, 119, 125, 130, 140, 150, 170, 200}
	one := Typical()
	one.EM, one.E7, one.Ke7 = 1, 1, one.KeM
	for _, c := range []struct {
		name  string
		p     Params
		doses []Dose
		tol   float64
	}{{"six modes", Typical(), leaf, 1e-7}, {"five modes", one, leaf, 1e-7}} {
		p := c.p
		p.Threshold, p.Gain = 0.05, 20
		plan, err := NewPlan(&p, c.doses, times)
		if err != nil {
			t.Fatal(err)
		}
		var e SlopeEngine
		rows, slopes := make([]Row, len(times)), make([]Slope, len(times))
		if err := e.RunSlopes(&p, plan, rows, slopes); err != nil {
			t.Fatal(err)
		}
		withdrawal := func(change func(*Params, float64), by float64) []Row {
			q := p
			change(&q, math.Exp(by))
			out := make([]Row, len(times))
			if err := e.Run(&q, plan, out, nil); err != nil {
				t.Fatal(err)
			}
			return out
		}
		some := false
		for name, k := range map[string]struct {
			of     func(Slope) float64
			change func(*Params, float64)
		}{
			"potency":  {func(s Slope) float64 { return s.Potency }, func(p *Params, f float64) { p.KM *= f; p.K7 *= f }},
			"tau_fast": {func(s Slope) float64 { return s.TauFast }, func(p *Params, f float64) { p.TauFast *= f }},
			"tau_slow": {func(s Slope) float64 { return s.TauSlow }, func(p *Params, f float64) { p.TauSlow *= f }},
			"gain":     {func(s Slope) float64 { return s.Gain }, func(p *Params, f float64) { p.Gain *= f }},
		} {
			const h = 1e-4
			up, down := withdrawal(k.change, h), withdrawal(k.change, -h)
			for i := range times {
				if math.Min(up[i].Withdrawal, down[i].Withdrawal) <= 0 {
					continue // a corner: no derivative there
				}
				some = true
				want := (up[i].Withdrawal - down[i].Withdrawal) / (2 * h)
				if got := k.of(slopes[i]); math.Abs(got-want) > c.tol*(1+math.Abs(want)) {
					t.Errorf("%s, %s at %g h: %v, by differences %v", c.name, name, times[i], got, want)
				}
			}
		}
		if !some {
			t.Errorf("%s: no withdrawal anywhere, nothing was tested", c.name)
		}
	}
}
