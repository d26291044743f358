package outlook

import (
	"context"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
	"github.com/evenkeel/evenkeel/taper"
)

// Paces are ways down side by side, followed by the same draws and the same
// chance.
type Paces struct {
	Start taper.Start
	// Basis says what the forecasts stand on; General that the product is in no
	// record of this person, so that they are of people in general who took it.
	Basis   pkpd.Grounds
	General bool
	// Kind is what a typed product was taken for by its name; nil where it was not.
	Kind *journal.Product
	// Guessed says that most of what acts on the body comes from doses of unknown
	// strength.
	Guessed bool
	// Others counts the doses a week of something else, which the forecasts
	// suppose to go on; LeftOut those that they leave out, where General.
	Others, LeftOut int
	// First is the day that the forecasts take for the first of each pace, and
	// Days how many they cover from it on.
	First journal.Date
	Days  int
	// Same is going on as it is.
	Same pkpd.Course
	List []Way
}

// Way is one pace, looked at.
type Way struct {
	taper.Schedule
	// Half is the amount a day at which half of the receptors are taken at the
	// height of the day, as the model has it; 0 where no pace asked.
	Half float64
	// Err says why it cannot be laid out; the rest is empty then.
	Err error
	// Course counts today as its day 0: the first day of the plan is its day 1.
	Course pkpd.Course
	// Cost is of what it needs, where the price is known.
	Cost journal.Money
	// Least is what is known of a least plan; nil for any other way.
	Least *taper.Certificate
	// Finer is the day on which a least plan would come to its goal if half as much
	// could be measured; -1 where not sooner.
	Finer int
	// Keeps are the days on which it would come there if another dose kept its
	// amount longest; -1 where not sooner, nil where it was not asked.
	Keeps map[taper.Keep]int
}

const (
	// paceDraws are enough for bands of 8 in 10 while somebody waits.
	paceDraws = 250
	// MostPaces are compared at once.
	MostPaces = 6
	paceDays  = 90
	paceAfter = 14 // days after the last step
)

// Paces looks at paces from a start down to a goal. It proposes none.
func (r *Reader) Paces(ctx context.Context, j *journal.Journal, now time.Time, start taper.Start, goal float64, paces []taper.Pace) (Paces, error) {
	if len(paces) > MostPaces {
		return Paces{}, fault.New(fault.Invalid, "way.too_many_paces", "n", MostPaces)
	}
	if err := start.Check(); err != nil {
		return Paces{}, err
	}
	out := Paces{Start: start, First: journal.DateOf(now).Add(1)}
	whole, b, err := r.bodyFor(ctx, j, now, &start)
	if err != nil {
		return Paces{}, err
	}
	out.Basis, out.General, out.Guessed = whole.Basis, b.general, whole.Guess.Most()
	out.Others, out.LeftOut, out.Kind = len(b.others), b.left, b.start.Kind
	half := 0.0
	for _, p := range paces {
		if p.Strategy == taper.Occupancy && half == 0 {
			if half, err = b.half(ctx, whole.Fewer(paceDraws)); err != nil {
				return Paces{}, failed(ctx, err)
			}
		}
		w := Way{Half: half}
		if p.Strategy == taper.Lowest {
			least := r.leastOf(ctx, whole, b, goal, p.Limits)
			if ctx.Err() != nil {
				return Paces{}, ctx.Err()
			}
			w.Schedule, w.Err, w.Least, w.Finer, w.Keeps, w.Pace = least.schedule, least.err, &least.certificate, least.finer, least.keeps, p
		} else {
			w.Schedule, w.Err = taper.Lay(start, goal, p, half)
		}
		if w.Err == nil {
			out.Days = max(out.Days, w.Length()+paceAfter)
			w.Cost = costOf(j, &start, w.Needs())
		}
		out.List = append(out.List, w)
	}
	out.Days = rounded(out.Days)
	looked := []*taper.Schedule{{Start: start, Steps: []taper.Step{{Day: 0, Pattern: start.Day}}}}
	for i := range out.List {
		if out.List[i].Err == nil {
			looked = append(looked, &out.List[i].Schedule)
		}
	}
	all, err := r.courses(ctx, whole, b, out.Days, looked)
	if err != nil {
		return Paces{}, err
	}
	out.Same = all[0]
	next := 1
	for i := range out.List {
		if out.List[i].Err == nil {
			out.List[i].Course = all[next]
			next++
		}
	}
	return out, nil
}

// rounded is how many days are drawn where so many are asked for: a few lengths,
// so that a pace that changes a little leaves the others as they were.
func rounded(days int) int {
	for _, n := range []int{2 * paceAfter, 4 * paceAfter} {
		if days <= n {
			return n
		}
	}
	return paceDays
}
