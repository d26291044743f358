package diary

import (
	"math"
	"time"

	"github.com/evenkeel/evenkeel/journal"
)

// Read lists the days from the first entry to the day before now, none left out.
// Today is not over.
func Read(j *journal.Journal, now time.Time) []Day {
	entries := j.All()
	today := journal.DateOf(now)
	var first journal.Date
	for _, e := range entries {
		if e.Kind != journal.KindPriorUse {
			first = journal.DateOf(e.At)
			break
		}
	}
	if first == "" || first >= today {
		return nil
	}
	days := make([]Day, first.DaysUntil(today))
	index := make(map[journal.Date]int, len(days))
	for i, at := 0, first; i < len(days); i, at = i+1, at.Add(1) {
		days[i] = Day{Date: at, Sleep: math.NaN()}
		index[at] = i
	}
	offset := make([]float64, len(days))
	for _, e := range entries {
		if e.At.After(now) {
			break
		}
		i, in := index[journal.DateOf(e.At)]
		if !in {
			continue
		}
		_, seconds := e.At.Zone()
		offset[i] = float64(seconds) / 3600
		days[i].take(e)
	}
	var link Link
	for i := range days {
		link.Set(&days[i], float64(days[i].Date.Time().Unix())/3600-12-offset[i])
	}
	return days
}

func (d *Day) take(e *journal.Entry) {
	at := float64(e.At.UnixMilli()) / 3.6e6
	hour := float64(e.At.Hour()) + float64(e.At.Minute())/60
	switch {
	case e.Dose() != nil:
		x := e.Dose()
		dose := Dose{At: at, Hour: hour, Product: x.Product, Reasons: x.Reasons, Helped: -1}
		if x.Helped != nil {
			dose.Helped = *x.Helped
		}
		d.Doses, d.Known = append(d.Doses, dose), true
	case e.None() != nil:
		d.Known = true
	case e.CheckIn() != nil:
		c := e.CheckIn()
		if c.SleepHours != nil {
			d.Sleep = *c.SleepHours
		}
		check := Check{At: at, Hour: hour}
		rated := false
		for s, v := range [Scores]*int{Mood: c.Mood, Calm: c.Calm, Energy: c.Energy, Pain: c.Pain, Rough: c.Rough, Craving: c.Craving} {
			check.Score[s] = math.NaN()
			if v != nil {
				check.Score[s], rated = float64(*v), true
			}
		}
		if rated {
			d.Checks = append(d.Checks, check)
		}
	case e.Substance() != nil:
		d.Alcohol = d.Alcohol || e.Substance().Class == "alcohol"
	}
}
