package pkpd

import "math"

// body runs one person along tracks. It is the Engine's method on the lattice
// of a fit, with what a fit needs beside: a start from any state, and a factor
// on each group of doses. Adaptation is integrated by Simpson's rule, within
// 0.05 points of withdrawal (a test keeps it there): far below what a check-in
// can tell. Not safe for several goroutines.
type body struct {
	m       modes
	n       int // modes in use
	c, c7   [nModes]float64
	rate    [nModes]float64
	gain    [nForms][nModes]float64
	gain7   [nForms][nModes]float64
	start   [nModes]stepMode // x and num at the start of a step
	tables  [len(stepTicks)]stepTable
	em      float64
	base    float64
	wf, ws  float64
	tauFast float64
	tauSlow float64
	factorM []float64 // per group
	factor7 []float64
	state   bodyState
}

// bodyState is a person at one moment: the modes, and how far each adaptation
// is below the efficacy of mitragynine (the form in which the Engine keeps it).
type bodyState struct {
	z          [nModes]float64
	fast, slow float64
}

// stepMode is what one mode adds to the effect sites halfway and at the end of
// a step, and what is left of it.
type stepMode struct{ keep, xMid, numMid, xEnd, numEnd float64 }

type stepTable struct {
	mode         [nModes]stepMode
	fast, slow   [3]float64
	keepF, keepS float64
}

// tooCloseHere is how much cancellation a fit allows: relative errors of 1e-6.
const tooCloseHere = 1e10

// set makes the body ready for a person and a set of forms (a bit each).
func (b *body) set(p *Params, forms uint8) {
	b.m.compile(p, forms)
	if !(b.m.worst < tooCloseHere) {
		// Two rates of this person all but coincide. Moving them apart by a
		// thousandth changes nothing that can be seen, and keeps the sum of
		// exponentials usable.
		q := *p
		q.KeM *= 1.0011
		q.Ke7 *= 0.9987
		q.CL7 *= 1.0007
		for f := range q.Ka {
			q.Ka[f] *= 0.9979
		}
		b.m.compile(&q, forms)
	}
	n := 0
	var from [nModes]int
	keep := func(i int) { from[n] = i; n++ }
	for i := range modeKa {
		keep(i)
	}
	for f := range nForms {
		if forms&(1<<f) != 0 {
			keep(modeKa + int(f))
			keep(modeKa7 + int(f))
		}
	}
	b.n = n
	for k := range nModes {
		if k >= n { // the unrolled sums below read a few modes more than there are
			b.start[k], b.c[k], b.c7[k], b.rate[k] = stepMode{}, 0, 0, 0
			for t := range b.tables {
				b.tables[t].mode[k] = stepMode{}
			}
			continue
		}
		i := from[k]
		b.c[k], b.c7[k], b.rate[k] = b.m.c[i], b.m.c7[i], b.m.rate[i]
		x, num := b.m.x[i], b.m.num[i]
		b.start[k] = stepMode{1, x, num, x, num}
		// One exponential a mode: the other lengths are products of it.
		half := exp(-b.rate[k] / (2 * ticksPerHour))
		one := float64(half * half)
		keeps := [len(stepTicks)]float64{one, float64(one * one)}
		mids := [len(stepTicks)]float64{half, one}
		keeps[2], mids[2] = float64(keeps[1]*one), float64(half*one)
		keeps[3], mids[3] = float64(keeps[1]*keeps[1]), keeps[1]
		for t := 4; t < len(keeps); t++ {
			keeps[t], mids[t] = float64(keeps[t-1]*keeps[t-1]), keeps[t-1]
		}
		for t := range keeps {
			b.tables[t].mode[k] = stepMode{keeps[t], float64(x * mids[t]), float64(num * mids[t]), float64(x * keeps[t]), float64(num * keeps[t])}
		}
	}
	for f := range nForms {
		if forms&(1<<f) == 0 {
			continue
		}
		for k := range n {
			i := from[k]
			b.gain[f][k], b.gain7[f][k] = 0, 0
			switch {
			case i < modeKa:
				b.gain[f][k], b.gain7[f][k] = b.m.gainM[f][i], b.m.gain7[f][i]
			case i == modeKa+int(f):
				b.gain[f][k] = b.m.gainM[f][modeKa]
			case i == modeKa7+int(f):
				b.gain7[f][k] = b.m.gain7[f][modeKa]
			}
		}
	}
	b.em, b.wf, b.ws = p.EM, p.WFast, p.WSlow
	b.base = float64((p.WFast+p.WSlow-1)*p.EM) - p.Threshold
	b.tauFast, b.tauSlow = p.TauFast, p.TauSlow
	for t := range b.tables {
		tab := &b.tables[t]
		h := float64(stepTicks[t]) / ticksPerHour
		tab.keepF = simpson(h/p.TauFast, &tab.fast)
		tab.keepS = simpson(h/p.TauSlow, &tab.slow)
	}
}

