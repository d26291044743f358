// Package plan is what a person does with ways down: compare paces, choose one,
// live with it and change it. Nothing here is done for them: a plan begins,
// changes and ends when they say so.
package plan

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/journal/quick"
	"github.com/evenkeel/evenkeel/taper"
)

// Question is what a person asks to compare. Every number in it is theirs.
type Question struct {
	Start taper.Start
	// Goal is the amount a day to come to, in the start's unit; 0 is none.
	Goal  float64
	Paces []taper.Pace
	Checked
}

// Checked is the answer to what needs a clinician: the flags that are true, or
// that none is. Neither is no answer.
type Checked struct {
	Flags []taper.Flag
	None  bool
}

// Answer is a comparison, or the reasons for which there is none.
type Answer struct {
	// Flags need a clinician: nothing is compared then.
	Flags []taper.Flag
	outlook.Paces
	// Above is the middle amount of the last known days, where the start holds
	// more than that: a plan from there begins above it. Else 0.
	Above float64
	// Off says that nothing was taken on the newest known day: every start that
	// holds something begins above that.
	Off bool
	// AfterBreak says that the day it begins with can be too much; see
	// taper.AfterBreak.
	AfterBreak bool
}

// Allowed gives the flags that stand before a plan, from what the person said
// and what the journal shows. Without an answer it is refused: nobody comes to a
// plan past the question.
func (c *Checked) Allowed(j *journal.Journal, now time.Time) ([]taper.Flag, error) {
	if !c.None && len(c.Flags) == 0 {
		return nil, fault.New(fault.Invalid, "way.answer_flags")
	}
	found := taper.FlagsOf(j, now)
	return slices.DeleteFunc(slices.Clone(taper.Flags), func(f taper.Flag) bool {
		return !slices.Contains(c.Flags, f) && !slices.Contains(found, f)
	}), nil
}

// Compare looks at paces side by side, unless a flag stands before it.
func Compare(ctx context.Context, look *outlook.Reader, j *journal.Journal, now time.Time, q *Question) (Answer, error) {
	flags, err := q.Allowed(j, now)
	if err != nil || len(flags) > 0 {
		return Answer{Flags: flags}, err
	}
	if f, ok := otherWay(q.Start.ProductName); ok {
		return Answer{Flags: []taper.Flag{f}}, nil
	}
	if len(q.Paces) == 0 {
		return Answer{}, fault.New(fault.Invalid, "way.no_paces")
	}
	if _, listed := j.Product(q.Start.Product); !listed {
		q.Start.Kind = kindOf(q.Start.ProductName, q.Start.Unit)
	}
	paces, err := look.Paces(ctx, j, now, q.Start, q.Goal, q.Paces)
	today := journal.DateOf(now)
	return Answer{Paces: paces, Above: above(j, now, &q.Start), Off: taper.Off(j, today), AfterBreak: taper.StartAfterBreak(j, &q.Start, today)}, Refused(err)
}

func above(j *journal.Journal, now time.Time, s *taper.Start) float64 {
	known, ok := taper.Begin(j, journal.DateOf(now), s.Grain)
	if !ok || known.Product != s.Product || known.ProductName != s.ProductName || known.Unit != s.Unit || s.Amount(s.Day.Grains()) <= known.From.Middle+s.Grain/2 {
		return 0
	}
	return known.From.Middle
}

// otherWay is the flag of a product that is alcohol, a benzodiazepine or another
// opioid by its name: no plan is made for one.
func otherWay(name string) (taper.Flag, bool) {
	for _, language := range []string{"en", "es"} {
		for _, r := range quick.Parse("1 "+name, quick.Context{Language: language, Now: time.Unix(0, 0).UTC()}).Entries {
			s := r.Event.Substance()
			if s == nil {
				continue
			}
			switch s.Class {
			case "alcohol":
				return "alcohol", true
			case "benzodiazepine":
				return "benzodiazepines", true
			case "opioid":
				return "opioids", true
			}
		}
	}
	return "", false
}

// Refused is what the domain cannot use, as the person's to mend.
func Refused(err error) error {
	var in *taper.InputError
	if errors.As(err, &in) {
		return fault.Wrap(err, fault.Invalid, in.Key, in.Args...)
	}
	return err
}

// GrainOf is how finely people usually can measure a unit: a tenth of a gram on
// a kitchen scale, halves of a capsule, quarters of a tablet, whole drops and
// millilitres. Only what a form begins with: the person says what they can.
func GrainOf(unit string) float64 {
	switch unit {
	case "g":
		return 0.1
	case "mg":
		return 1
	case "capsule":
		return 0.5
	case "tablet":
		return 0.25
	}
	return 0.5
}

// Begin is a start from the journal, measured as people usually can; ok is false
// where it is not enough yet.
func Begin(j *journal.Journal, now time.Time) (taper.Start, bool) {
	today := journal.DateOf(now)
	s, ok := taper.Begin(j, today, 0.25)
	if !ok {
		// What is taken in fine amounts has no start in quarters.
		s, ok = taper.Begin(j, today, 0.01)
	}
	if !ok {
		return s, false
	}
	if usual, ok := taper.Begin(j, today, GrainOf(s.Unit)); ok {
		return usual, true
	}
	return s, true // less is taken than people usually can measure
}
