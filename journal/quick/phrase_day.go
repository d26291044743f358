package quick

import (
	"strconv"
	"time"
)

// dayAndPart reads a day ("yesterday", "nov 20", "11/20"), a part of a day
// ("morning") or both ("last night").
func (p *reader) dayAndPart(w *when, i int) int {
	if w.part == "" {
		if part, n := p.match(i, rolePart); n > 0 && (!p.is(i, roleDay) || p.word(i-1, wThe, wThis)) { // "la mañana", but "mañana" alone is tomorrow
			w.part = part
			p.anchorPart(w, i)
			return i + n
		}
		if half, n := p.halfDayAt(i); n > 0 {
			w.part = half
			p.anchorPart(w, i)
			return i + n
		}
		switch {
		case p.word(i, wTonight):
			w.part, w.day = "night", dayRef{kind: offsetDay}
			return i + 1
		case p.word(i, wLast, wYesterday) && p.is(i+1, rolePart) && w.day.kind == noDay:
			w.part, _ = p.match(i+1, rolePart)
			w.day = dayRef{kind: offsetDay, offset: -1}
			return i + 2
		case p.word(i, wLastNight):
			w.part, w.day = "night", dayRef{kind: offsetDay, offset: -1}
			return i + 1
		case p.word(i, wOvernight):
			w.vague = true
			return i + 1
		}
	}
	if w.day.kind != noDay {
		if p.justTodayAt(w, i) {
			return i + 1
		}
		return i
	}
	end := p.readDay(&w.day, w, i)
	if last := p.lastDay(w, end); last > end {
		w.days, w.vague, w.far = true, true, true
		return last
	}
	return end
}

// lastDay is where the last day of "monday to friday" ends, whose first ends at i;
// i when there is none.
func (p *reader) lastDay(w *when, i int) int {
	tight := i > 0 && i < len(p.toks) && p.toks[i].start == p.toks[i-1].end
	if w.day.kind == noDay || !p.word(i, wTo, wTill, wAt) && !(tight && p.word(i, wDash)) {
		return i
	}
	var last when
	day := p.skip(i+1, wThe)
	if end := p.readDay(&last.day, &last, day); last.day.kind != noDay && !p.is(day, rolePart) { // "el viernes a la mañana"
		return end
	}
	return i
}

// halfDayAt reads "am" and "p.m." that stand for a half of the day and not
// behind an hour: "3 g this am", "3 g pm". "I am" is no such thing.
func (p *reader) halfDayAt(i int) (part string, n int) {
	n = p.meridiem(i)
	if n == 0 || n == 1 && p.word(i, wHalfDay) {
		return "", 0
	}
	if p.toks[i].text[0] == 'p' {
		return "pm", n
	}
	led := p.word(i-1, wThis, wThe, wYesterday) || i > 0 && p.is(i-1, roleDay|roleWeekday|roleUnit|roleName|roleTint)
	if led || n > 1 || p.unitIs(i+n, "dose") {
		return "morning", n
	}
	return "", 0
}

// justTodayAt swallows the "today" of "this morning today" and of times that
// are certain already.
func (p *reader) justTodayAt(w *when, i int) bool {
	v, n := p.match(i, roleDay)
	return n == 1 && v == "0" && w.day.kind == offsetDay && w.day.offset == 0
}

// anchorPart gives "this morning" its day.
func (p *reader) anchorPart(w *when, i int) {
	if w.day.kind == noDay && p.word(i-1, wThis) {
		w.day = dayRef{kind: offsetDay}
	}
}

