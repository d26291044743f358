package pkpd

import (
	"cmp"
	"math"
	"slices"
	"sync"
)

// A fit runs one history a thousand times and more. Its clock is a lattice of
// 1/16 h with "now" at tick 0: doses and check-ins are known to the minute at
// best, and on the lattice eight step lengths serve every schedule.
const (
	ticksPerHour = 16
	ticksPerDay  = 24 * ticksPerHour
)

// stepTicks are the lengths of the steps, in ticks: up to an hour each, then
// one and a half, two, three and four hours.
var stepTicks = [...]int32{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 24, 32, 48, 64}

const (
	stepHour = 15 // index of the step of one hour
	nSteps   = len(stepTicks)
)

// trackDose is a dose on the lattice at the end of its lag.
type trackDose struct {
	tick  int32
	form  Form
	m, s  float64 // nmol of mitragynine and of 7-OH as written down
	group int32   // which factors scale it, index into layout.groups
}

func compareTrackDoses(a, b trackDose) int {
	return cmp.Or(cmp.Compare(a.tick, b.tick), cmp.Compare(a.form, b.form), cmp.Compare(a.m, b.m), cmp.Compare(a.s, b.s), cmp.Compare(a.group, b.group))
}

// trackOp advances by a step, then lets doses arrive, then reports a row. Any
// part may be missing.
type trackOp struct {
	step         int8 // index into stepTicks, or -1
	row          bool
	first, count int32 // into track.doses
}

// track is a schedule on the lattice. It depends on no person, so the same one
// serves every draw.
type track struct {
	ops   []trackOp
	doses []trackDose
	rows  int
	until int32
	used  uint32 // a bit per length
}

// newTrack compiles doses in (from, until] and rows in [from, until], both
// sorted by tick; a dose at from itself arrives at once.
func newTrack(from, until int32, doses []trackDose, rows []int32) *track {
	t := &track{doses: doses, rows: len(rows), until: until}
	now, last := from, from-ticksPerDay // how long ago a dose before from came does not matter for a step
	next, row := 0, 0
	for {
		to, stop := until, true
		if next < len(doses) && doses[next].tick <= to {
			to, stop = doses[next].tick, false
		}
		if row < len(rows) && rows[row] <= to {
			to, stop = rows[row], false
		}
		for now < to {
			step := nextStep(to-now, now-last)
			t.ops = append(t.ops, trackOp{step: int8(step)})
			t.used |= 1 << step
			now += stepTicks[step]
		}
		if stop {
			return t
		}
		first := next
		for next < len(doses) && doses[next].tick <= now {
			next++
		}
		if n := len(t.ops); n == 0 || t.ops[n-1].row || t.ops[n-1].count > 0 {
			t.ops = append(t.ops, trackOp{step: -1})
		}
		o := &t.ops[len(t.ops)-1]
		if next > first {
			o.first, o.count = int32(first), int32(next-first)
			last = now
		}
		// Rows of one moment are one op each; a row sees the doses of its moment.
		for row < len(rows) && rows[row] <= now {
			if o.row {
				t.ops = append(t.ops, trackOp{step: -1})
				o = &t.ops[len(t.ops)-1]
			}
			o.row = true
			row++
		}
	}
}

const (
	longGap  = 256 // ticks; beyond, and long after a dose, the longest step is the best
	longTime = 32  // ticks since a dose from which every length is allowed
)

// bestSteps holds, by ticks to go and ticks since the last dose, the length to
// begin with for the fewest steps, none longer than three quarters of an hour
// or twice the time since the dose: what a dose sets in motion is fast at first
// and slows down.
var bestSteps = sync.OnceValue(func() *[longGap + 1][longTime + 1]int8 {
	var best, count [longGap + 1][longTime + 1]int8
	for left := 1; left <= longGap; left++ {
		for since := 0; since <= longTime; since++ {
			count[left][since] = math.MaxInt8
			for i := nSteps - 1; i >= 0; i-- {
				h := int(stepTicks[i])
				if h > left || h > max(12, 2*since) {
					continue
				}
				if n := 1 + count[left-h][min(since+h, longTime)]; n < count[left][since] {
					best[left][since], count[left][since] = int8(i), n
				}
			}
		}
	}
	return &best
})

func nextStep(left, since int32) int {
	if left > longGap && since >= longTime {
		return nSteps - 1
	}
	return int(bestSteps()[min(left, longGap)][min(since, longTime)])
}

// toTick rounds hours after now to the lattice.
func toTick(h float64) int32 { return int32(math.Floor(h*ticksPerHour + 0.5)) }

// put writes intakes as trackDoses, sorted.
func (t lagTable) put(list []trackDose, d Dose, nowH float64, group int32) []trackDose {
	m, s := nmolM(d.MitragynineMg), nmol7(d.SevenOHMg)
	if m == 0 && s == 0 {
		return list
	}
	return append(list, trackDose{toTick(d.AtH - nowH + t[d.Form]), d.Form, m, s, group})
}

type lagTable [nForms]float64

func sortDoses(list []trackDose) { slices.SortFunc(list, compareTrackDoses) }
