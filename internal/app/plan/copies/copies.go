// Package copies is a plan as a person takes it along: a sheet of paper, a
// calendar, a table. None of them follows when the plan changes, and each says of
// which day it is.
package copies

import (
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/taper"
)

// Copy is a plan that is taken along, as it stands at a moment.
type Copy struct {
	*locale.Catalogue
	j     *journal.Journal
	entry *journal.Entry
	plan  *journal.Plan
	now   time.Time
	today journal.Date
}

// goesOn is how many days of a plan's last amount are written out, and of one on
// hold: it goes on without an end.
const goesOn = 28

// Of takes the plan that holds. It fails with fault.NotFound without one, and
// with fault.Invalid beside what needs a clinician first.
func Of(j *journal.Journal, now time.Time, c *locale.Catalogue) (*Copy, error) {
	today := journal.DateOf(now)
	p, ok := taper.Current(j, today)
	if !ok {
		return nil, fault.New(fault.NotFound, "way.none")
	}
	if len(taper.FlagsOf(j, now)) > 0 {
		return nil, fault.New(fault.Invalid, "copies.flagged")
	}
	out := &Copy{Catalogue: c, j: j, plan: p, now: now, today: today}
	for _, e := range j.All() {
		if e.Plan() == p {
			out.entry = e
		}
	}
	return out, nil
}

// stretch is a run of days with the same doses.
type stretch struct {
	from  journal.Date
	days  int
	doses []journal.PlanDose
	// open says that it goes on after its days.
	open bool
}

func (s *stretch) to() journal.Date { return s.from.Add(s.days - 1) }

func (s *stretch) amount() float64 {
	return taper.Total(s.doses)
}

// ahead are the runs from today, or the first day of the plan, to its end.
func (c *Copy) ahead() []stretch { return c.runs(max(c.today, c.plan.Begins)) }

// runs are those from a day on. Of the last one, and of a plan on hold, some days
// are written out.
func (c *Copy) runs(first journal.Date) []stretch {
	if c.plan.Held != "" {
		doses, _ := taper.Doses(c.plan, first)
		return []stretch{{from: first, days: goesOn, doses: doses, open: true}}
	}
	var list []stretch
	for i, s := range c.plan.Steps {
		from := max(c.plan.Begins.Add(s.Day), first)
		if i+1 == len(c.plan.Steps) {
			return append(list, stretch{from, goesOn, s.Doses, true})
		}
		if days := from.DaysUntil(c.plan.Begins.Add(c.plan.Steps[i+1].Day)); days > 0 {
			list = append(list, stretch{from, days, s.Doses, false})
		}
	}
	return list
}
