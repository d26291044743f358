package record

import (
	"context"
	"maps"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/journal/quick"
)

// Later are the questions that a saved check-in left open: its note names
// something that is there ("nauseous") and not how much of it. None where the
// note says anything else.
func Later(ctx context.Context, a *app.App, id journal.ID, language string) ([]quick.Ask, error) {
	j, err := a.Read(ctx)
	if err != nil {
		return nil, err
	}
	e, ok := j.Entry(id)
	if !ok || e.CheckIn() == nil {
		return nil, nil
	}
	r := quick.Parse(e.CheckIn().Note, quickContext(j, e.At, language))
	if r.Blocked() || len(r.Entries) != 1 || r.Entries[0].Event.CheckIn() == nil {
		return nil, nil
	}
	return r.Later(), nil
}

// Answer lays an answer to one of those questions into the check-in: line is
// its note with the answer in it. What the check-in says otherwise stays. An
// answer that the check-in has no question for is fault.Invalid.
func Answer(ctx context.Context, a *app.App, id journal.ID, line, language string) (app.Saved, error) {
	return a.Write(ctx, func(tx *app.Tx) ([]app.Draft, error) {
		old, ok := tx.Entry(id)
		if !ok {
			return nil, app.Gone()
		}
		r := quick.Parse(line, quickContext(tx.Journal(), old.At, language))
		if old.CheckIn() == nil || r.Blocked() || len(r.Entries) != 1 || r.Entries[0].Event.CheckIn() == nil {
			return nil, fault.New(fault.Invalid, "record.no_answer")
		}
		next := answered(*old.CheckIn(), r.Entries[0].Event.CheckIn())
		return []app.Draft{{Event: journal.Event{Replaces: id, Rev: journal.NextRev(old.Rev), At: old.At, Body: &next}}}, nil
	})
}

// answered is a check-in with the answers of another laid over it, and its note.
func answered(c journal.CheckIn, more *journal.CheckIn) journal.CheckIn {
	c.Note = more.Note
	c.Symptoms = maps.Clone(c.Symptoms)
	for s, v := range more.Symptoms {
		if c.Symptoms == nil {
			c.Symptoms = map[journal.Symptom]int{}
		}
		c.Symptoms[s] = v
	}
	for _, f := range []struct{ to, from **int }{{&c.Rough, &more.Rough}, {&c.Craving, &more.Craving}, {&c.Mood, &more.Mood}, {&c.Calm, &more.Calm}, {&c.Energy, &more.Energy}, {&c.Pain, &more.Pain}} {
		if *f.from != nil {
			*f.to = *f.from
		}
	}
	return c
}
