package taper

import (
	"math"
	"slices"
)

// Strategy is a way down.
type Strategy string

// Strategies in the order in which a form offers them.
const (
	Percent   Strategy = "percent"   // a part of what is taken now, each step anew
	Fixed     Strategy = "step"      // the same amount each step
	Occupancy Strategy = "occupancy" // equal steps of what acts at the receptor
	Fewer     Strategy = "fewer"     // one dose a day less each step, the others as they are
	Gaps      Strategy = "gaps"      // the same dose, further apart each step
	Table     Strategy = "table"     // as typed: from day, amount a day
	// Lowest is the lowest amounts under a ceiling: LeastPlan, not Lay.
	Lowest Strategy = "least"
)

// Strategies are those that Lay lays out.
var Strategies = []Strategy{Percent, Fixed, Occupancy, Fewer, Gaps, Table}

// Pace is a strategy with its numbers, all of them typed by the person.
type Pace struct {
	Strategy Strategy
	// Size of a step: percent (0 to 100], amount a day in the start's unit, number
	// of equal steps, or minutes that gaps grow by. None for Fewer and Table.
	Size float64
	// Every is how many days a step lasts, 1 to 365. None for Table.
	Every int
	// Rows of a Table, in order.
	Rows []Row
	// Limits of Lowest, which has neither Size nor Every.
	Limits Limits
}

// Row says that from Day on (0 is the first) Amount a day is taken, in the
// start's unit.
type Row struct {
	Day    int
	Amount float64
}

// Step is the pattern from a day on, 0 being the first day of the plan.
type Step struct {
	Day     int
	Pattern Pattern
}

// Schedule is a plan laid out: its steps in order. The last one goes on.
type Schedule struct {
	Start Start
	Pace  Pace
	Steps []Step
	// Goal in grains a day, and Reached on which day it begins; -1 where the plan
	// does not come to it.
	Goal, Reached int
	// Finer counts the steps that the person could not measure: they asked for
	// less than a grain, so the amount stayed as it was.
	Finer int
}

// Lay lays a pace out from a start down to a goal (amount a day, 0 for none).
// half is the amount a day at which half of the receptors are taken at the
// day's peak, for Occupancy; 0 where it is not known.
func Lay(s Start, goal float64, p Pace, half float64) (Schedule, error) {
	if err := s.Check(); err != nil {
		return Schedule{}, err
	}
	if !(goal >= 0) || goal > s.Amount(s.Day.Grains()) {
		return Schedule{}, refuse("way.goal_range")
	}
	if p.Strategy != Table && (p.Every < 1 || p.Every > 365) {
		return Schedule{}, refuse("way.every_range")
	}
	out := Schedule{Start: s, Pace: p, Steps: []Step{{0, s.Day.clone()}}, Goal: s.Ceil(goal), Reached: -1}
	if out.Goal > s.Day.Grains() {
		out.Goal = s.Day.Grains()
	}
	var err error
	switch p.Strategy {
	case Percent:
		if !(p.Size > 0 && p.Size <= 100) {
			return Schedule{}, refuse("way.percent_range")
		}
		// A step below half a grain would never end: the last one goes to none.
		err = out.totals(func(_ int, amount float64) float64 { return amount * (1 - p.Size/100) })
	case Fixed:
		if !(p.Size > 0) {
			return Schedule{}, refuse("way.step_range")
		}
		err = out.totals(func(_ int, amount float64) float64 { return amount - p.Size })
	case Occupancy:
		if !(p.Size >= 1 && p.Size <= 365) || p.Size != math.Trunc(p.Size) {
			return Schedule{}, refuse("way.steps_range")
		}
		if !(half > 0) {
			return Schedule{}, refuse("way.no_receptor")
		}
		x0 := s.Amount(s.Day.Grains())
		top, low := x0/(x0+half), goal/(goal+half)
		err = out.totals(func(k int, _ float64) float64 {
			o := top - (top-low)*float64(k)/p.Size
			return half * o / (1 - o)
		})
	case Fewer:
		out.fewer()
	case Gaps:
		err = out.gaps()
	case Table:
		err = out.table()
	default:
		err = refuse("way.no_strategy")
	}
	if err != nil {
		return Schedule{}, err
	}
	out.tidy()
	return out, nil
}

// totals steps down through amounts a day until the goal. next gives the exact
// amount of step k from the exact one before, so that rounding never adds up.
func (s *Schedule) totals(next func(k int, amount float64) float64) error {
	amount, now := s.Start.Amount(s.Start.Day.Grains()), s.Start.Day
	for k, day := 1, s.Pace.Every; now.Grains() > s.Goal; k, day = k+1, day+s.Pace.Every {
		if day > MostDays {
			return refuse("way.too_long", "n", MostDays/365)
		}
		amount = max(next(k, amount), 0)
		total := max(min(s.Start.nearest(amount), now.Grains()), s.Goal)
		if total == now.Grains() {
			s.Finer++
			continue
		}
		now = now.less(total, s.Start.Day)
		s.Steps = append(s.Steps, Step{day, now})
	}
	return nil
}

