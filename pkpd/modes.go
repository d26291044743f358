package pkpd

import "math"

// The linear part of the model, from gut to effect site, is a sum of
// exponentials: every state is a weighted sum of a few modes, each of which
// only decays. A dose adds to the modes; time multiplies them. Only adaptation,
// which follows the saturating drive, needs quadrature.

// Mode indices. The last eight are the absorption rates, used only by the forms
// that a schedule contains; the two analytes of a form share a rate but need a
// mode each, because their ratio differs from dose to dose.
const (
	modeFastM = iota // distribution of mitragynine
	modeSlowM        // its terminal phase
	modeSeven        // elimination of 7-OH
	modeKeM          // effect site of mitragynine; of both when they coincide
	modeKe7          // effect site of 7-OH
	modeKa           // absorption, mitragynine taken as such, one per form
	modeKa7   = modeKa + int(nForms)
	nModes    = modeKa7 + int(nForms)
)

// modes is one person's linear part. Weights turn mode amplitudes into
// quantities; gains turn a dose of 1 nmol into amplitudes.
type modes struct {
	rate  [nModes]float64
	c     [nModes]float64 // mitragynine, nM
	c7    [nModes]float64 // 7-OH, nM
	x     [nModes]float64 // both effect sites over their K: occupancy is x/(1+x)
	num   [nModes]float64 // (E7-EM) times the 7-OH part of x
	gainM [nForms][modeKa + 1]float64
	gain7 [nForms][modeKa + 1]float64 // the entry modeSlowM and modeFastM stay 0
	// worst is how many times larger than the answer the terms are that must
	// cancel: the relative error of the modal form is about 1e-16 times this.
	worst float64
}

// compile writes the modes of p for the forms in use (a bit per form).
func (m *modes) compile(p *Params, forms uint8) {
	*m = modes{}
	cl, cl7 := p.CL*p.Inhibition, p.CL7*p.Inhibition
	k10, k12, k21 := cl/p.V1, p.Q/p.V1, p.Q/p.V2
	sum := k10 + k12 + k21
	// Roots of s^2 - sum s + k10 k21: the larger first, the smaller from the
	// product so that it keeps its digits.
	prod := float64(k10 * k21)
	fast := float64(0.5 * (sum + math.Sqrt(max(0, float64(sum*sum)-float64(4*prod)))))
	slow := prod / fast
	k7 := cl7 / p.V7
	m.rate[modeFastM], m.rate[modeSlowM], m.rate[modeSeven] = fast, slow, k7
	m.rate[modeKeM], m.rate[modeKe7] = p.KeM, p.Ke7

	form7 := p.Fm * cl / p.V7       // 1 nM of mitragynine makes this much 7-OH, nM/h
	xM := func(r float64) float64 { // effect-site amplitude per nM of plasma decaying at rate r
		return p.KeM / ((p.KeM - r) * p.KM)
	}
	x7 := func(r float64) float64 { return p.Ke7 / ((p.Ke7 - r) * p.K7) }
	delta := p.E7 - p.EM

	m.c[modeFastM], m.c[modeSlowM] = 1, 1
	m.c7[modeFastM], m.c7[modeSlowM] = form7/(k7-fast), form7/(k7-slow)
	m.c7[modeSeven] = 1
	for _, i := range []int{modeFastM, modeSlowM, modeSeven} {
		r := m.rate[i]
		b := float64(m.c7[i] * x7(r))
		m.num[i] = delta * b
		m.x[i] = b
		if i != modeSeven {
			m.x[i] += float64(m.c[i] * xM(r))
		}
	}
	m.x[modeKeM], m.x[modeKe7] = 1, 1
	m.num[modeKe7] = delta

	size, worst := 0.0, 0.0
	for f := range nForms {
		if forms&(1<<f) == 0 {
			continue
		}
		ka, i, i7 := p.Ka[f], modeKa+int(f), modeKa7+int(f)
		m.rate[i], m.rate[i7] = ka, ka
		// Mitragynine per nmol absorbed; the three terms sum to 0 at once.
		inv := 1 / p.V1
		a := ka * inv * (k21 - ka) / ((fast - ka) * (slow - ka))
		b := ka * inv * (k21 - fast) / ((ka - fast) * (slow - fast))
		c := ka * inv * (k21 - slow) / ((ka - slow) * (fast - slow))
		// The mode of this rate carries the nmol still to be absorbed.
		m.c[i] = a
		m.c7[i] = (float64(form7*a) + float64(p.FirstPass[f]*ka)/p.V7) / (k7 - ka)
		m.c7[i7] = ka / (p.V7 * (k7 - ka))
		y := float64(m.c7[i] * x7(ka))
		y7 := float64(m.c7[i7] * x7(ka))
		m.x[i], m.num[i] = float64(a*xM(ka))+y, delta*y
		m.x[i7], m.num[i7] = y7, delta*y7

		g := &m.gainM[f]
		g[modeFastM], g[modeSlowM] = b, c
		g[modeSeven] = -(float64(b*m.c7[modeFastM]) + float64(c*m.c7[modeSlowM]) + m.c7[i])
		g[modeKeM] = -(float64(a*xM(ka)) + float64(b*xM(fast)) + float64(c*xM(slow)))
		g[modeKe7] = -(y + float64(b*m.num7(modeFastM, x7)) + float64(c*m.num7(modeSlowM, x7)) + float64(g[modeSeven]*x7(k7)))
		g7 := &m.gain7[f]
		g7[modeSeven] = -m.c7[i7]
		g7[modeKe7] = -(y7 + float64(g7[modeSeven]*x7(k7)))

		// What must cancel, against what is left once it has: the nM that one
		// nmol can reach.
		size = min(1/p.V1, 1/p.V7)
		for _, v := range []float64{a, b, c, m.c7[i], g[modeSeven], m.c7[i7]} {
			worst = max(worst, math.Abs(v)/size)
		}
		xs := min(size/p.KM, size/p.K7)
		for _, v := range []float64{a * xM(ka), b * xM(fast), c * xM(slow), g[modeKeM], g[modeKe7], y, g[modeSeven] * x7(k7), y7, g7[modeKe7]} {
			worst = max(worst, math.Abs(v)/xs)
		}
		g[modeKa], g7[modeKa] = 1, 1
		for j := range g {
			g[j] *= p.F[f]
			g7[j] *= p.FSevenOH[f]
		}
	}
	if math.IsNaN(worst) {
		worst = math.Inf(1)
	}
	m.worst = worst
}

// num7 is the 7-OH effect-site amplitude per unit of a mode.
func (m *modes) num7(i int, x7 func(float64) float64) float64 { return m.c7[i] * x7(m.rate[i]) }
