package pkpd

import (
	"math"
	"testing"
)

// A drawn person is a body times a person: the covariance of many draws is that
// of the doubt plus that of the people, and without doubt that of the people.
func TestDrawIsABodyAndAPerson(t *testing.T) {
	var pop Population
	pop.Omega[EffGain] = 0.3
	pop.Doubt[EffTauSlow][EffTauSlow] = 0.5
	pop.Doubt[EffGain][EffTauSlow] = -0.4
	pop.Doubt[EffGain][EffGain] = 0.2
	const n = 200_000
	moments := func(pop *Population) (slow, both, gain float64) {
		for i := range uint64(n) {
			s := NewStream(3, i)
			e := pop.Draw(&s)
			slow += e[EffTauSlow] * e[EffTauSlow] / n
			both += e[EffTauSlow] * e[EffGain] / n
			gain += e[EffGain] * e[EffGain] / n
			if e[EffCL] != 0 {
				t.Fatal("an effect without spread moved")
			}
		}
		return
	}
	near := func(name string, got, want float64) {
		if math.Abs(got-want) > 0.005 {
			t.Errorf("%s: %.4f, want %.4f", name, got, want)
		}
	}
	slow, both, gain := moments(&pop)
	near("variance of tau_slow", slow, 0.25)
	near("covariance", both, -0.2)
	near("variance of gain", gain, 0.09+0.16+0.04)
	central := pop.Central()
	slow, both, gain = moments(&central)
	near("variance of tau_slow, central body", slow, 0)
	near("covariance, central body", both, 0)
	near("variance of gain, central body", gain, 0.09)
}

// Every effect moves what its name says, and nothing else moves.
func TestEffectsMoveTheirParameters(t *testing.T) {
	p := Typical()
	moved := func(e Effect) Params {
		var eta Effects
		eta[e] = math.Ln2
		return p.With(&eta)
	}
	var none Effects
	if p.With(&none) != p {
		t.Error("no effect, but a parameter moved")
	}
	near := func(name string, got, want float64) {
		if math.Abs(got-want) > 1e-12*want {
			t.Errorf("%s: %g, want %g", name, got, want)
		}
	}
	near("threshold", moved(EffThreshold).Threshold, 2*p.Threshold)
	near("K7 alone", moved(EffK7).K7, 2*p.K7)
	near("K7 alone leaves KM", moved(EffK7).KM, p.KM)
	near("leaf", moved(EffLeaf).F[Leaf], 2*p.F[Leaf])
	near("leaf leaves tea", moved(EffLeaf).F[Tea], p.F[Tea])
	q := moved(EffWSlow)
	near("odds of the slow share", q.WSlow/q.WFast, 2*p.WSlow/p.WFast)
	near("the shares' sum", q.WSlow+q.WFast, p.WSlow+p.WFast)
	near("odds of the efficacy", moved(EffEM).EM/(1-moved(EffEM).EM), 2*p.EM/(1-p.EM))
}
