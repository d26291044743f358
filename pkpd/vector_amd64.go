//go:build goexperiment.simd && amd64

package pkpd

import (
	"simd/archsimd"
	"unsafe"
)

// The kernels of kernel.go on four persons at once, AVX2, only with
// GOEXPERIMENT=simd. Every operation is the one of the scalar kernel, in its
// order and without fusing, so that the bits are the same.

var vectors = archsimd.X86.AVX2()

type vec = archsimd.Float64x4

type four = [lanes]float64

// wide is four lean persons, element by element.
type wide struct {
	c, c7, share, gain          [6]four
	delta, em, base, wf, ws, sc four
}

// wideStep is one step length for four persons.
type wideStep struct {
	node       [3][6]four
	end        [6]four
	fast, slow [5]four
	keepF      four
	keepS      four
}

// vectorRoom is what the vector kernels keep between runs.
type vectorRoom struct {
	person wide
	steps  []wideStep
}

// runVector runs four persons if the kernels can; else it reports false.
func (e *Engine) runVector(people *[lanes]Params, plan *Plan, rows *[lanes][]Row) bool {
	v := &e.vector
	if cap(v.steps) < len(plan.lengths) {
		v.steps = make([]wideStep, len(plan.lengths))
	}
	v.steps = v.steps[:len(plan.lengths)]
	mono := people[0].EM == people[0].E7 && people[0].KeM == people[0].Ke7
	for i := range people {
		p := &people[i]
		if len(rows[i]) < plan.rows || (p.EM == p.E7 && p.KeM == p.Ke7) != mono {
			return false
		}
		e.m.compile(p, plan.forms)
		var l lean
		if !(e.m.worst < tooClose) || !e.lean(p, plan, mono, &l) {
			return false
		}
		e.leanSteps(p, plan)
		w := &v.person
		for k := range 6 {
			w.c[k][i], w.c7[k][i], w.share[k][i], w.gain[k][i] = l.c[k], l.c7[k], l.share[k], l.gain[k]
		}
		w.delta[i], w.em[i], w.base[i], w.wf[i], w.ws[i], w.sc[i] = l.delta, l.em, l.base, l.wf, l.ws, l.scale
		for s := range e.steps {
			t, to := &e.steps[s], &v.steps[s]
			for k := range 6 {
				for g := range t.node {
					to.node[g][k][i] = t.node[g][k]
				}
				to.end[k][i] = t.end[k]
			}
			for g := range 5 {
				to.fast[g][i], to.slow[g][i] = t.fast[g], t.slow[g]
			}
			to.keepF[i], to.keepS[i] = t.keepF, t.keepS
		}
	}
	out := [lanes][]Row{}
	for i := range out {
		out[i] = rows[i][:plan.rows]
	}
	if mono {
		v.runMono(plan, &out)
	} else {
		v.runDuo(plan, &out)
	}
	return true
}

func load(x *four) vec { return archsimd.LoadFloat64x4(x) }

