package diary

import (
	"math"

	"github.com/evenkeel/evenkeel/journal"
)

// Score is one thing that a check-in may rate, 0 to 10.
type Score int

// The scores.
const (
	Mood Score = iota
	Calm
	Energy
	Pain
	Rough
	Craving
	Scores
)

var names = [Scores]string{"mood", "calm", "energy", "pain", "rough", "craving"}

// String is the name of its field in a check-in.
func (s Score) String() string { return names[s] }

// Day is a day that is over.
type Day struct {
	Date journal.Date
	// Known says that it has a dose, or "none today".
	Known bool
	// Doses and Checks are in order of time.
	Doses  []Dose
	Checks []Check
	// Alcohol was written down.
	Alcohol bool
	// Sleep is the hours of the night before, NaN where not written.
	Sleep float64
}

// Dose is one dose.
type Dose struct {
	// At is in hours on a line without an origin that matters; Hour is that of
	// the day, with its fraction.
	At, Hour float64
	// Product is zero where none was named.
	Product journal.ID
	Reasons []journal.Reason
	// Helped is the person's rating, 0 to 4; -1 where there is none.
	Helped int
}

// Check is one check-in.
type Check struct {
	At, Hour float64
	// Score holds NaN for what was not rated.
	Score [Scores]float64
	// Since is the hours since the dose before; where Exact is false at least
	// that; NaN where the day is unknown.
	Since float64
	Exact bool
	// Until is the hours until the next dose of the day; infinite where none
	// followed.
	Until float64
	// After is the product of the dose before.
	After journal.ID
}

// Mean is the mean of a day's check-ins of a score; NaN where there is none.
func (d *Day) Mean(s Score) float64 {
	sum, n := 0.0, 0
	for i := range d.Checks {
		if v := d.Checks[i].Score[s]; !math.IsNaN(v) {
			sum, n = sum+v, n+1
		}
	}
	if n == 0 {
		return math.NaN()
	}
	return sum / float64(n)
}

// Link carries from day to day when the last dose was.
type Link struct {
	// last is when the last dose was; since, where no dose is known, from when on
	// nothing was taken.
	last, since float64
	product     journal.ID
	dosed, open bool // open: what came before is known
}

// Set fills in the hours since and until doses of the next day, which begins and
// ends at the given hours. Days come in order, none left out.
func (l *Link) Set(d *Day, begin float64) {
	switch {
	case !d.Known:
		*l = Link{}
	case !l.open:
		// Of this day all is known, of the one before nothing.
		l.since, l.open = begin, true
	}
	next := 0
	for i := range d.Checks {
		c := &d.Checks[i]
		for next < len(d.Doses) && d.Doses[next].At <= c.At {
			l.last, l.product, l.dosed, l.open = d.Doses[next].At, d.Doses[next].Product, true, true
			next++
		}
		c.Since, c.Exact, c.Until, c.After = math.NaN(), l.dosed, math.Inf(1), journal.ID{}
		switch {
		case l.dosed:
			c.Since, c.After = c.At-l.last, l.product
		case l.open:
			c.Since = c.At - l.since
		}
		if next < len(d.Doses) {
			c.Until = d.Doses[next].At - c.At
		}
	}
	for ; next < len(d.Doses); next++ {
		l.last, l.product, l.dosed, l.open = d.Doses[next].At, d.Doses[next].Product, true, true
	}
}
