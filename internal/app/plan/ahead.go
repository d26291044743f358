package plan

import (
	"context"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/taper"
)

// Ahead forecasts what is left of the plan from tomorrow on, from all that was
// written by now: check-ins and doses since the plan was chosen are in it. It fails
// with fault.NotFound where there is no plan, or nothing left of it, and with
// fault.Invalid beside what needs a clinician first.
func Ahead(ctx context.Context, look *outlook.Reader, j *journal.Journal, now time.Time) (*Answer, error) {
	today := journal.DateOf(now)
	p, ok := taper.Current(j, today)
	if !ok {
		return nil, fault.New(fault.NotFound, "way.none")
	}
	if len(taper.FlagsOf(j, now)) > 0 {
		return nil, fault.New(fault.Invalid, "way.now.flagged")
	}
	s, ok := taper.Ahead(p, today.Add(1))
	if !ok {
		return nil, fault.New(fault.NotFound, "way.ahead.nothing")
	}
	paces, err := look.Along(ctx, j, now, s)
	if err != nil {
		return nil, err
	}
	return &Answer{Paces: paces}, nil
}

// SayAhead is what may be said of it, in order; Rests says what it stands on.
func SayAhead(a *Answer) []journal.Phrase {
	list := hard(&a.Paces, &a.List[0])
	if a.List[0].Length() > a.Days {
		list = append(list, journal.Phrase{Key: "way.say.beyond", Args: []any{"n", a.Days}})
	}
	return list
}
