package pkpd

import "math"

// The two kernels for a schedule of one form without 7-OH of its own, which is
// nearly every schedule: five modes where the two effect sites are one and the
// efficacies equal, six else. They compute what runAny does, arranged for
// speed: modes are scaled so that each adds its own amplitude to x, the modes
// live in registers, and a step's four divisions share one reciprocal.
//
// The order of every operation is fixed: the vector kernel does the same
// operations in the same order on four persons at once and gives the same bits.

// lean is a person made ready for a kernel.
type lean struct {
	c, c7  [6]float64 // plasma per scaled mode; modes as below
	share  [6]float64 // (E7-EM) times the 7-OH part of a mode's x
	delta  float64    // the same where all of it is 7-OH
	gain   [6]float64 // nmol of mitragynine to scaled modes
	em     float64
	base   float64 // what W starts from, over the efficacy
	wf, ws float64
	scale  float64 // imbalance to withdrawal
}

// The modes of a lean person: two of mitragynine, 7-OH, two effect sites (the
// second unused in the five-mode kernel), absorption.
const leanKa = 5

// leanStep is one step length for a lean person.
type leanStep struct {
	node       [3][6]float64 // what is left of each mode at the inner nodes
	end        [6]float64    // and at the end
	fast, slow [5]float64
	keepF      float64
	keepS      float64
}

// lean fills l from the compiled modes and says whether the kernels can run it:
// one form, only mitragynine, and no mode that is all but invisible to the
// receptor (its scaled amplitude would lose digits).
func (e *Engine) lean(p *Params, plan *Plan, mono bool, l *lean) bool {
	if plan.has7 != 0 || plan.forms&(plan.forms-1) != 0 || plan.forms == 0 {
		return false
	}
	f := 0
	for plan.forms>>f != 1 {
		f++
	}
	m := &e.m
	idx := [6]int{modeFastM, modeSlowM, modeSeven, modeKeM, modeKe7, modeKa + f}
	g := &m.gainM[f]
	gain := [6]float64{g[modeFastM], g[modeSlowM], g[modeSeven], g[modeKeM], g[modeKe7], g[modeKa]}
	if mono {
		gain[3] += gain[4]
		gain[4] = 0
	}
	// A mode counts as invisible where its x is tiny beside that of the plasma
	// it stands for.
	floor := 1e-7 / max(p.KM, p.K7)
	for k, i := range idx {
		x := m.x[i]
		visible := math.Abs(x)
		if k == leanKa {
			visible *= p.V1
		}
		if !(visible > floor) {
			return false
		}
		inv := 1 / x
		l.c[k], l.c7[k], l.share[k], l.gain[k] = m.c[i]*inv, m.c7[i]*inv, m.num[i]*inv, gain[k]*x
	}
	l.delta = p.E7 - p.EM
	l.em = p.EM
	l.wf, l.ws, l.scale = p.WFast, p.WSlow, p.Gain
	l.base = float64((p.WFast+p.WSlow-1)*p.EM) - p.Threshold
	return true
}

// leanSteps fills a table for each step length.
func (e *Engine) leanSteps(p *Params, plan *Plan) {
	if cap(e.steps) < len(plan.lengths) {
		e.steps = make([]leanStep, len(plan.lengths))
	}
	e.steps = e.steps[:len(plan.lengths)]
	f := 0
	for plan.forms>>f != 1 {
		f++
	}
	m := &e.m
	rate := [6]float64{m.rate[modeFastM], m.rate[modeSlowM], m.rate[modeSeven], m.rate[modeKeM], m.rate[modeKe7], m.rate[modeKa+f]}
	for i, h := range plan.lengths {
		t := &e.steps[i]
		for k, r := range rate {
			if k == 4 && r == rate[3] {
				for g := range t.node {
					t.node[g][4] = t.node[g][3]
				}
				t.end[4] = t.end[3]
				continue
			}
			a, b := exp(-r*h*lobattoX0), exp(-r*h*0.5)
			d := float64(b * b)
			t.node[0][k], t.node[1][k], t.node[2][k], t.end[k] = a, b, d/a, d
		}
		t.keepF = lobatto(h, p.TauFast, &t.fast)
		t.keepS = lobatto(h, p.TauSlow, &t.slow)
	}
}

