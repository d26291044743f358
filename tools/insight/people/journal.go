package people

import (
	"math"
	"time"

	"github.com/evenkeel/evenkeel/insight/diary"
	"github.com/evenkeel/evenkeel/journal"
)

// Diarist writes what a person's days show into a journal.
type Diarist struct {
	fold journal.Fold
	n    int
}

// begin is midnight of the first day.
var begin = time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)

// Midnight is when a day begins, counted from the first.
func Midnight(day int) time.Time { return begin.AddDate(0, 0, day) }

// Journal is the reading so far.
func (w *Diarist) Journal() *journal.Journal { return w.fold.Journal() }

func (w *Diarist) add(at float64, p journal.Payload) {
	w.n++
	e := journal.Event{At: begin.Add(time.Duration(at * float64(time.Hour))), Body: p}
	e.Stamp(e.At)
	w.fold.Apply(journal.ID{12: byte(w.n >> 16), 13: byte(w.n >> 8), 14: byte(w.n), 15: 9}, e)
}

// Write writes the last day that a person lived.
func (w *Diarist) Write(d *diary.Day, p *Person) {
	for i, o := range d.Doses {
		dose := &journal.Dose{Product: o.Product, Amount: math.Round(10*p.Grams[i]+1) / 10, Unit: "g", Reasons: o.Reasons}
		if o.Helped >= 0 {
			dose.Helped = &o.Helped
		}
		w.add(o.At, dose)
	}
	for i := range d.Checks {
		c := &d.Checks[i]
		v := [diary.Scores]int{}
		for s := range v {
			v[s] = int(c.Score[s])
		}
		check := &journal.CheckIn{Mood: &v[diary.Mood], Calm: &v[diary.Calm], Energy: &v[diary.Energy], Pain: &v[diary.Pain], Rough: &v[diary.Rough], Craving: &v[diary.Craving]}
		if i == 0 && !math.IsNaN(d.Sleep) {
			check.SleepHours = &d.Sleep
		}
		w.add(c.At, check)
	}
	last := float64(p.n)*24 - 0.6
	if d.Alcohol {
		w.add(last, &journal.Substance{Class: "alcohol"})
	}
	if d.Known && len(d.Doses) == 0 {
		w.add(last+0.1, &journal.None{})
	}
}
