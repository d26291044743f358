package quick

import (
	"strconv"
	"strings"
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
		k := p.skip(j, "on", "of", "in", "the", "around", "about", "~", "@", "at", "by", "this")
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

// leadsToHour reports that the words before i make a bare number an hour:
// "at 7", and "around 7" where nothing to count follows.
func (p *parser) leadsToHour(start, i int) bool {
	for k := start; k < i; k++ {
		if p.word(k, "at", "@") || p.word(k, "around", "about", "~", "by") && p.hourStandsAlone(i) {
			return true
		}
	}
	return false
}

// hourStandsAlone reports that no thing follows which the number at i could
// count.
func (p *parser) hourStandsAlone(i int) bool {
	j := i + 1
	return j >= len(p.toks) || p.toks[j].kind != wordToken || p.toks[j].roles != 0 && !p.is(j, roleName|roleTint|roleSize|roleFew)
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
	if _, n := p.match(i, roleEarlier); n > 0 && !p.word(i, "before") {
		w.loose = true
		return i + n
	}
	if t := &p.toks[i]; t.kind == dateToken && t.date.hasOffset {
		w.instant = t.date.at.In(p.ctx.Now.Location())
		return i + 1
	}
	if p.word(i, "between") {
		var from, to when
		if e := p.clock(&from, i+1, true); e > i+1 && p.word(e, "and") {
			if f := p.clock(&to, e+1, true); f > e+1 {
				w.vague = true
				return f
			}
		}
		return i
	}
	if p.word(i-1, "in") {
		if d, end := p.duration(i); end > i && d.seconds > 0 {
			w.future = true
			return end
		}
		return i
	}
	if p.word(i, "hace") {
		if d, end := p.duration(i + 1); end > i+1 {
			p.ago(w, d)
			return end
		}
	}
	d, end := p.duration(i)
	if end == i || !p.word(end, "ago", "back", "atras") {
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
	j := p.skip(i, "about", "around", "roughly", "approximately", "approx", "like", "maybe", "~")
	start := j
	for j < len(p.toks) {
		k := j
		if j > start {
			k = p.skip(j, "and", ",")
		}
		n, ok := p.plainNumber(k)
		if !ok || n.flaw == garbledAmount {
			break
		}
		k = p.skip(n.end, "more", "of", "-", "full", "whole")
		if p.word(k, "a", "an") && p.toks[n.end-1].text == "half" {
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
		if p.word(j, "and") {
			half := number{val: value, end: j}
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

// dayAndPart reads a day ("yesterday", "nov 20", "11/20"), a part of a day
// ("morning") or both ("last night").
func (p *parser) dayAndPart(w *when, i int) int {
	if w.part == "" {
		if part, n := p.match(i, rolePart); n > 0 {
			w.part = part
			p.anchorPart(w, i)
			return i + n
		}
		switch {
		case p.word(i, "tonight"):
			w.part, w.day = "night", dayRef{kind: offsetDay}
			return i + 1
		case p.word(i, "last", "yesterday", "yday") && p.is(i+1, rolePart) && w.day.kind == noDay:
			w.part, _ = p.match(i+1, rolePart)
			w.day = dayRef{kind: offsetDay, offset: -1}
			return i + 2
		case p.word(i, "overnight"):
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
	return p.readDay(&w.day, w, i)
}

// justTodayAt swallows the "today" of "this morning today" and of times that
// are certain already.
func (p *parser) justTodayAt(w *when, i int) bool {
	v, n := p.match(i, roleDay)
	return n == 1 && v == "0" && w.day.kind == offsetDay && w.day.offset == 0
}

// anchorPart gives "this morning" its day.
func (p *parser) anchorPart(w *when, i int) {
	if w.day.kind == noDay && p.word(i-1, "this") {
		w.day = dayRef{kind: offsetDay}
	}
}

// readDay reads a day at i.
func (p *parser) readDay(d *dayRef, w *when, i int) int {
	if i >= len(p.toks) {
		return i
	}
	if v, n := p.match(i, roleDay); n > 0 {
		d.kind = offsetDay
		d.offset, _ = strconv.Atoi(v)
		return i + n
	}
	j := p.skip(i, "last", "past", "this")
	if v, n := p.match(j, roleWeekday); n > 0 {
		// "sat" and "sun" are words of their own; "last" tells, too.
		d.kind, d.weekday = weekDay, time.Weekday(v[0]-'0')
		d.notNow = p.word(i, "last", "past")
		return j + n
	}
	if p.word(j, "week") && p.word(i, "last") {
		w.vague = true
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
func (p *parser) monthDay(d *dayRef, i int) int {
	name, n := p.match(i, roleMonth)
	var day, end int
	if n > 0 {
		day, end = p.dayNumber(p.skip(i+n, "."))
		// "may" and "mar" are other words too: a day must follow.
	} else if day, end = p.dayNumber(i); end > 0 {
		end = p.skip(end, "of", "-")
		name, n = p.match(end, roleMonth)
		end += n
	}
	if n == 0 || end == 0 {
		return i
	}
	*d = dayRef{kind: datedDay, month: monthNamed(name), day: day}
	k := p.skip(end, ",")
	if p.number(k) && len(p.toks[k].text) == 4 && p.toks[k].val >= 1900 && p.toks[k].val < 2200 && !p.timeFollows(k) {
		d.year, end = int(p.toks[k].val), k+1
	}
	return end
}

// timeFollows reports that the number at k goes on as something else than a
// year: "nov 20 2026 mg".
func (p *parser) timeFollows(k int) bool {
	return p.is(k+1, roleUnit) || p.mark(k+1, ":")
}

func (p *parser) dayNumber(i int) (int, int) {
	if !p.number(i) || p.toks[i].bad || len(p.toks[i].text) > 2 || p.toks[i].val < 1 {
		return 0, 0
	}
	end := i + 1
	if p.word(end, "st", "nd", "rd", "th") && p.toks[end].glued {
		end++
	} else if p.mark(end, ":") || p.meridiem(end) > 0 {
		return 0, 0
	}
	return int(p.toks[i].val), end
}

func monthNamed(name string) time.Month {
	for m := time.January; m <= time.December; m++ {
		if m.String() == name {
			return m
		}
	}
	return 0
}

// slashDate reads "11/20" and "11/20/2026", the month first as in the United
// States unless that cannot be. Without a year it needs a clock time or "on"
// beside it: "1/4 tab" is an amount.
func (p *parser) slashDate(d *dayRef, i int) int {
	if !p.number(i) || !p.mark(i+1, "/") || !p.number(i+2) || len(p.toks[i].text) > 2 || len(p.toks[i+2].text) > 2 || p.toks[i].bad || p.toks[i+2].bad {
		return i
	}
	month, day := int(p.toks[i].val), int(p.toks[i+2].val)
	if month > 12 {
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
	} else if !p.word(i-1, "on", "since") {
		var probe when
		k := p.skip(end, "at", "@", "around")
		if p.clock(&probe, k, k > end) == k && (fractionLike(month, day) || !p.timeEnds(end)) {
			return i
		}
	}
	*d = dayRef{kind: datedDay, year: year, month: time.Month(month), day: day}
	return end
}

// fractionLike reports that n/d is the way people write a part of one.
func fractionLike(n, d int) bool { return n < d && d <= 8 }

// clock reads a clock time at i. A bare hour counts only where the words
// before it say so (at).
func (p *parser) clock(w *when, i int, at bool) int {
	if i >= len(p.toks) {
		return i
	}
	if v, n := p.match(i, roleNoon); n > 0 {
		w.hasClock, w.certain = true, true
		w.hour, _ = strconv.Atoi(v)
		return i + n
	}
	if p.word(i, "half", "quarter") {
		return p.pastOrTo(w, i)
	}
	if !p.number(i) || p.toks[i].bad || p.toks[i].fraction {
		if at && p.is(i, roleNumber) && (p.meridiem(i+1) > 0 || p.word(i+1, "o", "oclock")) {
			return p.hourWord(w, i)
		}
		return i
	}
	t := &p.toks[i]
	hour, minute, end := int(min(t.val, 99999)), 0, i+1
	bare := true
	at = at || p.mark(end, "-") && p.number(end+1) && p.meridiem(end+2) > 0 // "8-9 pm"
	switch {
	case p.mark(end, ":") && p.number(end+1) && p.toks[end+1].glued && len(p.toks[end+1].text) == 2:
		minute, end, bare = int(p.toks[end+1].val), end+2, false
		if p.mark(end, ":") && p.number(end+1) { // seconds
			end += 2
		}
	case p.word(end, "h") && p.number(end+1) && p.toks[end].glued && p.toks[end+1].glued && at && len(p.toks[end+1].text) == 2:
		minute, end, bare = int(p.toks[end+1].val), end+2, false
	case strings.Contains(t.text, "."):
		h, m, _ := strings.Cut(t.text, ".")
		if len(m) != 2 || p.meridiem(end) == 0 && !at {
			return i
		}
		hour, _ = strconv.Atoi(h)
		minute, _ = strconv.Atoi(m)
		bare = false
	case len(t.text) >= 3:
		if len(t.text) > 4 || p.meridiem(end) == 0 && !at {
			return i
		}
		hour, minute, bare = int(t.val)/100, int(t.val)%100, false
	}
	m := p.meridiem(end)
	if bare && m == 0 && !at {
		if !p.word(end, "o", "oclock") && !p.partFollows(end) {
			return i
		}
	}
	if bare && m == 0 && p.mark(end, "/") {
		return i
	}
	if bare && m == 0 && p.countFollows(end) && !(at && p.word(end, "h") && p.toks[end].glued && !p.word(end+1, "ago", "back")) {
		return i
	}
	if m > 0 {
		w.meridiem = p.toks[end].text[0]
		p.twelve = true
		end += m
	} else if p.word(end, "ish") {
		end++
	} else if p.word(end, "oclock") {
		end++
	} else if at && p.word(end, "h") && p.toks[end].glued {
		w.certain, p.twentyFour = true, true
		end++
	} else if p.word(end, "o") && p.word(end+1, "clock") {
		end += 2
	} else if hour == 0 || hour > 12 || t.text[0] == '0' {
		w.certain = true
		p.twentyFour = true
	}
	if p.mark(end, "-") || p.word(end, "to", "or") {
		// "8-9 pm" is no time.
		var second when
		if e := p.clock(&second, end+1, true); e > end+1 {
			w.vague = true
			return e
		}
	}
	w.hasClock, w.hour, w.minute, w.bare = true, hour, minute, bare
	if hour > 23 || minute > 59 || m > 0 && (hour < 1 || hour > 12) {
		w.bad = true
	}
	return end
}

// partFollows reports that a part of the day follows: "8 this morning".
func (p *parser) partFollows(i int) bool {
	j := p.skip(i, "in", "the", "this", "at", "last", "yesterday")
	return j > i && p.is(j, rolePart) || p.word(i, "tonight")
}

// countFollows reports that the number before i counts something.
func (p *parser) countFollows(i int) bool {
	if _, n := p.match(i, roleUnit|roleSpan|roleSubstance|roleCurrency); n > 0 {
		return true
	}
	return p.word(i, "x", "*") || p.mark(i, "%") || p.ownUnitAt(i) > 0
}

// meridiem counts the tokens of "am", "p.m.", "a"; 0 when there is none.
func (p *parser) meridiem(i int) int {
	switch {
	case p.word(i, "am", "pm"):
		return 1
	case p.word(i, "a", "p") && p.mark(i+1, ".") && p.word(i+2, "m"):
		if p.mark(i+3, ".") && p.toks[i+3].glued {
			return 4
		}
		return 3
	case p.word(i, "a", "p") && p.toks[i].glued && !p.is(i+1, roleSpan):
		return 1
	}
	return 0
}

// hourWord reads "eight pm".
func (p *parser) hourWord(w *when, i int) int {
	v, ok := numberWords[p.toks[i].text]
	if !ok || v < 1 || v > 12 {
		return i
	}
	w.hasClock, w.hour, w.bare = true, int(v), true
	end := i + 1
	if m := p.meridiem(end); m > 0 {
		w.meridiem = p.toks[end].text[0]
		p.twelve = true
		return end + m
	}
	if p.word(end, "oclock") {
		return end + 1
	}
	return p.skip(end, "o", "clock")
}

// pastOrTo reads "half past 8" and "quarter to nine".
func (p *parser) pastOrTo(w *when, i int) int {
	if !p.word(i+1, "past", "to", "after", "till") {
		return i
	}
	var hour when
	end := p.clock(&hour, i+2, true)
	if end == i+2 || !hour.hasClock || !hour.bare {
		return i
	}
	minutes := 30
	if p.word(i, "quarter") {
		minutes = 15
	}
	*w = when{day: w.day, part: w.part, hasClock: true, hour: hour.hour, minute: minutes, bare: true, meridiem: hour.meridiem, certain: hour.certain, from: w.from, bad: hour.bad}
	if p.word(i+1, "to", "till") {
		w.minute = 60 - minutes
		if w.hour--; w.hour == 0 {
			w.hour = 12
		}
		if w.hour == 11 && w.meridiem != 0 {
			w.meridiem = 'a' + 'p' - w.meridiem
		}
	}
	return end
}

// readSince reads "since tuesday", "since oct", "since 2021", "since nov 3".
func (p *parser) readSince(i int) (dayRef, string, int) {
	if !p.word(i, "since", "desde") {
		return dayRef{}, "", i
	}
	j := p.skip(i+1, "about", "around", "early", "mid", "late", "the", "like")
	var w when
	if end := p.readDay(&w.day, &w, j); end > j && w.day.kind != noDay {
		if p.is(end, rolePart) {
			end++
		}
		return w.day, "", end
	}
	if p.word(j, "last") && p.is(j+1, rolePart) {
		return dayRef{kind: offsetDay, offset: -1}, "", j + 2
	}
	if p.word(j, "this") && p.is(j+1, rolePart) {
		return dayRef{kind: offsetDay}, "", j + 2
	}
	if d, end := p.duration(j); end > j && p.word(end, "ago", "back") && !d.vague {
		return dayRef{kind: offsetDay, offset: -int(min(d.calendarDays(), 40000))}, "", end + 1
	}
	text := func(end int) string { return p.words(i, end) }
	k := p.skip(j, "last", "this")
	if name, n := p.match(k, roleMonth); n > 0 {
		d := dayRef{kind: datedDay, month: monthNamed(name), day: 1}
		end := k + n
		if p.number(end) && p.toks[end].val >= 1900 && p.toks[end].val < 2200 {
			d.year = int(p.toks[end].val)
			end++
		}
		return d, text(end), end
	}
	if p.number(j) && len(p.toks[j].text) == 4 && p.toks[j].val >= 1900 && p.toks[j].val < 2200 {
		return dayRef{kind: datedDay, year: int(p.toks[j].val), month: time.January, day: 1}, text(j + 1), j + 1
	}
	return dayRef{}, "", i
}
