package trend

import (
	"time"

	"github.com/evenkeel/evenkeel/exposure"
	"github.com/evenkeel/evenkeel/journal"
)

// Trend is a run of days, the earliest first, with no day left out between
// them.
type Trend struct {
	Days []Day
	// Gaps are the times between one dose and the next, in order of the later
	// one, which lies within Days.
	Gaps []Gap
}

// Day is what the journal says of a day.
type Day struct {
	Date  journal.Date
	State journal.DayState
	// Partial is true of today, which is not over yet.
	Partial bool
	Doses   int
	// Mitragynine and SevenOH are what the day's doses held.
	Mitragynine, SevenOH exposure.Total
	// Grams of leaf, as far as it was weighed.
	Grams Weight
	// Rough are the day's answers to how rough it was, 0 to 10.
	Rough []float64
	// SleepHours of the night before, as last written that day; nil for unknown.
	SleepHours *float64
	// Spent is what was written down as spent, a sum for each currency. A day
	// without is not a day on which nothing was spent.
	Spent []journal.Money
}

// Weight is an amount of leaf in g, and how many doses of leaf had no weight.
type Weight struct {
	Sum     float64
	Unknown int
}

// Gap is the time between two doses.
type Gap struct {
	// At is when the later dose was taken.
	At time.Time
	// Hours since the dose before.
	Hours float64
	// Unknown is true where a day without entries lies between the two: what was
	// taken then nobody knows.
	Unknown bool

	from, to journal.Date // the days of the two
}

// nightHours is from when on a gap is taken to hold a night's sleep, our choice.
const nightHours = 8

// ByDay tells that a gap is known and lies within a day awake: one that holds a
// night says little about the next dose.
func (g *Gap) ByDay() bool { return !g.Unknown && g.Hours < nightHours }

// Of reads the last days up to now, today included; all of them when days is 0.
// Days before the first entry are no part of it.
func Of(j *journal.Journal, now time.Time, days int) Trend {
	entries := j.All()
	today := journal.DateOf(now)
	first, ok := begin(entries, today)
	if !ok {
		return Trend{}
	}
	if from := today.Add(1 - days); days > 0 && from > first {
		first = from
	}
	n := first.DaysUntil(today) + 1
	t := Trend{Days: make([]Day, n)}
	index := make(map[journal.Date]int, n)
	for i, at := 0, first; i < n; i, at = i+1, at.Add(1) {
		t.Days[i] = Day{Date: at, Partial: at == today}
		index[at] = i
	}
	latest := now.Add(time.Minute) // a dose of this very minute counts
	var last *journal.Entry
	var lastDay journal.Date
	for _, e := range entries {
		if e.At.After(latest) {
			break
		}
		day := journal.DateOf(e.At)
		i, in := index[day]
		if in {
			t.Days[i].add(j, e)
		}
		if e.Kind != journal.KindDose {
			continue
		}
		if in && last != nil {
			t.Gaps = append(t.Gaps, Gap{At: e.At, Hours: e.At.Sub(last.At).Hours(), from: lastDay, to: day})
		}
		last, lastDay = e, day
	}
	t.doubtGaps(j)
	return t
}

// begin is the day of the first entry that is about a day.
func begin(entries []*journal.Entry, today journal.Date) (journal.Date, bool) {
	for _, e := range entries {
		if e.Kind == journal.KindPriorUse {
			continue
		}
		d := journal.DateOf(e.At)
		return d, d <= today
	}
	return "", false
}

// add takes in one entry of the day.
func (d *Day) add(j *journal.Journal, e *journal.Entry) {
	switch {
	case e.Dose() != nil:
		dose := e.Dose()
		d.State = journal.DayDoses
		d.Doses++
		held := exposure.Held(j, dose)
		d.Mitragynine.Add(held.Mitragynine)
		d.SevenOH.Add(held.SevenOH)
		d.Grams.add(j, dose)
	case e.None() != nil:
		if d.State == journal.DayUnknown {
			d.State = journal.DayNone
		}
	case e.CheckIn() != nil:
		if r := e.CheckIn().Rough; r != nil {
			d.Rough = append(d.Rough, float64(*r))
		}
		if h := e.CheckIn().SleepHours; h != nil {
			d.SleepHours = h
		}
	case e.Spending() != nil:
		d.Spent = spend(d.Spent, journal.Money{N: e.Spending().Amount, Currency: e.Spending().Currency})
	}
}

// leaf are the forms whose weight says something.
var leaf = map[journal.Form]bool{journal.LeafPowder: true, journal.Capsule: true, journal.Tea: true}

// add takes in a dose of leaf by its weight: as it was written, or by what one
// of its units weighs. A weight of no product is taken as leaf.
func (w *Weight) add(j *journal.Journal, d *journal.Dose) {
	each, weighed := map[string]float64{"g": 1, "mg": 0.001}[d.Unit]
	p, ok := j.Product(d.Product)
	switch {
	case !ok && d.Unit != "g", ok && !leaf[p.Form]:
		return
	case ok && !weighed:
		u, _ := p.Unit(d.Unit)
		each = u.Grams
	}
	if each > 0 {
		w.Sum += each * d.Amount
	} else {
		w.Unknown++
	}
}

// spend adds money to sums that are kept apart by currency.
func spend(sums []journal.Money, m journal.Money) []journal.Money {
	for i := range sums {
		if sums[i].Currency == m.Currency {
			sums[i].N += m.N
			return sums
		}
	}
	return append(sums, m)
}

// doubtGaps marks the gaps that an unknown day lies in.
func (t *Trend) doubtGaps(j *journal.Journal) {
	known := make(map[journal.Date]bool, len(t.Days))
	for _, d := range t.Days {
		known[d.Date] = d.State != journal.DayUnknown
	}
	for i := range t.Gaps {
		g := &t.Gaps[i]
		for day := g.from.Add(1); day < g.to; day = day.Add(1) {
			is, in := known[day]
			if !in {
				is = j.Day(day).State != journal.DayUnknown
				known[day] = is
			}
			if !is {
				g.Unknown = true
				break
			}
		}
	}
}
