package quick

import (
	"strconv"
	"strings"
)

// leadsToHour reports that the words before i make a bare number an hour:
// "at 7", and "around 7" where nothing to count follows.
func (p *reader) leadsToHour(start, i int) bool {
	for k := start; k < i; k++ {
		if p.word(k, wAt, wAtSign) || p.word(k, wAround, wAbout, wTilde, wBy) && p.hourStandsAlone(i) {
			return true
		}
	}
	return false
}

// hourStandsAlone reports that no thing follows which the number at i could
// count.
func (p *reader) hourStandsAlone(i int) bool {
	j := i + 1
	return j >= len(p.toks) || p.toks[j].kind != wordToken || p.toks[j].roles != 0 && !p.is(j, roleName|roleTint|roleSize|roleFew)
}

// clock reads a clock time at i. A bare hour counts only where the words
// before it say so (at).
func (p *reader) clock(w *when, i int, at bool) int {
	if i >= len(p.toks) {
		return i
	}
	if v, n := p.match(i, roleNoon); n > 0 {
		w.hasClock, w.certain = true, true
		w.hour, _ = strconv.Atoi(v)
		return i + n
	}
	if p.word(i, wHalf, wQuarter) {
		return p.pastOrTo(w, i)
	}
	if !p.number(i) || p.toks[i].bad || p.toks[i].fraction {
		if at && p.is(i, roleNumber) && (p.meridiem(i+1) > 0 || p.word(i+1, wO, wOclock) || p.word(i-1, wSpokenHour)) {
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
	case p.word(end, wH) && p.number(end+1) && p.toks[end].glued && p.toks[end+1].glued && at && len(p.toks[end+1].text) == 2:
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
		if len(t.text) > 4 || p.meridiem(end) == 0 && !at && !p.militaryTime(i) {
			return i
		}
		hour, minute, bare = int(t.val)/100, int(t.val)%100, false
	}
	m := p.meridiem(end)
	if bare && at {
		if past, k := p.minutes(end); k > end {
			hour, minute, end = (hour*60+past)/60, (hour*60+past+60)%60, k
			m = p.meridiem(end)
		}
	}
	if bare && m == 0 && !at {
		if !p.word(end, wO, wOclock) && (!p.partFollows(end) || p.word(i-1, wWas, wIs)) { // "was 8 this morning" is no hour
			return i
		}
	}
	if bare && m == 0 && p.mark(end, "/") {
		return i
	}
	if bare && m == 0 && p.countFollows(end) && !(at && p.word(end, wH) && p.toks[end].glued && !p.word(end+1, wAgo)) {
		return i
	}
	if m > 0 {
		w.meridiem = p.toks[end].text[0]
		w.twelve = true
		end += m
	} else if p.word(end, wIsh) {
		end++
	} else if p.word(end, wOclock) {
		end++
	} else if at && p.word(end, wH) && p.toks[end].glued {
		w.certain, w.twentyFour = true, true
		end++
	} else if p.word(end, wO) && p.word(end+1, wClock) {
		end += 2
	} else if hour == 0 || hour > 12 || t.text[0] == '0' {
		w.certain = true
		w.twentyFour = true
	}
	if p.mark(end, "-") || p.word(end, wTo, wOr) {
		// "8-9 pm" is no time.
		var second when
		if e := p.clock(&second, end+1, true); e > end+1 {
			w.vague, w.twelve = true, w.twelve || second.twelve
			return e
		}
	}
	w.hasClock, w.hour, w.minute, w.bare = true, hour, minute, bare
	if hour > 23 || minute > 59 || m > 0 && (hour < 1 || hour > 12) {
		w.bad = true
	}
	return end
}

// militaryTime reports that the four digits at i are a time without a colon:
// "3 g 1530". What may be a year is not.
func (p *reader) militaryTime(i int) bool {
	t := &p.toks[i]
	if len(t.text) != 4 || t.val >= 1900 && t.val < 2100 || int(t.val)%100 > 59 || t.val >= 2400 || strings.Contains(t.text, ".") {
		return false
	}
	j := i + 1
	if p.mark(j, ":/-%") || p.mark(i-1, "$€£/-:") || p.word(i-1, wX, wStar) || p.countFollows(j) {
		return false
	}
	return j >= len(p.toks) || p.toks[j].kind != wordToken || !p.is(j, roleName|roleTint|roleSize|roleFew) && (p.toks[j].roles != 0 || p.toks[j].begins != 0)
}

// partFollows reports that a part of the day follows: "8 this morning".
func (p *reader) partFollows(i int) bool {
	j := p.skip(i, wIn, wOf, wThe, wThis, wAt, wLast, wYesterday)
	if j > i && p.word(j-1, wThis) && p.meridiem(j) > 0 { // "8 this am"
		return true
	}
	return j > i && p.is(j, rolePart) || p.word(i, wTonight)
}

// countFollows reports that the number before i counts something.
func (p *reader) countFollows(i int) bool {
	if _, n := p.match(i, roleUnit|roleSpan|roleSubstance|roleCurrency); n > 0 {
		return true
	}
	return p.word(i, wX, wStar) || p.mark(i, "%") || p.ownUnitAt(i) > 0
}

// meridiem counts the tokens of "am", "p.m.", "a"; 0 when there is none.
func (p *reader) meridiem(i int) int {
	switch {
	case p.word(i, wMeridiem):
		return 1
	case p.word(i, wHalfDay) && p.mark(i+1, ".") && p.word(i+2, wM):
		if p.mark(i+3, ".") && p.toks[i+3].glued {
			return 4
		}
		return 3
	case p.word(i, wHalfDay) && p.toks[i].glued && !p.is(i+1, roleSpan):
		return 1
	}
	return 0
}

// hourWord reads "eight pm".
func (p *reader) hourWord(w *when, i int) int {
	v, ok := p.numberWord(i)
	if !ok || v < 1 || v > 12 {
		return i
	}
	w.hasClock, w.hour, w.bare = true, int(v), true
	end := i + 1
	if past, k := p.minutes(end); k > end {
		w.hour, w.minute, end = (w.hour*60+past)/60, (past+60)%60, k
	}
	if m := p.meridiem(end); m > 0 {
		w.meridiem = p.toks[end].text[0]
		w.twelve = true
		return end + m
	}
	if p.word(end, wOclock) {
		return end + 1
	}
	return p.skip(end, wO, wClock)
}

// pastOrTo reads "half past 8" and "quarter to nine".
func (p *reader) pastOrTo(w *when, i int) int {
	if !p.word(i+1, wPast, wTo, wAfter, wTill) {
		return i
	}
	var hour when
	end := p.clock(&hour, i+2, true)
	if end == i+2 || !hour.hasClock || !hour.bare {
		return i
	}
	minutes := 30
	if p.word(i, wQuarter) {
		minutes = 15
	}
	*w = when{day: w.day, part: w.part, hasClock: true, hour: hour.hour, minute: minutes, bare: true, meridiem: hour.meridiem, certain: hour.certain, twelve: hour.twelve, twentyFour: hour.twentyFour, from: w.from, bad: hour.bad}
	if p.word(i+1, wTo, wTill) {
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

// minutes reads how far past an hour it is: 30 for "y media", -15 for "menos
// cuarto". It returns i when nothing like it stands there.
func (p *reader) minutes(i int) (past, end int) {
	v, n := p.match(i, roleMinutes)
	if n == 0 || p.countFollows(i+n) {
		return 0, i
	}
	past, _ = strconv.Atoi(v)
	return past, i + n
}
