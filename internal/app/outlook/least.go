package outlook

import (
	"context"
	"errors"
	"slices"

	"github.com/evenkeel/evenkeel/exposure"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
	"github.com/evenkeel/evenkeel/taper"
)

// leastDraws are the bodies that a least plan is to hold for.
const leastDraws = 500

// leastWay is a least plan, or why there is none.
type leastWay struct {
	schedule    taper.Schedule
	certificate taper.Certificate
	finer       int
	keeps       map[taper.Keep]int
	err         error
}

// bodies are a person's draws as a planner asks for them.
type bodies struct{ *pkpd.Days }

func (b bodies) Follow(i int, s taper.Stretch, peaks []float32) {
	b.Days.Follow(i, s.Begin, s.Level, s.From, s.To, s.Drug, peaks)
}

// finer is the day on which a least plan would come to its goal for who could
// measure half as much; -1 where not sooner than by another.
func (b *subject) finer(ctx context.Context, person *pkpd.Person, goal float64, l taper.Limits, by int) int {
	half := b.start.Halved()
	if half.Check() != nil {
		return -1
	}
	other := *b
	other.start = &half
	return other.sooner(ctx, person, goal, l, by)
}

// sooner is the day on which a least plan comes to its goal; -1 where not before
// the day that another does.
func (b *subject) sooner(ctx context.Context, person *pkpd.Person, goal float64, l taper.Limits, by int) int {
	l.Unproven, l.Days = true, min(l.Days, by)
	l.Hard = slices.DeleteFunc(slices.Clone(l.Hard), func(d int) bool { return d >= l.Days })
	s, _, err := b.least(ctx, person, goal, l)
	if err != nil {
		return -1
	}
	return s.Reached
}

// keeps are the days on which least plans come to the goal that keep other doses
// longest; -1 where not sooner than by another. Which amounts to move from one dose
// to another is no question of lowest and highest, so that only these are tried.
func (b *subject) keeps(ctx context.Context, person *pkpd.Person, goal float64, l taper.Limits, by int) map[taper.Keep]int {
	if len(b.start.Day) < 2 {
		return nil
	}
	mine, out := l.Keep, map[taper.Keep]int{}
	for _, k := range taper.Keeps {
		if k != mine {
			l.Keep = k
			out[k] = b.sooner(ctx, person, goal, l, by)
		}
	}
	return out
}

// least is the least plan of a person from tomorrow on. Where most of what acts
// comes from doses of unknown strength there is none: it would be made up.
func (b *subject) least(ctx context.Context, person *pkpd.Person, goal float64, l taper.Limits) (taper.Schedule, taper.Certificate, error) {
	if person.Guess.Most() {
		return taper.Schedule{}, taper.Certificate{}, fault.New(fault.Invalid, "way.least_guessed")
	}
	ladder, err := taper.NewLadderKeeping(b.start, goal, l.Keep)
	if err != nil {
		return taper.Schedule{}, taper.Certificate{}, err
	}
	days, err := b.days(ctx, person.Fewer(leastDraws), ladder)
	if err != nil {
		return taper.Schedule{}, taper.Certificate{}, failed(ctx, err)
	}
	s, c, err := taper.LeastPlan(ctx, *b.start, ladder, l, bodies{days})
	var in *taper.InputError
	var not *taper.Infeasible
	switch {
	case errors.As(err, &in):
		return s, c, fault.Wrap(err, fault.Invalid, in.Key, in.Args...)
	case errors.As(err, &not):
		key, args := not.Text()
		return s, c, fault.Wrap(err, fault.Invalid, key, args...)
	case err != nil:
		return s, c, failed(ctx, err)
	}
	return s, c, nil
}

// days are the draws at the first dose of tomorrow, ready for a ladder. Other
// doses go on as in the last week.
func (b *subject) days(ctx context.Context, person *pkpd.Person, ladder taper.Ladder) (*pkpd.Days, error) {
	today := journal.DateOf(b.at)
	first := b.start.Day[0].At(today.Add(1), b.at.Location())
	before := b.doses(b.start.Day, today)
	var week []exposure.Intended
	for _, o := range b.others {
		for n := 1; n <= 2; n++ {
			d := o
			switch d.At = o.At.AddDate(0, 0, 7*n); {
			case d.At.Before(first):
				before = append(before, d)
			case d.At.Before(first.AddDate(0, 0, 7)):
				week = append(week, d)
			}
		}
	}
	levels := make([][]pkpd.Intake, len(ladder))
	for i, p := range ladder {
		levels[i] = b.intakes(b.doses(p, today.Add(1)))
	}
	return person.Days(ctx, first.Sub(b.at).Hours(), b.intakes(before), levels, b.intakes(week))
}

// intakes are intended doses in the terms of whoever the subject is followed
// with.
func (b *subject) intakes(list []exposure.Intended) (out []pkpd.Intake) {
	if b.general {
		_, out = exposure.Habit(b.j, b.at, b.day, list)
	} else {
		out, _ = exposure.Intakes(b.j, b.at, list) // of products that are there: bodyFor looked
	}
	return out
}
