package screen

import (
	"context"
	"errors"
	"maps"

	"github.com/evenkeel/evenkeel/instrument"
	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/safety"
)

// Change is what a person does to a sitting.
type Change struct {
	Instrument *instrument.Instrument
	// Sitting is the one to go on with; zero begins one.
	Sitting journal.ID
	// Answers to set.
	Answers instrument.Answers
	// Skip are items to leave out, also where they were answered before.
	Skip []string
	// Finish ends the sitting, however much was left out.
	Finish bool
}

// Answer saves a change, and says by which entry the sitting is known. An
// answer that is a sign of danger is among what was found, also where saving
// failed. Where nothing was answered and the sitting has not begun, nothing is
// saved, and the id is zero.
func Answer(ctx context.Context, a *app.App, c Change) (journal.ID, app.Saved, error) {
	found := Dangers(c.Instrument, c.Answers)
	id := c.Sitting
	saved, err := a.Write(ctx, func(tx *app.Tx) ([]app.Draft, error) {
		e := journal.Event{}
		answers, finished := instrument.Answers{}, c.Finish
		if !id.IsZero() {
			old, ok := tx.Entry(id)
			if !ok {
				return nil, app.Gone()
			}
			s, ok := of(&old.Event, id)
			if !ok || s.Instrument != c.Instrument {
				return nil, fault.New(fault.Conflict, "screen.other")
			}
			answers, finished = maps.Clone(s.Answers), s.Finished || c.Finish
			e.Replaces, e.Rev, e.At = id, journal.NextRev(old.Rev), old.At
			e.Body = old.Body
		}
		maps.Copy(answers, c.Answers)
		for _, item := range c.Skip {
			delete(answers, item)
		}
		c.Instrument.Prune(answers)
		if err := c.Instrument.Check(answers); err != nil {
			return nil, refused(err)
		}
		if len(answers) == 0 && id.IsZero() {
			return nil, nil
		}
		if e.Body = body(c.Instrument, answers, finished, e.Body); e.Body == nil {
			return nil, fault.New(fault.Invalid, "screen.empty")
		}
		return []app.Draft{{Event: e}}, nil
	})
	saved.Found = append(found, saved.Found...)
	if err == nil && id.IsZero() && len(saved.IDs) > 0 {
		id = saved.IDs[0]
	}
	return id, saved, err
}

// body keeps the answers in the kind of entry that the instrument has: of a
// check-in, everything else that it says stays. Nil when nothing is left of it.
func body(in *instrument.Instrument, answers instrument.Answers, finished bool, old journal.Payload) journal.Payload {
	if in.Journal == "" {
		return &journal.Screening{Instrument: in.ID, Version: in.Version, Answers: answers, Finished: finished}
	}
	check := journal.CheckIn{}
	if was, ok := old.(*journal.CheckIn); ok {
		check = *was
	}
	check.Symptoms = nil
	for item, v := range answers {
		if check.Symptoms == nil {
			check.Symptoms = map[journal.Symptom]int{}
		}
		check.Symptoms[journal.Symptom(item)] = v
	}
	if check.Symptoms == nil && old != nil {
		return nil
	}
	return &check
}

// Dangers are the signs that answers bring up by themselves, as the scan of
// words would find them.
func Dangers(in *instrument.Instrument, answers instrument.Answers) []safety.Finding {
	var list []safety.Finding
	for _, sign := range in.Dangers(answers) {
		list = append(list, safety.Answered(safety.Sign(sign)))
	}
	return list
}

// refused says in one sentence why answers cannot be.
func refused(err error) error {
	var a *instrument.AnswerError
	if !errors.As(err, &a) {
		return err
	}
	switch {
	case errors.Is(err, instrument.ErrNoItem):
		return fault.Wrap(err, fault.Invalid, "screen.no_item", "item", a.Item)
	case errors.Is(err, instrument.ErrShut):
		return fault.Wrap(err, fault.Invalid, "screen.shut", "item", a.Item)
	}
	return fault.Wrap(err, fault.Invalid, "screen.no_value", "item", a.Item, "value", a.Value)
}