// fewer drops the dose that comes soonest after another one, the first of the
// day never before it is the last one left.
func (s *Schedule) fewer() {
	now := s.Start.Day
	for day := s.Pace.Every; now.Grains() > s.Goal; day += s.Pace.Every {
		drop := 0
		for i := 1; i < len(now); i++ {
			if drop == 0 || now[i].Minute-now[i-1].Minute < now[drop].Minute-now[drop-1].Minute {
				drop = i
			}
		}
		then := slices.Delete(now.clone(), drop, drop+1)
		if then.Grains() < s.Goal { // the last dose to go is cut to the goal
			then = now.less(s.Goal, s.Start.Day)
		}
		now = then
		s.Steps = append(s.Steps, Step{day, now})
	}
}

// gaps spreads the doses further apart from the first of the day on; what would
// come later than the last dose comes now is left out.
func (s *Schedule) gaps() error {
	if !(s.Pace.Size >= 1 && s.Pace.Size <= 24*60) || s.Pace.Size != math.Trunc(s.Pace.Size) {
		return refuse("way.gap_range")
	}
	day := s.Start.Day
	first, last := day[0].Minute, day[len(day)-1].Minute
	now := day
	for k, at := 1, s.Pace.Every; now.Grains() > s.Goal; k, at = k+1, at+s.Pace.Every {
		if at > MostDays {
			return refuse("way.too_long", "n", MostDays/365)
		}
		then := Pattern{}
		if len(now) > 1 {
			minute := first
			for i, d := range day {
				if i > 0 {
					minute += day[i].Minute - day[i-1].Minute + k*int(s.Pace.Size)
				}
				if minute <= last {
					then = append(then, Dose{minute, d.Grains})
				}
			}
		}
		if then.Grains() < s.Goal {
			then = now.less(s.Goal, day)
		}
		now = then
		s.Steps = append(s.Steps, Step{at, now})
	}
	return nil
}

// table takes the rows as they are, and refuses those that rise or that the
// person cannot measure.
func (s *Schedule) table() error {
	now, last := s.Start.Day, 0
	if len(s.Pace.Rows) == 0 {
		return refuse("way.no_rows")
	}
	for i, r := range s.Pace.Rows {
		n := s.Start.nearest(r.Amount)
		switch {
		case r.Day < 0 || r.Day > MostDays || i > 0 && r.Day <= last:
			return refuse("way.rows_order")
		case !(r.Amount >= 0) || math.Abs(r.Amount-s.Start.Amount(n)) > 1e-6:
			return refuse("way.row_finer", "amount", r.Amount)
		case n > now.Grains():
			return refuse("way.row_rises", "amount", r.Amount)
		}
		last = r.Day
		if n == now.Grains() {
			continue
		}
		now = now.less(n, s.Start.Day)
		if r.Day == 0 {
			s.Steps[0].Pattern = now
			continue
		}
		s.Steps = append(s.Steps, Step{r.Day, now})
	}
	s.Goal = min(s.Goal, now.Grains())
	return nil
}

// tidy finds when the goal is reached.
func (s *Schedule) tidy() {
	for _, st := range s.Steps {
		if st.Pattern.Grains() <= s.Goal {
			s.Reached = st.Day
			return
		}
	}
}

// On is the pattern of a day; days before the first are the start's.
func (s *Schedule) On(day int) Pattern {
	now := s.Start.Day
	for _, st := range s.Steps {
		if st.Day > day {
			break
		}
		now = st.Pattern
	}
	return now
}

// Length is how many days pass until the last step.
func (s *Schedule) Length() int { return s.Steps[len(s.Steps)-1].Day }

// Needs is the amount, in the start's unit, of the days before the last step.
func (s *Schedule) Needs() float64 {
	sum := 0
	for i, st := range s.Steps[:len(s.Steps)-1] {
		sum += st.Pattern.Grains() * (s.Steps[i+1].Day - st.Day)
	}
	return s.Start.Amount(sum)
}

// Fastest is the largest part of an amount a day that goes within 30 days, 0 to
// 1, and on which day that step comes. More than 0.3 is what Glanz 2024
// (PMC11044711) saw overdoses rise with.
func (s *Schedule) Fastest() (share float64, day int) {
	for i, st := range s.Steps {
		before := s.On(st.Day - 30)
		if i == 0 {
			before = s.Start.Day
		}
		if n := before.Grains(); n > 0 {
			if f := 1 - float64(st.Pattern.Grains())/float64(n); f > share+1e-12 {
				share, day = f, st.Day
			}
		}
	}
	return share, day
}
