package insight

import (
	"math"
	"slices"

	"github.com/evenkeel/evenkeel/insight/diary"
	"github.com/evenkeel/evenkeel/insight/drift"
	"github.com/evenkeel/evenkeel/insight/trend"
	"github.com/evenkeel/evenkeel/journal"
)

const (
	// around is how many weeks each side of a cut must have, settle how many are
	// left out after it, mostAround how many are looked at.
	around, settle, mostAround = 4, 2, 12
	// cutTo is the share of the amount that is a cut.
	cutTo = 0.8
	// margin is how much worse still counts as about as before, in points.
	margin = 0.5
)

// cut is when the amount went down.
type cut struct {
	at    int     // the first week of less
	share float64 // of the amount before that was taken after it settled
	since journal.Date
	// stopped says that no dose at all was written since.
	stopped bool
}

// cutOf finds the largest lasting cut: every week after it lies at or below the
// share of the mean before. The measure is the amount that most is known of, and
// no other amount may have gone up: 7-OH in place of leaf is no cut.
func (l *look) cutOf() (cut, bool) {
	m := dosesADay
	weeks, best := l.weeksOf(m)
	for _, amount := range []measure{l.leaf(), sevenOH} {
		// An amount says more than a count, where as many weeks are known.
		if list, known := l.weeksOf(amount); known > 0 && known >= best {
			m, weeks, best = amount, list, known
		}
	}
	found, from, ok := cut{share: math.Inf(1)}, 0.0, false
	for at := around; at+settle+around <= len(weeks); at++ {
		before, n := level(weeks[max(0, at-mostAround):at])
		after, k := level(weeks[at+settle:])
		if n < around || k < around || before == 0 || after > cutTo*before || !(weeks[at].value <= cutTo*before) {
			continue
		}
		held := true
		for _, w := range weeks[at+settle:] {
			held = held && !(w.value > cutTo*before)
		}
		if share := after / before; held && share < found.share && !l.more(at) {
			found, from, ok = cut{at: at, share: share, since: weeks[at].from}, before, true
		}
	}
	if !ok {
		return cut{}, false
	}
	// Weeks of which too little is known, and the days of this one, hold doses too.
	settled := weeks[found.at+settle].from
	after, _ := l.mean(m, settled, l.today)
	found.share = after / from
	if last := l.lastDose(); last < settled {
		found.stopped, found.since = true, max(found.since, last.Add(1))
	}
	return found, found.stopped || found.share > 0
}

// more tells that some amount was larger after a week than before it, as far as it
// is known: a dose of unknown content hides no other.
func (l *look) more(at int) bool {
	for _, of := range []func(*trend.Day) float64{
		func(d *trend.Day) float64 { return d.Grams.Sum },
		func(d *trend.Day) float64 { return d.Mitragynine.Mid },
		func(d *trend.Day) float64 { return d.SevenOH.Mid },
	} {
		weeks := l.ofTrend(func(d *trend.Day) (float64, bool) { return of(d), true })
		before, _ := level(weeks[max(0, at-mostAround):at])
		if after, _ := level(weeks[at+settle:]); after > before {
			return true
		}
	}
	return false
}

// lastDose is the last day with a dose; empty for none.
func (l *look) lastDose() journal.Date {
	for _, d := range slices.Backward(l.trend.Days) {
		if d.Doses > 0 {
			return d.Date
		}
	}
	return ""
}

func level(list []week) (mean float64, n int) {
	for _, w := range list {
		if !math.IsNaN(w.value) {
			mean, n = mean+w.value, n+1
		}
	}
	return mean / float64(max(1, n)), n
}

// felt is what is followed over a cut; up says that more of it is better.
type felt struct {
	id, unit string
	up       bool
	of       func(*diary.Day) float64
}

var followed = []felt{
	{"calm", "insight.unit.of_ten", true, func(d *diary.Day) float64 { return d.Mean(diary.Calm) }},
	{"rough", "insight.unit.of_ten", false, func(d *diary.Day) float64 { return d.Mean(diary.Rough) }},
	{"sleep", "insight.unit.hours", true, func(d *diary.Day) float64 { return d.Sleep }},
	{"swings", "insight.unit.points", false, swing},
}

// swing is the mean step of calm between the check-ins of a day; NaN with fewer
// than two.
func swing(d *diary.Day) float64 {
	sum, n, last := 0.0, 0, math.NaN()
	for i := range d.Checks {
		v := d.Checks[i].Score[diary.Calm]
		if math.IsNaN(v) {
			continue
		}
		if !math.IsNaN(last) {
			sum, n = sum+math.Abs(v-last), n+1
		}
		last = v
	}
	if n == 0 {
		return math.NaN()
	}
	return sum / float64(n)
}

// steadier compares how it was before a cut with how it is since. A slip of days
// does not end it: the line goes on.
func steadier(l *look) []Item {
	c, ok := l.cutOf()
	if !ok {
		return []Item{item(Steadier, "all")}
	}
	var list []Item
	for _, f := range followed {
		list = append(list, l.since(c, f))
	}
	return list
}

func (l *look) since(c cut, f felt) Item {
	i := item(Steadier, f.id)
	first := l.days[0].Date
	weeks := weekly(first, len(l.days), func(k int) (float64, bool) {
		v := f.of(&l.days[k])
		return v, !math.IsNaN(v)
	})
	before, after := weeks[max(0, c.at-mostAround):c.at], weeks[min(len(weeks), c.at+settle):]
	i.Plot = plotOf(weeks, f.unit)
	if own, n := level(weeks[:min(len(weeks), around)]); n > 0 {
		i.Plot.Across = own // the person's own first weeks
	}
	size, low, high, ok := drift.Difference(values(before), values(after))
	if !ok {
		_, a := level(before)
		_, b := level(after)
		return waits(Steadier, f.id, "insight.need.steadier", max(around-a, around-b), "score", journal.Option("insight.score."+f.id))
	}
	i.Size, i.Low, i.High, i.Days = size, low, high, append(daysOf(before), daysOf(after)...)
	better, worse := low, high
	if !f.up {
		better, worse = -high, -low
	}
	was, _ := level(before)
	is, _ := level(after)
	args := []any{"score", journal.Option("insight.score." + f.id), "share", max(1, percent(c.share)), "was", tenth(was), "is", tenth(is),
		"low", tenth(low), "high", tenth(high), "n", len(i.Days), "since", c.since}
	key := "insight.steadier."
	if c.stopped {
		key = "insight.stopped."
	}
	switch {
	case better > 0:
		i.Says.Key = key + "better"
	case better > -margin:
		i.Says.Key = key + "as_before"
	case worse < 0:
		i.Says.Key = key + "harder"
	default:
		return i
	}
	i.State, i.Says.Args = Says, args
	i.Cannot = journal.Phrase{Key: "insight.cannot.steadier"}
	return i
}

func tenth(v float64) float64 { return math.Round(10*v) / 10 }