// arriving sums the nmol of mitragynine of an op's doses.
func (p *Plan) arriving(o *op) float64 {
	n := 0.0
	for _, a := range p.arrivals[o.dose : o.dose+o.count] {
		n += a.m
	}
	return n
}

// runMono is the five-mode kernel: u is EM/(1+x).
func (e *Engine) runMono(l *lean, plan *Plan, rows []Row) {
	var z0, z1, z2, z3, z5 float64
	fast, slow, u := 1.0, 1.0, 1.0
	row := 0
	steps := e.steps
	for i := range plan.ops {
		o := &plan.ops[i]
		if s := int(o.step); s >= 0 && s < len(steps) {
			t := &steps[s]
			a, b, c := &t.node[0], &t.node[1], &t.node[2]
			d0 := 1 + (float64(a[0]*z0) + float64(a[1]*z1)) + (float64(a[2]*z2) + float64(a[3]*z3)) + float64(a[5]*z5)
			d1 := 1 + (float64(b[0]*z0) + float64(b[1]*z1)) + (float64(b[2]*z2) + float64(b[3]*z3)) + float64(b[5]*z5)
			d2 := 1 + (float64(c[0]*z0) + float64(c[1]*z1)) + (float64(c[2]*z2) + float64(c[3]*z3)) + float64(c[5]*z5)
			z0 = float64(z0 * t.end[0])
			z1 = float64(z1 * t.end[1])
			z2 = float64(z2 * t.end[2])
			z3 = float64(z3 * t.end[3])
			z5 = float64(z5 * t.end[5])
			d3 := 1 + (z0 + z1) + (z2 + z3) + z5
			r01, r23 := 1/float64(d0*d1), 1/float64(d2*d3)
			u0, u1 := float64(r01*d1), float64(r01*d0)
			u2, u3 := float64(r23*d3), float64(r23*d2)
			fast = float64(t.keepF*fast) + ((float64(t.fast[0]*u) + float64(t.fast[1]*u0)) + (float64(t.fast[2]*u1) + float64(t.fast[3]*u2)) + float64(t.fast[4]*u3))
			slow = float64(t.keepS*slow) + ((float64(t.slow[0]*u) + float64(t.slow[1]*u0)) + (float64(t.slow[2]*u1) + float64(t.slow[3]*u2)) + float64(t.slow[4]*u3))
			u = u3
		}
		if o.dose >= 0 {
			n := plan.arriving(o)
			z0 += float64(l.gain[0] * n)
			z1 += float64(l.gain[1] * n)
			z2 += float64(l.gain[2] * n)
			z3 += float64(l.gain[3] * n)
			z5 += float64(l.gain[5] * n)
		}
		if o.row && row < len(rows) {
			q := &rows[row]
			row++
			q.MitragynineNM = positive((float64(l.c[0]*z0) + float64(l.c[1]*z1)) + float64(l.c[5]*z5))
			q.SevenOHNM = positive((float64(l.c7[0]*z0) + float64(l.c7[1]*z1)) + (float64(l.c7[2]*z2) + float64(l.c7[5]*z5)))
			q.Occupancy = 1 - u
			w := l.base + float64(l.em*(u-(float64(l.wf*fast)+float64(l.ws*slow))))
			q.Withdrawal = onScale(float64(l.scale * w))
		}
	}
}

