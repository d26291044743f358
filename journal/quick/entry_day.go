package quick

import (
	"slices"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/journal"
)

func (g *entries) none(f *fact, words string) {
	if f.length != nil || f.since != nil || slices.ContainsFunc(f.times, func(w when) bool { return w.days }) {
		g.ask(f.from, words, asking("many_days", words))
		return
	}
	add := func(e journal.Event) {
		if !g.noneOn(e.At) { // "day 3, nothing so far" says it twice
			g.add(f, words, e, nil)
		}
	}
	e := journal.Event{Kind: journal.KindNone, At: g.now, Body: &journal.None{}}
	if len(f.times) == 0 {
		add(e)
		return
	}
	for i := range f.times {
		w := &f.times[i]
		if w.justToday() {
			e.At = g.now
		} else if date, ok := g.date(w.day); ok && w.dayOnly() && !date.After(g.dayOf(g.now)) && !g.ahead(w.day) {
			e.At = g.endOfDay(date)
		} else {
			at := g.place(w)
			if at.trouble != placedWell {
				g.ask(f.from, words, g.ctx.askWhen(text("quick.read.none"), g.timeWords(w), at), g.moments(w, at)...)
				continue
			}
			e.At = at.at
		}
		e.Body = &journal.None{}
		add(e)
	}
}

// noneOn reports that the day of t is marked as none already.
func (g *entries) noneOn(t time.Time) bool {
	return slices.ContainsFunc(g.reads, func(r placedRead) bool {
		return r.Event.Kind == journal.KindNone && g.dayOf(r.Event.At).Equal(g.dayOf(t))
	})
}

func (g *entries) change(f *fact, words string) {
	ch := f.head.change
	b := journal.BodyChange{Change: ch.what, Ongoing: f.still}
	notes := f.notes
	if ch.words != "" {
		notes = append([]string{ch.words}, notes...)
	}
	if f.length != nil && f.length.vague {
		b.Ongoing = true
		notes = append(notes, g.words(f.lengthAt[0], f.lengthAt[1]))
	} else if f.since != nil || f.length != nil {
		since, ok := g.sinceDate(f)
		if !ok {
			g.ask(f.from, words, asking("unread", words))
			return
		}
		b.Since, b.Ongoing = dateOf(since), true
		if f.sinceIn != "" {
			notes = append(notes, f.sinceIn)
		}
	}
	b.Note = strings.Join(notes, "; ")
	if len(f.times) == 1 && b.Since == "" {
		w := &f.times[0]
		date, ok := g.date(w.day)
		if ok && w.instant.IsZero() && !w.hasClock && !w.vague && !w.loose && w.day.kind != noDay && !date.After(g.dayOf(g.now)) {
			b.Since = dateOf(date)
			f.times = nil
		}
	}
	g.atTimes(f, words, g.words(f.head.from, f.head.to), func() (journal.Event, *journal.Product) {
		one := b
		return journal.Event{Kind: journal.KindBodyChange, Body: &one}, nil
	})
}

func (g *entries) spending(f *fact, words string) {
	if f.head.flawed {
		g.ask(f.from, words, asking("money", words))
		return
	}
	s := *f.head.spend
	if found := g.findProducts(strings.ToLower(f.head.text)); len(found) == 1 {
		s.Product = found[0].ID
	}
	s.Note = strings.Join(append([]string{f.head.text}, f.notes...), "; ")
	s.Note = strings.Trim(s.Note, "; ")
	g.onADay(f, words, journal.Event{Kind: journal.KindSpending, Body: &s})
}

func (g *entries) life(f *fact, words string) {
	life := *f.head.life
	g.onADay(f, words, journal.Event{Kind: journal.KindLife, Body: &life})
}

func (g *entries) note(f *fact, words string) {
	if f.head.text == "" {
		g.ask(f.from, words, text("quick.ask.empty_note"))
		return
	}
	g.add(f, words, journal.Event{Kind: journal.KindNote, At: g.now, Body: &journal.Note{Text: f.head.text}}, nil)
}
