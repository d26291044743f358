package pkpd

import "errors"

// Slope is how a row's withdrawal moves with four of the effects, per unit of
// the effect (a relative change of e). It is 0 where withdrawal is at either
// end of its scale.
type Slope struct {
	Potency, TauFast, TauSlow, Gain float64
}

// SlopeEngine is an Engine that also gives slopes, for one form of mitragynine:
// workload F, by which the engine is measured beside a fit in another language.
// Nothing that ships needs it, so it lives among the tests.
type SlopeEngine struct {
	Engine
	tilts []tilt
}

// RunSlopes is Run with the slopes of withdrawal, exact derivatives of what the
// engine computes, at the cost of half a run.
//
// The receptor's share of them is simple: scaling both potencies scales x and
// the numerator alike, so du/d(potency) = (EM-u)/(1+x); and an adaptation state
// is linear in its input, so its derivative follows the same recursion.
func (e *SlopeEngine) RunSlopes(p *Params, plan *Plan, rows []Row, slopes []Slope) error {
	rows, slopes = rows[:plan.rows], slopes[:plan.rows]
	e.m.compile(p, plan.forms)
	mono := p.EM == p.E7 && p.KeM == p.Ke7
	var l lean
	if !(e.m.worst < tooClose) || !e.lean(p, plan, mono, &l) {
		return errors.New("the kernel with slopes takes one form of mitragynine, and rates that differ")
	}
	e.leanSteps(p, plan)
	if cap(e.tilts) < len(plan.lengths) {
		e.tilts = make([]tilt, len(plan.lengths))
	}
	e.tilts = e.tilts[:len(plan.lengths)]
	for i, h := range plan.lengths {
		t, s := &e.tilts[i], &e.steps[i]
		tiltOf(h/p.TauFast, s.keepF, &s.fast, &t.keepF, &t.fast)
		tiltOf(h/p.TauSlow, s.keepS, &s.slow, &t.keepS, &t.slow)
	}
	e.runSlopes(&l, plan, rows, slopes)
	return nil
}

// tilt is the derivative of a leanStep's quadrature by the logarithms of the
// two time constants.
type tilt struct {
	keepF, keepS float64
	fast, slow   [5]float64
}

// tiltOf differentiates lobatto's results: keep is e^-s and a weight
// c s e^(-s y) at y before the end, with s = h/tau and ds/dlog(tau) = -s.
func tiltOf(s, keep float64, w *[5]float64, dkeep *float64, dw *[5]float64) {
	*dkeep = s * keep
	for g, y := range [5]float64{1, 1 - lobattoX0, 0.5, lobattoX0, 0} {
		dw[g] = w[g] * (float64(s*y) - 1)
	}
}

