package quick

import (
	"slices"
	"time"
)

// readSince reads "since tuesday", "since oct", "since 2021", "since nov 3".
func (p *reader) readSince(i int) (dayRef, string, int) {
	if !p.word(i, wSince) {
		return dayRef{}, "", i
	}
	j := p.skip(i+1, wAbout, wAround, wEarly, wThe, wLike)
	var w when
	if end := p.readDay(&w.day, &w, j); end > j && w.day.kind != noDay {
		if p.is(end, rolePart) {
			end++
		}
		return w.day, "", end
	}
	if p.word(j, wLast) && p.is(j+1, rolePart) {
		return dayRef{kind: offsetDay, offset: -1}, "", j + 2
	}
	if p.word(j, wThis) && p.is(j+1, rolePart) {
		return dayRef{kind: offsetDay}, "", j + 2
	}
	if p.word(j, wAgoFirst) {
		if d, end := p.duration(j + 1); end > j+1 && !d.vague {
			return dayRef{kind: offsetDay, offset: -int(min(d.calendarDays(), 40000))}, "", end
		}
	}
	if d, end := p.duration(j); end > j && p.word(end, wAgo) && !d.vague {
		return dayRef{kind: offsetDay, offset: -int(min(d.calendarDays(), 40000))}, "", end + 1
	}
	text := func(end int) string { return p.words(i, end) }
	k := p.skip(j, wLast, wThis)
	if name, n := p.match(k, roleMonth); n > 0 {
		d := dayRef{kind: datedDay, month: monthNumber(name), day: 1}
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

func (p *reader) sinceAt(i int) (phrase, bool) {
	d, text, end := p.readSince(i)
	if end > i {
		return sinceDay(d, text, end), true
	}
	if p.is(i, roleStarted) {
		var w when
		j := p.skip(i+1, wOn, wAbout, wAround)
		if end := p.readDay(&w.day, &w, j); end > j && !w.vague {
			return sinceDay(w.day, "", end), true
		}
		if d, end := p.duration(j); end > j && p.word(end, wAgo) && !d.vague && d.seconds == 0 {
			return sinceDay(dayRef{kind: offsetDay, offset: -int(min(d.calendarDays(), 40000))}, "", end+1), true
		}
	}
	return phrase{}, false
}

func sinceDay(d dayRef, text string, to int) phrase {
	return phrase{kind: sincePhrase, since: &d, text: text, to: to}
}

// lengthAt reads "for 3 years", "for the last 3 months", "over 2 weeks".
func (p *reader) lengthAt(i int) (phrase, bool) {
	j := i
	if _, n := p.match(i, roleWholeDay); n > 0 {
		return duration{days: 1, whole: true}.phrase(i + n), true
	}
	if p.word(j, wFor, wOver, wDuring) {
		j = p.skip(j+1, wThe, wLast, wPast, wAbout, wAround, wNearly, wOver, wLike)
		if span, n := p.match(j, roleSpan); n == 1 && (span[0] == 'd' || span[0] == 'm') && singular(p.toks[j].text) != p.toks[j].text && !p.word(j+1, wAgo) { // "for months"
			return duration{vague: true}.phrase(j + 1), true
		}
		if span, n := p.match(j, roleSpan); n == 1 && span[0] != 's' && p.word(j-1, wLast, wPast) { // "for the past month"
			var d duration
			d.add(1, span)
			return d.phrase(j + 1), d.seconds == 0
		}
	} else if span, n := p.match(j+2, roleSpan); n == 1 && p.word(j, wSince) && p.word(j+1, wAgoFirst) && (span[0] == 'd' || span[0] == 'm') { // "desde hace meses"
		return duration{vague: true}.phrase(j + 3), true
	} else if k := p.skip(j, wThe); p.word(k, wLast, wPast) && p.behind(changePhrase, perDayPhrase) {
		j = p.skip(k+1, wLast, wPast)
	} else if prev := p.last(); prev == nil || prev.kind != perDayPhrase {
		return phrase{}, false
	}
	d, end := p.duration(j)
	if end == j || d.vague || d.seconds > 0 || p.word(end, wAgo, wOf) {
		return phrase{}, false
	}
	return d.phrase(p.skip(end, wStraight)), true
}

// behind reports that the phrase before is of one of the kinds.
func (p *reader) behind(kinds ...phraseKind) bool {
	last := p.last()
	return last != nil && slices.Contains(kinds, last.kind)
}

func (d duration) phrase(to int) phrase { return phrase{kind: lengthPhrase, length: &d, to: to} }

// perDayAt reads "a day", "/day", "daily", "4 times a day", "twice a day".
func (p *reader) perDayAt(i int) (phrase, bool) {
	it := phrase{kind: perDayPhrase}
	j := i
	if p.word(i, wTwice) {
		it.times, j = 2, i+1
	} else if p.word(i, wOnce) {
		it.times, j = 1, i+1
	} else if n, ok := p.plainNumber(i); ok && !n.article && n.flaw == sound && p.word(n.end, wTimes, wX) {
		it.times, j = n.val, n.end+1
	}
	end := j
	switch {
	case p.word(j, wDaily):
		end = j + 1
	case p.word(j, wPer, wEach, wEvery, wSlash) && p.word(j+1, wDay):
		end = j + 2
	case p.word(j, wPer, wEach, wEvery, wSlash) && !p.word(j+2, wAgo) && p.word(j+1, wOtherSpan):
		it.flawed, end = true, j+2
	case p.word(j, wEvery) && (p.number(j+1) || p.word(j+1, wOther, wCouple)):
		it.flawed, end = true, j+2
		if p.is(end, roleSpan) {
			end++
		}
	case p.word(j, wEveryOther):
		it.flawed, end = true, j+1
	case j > i && it.times != 1:
		// "twice" alone: how often, but not when.
		if !p.word(i, wTwice) && !p.word(j-1, wTimes) {
			return it, false
		}
		it.flawed, it.text, end = true, "repeated", j
	}
	it.to = end
	return it, end > i
}