// readDay reads a day at i.
func (p *reader) readDay(d *dayRef, w *when, i int) int {
	if i >= len(p.toks) {
		return i
	}
	if v, n := p.match(i, roleDay); n > 0 {
		d.kind = offsetDay
		d.offset, _ = strconv.Atoi(v)
		return i + n
	}
	j := p.skip(i, wLast, wPast, wThis)
	if v, n := p.match(j, roleWeekday); n > 0 {
		// "sat" and "sun" are words of their own; "last" tells, too.
		d.kind, d.weekday = weekDay, time.Weekday(v[0]-'0')
		d.notNow = p.word(i, wLast, wPast)
		if p.word(j+n, wLast) && !p.is(j+n+1, rolePart) { // "el lunes pasado"
			d.notNow, n = true, n+1
		}
		return j + n
	}
	if p.word(j, wOtherSpan) && p.word(i, wLast) {
		w.vague, w.far = true, true
		return j + 1
	}
	if t := &p.toks[i]; t.kind == dateToken && !t.date.hasOffset {
		at := t.date.at
		*d = dayRef{kind: datedDay, year: at.Year(), month: at.Month(), day: at.Day()}
		if t.date.hasClock && !w.hasClock {
			w.hasClock, w.hour, w.minute, w.certain = true, at.Hour(), at.Minute(), true
		}
		return i + 1
	}
	if end := p.monthDay(d, i); end > i {
		return end
	}
	return p.slashDate(d, i)
}

// monthDay reads "nov 20", "november 20th, 2026", "20 nov", "the 20th of nov".
func (p *reader) monthDay(d *dayRef, i int) int {
	name, n := p.match(i, roleMonth)
	var day, end int
	if n > 0 {
		day, end = p.dayNumber(p.skip(i+n, wDot))
		// "may" and "mar" are other words too: a day must follow.
	} else if day, end = p.dayNumber(i); end > 0 {
		end = p.skip(end, wOf, wDash)
		name, n = p.match(end, roleMonth)
		end += n
	}
	if n == 0 || end == 0 {
		return i
	}
	*d = dayRef{kind: datedDay, month: monthNumber(name), day: day}
	k := p.skip(end, wComma)
	if p.number(k) && len(p.toks[k].text) == 4 && p.toks[k].val >= 1900 && p.toks[k].val < 2200 && !p.timeFollows(k) {
		d.year, end = int(p.toks[k].val), k+1
	}
	return end
}

// timeFollows reports that the number at k goes on as something else than a
// year: "nov 20 2026 mg".
func (p *reader) timeFollows(k int) bool {
	return p.is(k+1, roleUnit) || p.mark(k+1, ":")
}

func (p *reader) dayNumber(i int) (int, int) {
	if !p.number(i) || p.toks[i].bad || len(p.toks[i].text) > 2 || p.toks[i].val < 1 {
		return 0, 0
	}
	end := i + 1
	if p.word(end, wOrdinal) && p.toks[end].glued {
		end++
	} else if p.mark(end, ":") || p.meridiem(end) > 0 {
		return 0, 0
	}
	return int(p.toks[i].val), end
}

func monthNumber(value string) time.Month {
	m, _ := strconv.Atoi(value)
	return time.Month(m)
}

// slashDate reads "11/20" and "11/20/2026", the month first as in the United
// States unless that cannot be. Without a year it needs a clock time or "on"
// beside it: "1/4 tab" is an amount.
func (p *reader) slashDate(d *dayRef, i int) int {
	if !p.number(i) || !p.mark(i+1, "/") || !p.number(i+2) || len(p.toks[i].text) > 2 || len(p.toks[i+2].text) > 2 || p.toks[i].bad || p.toks[i+2].bad {
		return i
	}
	month, day := int(p.toks[i].val), int(p.toks[i+2].val)
	if month > 12 || p.voc.dayFirst && day <= 12 {
		month, day = day, month
	}
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return i
	}
	end, year := i+3, 0
	if p.mark(end, "/") && p.number(end+1) && (len(p.toks[end+1].text) == 4 || len(p.toks[end+1].text) == 2) {
		year = int(p.toks[end+1].val)
		if year < 100 {
			year += 2000
		}
		end += 2
	} else if !p.word(i-1, wOn, wSince) {
		var probe when
		k := p.skip(end, wAt, wAtSign, wAround, wThe)
		if p.clock(&probe, k, k > end) == k && (fractionLike(int(p.toks[i].val), int(p.toks[i+2].val)) || !p.timeEnds(end)) {
			return i
		}
	}
	*d = dayRef{kind: datedDay, year: year, month: time.Month(month), day: day}
	return end
}

// fractionLike reports that n/d is the way people write a part of one.
func fractionLike(n, d int) bool { return n < d && d <= 8 }
