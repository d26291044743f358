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
	start   [nModes]stepMode // the effect sites at the start of a step
	tables  [nSteps]stepTable
	delta   float64 // E7 - EM
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

// tooCloseHere is how much cancellation a fit allows: relative errors of 1e-6.
const tooCloseHere = 1e10

// set makes the body ready for a person, a set of forms (a bit each) and the
// lengths of the tracks to come (a bit each).
func (b *body) set(p *Params, forms uint8, used uint32) {
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
	// The order of use: what feeds the mitragynine site alone, then what feeds
	// both, then 7-OH alone, so that the sums below leave out what is always 0.
	b.delta = p.E7 - p.EM
	var pw ladder
	n := 0
	var from [nModes]int
	keep := func(i int) { from[n] = i; n++ }
	for _, i := range fixedModes {
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
		seven, mitragynine := b.m.x[i], 0.0
		switch { // x is both sites together, num is delta times that of 7-OH
		case i == modeKeM:
			seven, mitragynine = 0, b.m.x[i]
		case b.delta != 0:
			seven = b.m.num[i] / b.delta
			mitragynine = b.m.x[i] - seven
		}
		b.start[k] = stepMode{1, mitragynine, seven, mitragynine, seven}
		powers(exp(-b.rate[k]/(2*ticksPerHour)), &pw)
		for t := range b.tables {
			if used&(1<<t) != 0 {
				mid, end := pw.at(t)
				b.tables[t].mode[k] = stepMode{end, float64(mitragynine * mid), float64(seven * mid), float64(mitragynine * end), float64(seven * end)}
			}
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
	for i, tau := range [2]float64{p.TauFast, p.TauSlow} {
		powers(exp(-1/(2*ticksPerHour*tau)), &pw)
		for t := range b.tables {
			if used&(1<<t) == 0 {
				continue
			}
			tab := &b.tables[t]
			mid, end := pw.at(t)
			if i == 0 {
				tab.keepF = simpson(mid, end, &tab.fast)
			} else {
				tab.keepS = simpson(mid, end, &tab.slow)
			}
		}
	}
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

// imbalance is one row of a history: what the adaptations exceed the drive by,
// above the threshold, before the gain; and occupancy.
type imbalance struct{ excess, occupancy float64 }

// arrive adds a dose to the modes.
func (b *body) arrive(f Form, m, s float64) {
	g, z := &b.gain[f], &b.state.z
	if b.n <= 7 { // see sums7
		z[0] += float64(g[0] * m)
		z[1] += float64(g[1] * m)
		z[2] += float64(g[2] * m)
		z[3] += float64(g[3] * m)
		z[4] += float64(g[4] * m)
		z[5] += float64(g[5] * m)
		if s != 0 {
			g = &b.gain7[f]
			z[3] += float64(g[3] * s)
			z[4] += float64(g[4] * s)
			z[6] += float64(g[6] * s)
		}
		return
	}
	h := &b.gain7[f]
	for k := range b.n {
		z[k] += float64(g[k]*m) + float64(h[k]*s)
	}
}

// run moves the state along the track. It writes rows into brief, or with the
// levels into full; either may be nil.
func (b *body) run(t *track, brief []imbalance, full []Row) {
	n, em, z := b.n, b.em, &b.state.z
	fast, slow := b.state.fast, b.state.slow
	delta := b.delta
	m, s := 0.0, 0.0
	for k := range n {
		m += float64(b.start[k].mEnd * z[k])
		s += float64(b.start[k].sEnd * z[k])
	}
	free := 1 / (1 + m + s)
	u := (em - float64(delta*s)) * free
	row := 0
	for i := range t.ops {
		o := &t.ops[i]
		if o.step >= 0 {
			tab := &b.tables[o.step]
			var mm, sm, me, se float64
			if n <= 7 {
				mm, sm, me, se = sums7(&tab.mode, z)
			} else {
				mm, sm, me, se = sumsAll(&tab.mode, z, n)
			}
			xm, xe := 1+mm+sm, 1+me+se
			r := 1 / float64(xm*xe)
			mid := float64((em - float64(delta*sm)) * float64(r*xe))
			free = float64(r * xm)
			end := float64((em - float64(delta*se)) * free)
			fast = float64(tab.keepF*fast) + (float64(tab.fast[0]*u) + float64(tab.fast[1]*mid) + float64(tab.fast[2]*end))
			slow = float64(tab.keepS*slow) + (float64(tab.slow[0]*u) + float64(tab.slow[1]*mid) + float64(tab.slow[2]*end))
			u = end
		}
		if o.count > 0 {
			for j := range t.doses[o.first : o.first+o.count] {
				d := &t.doses[int(o.first)+j]
				m, s := d.m*b.factorM[d.group], d.s*b.factor7[d.group]
				b.arrive(d.form, m, s)
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
