package quick

import (
	"math"
	"strings"
)

// sleptBefore reports that the answer before is about sleep.
func (p *reader) sleptBefore() bool {
	for k := len(p.read) - 1; k >= 0; k-- {
		if it := &p.read[k]; it.kind != breakPhrase && it.kind != fillerPhrase {
			return it.kind == checkPhrase && it.answer.what == "sleep_h"
		}
	}
	return false
}

// sleepAt reads hours slept, and how good it was.
func (p *reader) sleepAt(a *answer, i int) (int, bool) {
	// "6.5 hours of sleep", "6h sleep"
	if d, end := p.duration(i); end > i && d.seconds > 0 && !d.vague {
		j := p.skip(end, wOf, wGood)
		if p.is(j, roleSleep) {
			a.hours(d.seconds/3600, p.words(i, j+1))
			return j + 1, true
		}
		return i, false
	}
	if _, n := p.match(i, roleSleepless); n > 0 && !p.lasts(i+n) {
		a.what = "sleep_h"
		return p.skip(i+n, wAtAll), true
	}
	if p.number(i) && p.toks[i].val == 0 && !p.toks[i].bad { // "0 sleep", "0 hours of sleep"
		j := i + 1
		if span, n := p.match(j, roleSpan); n > 0 && span == "3600" {
			j = p.skip(j+n, wOf)
		}
		if p.is(j, roleSleep) {
			a.what = "sleep_h"
			return j + 1, true
		}
	}
	if !p.is(i, roleSleep) {
		return i, false
	}
	j := p.skip(i+1, wWas, wIs, wFor, wAbout, wAround, wColon, wEquals, wOnly, wLike, wA, wTilde, wTotal, wOf, wGot)
	if p.word(j, wQuality) {
		k := p.skip(j+1, wWas, wIs, wColon, wEquals, wA)
		s, ok := p.readScore(k)
		if !ok {
			return i, false
		}
		a.set("sleep_quality", s, 10, p.words(i, s.end))
		return s.end, true
	}
	if k := p.quality(a, i, j); k > j { // "slept badly, 4 h"
		j = p.skip(k, wComma, wFor, wAbout, wOnly)
		if !p.number(j) && !p.is(j, roleNumber) {
			a.what, a.asks = "sleep_h", new(asking("sleep", p.words(i, k)))
			return k, true
		}
	}
	if d, end := p.duration(j); end > j && d.seconds > 0 && !d.vague && !p.word(end, wAgo) {
		a.hours(d.seconds/3600, p.words(i, end))
		return p.quality(a, i, end), true
	}
	if r, ok := p.readNumber(j); ok && (r.flaw == rangeAmount || r.flaw == negativeAmount || r.flaw == vagueAmount) {
		end := r.end
		if p.is(end, roleSpan) {
			end++
		}
		a.what, a.asks = "sleep_h", new(asking("sleep", p.words(i, end)))
		return end, true
	}
	if s, ok := p.readScore(j); ok && s.outOf != 0 { // "sleep 4/10"
		a.set("sleep_quality", s, 10, p.words(i, s.end))
		return s.end, true
	}
	if p.number(j) && p.mark(j+1, ":") && p.number(j+2) && p.meridiem(j+3) == 0 && !p.mark(j+3, "-") { // "slept 6:30"
		a.hours(p.toks[j].val+p.toks[j+2].val/60, p.words(i, j+3))
		return p.quality(a, i, j+3), true
	}
	if n, ok := p.plainNumber(j); ok && !n.article && n.flaw == sound && p.meridiem(n.end) == 0 && !p.is(n.end, roleUnit) && !p.word(n.end, wTo, wDash, wColon) {
		a.hours(n.val, p.words(i, n.end))
		return p.quality(a, i, n.end), true
	}
	return i, false
}

// quality keeps words about the sleep as the note of the check-in: they are
// no score.
func (p *reader) quality(a *answer, from, i int) int {
	j := p.skip(i, wOf, wAnd, wBut, wComma, wVery)
	_, n := p.match(j, roleQuality)
	if _, m := p.match(j, roleSymptom); n == 0 || j == from || m > n { // "restless legs"
		return i
	}
	end := j + n
	if p.is(end, roleSleep) {
		end++
	}
	a.note = strings.ToLower(p.words(from, from+1) + " " + p.words(j, j+n))
	return end
}

func (a *answer) hours(h float64, words string) {
	a.what = "sleep_h"
	if !(h >= 0 && h <= 24) {
		a.asks = new(asking("sleep", words))
		return
	}
	a.val = math.Round(h*100) / 100
}
