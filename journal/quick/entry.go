package quick

import (
	"time"

	"github.com/evenkeel/evenkeel/journal"
)

// entries turns facts into what the journal keeps: the fourth stage. It places
// their times on the calendar, looks up their products, and asks about what
// is missing.
type entries struct {
	*tokens
	calendar
	ctx     *Context
	facts   []*fact
	unknown [][2]int
	reads   []placedRead
	doubts  doubts
}

type placedRead struct {
	Read
	from int
}

// entriesOf writes the facts of a line.
func entriesOf(said *facts, c *Context) *entries {
	g := &entries{tokens: said.tokens, calendar: calendarOf(c, said.phrases), ctx: c, facts: said.list, unknown: said.unknown, doubts: said.doubts}
	for _, f := range g.facts {
		words := g.words(f.from, f.to)
		if f.guarded {
			g.ask(f.from, words, askDoubt(f.head.kind, words))
			continue
		}
		writers[f.head.kind](g, f, words)
	}
	return g
}

// writers turn a fact of one kind into the payload that the journal keeps of
// it. A new kind is one line here, one in precedence, and its reader.
var writers = map[phraseKind]func(g *entries, f *fact, words string){
	intakePhrase: (*entries).intake,
	nonePhrase:   (*entries).none,
	checkPhrase:  (*entries).checkIn,
	changePhrase: (*entries).change,
	lifePhrase:   (*entries).life,
	spendPhrase:  (*entries).spending,
	notePhrase:   (*entries).note,
}

// ask keeps a question about the fact that begins at a token.
func (g *entries) ask(from int, words string, question Sentence, choices ...Choice) {
	g.doubts.ask(from, words, question, choices...)
}

// askLater asks how much of something that is there: the rest need not wait.
func (g *entries) askLater(from int, a *answer) {
	g.doubts = append(g.doubts, doubt{Ask{Words: a.words, Sentence: askScore(a.what, a.words), Choices: g.scores(a), Waits: true}, from})
}

// add keeps an event if the journal would, and asks otherwise.
func (g *entries) add(f *fact, words string, e journal.Event, p *journal.Product) {
	check := e
	check.Stamp(g.now)
	if err := check.Validate(); err != nil || e.At.After(g.now) {
		g.ask(f.from, words, asking("unread", words))
		return
	}
	g.reads = append(g.reads, placedRead{Read{Event: e, Words: words, NewProduct: p}, f.from})
}

// atTimes adds the event once for each time of the group, now when it has
// none, and asks about the times that are no moment.
func (g *entries) atTimes(f *fact, words string, what any, event func() (journal.Event, *journal.Product)) {
	times := f.times
	if len(times) == 0 {
		times = []when{{}}
	}
	for i := range times {
		w := &times[i]
		if w.justToday() {
			*w = when{}
		}
		at := g.place(w)
		if at.trouble == placedWell && w.hasClock && w.day.kind == noDay {
			at = g.otherDay(f, w, at)
		}
		if at.trouble != placedWell {
			g.ask(f.from, words, g.ctx.askWhen(what, g.timeWords(w), at), g.moments(w, at)...)
			continue
		}
		e, p := event()
		e.At = at.at
		g.add(f, words, e, p)
	}
}

// timeWords is the time as the line wrote it.
func (g *entries) timeWords(w *when) string { return g.words(w.from, w.to) }

// otherDay checks a time without a day against the day that another entry of
// the line names: "3 g yesterday 10 pm and 2 caps at 8 am" may be either. A time
// that leads its entry, as in "yesterday 8 am 3 g, 1 pm 2 g", may be of the day of
// an intake before it in the sentence.
func (g *entries) otherDay(f *fact, w *when, today placed) placed {
	for _, other := range g.facts {
		if other == f || f.led && (other.from > f.from || other.sentence != f.sentence || other.head.kind != intakePhrase) {
			continue
		}
		for _, o := range other.times {
			if o.day.kind == noDay {
				continue
			}
			dayed := *w
			dayed.day = o.day
			if p := g.place(&dayed); p.trouble == placedWell && !p.at.Equal(today.at) {
				return placed{trouble: eitherDay, one: today.at, two: p.at}
			}
		}
	}
	return today
}

// onADay adds an event that belongs to a day: a day without a clock time is
// enough, and its noon stands for it.
func (g *entries) onADay(f *fact, words string, e journal.Event) {
	e.At = g.now
	if len(f.times) > 0 {
		w := &f.times[0]
		date, ok := g.date(w.day)
		day := ok && !g.ahead(w.day) && !date.After(g.dayOf(g.now)) && !w.hasClock && w.instant.IsZero() && !w.vague && !w.loose && !w.future
		switch {
		case w.justToday():
		case day && w.day.kind != noDay:
			e.At = g.onDay(date, 12, 0)
		default:
			at := g.place(w)
			if at.trouble != placedWell {
				g.ask(f.from, words, g.ctx.askWhen(words, g.timeWords(w), at), g.moments(w, at)...)
				return
			}
			e.At = at.at
		}
	}
	g.add(f, words, e, nil)
}

// sinceDate is the first day of a body change or a habit.
func (g *entries) sinceDate(f *fact) (time.Time, bool) {
	if f.since != nil {
		t, ok := g.date(*f.since)
		return t, ok && !t.After(g.dayOf(g.now))
	}
	days := int(f.length.calendarDays())
	return g.dayOf(g.now).AddDate(0, 0, -days), true
}
