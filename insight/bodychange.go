package insight

import (
	"math"

	"github.com/evenkeel/evenkeel/journal"
)

// onsetDays is how far on either side of its beginning a change is looked at, in
// days, and onsetKnown how many of them must be known.
const onsetDays, onsetKnown = 84, 28

// body puts each change of the body beside what was taken before it began. One
// beginning cannot tell a cause, and no test is made of it.
func body(l *look) []Item {
	last := map[journal.Change]*journal.BodyChange{}
	var order []journal.Change
	for _, e := range l.j.All() {
		b := e.BodyChange()
		if b == nil || b.Since == "" || b.Since >= l.today || journal.DateOf(e.At) >= l.today {
			continue
		}
		if last[b.Change] == nil {
			order = append(order, b.Change)
		}
		last[b.Change] = b
	}
	var list []Item
	for _, c := range order {
		list = append(list, l.onset(c, last[c].Since))
	}
	return list
}

func (l *look) onset(c journal.Change, since journal.Date) Item {
	i := item(Body, string(c))
	weeks, known := l.weeksOf(l.leaf())
	m := l.leaf()
	if list, n := l.weeksOf(sevenOH); n >= known {
		weeks, m = list, sevenOH
	}
	before, b := l.mean(m, since.Add(-onsetDays), since)
	earlier, a := l.mean(m, since.Add(-2*onsetDays), since.Add(-onsetDays))
	i.State = Says
	args := []any{"change", journal.Option("change." + string(c)), "since", since}
	i.Cannot = journal.Phrase{Key: "insight.cannot.body"}
	if c == "hair_shedding" {
		i.Cannot.Key = "insight.cannot.hair"
	}
	if b < onsetKnown || a < onsetKnown || earlier == 0 {
		i.Says = journal.Phrase{Key: "insight.body.since", Args: args}
		return i
	}
	i.Size = before / earlier
	i.Says = journal.Phrase{Key: "insight.body.before", Args: append(args, "times", tenth(i.Size), "n", b+a)}
	i.Plot = plotOf(weeks, m.unit)
	for d := since.Add(-2 * onsetDays); d < since; d = d.Add(1) {
		if k := l.trend.Days[0].Date.DaysUntil(d); k >= 0 && k < len(l.trend.Days) && l.trend.Days[k].State != journal.DayUnknown {
			i.Days = append(i.Days, d)
		}
	}
	return i
}

// mean is that of a measure over known days from one to before another.
func (l *look) mean(m measure, from, to journal.Date) (mean float64, n int) {
	for i := range l.trend.Days {
		d := &l.trend.Days[i]
		if d.Date < from || d.Date >= to || d.State == journal.DayUnknown {
			continue
		}
		if v, ok := m.of(d); ok && !math.IsNaN(v) {
			mean, n = mean+v, n+1
		}
	}
	return mean / float64(max(1, n)), n
}
