package quick

import (
	"slices"
)

// merge joins a day and a clock time that stood apart.
func (w *when) merge(next *when) bool {
	apart := w.apart || next.apart || next.from > w.to
	defer func() { w.apart = apart }()
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
	case w.far && next.day.kind == noDay || next.far && w.day.kind == noDay: // "last month at 8 am"
		w.vague, w.far, w.days = true, true, w.days || next.days
		return true
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
func (g *facts) shareGuards() {
	for _, d := range g.guards {
		hit := false
		for _, f := range g.list {
			switch {
			case f.head.kind == notePhrase || f.sentence != d.sentence:
			case d.question, f.clause == d.clause,
				f.clause > d.clause && f.joined == andBreak && f.from > d.from && g.joinedBack(f, d):
				f.guarded, hit = true, true
				if f.clause == d.clause || d.question {
					f.from, f.to = min(f.from, d.from), max(f.to, d.to)
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
func (g *facts) joinedBack(f *fact, d guard) bool {
	for _, other := range g.list {
		if other.from > d.from && other.from < f.from && other.clause > d.clause && other.joined != andBreak {
			return false
		}
	}
	return true
}

// shareTimes gives the time at the end of "3 g leaf and 2 beers at 8 pm" to
// both.
func (g *facts) shareTimes() {
	for k := len(g.list) - 1; k > 0; k-- {
		a, b := g.list[k-1], g.list[k]
		if b.joined == andBreak && len(a.times) == 0 && len(b.times) > 0 && !b.led && a.sentence == b.sentence &&
			a.head.kind == intakePhrase && b.head.kind == intakePhrase && a.perDay == nil {
			a.times = slices.Clone(b.times)
		}
	}
}

// shareDays gives the day of a list of times to all of them, and the day at
// the head of a sentence to all its times.
func (g *facts) shareDays() {
	for _, f := range g.list {
		var day dayRef
		for _, w := range f.times {
			if w.day.kind != noDay {
				day = w.day
			}
		}
		if day.kind == noDay {
			continue
		}
		// A day on its own in a list is the day of the others.
		if slices.ContainsFunc(f.times, func(w when) bool { return w.day.kind == noDay }) {
			f.times = slices.DeleteFunc(f.times, func(w when) bool { return w.dayOnly() && w.day == day })
		}
		for i := range f.times {
			if f.times[i].day.kind == noDay && f.times[i].instant.IsZero() {
				f.times[i].day = day
			}
		}
	}
}
