package quick

import (
	"strconv"
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
	instant      time.Time
	vague        bool // "8-9 pm", a meal
	loose        bool // "earlier": a clock time may still make it exact
	future       bool
	bad          bool // no such hour or day
	from, to     int
}

func (w *when) dayOnly() bool {
	return w.day.kind != noDay && !w.hasClock && w.part == "" && w.instant.IsZero() && !w.vague && !w.loose
}

// today is what adds nothing to an entry of now.
func (w *when) justToday() bool {
	return w.dayOnly() && w.day.kind == offsetDay && w.day.offset == 0
}

// readWhen reads a time at i: a day, a part of the day and a clock time in
// any order, or a moment such as "20 min ago".
func (p *parser) readWhen(i int) (when, bool) {
	w := when{from: i, to: i}
	for j := i; ; {
		k := p.skip(j, wOn, wOf, wIn, wThe, wAround, wAbout, wTilde, wAtSign, wAt, wBy, wThis)
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
func (p *parser) whenPart(w *when, i, start int) int {
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
func (p *parser) moment(w *when, i int) int {
	if _, n := p.match(i, roleNow); n > 0 {
		w.instant = p.ctx.Now
		return i + n
	}
	if _, n := p.match(i, roleLater); n > 0 {
		w.future = true
		return i + n
	}
	if _, n := p.match(i, roleEarlier); n > 0 && !p.word(i, wBefore) {
		w.loose = true
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
				w.vague = true
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

func (p *parser) ago(w *when, d duration) {
	switch {
	case d.vague || d.months > 0:
		w.vague = true
	case d.days > 0:
		w.day = dayRef{kind: offsetDay, offset: -min(d.days, 40000)}
	case d.seconds > 100*366*24*3600:
		w.bad = true
	default:
		w.instant = p.ctx.Now.Add(-time.Duration(d.seconds) * time.Second)
	}
}

// duration is a length of time in the units of the line.
type duration struct {
	seconds float64
	days    int
	months  float64
	vague   bool
}

// duration reads "20 min", "an hour and a half", "1h 20m", "1h20", "3 days".
func (p *parser) duration(i int) (duration, int) {
	var d duration
	j := p.skip(i, wAbout, wAround, wRoughly, wLike, wTilde)
	start := j
	for j < len(p.toks) {
		k := j
		if j > start {
			k = p.skip(j, wAnd, wComma)
		}
		n, ok := p.plainNumber(k)
		if !ok || n.flaw == garbledAmount || n.flaw == eitherAmount {
			break
		}
		k = p.skip(n.end, wMore, wOf, wDash, wWhole)
		if p.word(k, wA) && p.word(n.end-1, wHalf) {
			k++
		}
		span, m := p.match(k, roleSpan)
		if m == 0 {
			// The minutes of "1h20".
			if d.seconds >= 3600 && p.number(j) && p.toks[j].glued && n.val < 60 {
				d.seconds += n.val * 60
				j = n.end
			}
			break
		}
		if n.flaw == vagueAmount {
			d.vague = true
		}
		value := n.val
		j = k + m
		if p.word(j, wAnd) {
			half := quantity{val: value, end: j}
			p.andAHalf(&half)
			value, j = half.val, half.end
		}
		d.add(value, span)
	}
	if j == start {
		return d, i
	}
	return d, j
}

func (d *duration) add(n float64, span string) {
	switch span[0] {
	case 'd':
		days, _ := strconv.Atoi(span[1:])
		d.days += int(min(n*float64(days), 1e6))
	case 'm':
		months, _ := strconv.Atoi(span[1:])
		d.months += n * float64(months)
	default:
		s, _ := strconv.Atoi(span)
		d.seconds += min(n*float64(s), 1e12)
	}
}

// calendarDays is the length in days, at the mean length of a month.
func (d *duration) calendarDays() float64 {
	return float64(d.days) + d.months*365.25/12 + d.seconds/86400
}