func (e *SlopeEngine) runSlopes(l *lean, plan *Plan, rows []Row, slopes []Slope) {
	var z0, z1, z2, z3, z4, z5 float64
	em, delta := l.em, l.delta
	s0, s1, s5 := l.share[0], l.share[1], l.share[5]
	fast, slow, u, free := em, em, em, 1.0
	var fastK, slowK, uK, fastT, slowT float64 // by potency, by the time constants
	row := 0
	steps := e.steps
	tilts := e.tilts[:len(steps)]
	for i := range plan.ops {
		o := &plan.ops[i]
		if s := int(o.step); s >= 0 && s < len(steps) {
			t := &steps[s]
			a, b, c := &t.node[0], &t.node[1], &t.node[2]
			v0, v1, v2, v3 := em, em, em, em
			q0, q1, q2, q3, q4, q5 := float64(a[0]*z0), float64(a[1]*z1), float64(a[2]*z2), float64(a[3]*z3), float64(a[4]*z4), float64(a[5]*z5)
			d0 := 1 + (q0 + q1) + (q2 + q4) + (q3 + q5)
			if delta != 0 {
				v0 -= float64(s0*q0) + float64(s1*q1) + float64(delta*(q2+q4)) + float64(s5*q5)
			}
			q0, q1, q2, q3, q4, q5 = float64(b[0]*z0), float64(b[1]*z1), float64(b[2]*z2), float64(b[3]*z3), float64(b[4]*z4), float64(b[5]*z5)
			d1 := 1 + (q0 + q1) + (q2 + q4) + (q3 + q5)
			if delta != 0 {
				v1 -= float64(s0*q0) + float64(s1*q1) + float64(delta*(q2+q4)) + float64(s5*q5)
			}
			q0, q1, q2, q3, q4, q5 = float64(c[0]*z0), float64(c[1]*z1), float64(c[2]*z2), float64(c[3]*z3), float64(c[4]*z4), float64(c[5]*z5)
			d2 := 1 + (q0 + q1) + (q2 + q4) + (q3 + q5)
			if delta != 0 {
				v2 -= float64(s0*q0) + float64(s1*q1) + float64(delta*(q2+q4)) + float64(s5*q5)
			}
			z0 = float64(z0 * t.end[0])
			z1 = float64(z1 * t.end[1])
			z2 = float64(z2 * t.end[2])
			z3 = float64(z3 * t.end[3])
			z4 = float64(z4 * t.end[4])
			z5 = float64(z5 * t.end[5])
			d3 := 1 + (z0 + z1) + (z2 + z4) + (z3 + z5)
			if delta != 0 {
				v3 -= float64(s0*z0) + float64(s1*z1) + float64(delta*(z2+z4)) + float64(s5*z5)
			}
			r01, r23 := 1/float64(d0*d1), 1/float64(d2*d3)
			f0, f1, f2 := float64(r01*d1), float64(r01*d0), float64(r23*d3)
			free = float64(r23 * d2)
			u0, u1, u2, u3 := float64(v0*f0), float64(v1*f1), float64(v2*f2), float64(v3*free)
			w, x := &t.fast, &t.slow
			y := &tilts[s]
			fastT = float64(t.keepF*fastT) + float64(y.keepF*fast) + ((float64(y.fast[0]*u) + float64(y.fast[1]*u0)) + (float64(y.fast[2]*u1) + float64(y.fast[3]*u2)) + float64(y.fast[4]*u3))
			slowT = float64(t.keepS*slowT) + float64(y.keepS*slow) + ((float64(y.slow[0]*u) + float64(y.slow[1]*u0)) + (float64(y.slow[2]*u1) + float64(y.slow[3]*u2)) + float64(y.slow[4]*u3))
			fast = float64(t.keepF*fast) + ((float64(w[0]*u) + float64(w[1]*u0)) + (float64(w[2]*u1) + float64(w[3]*u2)) + float64(w[4]*u3))
			slow = float64(t.keepS*slow) + ((float64(x[0]*u) + float64(x[1]*u0)) + (float64(x[2]*u1) + float64(x[3]*u2)) + float64(x[4]*u3))
			k0, k1, k2, k3 := float64(f0*(em-u0)), float64(f1*(em-u1)), float64(f2*(em-u2)), float64(free*(em-u3))
			fastK = float64(t.keepF*fastK) + ((float64(w[0]*uK) + float64(w[1]*k0)) + (float64(w[2]*k1) + float64(w[3]*k2)) + float64(w[4]*k3))
			slowK = float64(t.keepS*slowK) + ((float64(x[0]*uK) + float64(x[1]*k0)) + (float64(x[2]*k1) + float64(x[3]*k2)) + float64(x[4]*k3))
			u, uK = u3, k3
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
			q.MitragynineNM = positive((float64(l.c[0]*z0) + float64(l.c[1]*z1)) + float64(l.c[5]*z5))
			q.SevenOHNM = positive((float64(l.c7[0]*z0) + float64(l.c7[1]*z1)) + (float64(l.c7[2]*z2) + float64(l.c7[5]*z5)))
			q.Occupancy = 1 - free
			w := l.base + (u - (float64(l.wf*fast) + float64(l.ws*slow)))
			q.Withdrawal = onScale(float64(l.scale * w))
			d := Slope{}
			if q.Withdrawal > 0 && q.Withdrawal < WithdrawalMax {
				d = Slope{
					Potency: l.scale * (uK - float64(l.wf*fastK) - float64(l.ws*slowK)),
					TauFast: -l.scale * float64(l.wf*fastT),
					TauSlow: -l.scale * float64(l.ws*slowT),
					Gain:    q.Withdrawal,
				}
			}
			slopes[row] = d
			row++
		}
	}
}
