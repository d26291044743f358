package taper

import (
	"slices"
	"time"

	"github.com/evenkeel/evenkeel/journal"
)

// Progress is how a plan went so far, without streaks: a day over plan takes
// nothing away from what was reached.
type Progress struct {
	// AtOrUnder of Known days since the plan began, today left out, and those left
	// out on which doses in another unit may have made it more; Over of the last
	// seven with today.
	AtOrUnder, Known, Over int
	// From and To are the planned amounts at the start and today.
	From, To float64
	// OverDays are all days over plan since it began, and LastOver the last of
	// them; empty for none.
	OverDays int
	LastOver journal.Date
	// Between is the mean number of days from one day over plan to the next; 0
	// where there are fewer than two.
	Between float64
	// Gap is the longest time from one dose of the product to the next, where no
	// day of which nothing is known lies between; 0 for none.
	Gap time.Duration
	// Less is how much less than the amount at the start was taken over the Known
	// days, in the plan's unit; below 0 where it was more.
	Less float64
}

// SlowFrom is how many days over plan in seven are a reason to offer a slower
// one. Assumed, as other apps have it.
const SlowFrom = 3

// ProgressOf looks at the days since a plan began, at most a year.
func ProgressOf(j *journal.Journal, p *journal.Plan, today journal.Date) Progress {
	out := Progress{From: Total(p.Steps[0].Doses), To: Amount(p, today)}
	first, all := max(p.Begins, today.Add(-365)), plans(j)
	var firstOver journal.Date
	for day := first; day <= today; day = day.Add(1) {
		d, ok := dayOf(j, all, day)
		if !ok || !d.Known || d.Before || d.Other > 0 && d.Over == 0 {
			continue
		}
		if d.Over > 0 {
			if out.OverDays++; out.OverDays == 1 {
				firstOver = day
			}
			if out.LastOver = day; day > today.Add(-7) {
				out.Over++
			}
		}
		if day == today {
			continue
		}
		out.Known++
		if d.Over == 0 {
			out.AtOrUnder++
		}
		out.Less += out.From - d.Taken
	}
	if out.OverDays > 1 {
		out.Between = float64(firstOver.DaysUntil(out.LastOver)) / float64(out.OverDays-1)
	}
	out.Gap = longest(j, p, first, today)
	return out
}

// longest is the longest known time between two doses of a plan's product.
func longest(j *journal.Journal, p *journal.Plan, first, today journal.Date) time.Duration {
	var gap time.Duration
	var before time.Time
	for day := first; day <= today; day = day.Add(1) {
		d := j.Day(day)
		if d.State == journal.DayUnknown {
			before = time.Time{} // what was taken on it nobody knows
			continue
		}
		for _, e := range d.Entries {
			if dose := e.Dose(); dose != nil && same(j, p, dose) {
				if !before.IsZero() {
					gap = max(gap, e.At.Sub(before))
				}
				before = e.At
			}
		}
	}
	return gap
}

// Lived is the middle amount of a plan's product that was taken a day, over the
// last known days of the plan before today: at most seven of fourteen. ok is false where
// there are fewer than four, as in Begin. A day with a dose that cannot be counted
// in the plan's unit is left out.
func Lived(j *journal.Journal, p *journal.Plan, today journal.Date) (amount float64, days int, ok bool) {
	var taken []float64
	for n := 1; n <= lookBack && len(taken) < mostDays && today.Add(-n) >= p.Begins; n++ {
		if d := takenOn(j, p, today.Add(-n)); d.Known && d.Other == 0 {
			taken = append(taken, d.Taken)
		}
	}
	if len(taken) < fewestDays {
		return 0, len(taken), false
	}
	slices.Sort(taken)
	return taken[(len(taken)-1)/2], len(taken), true
}
