package sign

import (
	"slices"
	"time"

	"github.com/evenkeel/evenkeel/insight/trend"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
	"github.com/evenkeel/evenkeel/safety/rule"
	"github.com/evenkeel/evenkeel/taper"
)

// The windows, in days, and how many known days each must hold. They are our
// choice: long enough that a week of guests or illness does not decide, short
// enough that a change shows.
const (
	recentDays, recentKnown = 14, 7
	beforeDays, beforeKnown = 28, 10
)

// Kind is what a sign is about.
type Kind string

// The signs, in the order in which they are shown.
const (
	Amount   Kind = "amount"   // mg a day, of mitragynine or 7-OH
	Doses    Kind = "doses"    // doses a day
	Gaps     Kind = "gaps"     // hours between doses, shorter
	Stronger Kind = "stronger" // doses of more mg than any before
	Early    Kind = "early"    // the first dose of the day, earlier
	Mixing   Kind = "mixing"   // days with something that slows breathing within hours
	Plan     Kind = "plan"     // days over the person's own plan, where one held
)

// Kinds are all of them.
var Kinds = []Kind{Amount, Doses, Gaps, Stronger, Early, Mixing, Plan}

// Sign is one count.
type Sign struct {
	Kind Kind
	// Known is false where too little is known: then nothing else is set, and
	// Days says how many known days are still needed in the last two weeks, More
	// how many in the four before.
	Known      bool
	Days, More int
	// Count of Of: days, gaps or doses of the last two weeks.
	Count, Of int
	// Line is what nine in ten of the earlier ones stayed within: mg, doses,
	// hours, or hours after midnight.
	Line float64
	// On are the days that show it.
	On []journal.Date
}

// Of counts every sign, up to the day before now: today is not over. Only mixing
// counts today, and Plan is left out where no plan held.
func Of(j *journal.Journal, now time.Time) []Sign {
	t := trend.Of(j, now, recentDays+beforeDays+1)
	today := journal.DateOf(now)
	w := windows{recent: today.Add(-recentDays), before: today.Add(-recentDays - beforeDays), today: today}
	days := w.days(t.Days)
	first, held := firsts(j, &w)
	list := make([]Sign, 0, len(Kinds))
	for _, k := range Kinds {
		s := Sign{Kind: k}
		switch k {
		case Mixing:
			s.mixing(j, &w)
			list = append(list, s)
			continue
		case Plan:
			if s.plan(j, &w) {
				list = append(list, s)
			}
			continue
		}
		s.Days, s.More = max(0, recentKnown-len(days.recent)), max(0, beforeKnown-len(days.before))
		if s.Known = s.Days == 0 && s.More == 0; s.Known {
			switch k {
			case Amount:
				s.amount(days)
			case Doses:
				s.over(days, func(d *trend.Day) (float64, bool) { return float64(d.Doses), true })
			case Gaps:
				s.gaps(t.Gaps, &w)
			case Stronger:
				s.stronger(held)
			case Early:
				s.early(first)
			}
		}
		list = append(list, s)
	}
	return list
}

// windows are the first days of both, and today, which ends them.
type windows struct{ recent, before, today journal.Date }

func (w *windows) in(d journal.Date) (recent, before bool) {
	return w.recent <= d && d < w.today, w.before <= d && d < w.recent
}

// split are figures of both windows.
type split[T any] struct{ recent, before []T }

func (w *windows) days(all []trend.Day) split[*trend.Day] {
	var s split[*trend.Day]
	for i := range all {
		d := &all[i]
		if d.State == journal.DayUnknown {
			continue
		}
		switch recent, before := w.in(d.Date); {
		case recent:
			s.recent = append(s.recent, d)
		case before:
			s.before = append(s.before, d)
		}
	}
	return s
}