// simpson writes the weights that carry a state over a step of s time
// constants, scaled so that a constant input is followed exactly.
func simpson(s float64, w *[3]float64) float64 {
	a := exp(-0.5 * s)
	all := float64(a * a)
	w[0], w[1], w[2] = all/6, a*(4.0/6), 1.0/6
	scale := (1 - all) / (w[0] + w[1] + w[2])
	w[0], w[1], w[2] = w[0]*scale, w[1]*scale, w[2]*scale
	return all
}

func (b *body) naive() { b.state = bodyState{fast: b.em, slow: b.em} }

// habit puts the state where n whole days of one repeated day leave it: the
// modes by their geometric series, adaptation as if the repeated day had been
// the settled one from the first.
func (b *body) habit(day *track, n float64) {
	b.naive()
	z := &b.state.z
	for k := range b.n {
		sum := 0.0
		for i := range day.doses {
			d := &day.doses[i]
			g := float64(b.gain[d.form][k]*d.m)*b.factorM[d.group] + float64(b.gain7[d.form][k]*d.s)*b.factor7[d.group]
			if g != 0 {
				sum += g * exp(-b.rate[k]*float64(day.until-d.tick)/ticksPerHour)
			}
		}
		keep := exp(-24 * b.rate[k])
		z[k] = sum * (1 - exp(-24*n*b.rate[k])) / (1 - keep)
	}
	b.run(day, nil, nil)
	settle := func(end, tau float64) float64 {
		one := b.em - end // reached in a day from nothing
		return b.em - one*(1-exp(-24*n/tau))/(1-exp(-24/tau))
	}
	b.state.fast = settle(b.state.fast, b.tauFast)
	b.state.slow = settle(b.state.slow, b.tauSlow)
}

// sums7 and sumsAll add the modes at the middle and the end of a step and move
// them there. Seven modes are written out because one form is what most
// people's days need.
func sums7(t *[nModes]stepMode, z *[nModes]float64) (xm, nm, xe, ne float64) {
	z0, z1, z2, z3 := z[0], z[1], z[2], z[3]
	a, c, d, e := &t[0], &t[1], &t[2], &t[3]
	xm = float64(a.xMid*z0) + float64(c.xMid*z1) + float64(d.xMid*z2) + float64(e.xMid*z3)
	nm = float64(a.numMid*z0) + float64(c.numMid*z1) + float64(d.numMid*z2) + float64(e.numMid*z3)
	xe = float64(a.xEnd*z0) + float64(c.xEnd*z1) + float64(d.xEnd*z2) + float64(e.xEnd*z3)
	ne = float64(a.numEnd*z0) + float64(c.numEnd*z1) + float64(d.numEnd*z2) + float64(e.numEnd*z3)
	z[0], z[1], z[2], z[3] = a.keep*z0, c.keep*z1, d.keep*z2, e.keep*z3
	z4, z5, z6 := z[4], z[5], z[6]
	f, g, h := &t[4], &t[5], &t[6]
	xm += float64(f.xMid*z4) + float64(g.xMid*z5) + float64(h.xMid*z6)
	nm += float64(f.numMid*z4) + float64(g.numMid*z5) + float64(h.numMid*z6)
	xe += float64(f.xEnd*z4) + float64(g.xEnd*z5) + float64(h.xEnd*z6)
	ne += float64(f.numEnd*z4) + float64(g.numEnd*z5) + float64(h.numEnd*z6)
	z[4], z[5], z[6] = f.keep*z4, g.keep*z5, h.keep*z6
	return
}

