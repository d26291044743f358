package taper

import (
	"math"
	"slices"
	"time"

	"github.com/evenkeel/evenkeel/journal"
)

// Dose is one dose of a planned day: minutes after midnight, and how many
// grains. A grain is the smallest amount that the person can measure, such as a
// tenth of a gram or a quarter of a tablet, so that no plan can hold a finer one.
type Dose struct{ Minute, Grains int }

// Pattern is a day: its doses in order of time. Empty is a day without any.
type Pattern []Dose

// Grains is what the day holds.
func (p Pattern) Grains() int {
	n := 0
	for _, d := range p {
		n += d.Grains
	}
	return n
}

// Within reports that no dose of p is more than that of q at its place, counted
// from the first of the day, and that p has no more of them.
func (p Pattern) Within(q Pattern) bool {
	if len(p) > len(q) {
		return false
	}
	used := 0
	for _, d := range p {
		for used < len(q) && q[used].Grains < d.Grains {
			used++
		}
		if used == len(q) {
			return false
		}
		used++
	}
	return true
}

// Bounds of a plan. Far outside any life, and small enough for any machine.
const (
	// MostDoses a day, MostGrains in one dose, MostDays from first to last.
	MostDoses  = 24
	MostGrains = 10_000
	MostDays   = 5 * 365
)

// Start is where a plan begins.
type Start struct {
	Product           journal.ID
	ProductName, Unit string
	// Grain is the smallest amount of Unit that the person can measure, more
	// than 0.
	Grain float64
	// Day is a day as it is now.
	Day Pattern
	// From says where Day comes from; nil where it was typed.
	From *Taken
	// Kind is what a product on no list is taken for, by its name and unit; nil
	// where they say nothing, or it is on the list. An assumption.
	Kind *journal.Product
}

// Amount is what some grains are, in the start's unit, without the noise of
// binary fractions.
func (s *Start) Amount(grains int) float64 {
	return math.Round(float64(grains)*s.Grain*1e6) / 1e6
}

// Ceil is the fewest grains that hold an amount.
func (s *Start) Ceil(amount float64) int { return int(math.Ceil(amount/s.Grain - 1e-9)) }

// nearest is the number of grains next to an amount.
func (s *Start) nearest(amount float64) int { return int(math.Round(amount/s.Grain + 1e-9)) }

// Check reports what in the start cannot be used.
func (s *Start) Check() error {
	switch {
	case !(s.Grain > 0 && s.Grain <= 1000):
		return refuse("way.grain_range")
	case len(s.Day) == 0:
		return refuse("way.no_day")
	case len(s.Day) > MostDoses:
		return refuse("way.too_many_doses", "n", MostDoses)
	}
	for i, d := range s.Day {
		if d.Grains < 1 || d.Grains > MostGrains {
			return refuse("way.dose_range")
		}
		if d.Minute < 0 || d.Minute >= 24*60 || i > 0 && d.Minute <= s.Day[i-1].Minute {
			return refuse("way.times_order")
		}
	}
	return nil
}

// At is the moment of a dose on a day. It always lies on that day: a clock that
// is put forward or back moves a time that does not exist, or exists twice, by
// the hour that it jumps and never over midnight.
func (d Dose) At(day journal.Date, where *time.Location) time.Time {
	y, m, n := day.Time().Date()
	return time.Date(y, m, n, d.Minute/60, d.Minute%60, 0, 0, where)
}

// clone is a copy that shares nothing.
func (p Pattern) clone() Pattern { return slices.Clone(p) }

// less takes grains off one by one, each from the dose that keeps the largest
// part of what it held in from, the later one where two keep as much. So the
// shape of the day stays, and no dose ever rises. Doses that reach none go.
func (p Pattern) less(total int, from Pattern) Pattern {
	out := p.clone()
	began := make([]int, len(out))
	for i, d := range out {
		began[i] = d.Grains
		for _, f := range from {
			if f.Minute == d.Minute {
				began[i] = max(f.Grains, d.Grains)
			}
		}
	}
	for sum := out.Grains(); sum > total; sum-- {
		most := -1
		for i, d := range out {
			if d.Grains > 0 && (most < 0 || d.Grains*began[most] >= out[most].Grains*began[i]) {
				most = i
			}
		}
		if most < 0 {
			break
		}
		out[most].Grains--
	}
	return slices.DeleteFunc(out, func(d Dose) bool { return d.Grains == 0 })
}
