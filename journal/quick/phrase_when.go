package quick

import (
	"time"
)

type dayKind uint8

const (
	noDay     dayKind = iota
	offsetDay         // so many days from today
	weekDay
	datedDay
)

// dayRef names a day in the way the line did.
type dayRef struct {
	kind    dayKind
	offset  int
	weekday time.Weekday
	notNow  bool // "last monday" is never today
	year    int  // 0 for the latest such day
	month   time.Month
	day     int
}

// when is a time as the line wrote it, before it is placed on the calendar.
type when struct {
	day dayRef
	// part is "morning" and so on; partOnly days have no clock time.
	part         string
	hasClock     bool
	hour, minute int
	meridiem     byte // 'a', 'p' or 0
	bare         bool // an hour without minutes
	certain      bool // on the 24-hour clock beyond doubt
	// twelve and twentyFour say which clock it is written on.
	twelve, twentyFour bool
	instant            time.Time
	vague              bool // "8-9 pm", a meal
	far                bool // on another day, unknown which: "last year"
	days               bool // several days in a row: "monday to friday"
	loose              bool // "earlier": a clock time may still make it exact
	future             bool
	bad                bool // no such hour or day
	from, to           int
	// apart is true where other words stand between its parts.
	apart bool
}

func (w *when) dayOnly() bool {
	return w.day.kind != noDay && !w.hasClock && w.part == "" && w.instant.IsZero() && !w.vague && !w.loose
}

// today is what adds nothing to an entry of now.
func (w *when) justToday() bool {
	return w.dayOnly() && w.day.kind == offsetDay && w.day.offset == 0
}

// mostLead is how many words may lead up to a time ("on the"): it bounds the
// work on a line of nothing but such words.
const mostLead = 6

// readWhen reads a time at i: a day, a part of the day and a clock time in
// any order, or a moment such as "20 min ago".
func (p *reader) readWhen(i int) (when, bool) {
	w := when{from: i, to: i}
	for j := i; ; {
		k := min(j+mostLead, p.skip(j, wOn, wOf, wIn, wThe, wAround, wAbout, wTilde, wAtSign, wAt, wBy, wThis))
		// Some times begin with such a word themselves: "the other day".
		end := j
		for ; k >= j && end == j; k-- {
			if e := p.whenPart(&w, k, j); e > k {
				end = e
			}
		}
		if end == j {
			break
		}
		w.to, j = end, end
	}
	return w, w.to > i
}

// whenPart reads one part of a time at i that w does not have yet, and
// returns where it ends; i when there is none. start is where the words that
// lead up to it begin.
func (p *reader) whenPart(w *when, i, start int) int {
	if i >= len(p.toks) || p.ownNameAt(i) > 0 {
		return i
	}
	if w.instant.IsZero() && !w.vague && !w.future {
		if end := p.moment(w, i); end > i {
			return end
		}
	}
	if end := p.dayAndPart(w, i); end > i {
		return end
	}
	if !w.hasClock && w.instant.IsZero() && !w.vague {
		return p.clock(w, i, p.leadsToHour(start, i) || w.part != "" && p.hourStandsAlone(i))
	}
	return i
}

// moment reads "now", "20 min ago", "earlier", "in an hour", an ISO instant.
func (p *reader) moment(w *when, i int) int {
	if _, n := p.match(i, roleNow); n > 0 {
		w.instant = p.ctx.Now
		return i + n
	}
	if _, n := p.match(i, roleLater); n > 0 {
		w.future = true
		return i + n
	}
	if v, n := p.match(i, roleEarlier); n > 0 && (!p.word(i, wBefore) || i+n >= len(p.toks) && i > 0) {
		w.far = v == "days"
		w.vague, w.loose = w.far, !w.far
		return i + n
	}
	if t := &p.toks[i]; t.kind == dateToken && t.date.hasOffset {
		w.instant = t.date.at.In(p.ctx.Now.Location())
		return i + 1
	}
	if p.word(i, wBetween) {
		var from, to when
		if e := p.clock(&from, i+1, true); e > i+1 && p.word(e, wAnd) {
			if f := p.clock(&to, e+1, true); f > e+1 {
				w.vague, w.twelve = true, from.twelve || to.twelve
				return f
			}
		}
		return i
	}
	if p.word(i-1, wIn) {
		if d, end := p.duration(i); end > i && d.seconds > 0 {
			w.future = true
			return end
		}
		return i
	}
	if p.word(i, wAgoFirst) {
		if d, end := p.duration(i + 1); end > i+1 {
			p.ago(w, d)
			return end
		}
	}
	d, end := p.duration(i)
	if end == i || !p.word(end, wAgo) {
		return i
	}
	p.ago(w, d)
	return end + 1
}

func (p *reader) ago(w *when, d duration) {
	switch {
	case d.vague || d.months > 0:
		w.vague, w.far = true, d.days > 0 || d.months > 0
	case d.days > 0:
		w.day = dayRef{kind: offsetDay, offset: -min(d.days, 40000)}
	case d.seconds > 100*366*24*3600:
		w.bad = true
	default:
		w.instant = p.ctx.Now.Add(-time.Duration(d.seconds) * time.Second)
	}
}

func (p *reader) whenAt(i int) (phrase, bool) {
	if w, ok := p.readWhen(i); ok {
		return w.phrase(), true
	}
	// "at 7, 11 and 15:00": the later times have no "at" of their own.
	if prev := p.lastTime(); prev != nil && prev.hasClock && p.number(i) {
		w := when{from: i, to: i}
		if end := p.clock(&w, i, true); end > i && p.timeEnds(end) {
			w.to = end
			if more, ok := p.readWhen(end); ok && more.dayOnly() {
				w.day, w.to = more.day, more.to
			}
			return w.phrase(), true
		}
	}
	return phrase{}, false
}

// phrase keeps the time: only what is kept needs memory of its own.
func (w when) phrase() phrase { return phrase{kind: whenPhrase, when: &w, to: w.to} }

// lastTime is the time that stands before the separator just read.
func (p *reader) lastTime() *when {
	n := len(p.read)
	if n < 2 || p.read[n-1].kind != breakPhrase || p.read[n-1].sep == hardBreak || p.read[n-2].kind != whenPhrase {
		return nil
	}
	return p.read[n-2].when
}

// timeEnds reports that nothing follows at i that the number before could
// belong to.
func (p *reader) timeEnds(i int) bool {
	return i >= len(p.toks) || p.toks[i].kind == markToken && !p.mark(i, "/-%") || p.is(i, roleJoin|roleBecause|roleDay|rolePart|rolePlace)
}