func (v *vectorRoom) runMono(plan *Plan, rows *[lanes][]Row) {
	w := &v.person
	one := archsimd.BroadcastFloat64x4(1)
	var zero vec
	top := archsimd.BroadcastFloat64x4(WithdrawalMax)
	z0, z1, z2, z3, z5 := zero, zero, zero, zero, zero
	fast, slow, u := one, one, one
	row := 0
	steps := v.steps
	r0, r1, r2, r3 := rows[0], rows[1], rows[2], rows[3]
	r1, r2, r3 = r1[:len(r0)], r2[:len(r0)], r3[:len(r0)]
	for i := range plan.ops {
		o := &plan.ops[i]
		if s := int(o.step); s >= 0 && s < len(steps) {
			t := &steps[s]
			a, b, c := &t.node[0], &t.node[1], &t.node[2]
			d0 := one.Add(load(&a[0]).Mul(z0).Add(load(&a[1]).Mul(z1))).Add(load(&a[2]).Mul(z2).Add(load(&a[3]).Mul(z3))).Add(load(&a[5]).Mul(z5))
			d1 := one.Add(load(&b[0]).Mul(z0).Add(load(&b[1]).Mul(z1))).Add(load(&b[2]).Mul(z2).Add(load(&b[3]).Mul(z3))).Add(load(&b[5]).Mul(z5))
			d2 := one.Add(load(&c[0]).Mul(z0).Add(load(&c[1]).Mul(z1))).Add(load(&c[2]).Mul(z2).Add(load(&c[3]).Mul(z3))).Add(load(&c[5]).Mul(z5))
			z0 = z0.Mul(load(&t.end[0]))
			z1 = z1.Mul(load(&t.end[1]))
			z2 = z2.Mul(load(&t.end[2]))
			z3 = z3.Mul(load(&t.end[3]))
			z5 = z5.Mul(load(&t.end[5]))
			d3 := one.Add(z0.Add(z1)).Add(z2.Add(z3)).Add(z5)
			r01, r23 := one.Div(d0.Mul(d1)), one.Div(d2.Mul(d3))
			u0, u1 := r01.Mul(d1), r01.Mul(d0)
			u2, u3 := r23.Mul(d3), r23.Mul(d2)
			fast = load(&t.keepF).Mul(fast).Add(load(&t.fast[0]).Mul(u).Add(load(&t.fast[1]).Mul(u0)).Add(load(&t.fast[2]).Mul(u1).Add(load(&t.fast[3]).Mul(u2))).Add(load(&t.fast[4]).Mul(u3)))
			slow = load(&t.keepS).Mul(slow).Add(load(&t.slow[0]).Mul(u).Add(load(&t.slow[1]).Mul(u0)).Add(load(&t.slow[2]).Mul(u1).Add(load(&t.slow[3]).Mul(u2))).Add(load(&t.slow[4]).Mul(u3)))
			u = u3
		}
		if o.dose >= 0 {
			n := archsimd.BroadcastFloat64x4(plan.arriving(o))
			z0 = z0.Add(load(&w.gain[0]).Mul(n))
			z1 = z1.Add(load(&w.gain[1]).Mul(n))
			z2 = z2.Add(load(&w.gain[2]).Mul(n))
			z3 = z3.Add(load(&w.gain[3]).Mul(n))
			z5 = z5.Add(load(&w.gain[5]).Mul(n))
		}
		if o.row && row < len(r0) {
			c := load(&w.c[0]).Mul(z0).Add(load(&w.c[1]).Mul(z1)).Add(load(&w.c[5]).Mul(z5)).Max(zero)
			c7 := load(&w.c7[0]).Mul(z0).Add(load(&w.c7[1]).Mul(z1)).Add(load(&w.c7[2]).Mul(z2).Add(load(&w.c7[5]).Mul(z5))).Max(zero)
			occ := one.Sub(u)
			x := load(&w.base).Add(load(&w.em).Mul(u.Sub(load(&w.wf).Mul(fast).Add(load(&w.ws).Mul(slow)))))
			wd := load(&w.sc).Mul(x).Max(zero).Min(top)
			// Four columns of four persons become four rows.
			lo, hi := c.SelectFromPairGrouped(0, 2, c7), c.SelectFromPairGrouped(1, 3, c7)
			lo2, hi2 := occ.SelectFromPairGrouped(0, 2, wd), occ.SelectFromPairGrouped(1, 3, wd)
			lo.Select128FromPair(0, 2, lo2).Store(asFour(&r0[row]))
			hi.Select128FromPair(0, 2, hi2).Store(asFour(&r1[row]))
			lo.Select128FromPair(1, 3, lo2).Store(asFour(&r2[row]))
			hi.Select128FromPair(1, 3, hi2).Store(asFour(&r3[row]))
			row++
		}
	}
	archsimd.ClearAVXUpperBits()
}