func sumsAll(t *[nModes]stepMode, z *[nModes]float64, n int) (xm, nm, xe, ne float64) {
	for k := range t[:n] {
		s, v := &t[k], z[k]
		xm += float64(s.xMid * v)
		nm += float64(s.numMid * v)
		xe += float64(s.xEnd * v)
		ne += float64(s.numEnd * v)
		z[k] = s.keep * v
	}
	return
}

// imbalance is one row of a history: what the adaptations exceed the drive by,
// above the threshold, before the gain; and occupancy.
type imbalance struct{ excess, occupancy float64 }

// run moves the state along the track. It writes rows into brief, or with the
// levels into full; either may be nil.
func (b *body) run(t *track, brief []imbalance, full []Row) {
	n, em, z := b.n, b.em, &b.state.z
	fast, slow := b.state.fast, b.state.slow
	sx, sn := 0.0, 0.0
	for k := range n {
		sx += float64(b.start[k].xEnd * z[k])
		sn += float64(b.start[k].numEnd * z[k])
	}
	free := 1 / (1 + sx)
	u := (em - sn) * free
	row := 0
	for i := range t.ops {
		o := &t.ops[i]
		if o.step >= 0 {
			tab := &b.tables[o.step]
			var xm, nm, xe, ne float64
			if n <= 7 {
				xm, nm, xe, ne = sums7(&tab.mode, z)
			} else {
				xm, nm, xe, ne = sumsAll(&tab.mode, z, n)
			}
			xm++
			xe++
			r := 1 / float64(xm*xe)
			mid := float64((em - nm) * float64(r*xe))
			free = float64(r * xm)
			end := float64((em - ne) * free)
			fast = float64(tab.keepF*fast) + (float64(tab.fast[0]*u) + float64(tab.fast[1]*mid) + float64(tab.fast[2]*end))
			slow = float64(tab.keepS*slow) + (float64(tab.slow[0]*u) + float64(tab.slow[1]*mid) + float64(tab.slow[2]*end))
			u = end
		}
		if o.count > 0 {
			for j := range t.doses[o.first : o.first+o.count] {
				d := &t.doses[int(o.first)+j]
				m, s := d.m*b.factorM[d.group], d.s*b.factor7[d.group]
				g := &b.gain[d.form]
				for k := range g[:n] {
					z[k] += float64(g[k] * m)
				}
				if s != 0 {
					g = &b.gain7[d.form]
					for k := range g[:n] {
						z[k] += float64(g[k] * s)
					}
				}
			}
		}
		if o.row {
			w := b.base - float64(b.wf*fast) - float64(b.ws*slow) + u
			switch {
			case brief != nil:
				brief[row] = imbalance{w, 1 - free}
			case full != nil:
				c, c7 := 0.0, 0.0
				for k := range n {
					c += float64(b.c[k] * z[k])
					c7 += float64(b.c7[k] * z[k])
				}
				full[row] = Row{max(c, 0), max(c7, 0), max(1-free, 0), w} // the caller applies the gain
			}
			row++
		}
	}
	b.state.fast, b.state.slow = fast, slow
}

// withdrawal is excess on the scale of the SOWS.
func withdrawal(gain, excess float64) float64 {
	return min(WithdrawalMax, math.Max(0, gain*excess))
}
