package pkpd

import "math"

func (d *dayBody) keep(mark int) {
	for len(d.marks) <= mark {
		d.marks = append(d.marks, nil)
	}
	if d.marks[mark] == nil {
		d.marks[mark] = make([]float64, d.body.n+2)
	}
	m, s := d.marks[mark], &d.body.state
	copy(m, s.z[:d.body.n])
	m[d.body.n], m[d.body.n+1] = s.fast, s.slow
}

func (d *dayBody) back(mark int) {
	m, s := d.marks[mark], &d.body.state
	copy(s.z[:d.body.n], m)
	s.fast, s.slow = m[d.body.n], m[d.body.n+1]
}

// Follow takes body i from one mark to another through days of one level, from
// day begin on (0 is the first), and writes into peaks, one a day, what the doses
// add at the worst hour, points of 0 to 10 on the body's own scale. Mark 0 is the
// beginning; to is not kept where it is negative. Where drug is not negative, what
// is in the body is taken from that mark, and how far it has adjusted from the
// other all the same.
func (d *Days) Follow(i, begin, level, from, to, drug int, peaks []float32) {
	b := &d.bodies[i]
	var other bodyState // with the drug of elsewhere
	if drug >= 0 {
		b.back(drug)
		other = b.body.state
	}
	b.back(from)
	if drug >= 0 {
		other.fast, other.slow = b.body.state.fast, b.body.state.slow
	}
	for n := range peaks {
		t := &d.tracks[level*d.week+(begin+n)%d.week]
		var top float64
		if drug >= 0 && !b.body.apart(&other) {
			drug = -1 // from now on both have the same in them
		}
		if drug >= 0 {
			if cap(b.room) < len(t.ops) {
				b.room = make([]float64, len(t.ops))
			}
			room := b.room[:len(t.ops)]
			mine := b.body.state
			b.body.state = other
			b.body.acting(t, room)
			other, b.body.state = b.body.state, mine
			top = b.body.worst(t, room)
		} else {
			top = b.body.worst(t, nil)
		}
		peaks[n] = float32(min(10, max(0, b.gain*top)))
	}
	if to >= 0 {
		b.keep(to)
	}
}

// sameDrug is how much of the half-saturating amount two bodies may differ by and
// be taken to have the same drug in them: a thousandth of a point, or less.
const sameDrug = 1e-5

// apart tells whether other has another amount of drug in it.
func (b *body) apart(other *bodyState) bool {
	sum := 0.0
	for k := range b.n {
		sum += math.Abs(float64((b.start[k].mEnd + b.start[k].sEnd) * (other.z[k] - b.state.z[k])))
	}
	return sum > sameDrug
}

// acting moves what is in the body along a day, and writes what acts after each
// op. How far the body has adjusted stays as it is.
func (b *body) acting(t *dayTrack, drive []float64) {
	n, em, delta, z := b.n, b.em, b.delta, &b.state.z
	u := 0.0
	for i := range t.ops {
		o := &t.ops[i]
		if o.step >= 0 {
			tab := &b.tables[o.step].mode
			me, se := 0.0, 0.0
			for k := range n {
				s, v := &tab[k], z[k]
				me += float64(s.mEnd * v)
				se += float64(s.sEnd * v)
				z[k] = s.keep * v
			}
			u = (em - float64(delta*se)) / (1 + me + se)
		}
		drive[i] = u // before the first step it is not looked at
		for j := range t.doses[o.first : o.first+o.count] {
			d := &t.doses[int(o.first)+j]
			b.arrive(d.form, d.m*b.factorM[d.group], d.s*b.factor7[d.group])
		}
	}
}

// worst moves the state along a day as run does, and gives the highest excess.
// Where with is not nil, it is reckoned with that in place of what acts.
func (b *body) worst(t *dayTrack, with []float64) float64 {
	n, em, z := b.n, b.em, &b.state.z
	fast, slow := b.state.fast, b.state.slow
	delta, top := b.delta, math.Inf(-1)
	m, s := 0.0, 0.0
	for k := range n {
		m += float64(b.start[k].mEnd * z[k])
		s += float64(b.start[k].sEnd * z[k])
	}
	u := (em - float64(delta*s)) / (1 + m + s)
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
			end := float64((em - float64(delta*se)) * float64(r*xm))
			fast = float64(tab.keepF*fast) + (float64(tab.fast[0]*u) + float64(tab.fast[1]*mid) + float64(tab.fast[2]*end))
			slow = float64(tab.keepS*slow) + (float64(tab.slow[0]*u) + float64(tab.slow[1]*mid) + float64(tab.slow[2]*end))
			u = end
		}
		if i >= t.from {
			acts := u
			if with != nil {
				acts = with[i]
			}
			if w := b.base - float64(b.wf*fast) - float64(b.ws*slow) + acts; w > top {
				top = w
			}
		}
		if o.count == 0 {
			continue
		}
		for j := range t.doses[o.first : o.first+o.count] {
			d := &t.doses[int(o.first)+j]
			b.arrive(d.form, d.m*b.factorM[d.group], d.s*b.factor7[d.group])
		}
	}
	b.state.fast, b.state.slow = fast, slow
	return top
}
