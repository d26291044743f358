package pkpd

import (
	"context"
	"errors"
	"math"
	"slices"
)

// Days follows each draw of a Person day by day through days of a few levels,
// for who looks for a plan among them. A day goes from when its first dose begins
// to act until the next day's does, so that a night belongs to the dose before
// it. What chance and the hour of the day add to how it feels is not in it, as no
// dose changes that. Follow may be called by several goroutines for different
// bodies; nothing else may.
type Days struct {
	tracks []dayTrack // by level, then by weekday where the week is not even
	week   int        // 1, or 7 where days of a week differ
	bodies []dayBody
	copies []int
}

// dayTrack is one day of a level. Its first ops are not looked at, see onsetTicks.
type dayTrack struct {
	*track
	from int
}

// dayBody is one draw, and where it stood at each mark.
type dayBody struct {
	body  body
	gain  float64 // points of 0..10 for an excess of 1
	room  []float64
	marks [][]float64
}

// onsetTicks is from when on a day is looked at: three hours after its first dose
// begins to act. Before that it is the night before that is felt, and it was
// looked at as that day's end; what the dose does not yet lift is next to nothing
// (a test has the figure).
const onsetTicks = 3 * ticksPerHour

// maxDays and maxDayLevels bound what Days follows.
const (
	maxDays      = 400
	maxDayLevels = 1000
)

// Days makes the draws ready. levels are the doses of one day each, AtH within
// 24 hours from firstH, hours after now, at which the first dose of the first day
// is taken; before are those from now until then, and week those of something
// else in the week from firstH on, which repeats.
func (person *Person) Days(ctx context.Context, firstH float64, before []Intake, levels [][]Intake, week []Intake) (*Days, error) {
	p := person.problem
	if !(firstH >= 0 && firstH <= 48) || len(levels) == 0 || len(levels) > maxDayLevels {
		return nil, errors.New("days begin within 48 hours and have 1 to 1000 levels")
	}
	begin := math.Inf(1) // h after now; the earliest start of any level
	for _, day := range levels {
		for _, d := range day {
			if d.Form < nForms {
				begin = min(begin, d.AtH-p.nowH+p.lag[d.Form])
			}
		}
	}
	if math.IsInf(begin, 1) { // no level has a dose
		begin = firstH
	}
	first := toTick(begin)
	lead, forms, err := p.compile(Given(before), p.nowH+float64(first-1)/ticksPerHour)
	if err != nil {
		return nil, err
	}
	out := &Days{week: 1}
	if len(week) > 0 {
		out.week = 7
	}
	until := p.nowH + float64(first)/ticksPerHour + 24*8
	var others [7][]trackDose
	if len(week) > 0 {
		// What is on its way when the week begins comes back with it.
		list, more, err := p.given(week, until)
		if err != nil {
			return nil, err
		}
		forms |= more
		for _, d := range list {
			d.tick -= first
			day := floorMod(d.tick, 7*ticksPerDay) / ticksPerDay
			d.tick = floorMod(d.tick, ticksPerDay)
			others[day] = append(others[day], d)
		}
	}
	used := uint32(0)
	for _, day := range levels {
		list, more, err := p.given(day, until)
		if err != nil {
			return nil, err
		}
		forms |= more
		for i := range list {
			list[i].tick = floorMod(list[i].tick-first, ticksPerDay)
		}
		for w := range out.week {
			doses := slices.Concat(list, others[w])
			sortDoses(doses)
			t := newTrack(0, ticksPerDay, doses, []int32{onsetTicks})
			used |= t.used
			from, at := 0, int32(0)
			for from < len(t.ops) {
				if o := t.ops[from]; o.step >= 0 {
					at += stepTicks[o.step]
				}
				if at >= onsetTicks {
					break
				}
				from++
			}
			out.tracks = append(out.tracks, dayTrack{t, from})
		}
	}
	start := newTrack(0, first, lead, nil)
	used |= start.used
	out.bodies = make([]dayBody, len(person.unique))
	for _, i := range person.unique {
		out.copies = append(out.copies, person.copies[i])
	}
	err = share(ctx, 2, len(person.unique), func(_, u int) {
		d := &out.bodies[u]
		person.room(&d.body)
		var fitted fittedPerson
		person.stand(person.unique[u], &d.body, &fitted, forms, used)
		d.gain = fitted.params.Gain
		d.gain *= fitted.reporting.Slope
		d.body.run(start, nil, nil)
		d.keep(0)
	})
	return out, err
}

// floorMod is the remainder from 0 up.
func floorMod(a, n int32) int32 { return (a%n + n) % n }

// Copies is how often each draw counts.
func (d *Days) Copies() []int { return d.copies }

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