// over counts the recent days above what nine in ten of the earlier ones
// stayed within. Days without a figure count nowhere; too few leave the sign
// unknown.
func (s *Sign) over(days split[*trend.Day], of func(*trend.Day) (float64, bool)) {
	var earlier []float64
	for _, d := range days.before {
		if v, ok := of(d); ok {
			earlier = append(earlier, v)
		}
	}
	if len(earlier) < beforeKnown {
		s.Known, s.More = false, beforeKnown-len(earlier)
		return
	}
	s.Line = pkpd.Quantile(earlier, 0.9)
	for _, d := range days.recent {
		v, ok := of(d)
		if !ok {
			continue
		}
		s.Of++
		if v > s.Line {
			s.Count++
			s.On = append(s.On, d.Date)
		}
	}
	if s.Of < recentKnown {
		*s = Sign{Kind: s.Kind, Days: recentKnown - s.Of}
	}
}

// amount counts by the alkaloid that more of the person's days are known by:
// 7-OH where it is taken as such.
func (s *Sign) amount(days split[*trend.Day]) {
	seven := 0.0
	for _, d := range slices.Concat(days.before, days.recent) {
		seven += d.SevenOH.Mid
	}
	s.over(days, func(d *trend.Day) (float64, bool) {
		if seven > 0 {
			return d.SevenOH.Mid, d.SevenOH.Unknown == 0
		}
		return d.Mitragynine.Mid, d.Mitragynine.Unknown == 0
	})
}

// gaps counts the recent ones that are shorter than nine in ten before.
func (s *Sign) gaps(all []trend.Gap, w *windows) {
	var g split[trend.Gap]
	for _, x := range all {
		if !x.ByDay() {
			continue
		}
		switch recent, before := w.in(journal.DateOf(x.At)); {
		case recent:
			g.recent = append(g.recent, x)
		case before:
			g.before = append(g.before, x)
		}
	}
	if len(g.before) < beforeKnown || len(g.recent) < recentKnown {
		*s = Sign{Kind: s.Kind, Days: max(0, recentKnown-len(g.recent)), More: max(0, beforeKnown-len(g.before))}
		return
	}
	hours := make([]float64, len(g.before))
	for i, x := range g.before {
		hours[i] = x.Hours
	}
	s.Line = pkpd.Quantile(hours, 0.1)
	for _, x := range g.recent {
		s.Of++
		if x.Hours < s.Line {
			s.Count++
			s.show(journal.DateOf(x.At))
		}
	}
}

// show adds a day once.
func (s *Sign) show(d journal.Date) {
	if len(s.On) == 0 || s.On[len(s.On)-1] != d {
		s.On = append(s.On, d)
	}
}

// mixing counts days on which something that slows breathing was taken within
// hours of a dose, against nothing: one such day is enough to know of, however
// little else is known, and today's is not waited for.
func (s *Sign) mixing(j *journal.Journal, w *windows) {
	for d := w.today.Add(1 - recentDays); d <= w.today; d = d.Add(1) {
		mixed := slices.ContainsFunc(j.On(d), func(e *journal.Entry) bool {
			return rule.Mixes(&e.Event, j.Between(e.At.Add(-rule.MixingWindow()), e.At.Add(rule.MixingWindow()+1)))
		})
		if mixed {
			s.Count++
			s.On = append(s.On, d)
		}
		if mixed || j.Day(d).State != journal.DayUnknown {
			s.Of++
		}
	}
	if s.Count == 0 && s.Of < recentKnown {
		*s = Sign{Kind: s.Kind, Days: recentKnown - s.Of}
		return
	}
	s.Known, s.Line = true, rule.MixingWindow().Hours()
}

// plan counts the recent days over the person's own plan; false where none held
// on any of them.
func (s *Sign) plan(j *journal.Journal, w *windows) (held bool) {
	for d := w.recent; d < w.today; d = d.Add(1) {
		day, ok := taper.DayOf(j, d)
		held = held || ok
		if !day.Known || day.Before {
			continue
		}
		s.Of++
		if day.Over > 0 {
			s.Count++
			s.On = append(s.On, d)
		}
	}
	if s.Known = s.Of > 0; !s.Known {
		s.Days = 1
	}
	return held
}
