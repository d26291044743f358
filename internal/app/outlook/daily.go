package outlook

import (
	"time"

	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
)

// Daily is today's doses beside the amount a day that the person set.
type Daily struct {
	journal.Daily
	// Taken is in the unit of the amount; Other counts the doses that nothing
	// known leads to it from.
	Taken float64
	Other int
}

// DailyOf compares the day; nil while no amount is set.
func DailyOf(j *journal.Journal, day journal.Day) *Daily {
	set := j.Settings().Daily
	if set == nil || set.Amount == 0 {
		return nil
	}
	d := Daily{Daily: *set}
	for _, e := range day.Entries {
		dose := e.Dose()
		if dose == nil {
			continue
		}
		p, ok := j.Product(dose.Product)
		if !ok {
			p = new(journal.Product)
		}
		if n, ok := p.In(dose.Amount, dose.Unit, set.Unit); ok {
			d.Taken += n
		} else {
			d.Other++
		}
	}
	d.Taken = pkpd.Round(d.Taken, 9) // 0.1 and 0.2 are the 0.3 that was set
	return &d
}

// UnknownSince counts the whole days after a time, before today, of which
// nothing about doses is written.
func UnknownSince(j *journal.Journal, last, now time.Time) int {
	n, today := 0, journal.DateOf(now)
	for day := last.AddDate(0, 0, 1); journal.DateOf(day) < today; day = day.AddDate(0, 0, 1) {
		if j.Day(journal.DateOf(day)).State == journal.DayUnknown {
			n++
		}
	}
	return n
}
