package insight

import (
	"math"
	"slices"

	"github.com/evenkeel/evenkeel/exposure"
	"github.com/evenkeel/evenkeel/insight/drift"
	"github.com/evenkeel/evenkeel/insight/trend"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
)

// leastChange is the smallest change of an amount worth a word, as a share.
const leastChange = 0.10

// measure is a figure of what was taken.
type measure struct {
	id, unit string
	of       func(*trend.Day) (float64, bool)
}

func content(of func(*trend.Day) *exposure.Total) func(*trend.Day) (float64, bool) {
	return func(d *trend.Day) (float64, bool) { t := of(d); return t.Mid, t.Unknown == 0 }
}

var (
	dosesADay   = measure{"doses", "insight.unit.doses", func(d *trend.Day) (float64, bool) { return float64(d.Doses), true }}
	sevenOH     = measure{"seven_oh", "insight.unit.mg_day", content(func(d *trend.Day) *exposure.Total { return &d.SevenOH })}
	mitragynine = measure{"mitragynine", "insight.unit.mg_day", content(func(d *trend.Day) *exposure.Total { return &d.Mitragynine })}
	grams       = measure{"grams", "insight.unit.g_day", func(d *trend.Day) (float64, bool) { return d.Grams.Sum, d.Grams.Unknown == 0 }}
)

// weeksOf are the weeks of a measure of what was taken, with how many are known
// and more than nothing.
func (l *look) weeksOf(m measure) (list []week, known int) {
	list = l.ofTrend(m.of)
	for _, w := range list {
		if w.value > 0 {
			known++
		}
	}
	return list, known
}

// leaf is the measure by which more of the person's weeks with leaf are known.
func (l *look) leaf() measure {
	_, g := l.weeksOf(grams)
	if _, m := l.weeksOf(mitragynine); m > g {
		return mitragynine
	}
	return grams
}

// creep tells of amounts, doses and gaps that went up or down over the weeks.
func creep(l *look) []Item {
	if weeks, _ := l.weeksOf(dosesADay); ended(weeks) {
		return []Item{item(Creep, "all")}
	}
	var list []Item
	lack := drift.Least
	for _, m := range []measure{dosesADay, l.leaf(), sevenOH} {
		weeks, known := l.weeksOf(m)
		if known == 0 {
			continue
		}
		lack = min(lack, drift.Least-known)
		if !ended(weeks) {
			list = append(list, l.creeps(m, weeks))
		}
	}
	if weeks := l.gapWeeks(); len(weeks) > 0 {
		list = append(list, l.creeps(measure{id: "gap", unit: "insight.unit.hours"}, weeks))
	}
	for _, i := range list {
		if i.State != Waits {
			return list
		}
	}
	return []Item{waits(Creep, "all", "insight.need.creep", lack)}
}

// ended tells that nothing of a measure was taken in the last known week. What
// went up before it stopped is not what goes on now.
func ended(weeks []week) bool {
	for _, w := range slices.Backward(weeks) {
		if !math.IsNaN(w.value) {
			return w.value == 0
		}
	}
	return false
}

func (l *look) creeps(m measure, weeks []week) Item {
	i := item(Creep, m.id)
	logs := make([]float64, len(weeks))
	for k, w := range weeks {
		if logs[k] = math.NaN(); w.value > 0 {
			logs[k] = math.Log(w.value)
		}
	}
	s, ok := drift.Of(logs)
	if !ok {
		known := 0
		for _, v := range logs {
			if !math.IsNaN(v) {
				known++
			}
		}
		return waits(Creep, m.id, "insight.need.creep", drift.Least-known)
	}
	i.Plot, i.Days = plotOf(weeks, m.unit), daysOf(drift.Last(weeks))
	change := func(perWeek float64) float64 { return math.Expm1(perWeek * float64(s.Span)) }
	i.Size, i.Low, i.High = change(s.PerWeek), change(s.Low), change(s.High)
	if !s.Shows || math.Abs(i.Size) < leastChange {
		return i
	}
	i.State = Says
	key, low, high := "insight.creep.up.", i.Low, i.High
	if i.Size < 0 {
		key, low, high = "insight.creep.down.", -i.High, -i.Low
	}
	i.Says = journal.Phrase{Key: key + m.id, Args: []any{"n", s.Span + 1, "size", percent(math.Abs(i.Size)), "low", percent(low), "high", percent(high),
		"from", pkpd.Round(math.Exp(s.From), 2), "to", pkpd.Round(math.Exp(s.To), 2), "days", len(i.Days)}}
	i.Cannot = journal.Phrase{Key: "insight.cannot.creep"}
	return i
}

// gapWeeks are the mean hours between doses of a day, by the week.
func (l *look) gapWeeks() []week {
	if len(l.trend.Days) == 0 {
		return nil
	}
	first := l.trend.Days[0].Date
	sum, n := make([]float64, len(l.trend.Days)), make([]int, len(l.trend.Days))
	any := false
	for _, g := range l.trend.Gaps {
		if i := first.DaysUntil(journal.DateOf(g.At)); g.ByDay() && i >= 0 && i < len(sum) {
			sum[i], n[i], any = sum[i]+g.Hours, n[i]+1, true
		}
	}
	if !any {
		return nil
	}
	return weekly(first, len(sum), func(i int) (float64, bool) {
		if n[i] == 0 {
			return 0, false
		}
		return sum[i] / float64(n[i]), true
	})
}

// percent is a share in fives of a hundred, and in ones where it is smaller, so
// that little is not told as nothing.
func percent(v float64) float64 {
	if math.Abs(v) < 0.05 {
		return math.Round(100 * v)
	}
	return 5 * math.Round(100*v/5)
}