// runDuo is the six-mode kernel: u is (EM - num)/(1+x).
func (e *Engine) runDuo(l *lean, plan *Plan, rows []Row) {
	var z0, z1, z2, z3, z4, z5 float64
	em, delta := l.em, l.delta
	s0, s1, s5 := l.share[0], l.share[1], l.share[5]
	fast, slow, u, free := em, em, em, 1.0
	row := 0
	steps := e.steps
	for i := range plan.ops {
		o := &plan.ops[i]
		if s := int(o.step); s >= 0 && s < len(steps) {
			t := &steps[s]
			a, b, c := &t.node[0], &t.node[1], &t.node[2]
			q0, q1, q2, q3, q4, q5 := float64(a[0]*z0), float64(a[1]*z1), float64(a[2]*z2), float64(a[3]*z3), float64(a[4]*z4), float64(a[5]*z5)
			d0 := 1 + (q0 + q1) + (q2 + q4) + (q3 + q5)
			v0 := em - (float64(s0*q0) + float64(s1*q1)) - (float64(delta*(q2+q4)) + float64(s5*q5))
			q0, q1, q2, q3, q4, q5 = float64(b[0]*z0), float64(b[1]*z1), float64(b[2]*z2), float64(b[3]*z3), float64(b[4]*z4), float64(b[5]*z5)
			d1 := 1 + (q0 + q1) + (q2 + q4) + (q3 + q5)
			v1 := em - (float64(s0*q0) + float64(s1*q1)) - (float64(delta*(q2+q4)) + float64(s5*q5))
			q0, q1, q2, q3, q4, q5 = float64(c[0]*z0), float64(c[1]*z1), float64(c[2]*z2), float64(c[3]*z3), float64(c[4]*z4), float64(c[5]*z5)
			d2 := 1 + (q0 + q1) + (q2 + q4) + (q3 + q5)
			v2 := em - (float64(s0*q0) + float64(s1*q1)) - (float64(delta*(q2+q4)) + float64(s5*q5))
			z0 = float64(z0 * t.end[0])
			z1 = float64(z1 * t.end[1])
			z2 = float64(z2 * t.end[2])
			z3 = float64(z3 * t.end[3])
			z4 = float64(z4 * t.end[4])
			z5 = float64(z5 * t.end[5])
			d3 := 1 + (z0 + z1) + (z2 + z4) + (z3 + z5)
			v3 := em - (float64(s0*z0) + float64(s1*z1)) - (float64(delta*(z2+z4)) + float64(s5*z5))
			r01, r23 := 1/float64(d0*d1), 1/float64(d2*d3)
			free = float64(r23 * d2)
			u0, u1 := float64(v0*float64(r01*d1)), float64(v1*float64(r01*d0))
			u2, u3 := float64(v2*float64(r23*d3)), float64(v3*free)
			fast = float64(t.keepF*fast) + ((float64(t.fast[0]*u) + float64(t.fast[1]*u0)) + (float64(t.fast[2]*u1) + float64(t.fast[3]*u2)) + float64(t.fast[4]*u3))
			slow = float64(t.keepS*slow) + ((float64(t.slow[0]*u) + float64(t.slow[1]*u0)) + (float64(t.slow[2]*u1) + float64(t.slow[3]*u2)) + float64(t.slow[4]*u3))
			u = u3
		}
		if o.dose >= 0 {
			n := plan.arriving(o)
			z0 += float64(l.gain[0] * n)
			z1 += float64(l.gain[1] * n)
			z2 += float64(l.gain[2] * n)
			z3 += float64(l.gain[3] * n)
			z4 += float64(l.gain[4] * n)
			z5 += float64(l.gain[5] * n)
		}
		if o.row && row < len(rows) {
			q := &rows[row]
			row++
			q.MitragynineNM = positive((float64(l.c[0]*z0) + float64(l.c[1]*z1)) + float64(l.c[5]*z5))
			q.SevenOHNM = positive((float64(l.c7[0]*z0) + float64(l.c7[1]*z1)) + (float64(l.c7[2]*z2) + float64(l.c7[5]*z5)))
			q.Occupancy = 1 - free
			w := l.base + (u - (float64(l.wf*fast) + float64(l.ws*slow)))
			q.Withdrawal = onScale(float64(l.scale * w))
		}
	}
}

// positive drops what rounding leaves below zero. (Written out: the built-in
// max takes ten instructions to be right about NaN and -0.)
func positive(x float64) float64 {
	if x > 0 {
		return x
	}
	return 0
}

// onScale puts a withdrawal on the scale of the SOWS.
func onScale(w float64) float64 {
	if w > WithdrawalMax {
		return WithdrawalMax
	}
	return positive(w)
}
