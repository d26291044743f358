package trend

import (
	"slices"
	"time"

	"github.com/evenkeel/evenkeel/exposure"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
)

// Spread is the middle of some figures and how far they lie apart: Low and High
// are the quartiles, so that half of them lie between.
type Spread struct {
	N                           int
	Least, Low, Mid, High, Most float64
}

// SpreadOf is the spread of figures; the zero value of none.
func SpreadOf(figures []float64) Spread {
	if len(figures) == 0 {
		return Spread{}
	}
	return Spread{N: len(figures), Least: slices.Min(figures), Low: pkpd.Quantile(figures, 0.25), Mid: pkpd.Quantile(figures, 0.5),
		High: pkpd.Quantile(figures, 0.75), Most: slices.Max(figures)}
}

// Summary is what some days have in common. Every spread is over the days, or
// the gaps, of which the figure is known: days that are over and not unknown.
type Summary struct {
	From, To journal.Date
	// Days that are over; of them, those with doses, those with "none today", and
	// those of which nothing is known.
	Days, WithDoses, None, Unknown int
	// Doses, MitragynineMg, SevenOHMg and Grams are for each day. A day on which
	// the content of some dose is not known is left out of that content.
	Doses, MitragynineMg, SevenOHMg, Grams Spread
	// Gaps are the hours between one dose and the next.
	Gaps Spread
	// Rough is for each day the middle of its answers; SleepHours of each night.
	Rough, SleepHours Spread
	Spent             []journal.Money
}

// Over sums up the days from one to another, both included.
func (t *Trend) Over(from, to journal.Date) Summary {
	s := Summary{From: from, To: to}
	var doses, mitragynine, sevenOH, grams, rough, sleep, gaps []float64
	add := func(list *[]float64, total *exposure.Total) {
		if total.Unknown == 0 {
			*list = append(*list, total.Mid)
		}
	}
	for i := range t.Days {
		d := &t.Days[i]
		if d.Date < from || d.Date > to {
			continue
		}
		for _, m := range d.Spent {
			s.Spent = spend(s.Spent, m)
		}
		if len(d.Rough) > 0 {
			rough = append(rough, pkpd.Quantile(d.Rough, 0.5))
		}
		if d.SleepHours != nil {
			sleep = append(sleep, *d.SleepHours)
		}
		if d.Partial {
			continue
		}
		s.Days++
		switch d.State {
		case journal.DayUnknown:
			s.Unknown++
			continue
		case journal.DayNone:
			s.None++
		case journal.DayDoses:
			s.WithDoses++
		}
		doses = append(doses, float64(d.Doses))
		add(&mitragynine, &d.Mitragynine)
		add(&sevenOH, &d.SevenOH)
		if d.Grams.Unknown == 0 {
			grams = append(grams, d.Grams.Sum)
		}
	}
	for _, g := range t.Gaps {
		if !g.Unknown && g.to >= from && g.to <= to {
			gaps = append(gaps, g.Hours)
		}
	}
	s.Doses, s.MitragynineMg, s.SevenOHMg, s.Grams = SpreadOf(doses), SpreadOf(mitragynine), SpreadOf(sevenOH), SpreadOf(grams)
	s.Gaps, s.Rough, s.SleepHours = SpreadOf(gaps), SpreadOf(rough), SpreadOf(sleep)
	return s
}

// Weeks are the summaries of the weeks of the calendar, which begin on Monday;
// the first and the last may be cut short.
func (t *Trend) Weeks() []Summary {
	return t.parts(func(d journal.Date) bool { return d.Time().Weekday() == time.Monday })
}

// Months are the summaries of the months of the calendar.
func (t *Trend) Months() []Summary {
	return t.parts(func(d journal.Date) bool { return d.Time().Day() == 1 })
}

// parts cuts the days before each that begins a new part. Each part is summed up
// on its own days and gaps, so that years take no longer than their days.
func (t *Trend) parts(begins func(journal.Date) bool) []Summary {
	var list []Summary
	gap := 0
	for from := 0; from < len(t.Days); {
		to := from + 1
		for to < len(t.Days) && !begins(t.Days[to].Date) {
			to++
		}
		last := t.Days[to-1].Date
		end := gap
		for end < len(t.Gaps) && t.Gaps[end].to <= last {
			end++
		}
		part := Trend{Days: t.Days[from:to], Gaps: t.Gaps[gap:end]}
		list = append(list, part.Over(t.Days[from].Date, last))
		from, gap = to, end
	}
	return list
}
