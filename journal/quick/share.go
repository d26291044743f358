package quick

import (
	"slices"

	"github.com/evenkeel/evenkeel/journal"
)

// merge joins a day and a clock time that stood apart.
func (w *when) merge(next *when) bool {
	if w.justToday() && next.day.kind == noDay {
		from := w.from
		*w = *next
		w.from = from
		return true
	}
	if next.justToday() && w.day.kind == noDay {
		if w.instant.IsZero() {
			w.day = next.day
		}
		return true
	}
	switch {
	case !w.instant.IsZero() || !next.instant.IsZero():
		return false
	case w.vague && next.hasClock && !next.vague: // "with breakfast at 8 am"
		day := w.day
		*w = *next
		if w.day.kind == noDay {
			w.day = day
		}
		return true
	case next.vague && w.hasClock:
		return true
	case w.day.kind != noDay && next.day.kind != noDay, w.hasClock && next.hasClock, w.part != "" && next.part != "" && w.part != next.part:
		return false
	}
	if next.day.kind != noDay {
		w.day = next.day
	}
	if next.hasClock {
		day, part, from := w.day, w.part, w.from
		*w = *next
		w.day, w.from = day, from
		if w.part == "" {
			w.part = part
		}
	} else if next.part != "" {
		w.part = next.part
	}
	w.future = w.future || next.future
	return true
}

// shareGuards puts the entries beside a doubting word in doubt: those of its
// own clause, and those that "and" joins on behind it. A question mark covers
// its sentence.
func (g *gatherer) shareGuards() {
	for _, d := range g.guards {
		hit := false
		for _, gr := range g.groups {
			switch {
			case gr.head.kind == noteItem || gr.sentence != d.sentence:
			case d.question, gr.clause == d.clause,
				gr.clause > d.clause && gr.joined == andBreak && gr.from > d.from && g.joinedBack(gr, d):
				gr.guarded, hit = true, true
				if gr.clause == d.clause || d.question {
					gr.from, gr.to = min(gr.from, d.from), max(gr.to, d.to)
				}
			}
		}
		if !hit {
			// It stands alone: it is one of the words that cannot be read.
			g.unknown = append(g.unknown, [2]int{d.from, d.to})
		}
	}
}

// joinedBack reports that only "and" stands between the group and the guard.
func (g *gatherer) joinedBack(gr *group, d guard) bool {
	for _, other := range g.groups {
		if other.from > d.from && other.from < gr.from && other.clause > d.clause && other.joined != andBreak {
			return false
		}
	}
	return true
}

// mergeHalves joins a name and an amount that stand apart: "green leaf at 8
// am 3 g".
func (g *gatherer) mergeHalves() {
	for k := 1; k < len(g.groups); k++ {
		a, b := g.groups[k-1], g.groups[k]
		if a.head.kind != intakeItem || b.head.kind != intakeItem || a.sentence != b.sentence || a.paren || b.paren && b.head.intake.counted {
			continue
		}
		if b.joined == andBreak || b.joined == commaBreak && a.to != b.from-1 {
			continue
		}
		name, amount := a.head.intake, b.head.intake
		if !name.counted {
			if name.flaw != noAmount || name.class != "" || name.unit != "" || !amount.counted || amount.name != "" || amount.class != "" {
				continue
			}
		} else {
			name, amount = amount, name
			if name.flaw != noAmount || name.counted || name.class != "" || name.unit != "" || amount.name != "" || amount.class != "" || amount.flaw != sound {
				continue
			}
		}
		whole := *amount
		whole.name, whole.nameFrom, whole.nameTo, whole.tinted = name.name, name.nameFrom, name.nameTo, name.tinted
		if whole.container == "" {
			whole.container = name.container
		}
		head := *a.head
		head.intake = &whole
		a.head = &head
		if len(a.times) == 0 || b.times != nil && !b.led {
			a.times, a.led = b.times, b.led
		}
		a.reasons, a.notes = append(a.reasons, b.reasons...), append(a.notes, b.notes...)
		a.perDay, a.length, a.since = or(a.perDay, b.perDay), or(a.length, b.length), or(a.since, b.since)
		a.guarded = a.guarded || b.guarded
		a.to = b.to
		g.groups = slices.Delete(g.groups, k, k+1)
		k--
	}
}

// strayNumbers puts a dose in doubt when a number without a unit follows it:
// "3 g 8" may be a time, "3 g 1/5" a date.
func (g *gatherer) strayNumbers() {
	for k := 1; k < len(g.groups); k++ {
		a, b := g.groups[k-1], g.groups[k]
		if a.head.kind != intakeItem || b.head.kind != intakeItem || a.sentence != b.sentence || b.joined == commaBreak {
			continue
		}
		if first := a.head.intake; first.stray() && g.onlyMarks(a.to, b.from) { // "3 +/- 1 g", "4 00 caps"
			b.from, b.head.intake.flaw, b.head.intake.class = a.from, garbledAmount, ""
			g.groups = slices.Delete(g.groups, k-1, k)
			k--
			continue
		}
		if a.clause != b.clause || a.head.intake.flaw != sound {
			continue
		}
		if in := b.head.intake; in.stray() {
			b.from, in.flaw = a.from, strayNumber
			g.groups = slices.Delete(g.groups, k-1, k)
			k--
		}
	}
}

// onlyMarks reports that no words stand in from..to besides "and".
func (g *gatherer) onlyMarks(from, to int) bool {
	for k := from; k < to; k++ {
		if g.toks[k].kind != markToken && !g.word(k, wAnd) {
			return false
		}
	}
	return true
}

// stray reports a number that counts nothing.
func (in *intake) stray() bool { return in.flaw == noUnit && in.name == "" && in.class == "" }

func or[T any](a, b *T) *T {
	if a != nil {
		return a
	}
	return b
}

// shareTimes gives the time at the end of "3 g leaf and 2 beers at 8 pm" to
// both.
func (g *gatherer) shareTimes() {
	for k := len(g.groups) - 1; k > 0; k-- {
		a, b := g.groups[k-1], g.groups[k]
		if b.joined == andBreak && len(a.times) == 0 && len(b.times) > 0 && !b.led && a.sentence == b.sentence &&
			a.head.kind == intakeItem && b.head.kind == intakeItem && a.perDay == nil {
			a.times = slices.Clone(b.times)
		}
	}
}

// shareDays gives the day of a list of times to all of them, and the day at
// the head of a sentence to all its times.
func (g *gatherer) shareDays() {
	for _, gr := range g.groups {
		var day dayRef
		for _, w := range gr.times {
			if w.day.kind != noDay {
				day = w.day
			}
		}
		if day.kind == noDay {
			continue
		}
		// A day on its own in a list is the day of the others.
		if len(gr.times) > 1 {
			gr.times = slices.DeleteFunc(gr.times, func(w when) bool { return w.dayOnly() && w.day == day })
		}
		for i := range gr.times {
			if gr.times[i].day.kind == noDay && gr.times[i].instant.IsZero() {
				gr.times[i].day = day
			}
		}
	}
}

// contradictions asks about a day that has both a dose and a "none" after it.
func (g *gatherer) contradictions() {
	g.reads = slices.DeleteFunc(g.reads, func(n placedRead) bool {
		if n.Event.Kind != journal.KindNone {
			return false
		}
		for _, d := range g.reads {
			if d.Event.Kind == journal.KindDose && journal.DateOf(d.Event.At) == journal.DateOf(n.Event.At) && !d.Event.At.After(n.Event.At) {
				g.ask(n.from, n.Words, asking("contradiction", n.Words))
				return true
			}
		}
		return false
	})
}
