package pkpd

// stepMode is what one mode adds to the two effect sites halfway and at the end
// of a step, and what is left of it.
type stepMode struct{ keep, mMid, sMid, mEnd, sEnd float64 }

type stepTable struct {
	mode         [nModes]stepMode
	fast, slow   [3]float64
	keepF, keepS float64
}

// fixedModes are the modes of every schedule, see set.
var fixedModes = [...]int{modeKeM, modeFastM, modeSlowM, modeSeven, modeKe7}

// ladder holds what is left after 0 to 32 half ticks, then after 1.5, 2, 3 and 4 hours.
type ladder struct {
	half [2*16 + 1]float64
	long [nSteps - stepHour - 1]float64
}

func powers(half float64, l *ladder) {
	l.half[0] = 1
	for j := 1; j < len(l.half); j++ {
		l.half[j] = float64(l.half[j-1] * half)
	}
	one := l.half[2*16]
	l.long[0] = float64(one * l.half[16])
	l.long[1] = float64(one * one)
	l.long[2] = float64(l.long[1] * one)
	l.long[3] = float64(l.long[1] * l.long[1])
}

// at returns what is left halfway through step t and at its end.
func (l *ladder) at(t int) (mid, end float64) {
	if t <= stepHour {
		return l.half[t+1], l.half[2*(t+1)]
	}
	end = l.long[t-stepHour-1]
	switch half := stepTicks[t] / 2; half {
	case 12:
		return l.half[24], end
	case 16:
		return l.half[32], end
	case 24:
		return l.long[0], end
	}
	return l.long[1], end
}

// simpson writes the weights that carry a state over a step, given what is left
// of it halfway and at the end, scaled so that a constant input is followed
// exactly, and returns what is left.
func simpson(mid, end float64, w *[3]float64) float64 {
	w[0], w[1], w[2] = end/6, mid*(4.0/6), 1.0/6
	scale := (1 - end) / (w[0] + w[1] + w[2])
	w[0], w[1], w[2] = w[0]*scale, w[1]*scale, w[2]*scale
	return end
}

// sums7 and sumsAll add the modes at the effect sites of mitragynine and 7-OH,
// in the middle and at the end of a step, and move them there. Seven modes are
// written out because one form is what most people's days need: keM feeds the
// site of mitragynine; its two disposition modes and the absorption feed both;
// seven, ke7 and the absorption of 7-OH feed that of 7-OH.
func sums7(t *[nModes]stepMode, z *[nModes]float64) (mm, sm, me, se float64) {
	z0, z1, z2, z5 := z[0], z[1], z[2], z[5]
	a, b, c, f := &t[0], &t[1], &t[2], &t[5]
	mm = float64(a.mMid*z0) + float64(b.mMid*z1) + (float64(c.mMid*z2) + float64(f.mMid*z5))
	me = float64(a.mEnd*z0) + float64(b.mEnd*z1) + (float64(c.mEnd*z2) + float64(f.mEnd*z5))
	sm = float64(b.sMid*z1) + float64(c.sMid*z2) + float64(f.sMid*z5)
	se = float64(b.sEnd*z1) + float64(c.sEnd*z2) + float64(f.sEnd*z5)
	z[0], z[1], z[2], z[5] = a.keep*z0, b.keep*z1, c.keep*z2, f.keep*z5
	z3, z4, z6 := z[3], z[4], z[6]
	d, e, g := &t[3], &t[4], &t[6]
	sm += float64(d.sMid*z3) + float64(e.sMid*z4) + float64(g.sMid*z6)
	se += float64(d.sEnd*z3) + float64(e.sEnd*z4) + float64(g.sEnd*z6)
	z[3], z[4], z[6] = d.keep*z3, e.keep*z4, g.keep*z6
	return
}

func sumsAll(t *[nModes]stepMode, z *[nModes]float64, n int) (mm, sm, me, se float64) {
	z0, z1, z2, z3, z4 := z[0], z[1], z[2], z[3], z[4]
	a, b, c, d, e := &t[0], &t[1], &t[2], &t[3], &t[4]
	mm = float64(a.mMid*z0) + float64(b.mMid*z1) + float64(c.mMid*z2)
	me = float64(a.mEnd*z0) + float64(b.mEnd*z1) + float64(c.mEnd*z2)
	sm = float64(b.sMid*z1) + float64(c.sMid*z2) + float64(d.sMid*z3) + float64(e.sMid*z4)
	se = float64(b.sEnd*z1) + float64(c.sEnd*z2) + float64(d.sEnd*z3) + float64(e.sEnd*z4)
	z[0], z[1], z[2], z[3], z[4] = a.keep*z0, b.keep*z1, c.keep*z2, d.keep*z3, e.keep*z4
	for k := len(fixedModes); k < n && k < nModes-1; k += 2 { // absorption: of both, then of 7-OH alone
		f, g := &t[k], &t[k+1]
		zf, zg := z[k], z[k+1]
		mm += float64(f.mMid * zf)
		me += float64(f.mEnd * zf)
		sm += float64(f.sMid*zf) + float64(g.sMid*zg)
		se += float64(f.sEnd*zf) + float64(g.sEnd*zg)
		z[k], z[k+1] = f.keep*zf, g.keep*zg
	}
	return
}