func (v *vectorRoom) runDuo(plan *Plan, rows *[lanes][]Row) {
	w := &v.person
	one := archsimd.BroadcastFloat64x4(1)
	var zero vec
	top := archsimd.BroadcastFloat64x4(WithdrawalMax)
	z0, z1, z2, z3, z4, z5 := zero, zero, zero, zero, zero, zero
	em := load(&w.em)
	fast, slow, u, free := em, em, em, one
	row := 0
	steps := v.steps
	r0, r1, r2, r3 := rows[0], rows[1], rows[2], rows[3]
	r1, r2, r3 = r1[:len(r0)], r2[:len(r0)], r3[:len(r0)]
	for i := range plan.ops {
		o := &plan.ops[i]
		if s := int(o.step); s >= 0 && s < len(steps) {
			t := &steps[s]
			var d, n [3]vec
			for g := range 3 {
				a := &t.node[g]
				q0, q1, q2 := load(&a[0]).Mul(z0), load(&a[1]).Mul(z1), load(&a[2]).Mul(z2)
				q3, q4, q5 := load(&a[3]).Mul(z3), load(&a[4]).Mul(z4), load(&a[5]).Mul(z5)
				d[g] = one.Add(q0.Add(q1)).Add(q2.Add(q4)).Add(q3.Add(q5))
				n[g] = em.Sub(load(&w.share[0]).Mul(q0).Add(load(&w.share[1]).Mul(q1))).Sub(load(&w.delta).Mul(q2.Add(q4)).Add(load(&w.share[5]).Mul(q5)))
			}
			z0 = z0.Mul(load(&t.end[0]))
			z1 = z1.Mul(load(&t.end[1]))
			z2 = z2.Mul(load(&t.end[2]))
			z3 = z3.Mul(load(&t.end[3]))
			z4 = z4.Mul(load(&t.end[4]))
			z5 = z5.Mul(load(&t.end[5]))
			d3 := one.Add(z0.Add(z1)).Add(z2.Add(z4)).Add(z3.Add(z5))
			n3 := em.Sub(load(&w.share[0]).Mul(z0).Add(load(&w.share[1]).Mul(z1))).Sub(load(&w.delta).Mul(z2.Add(z4)).Add(load(&w.share[5]).Mul(z5)))
			r01, r23 := one.Div(d[0].Mul(d[1])), one.Div(d[2].Mul(d3))
			free = r23.Mul(d[2])
			u0, u1 := n[0].Mul(r01.Mul(d[1])), n[1].Mul(r01.Mul(d[0]))
			u2, u3 := n[2].Mul(r23.Mul(d3)), n3.Mul(free)
			fast = load(&t.keepF).Mul(fast).Add(load(&t.fast[0]).Mul(u).Add(load(&t.fast[1]).Mul(u0)).Add(load(&t.fast[2]).Mul(u1).Add(load(&t.fast[3]).Mul(u2))).Add(load(&t.fast[4]).Mul(u3)))
			slow = load(&t.keepS).Mul(slow).Add(load(&t.slow[0]).Mul(u).Add(load(&t.slow[1]).Mul(u0)).Add(load(&t.slow[2]).Mul(u1).Add(load(&t.slow[3]).Mul(u2))).Add(load(&t.slow[4]).Mul(u3)))
			u = u3
		}
		if o.dose >= 0 {
			n := archsimd.BroadcastFloat64x4(plan.arriving(o))
			z0 = z0.Add(load(&w.gain[0]).Mul(n))
			z1 = z1.Add(load(&w.gain[1]).Mul(n))
			z2 = z2.Add(load(&w.gain[2]).Mul(n))
			z3 = z3.Add(load(&w.gain[3]).Mul(n))
			z4 = z4.Add(load(&w.gain[4]).Mul(n))
			z5 = z5.Add(load(&w.gain[5]).Mul(n))
		}
		if o.row && row < len(r0) {
			c := load(&w.c[0]).Mul(z0).Add(load(&w.c[1]).Mul(z1)).Add(load(&w.c[5]).Mul(z5)).Max(zero)
			c7 := load(&w.c7[0]).Mul(z0).Add(load(&w.c7[1]).Mul(z1)).Add(load(&w.c7[2]).Mul(z2).Add(load(&w.c7[5]).Mul(z5))).Max(zero)
			occ := one.Sub(free)
			x := load(&w.base).Add(u.Sub(load(&w.wf).Mul(fast).Add(load(&w.ws).Mul(slow))))
			wd := load(&w.sc).Mul(x).Max(zero).Min(top)
			lo, hi := c.SelectFromPairGrouped(0, 2, c7), c.SelectFromPairGrouped(1, 3, c7)
			lo2, hi2 := occ.SelectFromPairGrouped(0, 2, wd), occ.SelectFromPairGrouped(1, 3, wd)
			lo.Select128FromPair(0, 2, lo2).Store(asFour(&r0[row]))
			hi.Select128FromPair(0, 2, hi2).Store(asFour(&r1[row]))
			lo.Select128FromPair(1, 3, lo2).Store(asFour(&r2[row]))
			hi.Select128FromPair(1, 3, hi2).Store(asFour(&r3[row]))
			row++
		}
	}
	archsimd.ClearAVXUpperBits()
}

// asFour sees a Row, which is four float64 and nothing else, as an array.
func asFour(r *Row) *four { return (*four)(unsafe.Pointer(r)) }

var _ [0]struct{} = [unsafe.Sizeof(Row{}) - unsafe.Sizeof(four{})]struct{}{}
