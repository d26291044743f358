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
