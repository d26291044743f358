package quick

import (
	"slices"
	"strings"

	"github.com/evenkeel/evenkeel/journal"
)

func (g *entries) checkIn(f *fact, words string) {
	var c journal.CheckIn
	notes := f.notes
	some, slept := false, false
	for i := range f.answers {
		a := &f.answers[i]
		switch {
		case a.asks != nil:
			g.ask(f.from, words, *a.asks, g.scores(a)...)
		case a.present:
			notes, some = append(notes, a.words), true
			g.askLater(f.from, a)
		case a.put(&c):
			some = true
			slept = slept || strings.HasPrefix(a.what, "sleep")
		}
	}
	if !some {
		return
	}
	if c.Note != "" {
		notes = append(notes, c.Note)
	}
	c.Note = strings.Join(notes, "; ")
	f.times = slices.DeleteFunc(f.times, g.isThisPart)
	if slept {
		// "slept 6 h last night" is said now, about that night.
		f.times = slices.DeleteFunc(f.times, func(w when) bool {
			recent := w.day.kind == noDay || w.day.kind == offsetDay && w.day.offset >= -1
			return !w.hasClock && w.instant.IsZero() && !w.vague && !w.future && recent && (w.part != "" || w.dayOnly() && w.day.offset == 0)
		})
	}
	g.atTimes(f, words, g.words(f.head.from, f.head.to), func() (journal.Event, *journal.Product) {
		one := c
		return journal.Event{Kind: journal.KindCheckIn, Body: &one}, nil
	})
}

// isThisPart reports that a part of today is the present one: "rough 6
// tonight", said in the evening, is about now.
func (g *entries) isThisPart(w when) bool {
	if w.hasClock || w.vague || w.loose || w.day.kind != offsetDay || w.day.offset != 0 {
		return false
	}
	h := g.now.Hour()
	switch w.part {
	case "morning":
		return h >= 4 && h < 12
	case "afternoon":
		return h >= 12 && h < 18
	case "late":
		return h >= 12 && h < 21
	case "evening", "night":
		return h >= 17
	}
	return false
}

// put lays the answer into a check-in; false when that question already has
// one.
func (a *answer) put(c *journal.CheckIn) bool {
	score := func(dst **int) bool {
		if *dst != nil {
			return false
		}
		v := int(a.val)
		*dst = &v
		return true
	}
	ok := false
	switch a.what {
	case "rough":
		ok = score(&c.Rough)
	case "craving":
		ok = score(&c.Craving)
	case "mood":
		ok = score(&c.Mood)
	case "calm":
		ok = score(&c.Calm)
	case "energy":
		ok = score(&c.Energy)
	case "pain":
		ok = score(&c.Pain)
	case "sleep_quality":
		ok = score(&c.SleepQuality)
	case "sleep_h":
		if ok = c.SleepHours == nil; ok {
			v := a.val
			c.SleepHours = &v
		}
	default:
		s := journal.Symptom(a.what)
		if _, has := c.Symptoms[s]; !has {
			if c.Symptoms == nil {
				c.Symptoms = map[journal.Symptom]int{}
			}
			c.Symptoms[s], ok = int(a.val), true
		}
	}
	if ok && a.note != "" {
		c.Note = strings.TrimSpace(c.Note + " " + a.note)
	}
	return ok
}
