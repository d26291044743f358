package insight

import (
	"math"

	"github.com/evenkeel/evenkeel/insight/trend"
	"github.com/evenkeel/evenkeel/journal"
)

// leastDays is how many known days a week must have.
const leastDays = 4

// week is one of the weeks of seven days that end with the last day.
type week struct {
	from, to journal.Date // to is the day after the last
	value    float64      // NaN where too few days are known
	days     []journal.Date
}

// weekly is the mean of a figure by weeks counted from the first day, so that an
// earlier week stays what it was. A day without a figure takes no part.
func weekly(first journal.Date, n int, of func(i int) (float64, bool)) []week {
	var list []week
	for from := 0; from+7 <= n; from += 7 {
		w := week{from: first.Add(from), to: first.Add(from + 7), value: math.NaN()}
		sum := 0.0
		for i := from; i < from+7; i++ {
			if v, ok := of(i); ok {
				sum += v
				w.days = append(w.days, first.Add(i))
			}
		}
		if len(w.days) >= leastDays {
			w.value = sum / float64(len(w.days))
		}
		list = append(list, w)
	}
	return list
}

// ofTrend is weekly over the days of what was taken.
func (l *look) ofTrend(of func(*trend.Day) (float64, bool)) []week {
	if len(l.trend.Days) == 0 {
		return nil
	}
	return weekly(l.trend.Days[0].Date, len(l.trend.Days), func(i int) (float64, bool) {
		if l.trend.Days[i].State == journal.DayUnknown {
			return 0, false
		}
		return of(&l.trend.Days[i])
	})
}

func values(list []week) []float64 {
	v := make([]float64, len(list))
	for i := range list {
		v[i] = list[i].value
	}
	return v
}

// plotOf draws weeks, the last half year of them.
func plotOf(list []week, unit string) Plot {
	p := Plot{Unit: unit, Across: math.NaN()}
	for _, w := range list[max(0, len(list)-26):] {
		if !math.IsNaN(w.value) {
			p.Points = append(p.Points, Point{w.from, w.to, w.value})
		}
	}
	return p
}

func daysOf(list []week) []journal.Date {
	var days []journal.Date
	for _, w := range list {
		if !math.IsNaN(w.value) {
			days = append(days, w.days...)
		}
	}
	return days
}
