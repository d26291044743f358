package quick

import (
	"math"
	"strings"

	"github.com/evenkeel/evenkeel/journal"
)

// answer is one answer of a check-in.
type answer struct {
	// what is a question of the 0-10 form, a symptom, "sleep_h" or
	// "sleep_quality".
	what string
	val  float64
	note string
	// asks is a problem with the answer, as a question to the person; nil
	// when there is none.
	asks *Sentence
}

// checkAt reads "rough 6", "craving 8/10", "7/10 pain", "slept 6.5h",
// "restless legs 2".
func (p *parser) checkAt(i int) (item, bool) {
	var a answer
	i = p.skip(i, wFeel, wUp)
	if end, ok := p.sleepAt(&a, i); ok {
		return a.item(end), true
	}
	if p.word(i, wQuality) && p.sleptBefore() {
		s, ok := p.readScore(p.skip(i+1, wWas, wIs, wColon, wEquals, wOf, wA))
		a.set("sleep_quality", s, 10, p.words(i, s.end))
		return a.item(s.end), ok
	}
	// "7/10 pain", "8 out of 10 craving"
	if s, ok := p.readScore(i); ok {
		end := p.skip(s.end, wOf, wFor, wOn)
		if what, n := p.match(end, roleMetric); n > 0 && s.outOf != 0 {
			a.set(what, s, 10, p.words(i, end+n))
			return a.item(end + n), true
		}
		return item{}, false
	}
	what, n := p.match(i, roleMetric)
	top := 10.
	if symptom, m := p.match(i, roleSymptom); m > n {
		what, n, top = symptom, m, 4
	}
	if n == 0 {
		return item{}, false
	}
	j := p.skip(i+n, wLevel, wIs, wWas, wAt, wColon, wEquals, wAbout, wAround, wA, wOf, wStill, wDash, wTilde)
	if p.word(i+n, wDash) && p.number(i+n+1) && p.toks[i+n+1].glued && !p.toks[i+n].glued {
		j = i + n // a negative number
	}
	if r, ok := p.readNumber(j); ok && (r.flaw == rangeAmount || r.flaw == negativeAmount || r.flaw == garbledAmount || r.flaw == eitherAmount) && !p.is(r.end, roleUnit) {
		a = answer{what: what, asks: new(askScore(what, p.words(i, r.end)))}
		return a.item(r.end), true
	}
	s, ok := p.readScore(j)
	if !ok || p.is(s.end, roleUnit|roleSpan) || p.mark(s.end, ":") || p.meridiem(s.end) > 0 {
		return item{}, false
	}
	if p.mark(s.end, "%") {
		s.outOf = 100
		s.end++
	}
	a.set(what, s, top, p.words(i, s.end))
	return a.item(s.end), true
}

func (a answer) item(to int) item { return item{kind: checkItem, answer: &a, to: to} }

// score is the answer to a question, and the scale it was given on.
type score struct {
	val   float64
	outOf float64 // 0 when the line names no scale
	end   int
}

// readScore reads "6", "6/10", "6 out of 10".
func (p *parser) readScore(i int) (score, bool) {
	var s score
	if p.number(i) && !p.toks[i].bad {
		s.val, s.end = p.toks[i].val, i+1
	} else if v, known := p.numberWord(i); known {
		s.val, s.end = v, i+1
	} else {
		return s, false
	}
	j := s.end
	switch {
	case p.mark(j, "/"), p.word(j, wOf):
		j++
	case p.word(j, wOut) && p.word(j+1, wOf):
		j += 2
	default:
		return s, true
	}
	if p.number(j) {
		s.outOf, s.end = p.toks[j].val, j+1
	} else if p.word(j, wTen) {
		s.outOf, s.end = 10, j+1
	}
	return s, true
}

// set checks a score against its question.
func (a *answer) set(what string, s score, top float64, words string) {
	a.what, a.val = what, s.val
	if s.outOf != 0 && s.outOf != top || s.val != math.Trunc(s.val) || s.val < 0 || s.val > top {
		a.asks = new(askScore(what, words))
	}
}

// sleptBefore reports that the answer before is about sleep.
func (p *parser) sleptBefore() bool {
	for k := len(p.items) - 1; k >= 0; k-- {
		if it := &p.items[k]; it.kind != breakItem && it.kind != fillerItem {
			return it.kind == checkItem && it.answer.what == "sleep_h"
		}
	}
	return false
}

// sleepAt reads hours slept, and how good it was.
func (p *parser) sleepAt(a *answer, i int) (int, bool) {
	// "6.5 hours of sleep", "6h sleep"
	if d, end := p.duration(i); end > i && d.seconds > 0 && !d.vague {
		j := p.skip(end, wOf, wGood)
		if p.is(j, roleSleep) {
			a.hours(d.seconds/3600, p.words(i, j+1))
			return j + 1, true
		}
		return i, false
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
func (p *parser) quality(a *answer, from, i int) int {
	j := p.skip(i, wOf, wAnd, wBut, wComma, wVery)
	_, n := p.match(j, roleQuality)
	if n == 0 || j == from {
		return i
	}
	end := j + n
	if p.is(end, roleSleep) {
		end++
	}
	a.note = strings.ToLower(p.toks[from].text + " " + p.words(j, j+n))
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

// put lays the answer into a check-in; false when that question already has
// one.
func (a *answer) put(c *journal.CheckIn) bool {
	score := func(dst **int) bool {
		if *dst != nil {
			return false
		}
		v := int(a.val)
		*dst = &v
		return true
	}
	ok := false
	switch a.what {
	case "rough":
		ok = score(&c.Rough)
	case "craving":
		ok = score(&c.Craving)
	case "mood":
		ok = score(&c.Mood)
	case "calm":
		ok = score(&c.Calm)
	case "energy":
		ok = score(&c.Energy)
	case "pain":
		ok = score(&c.Pain)
	case "sleep_quality":
		ok = score(&c.SleepQuality)
	case "sleep_h":
		if ok = c.SleepHours == nil; ok {
			v := a.val
			c.SleepHours = &v
		}
	default:
		s := journal.Symptom(a.what)
		if _, has := c.Symptoms[s]; !has {
			if c.Symptoms == nil {
				c.Symptoms = map[journal.Symptom]int{}
			}
			c.Symptoms[s], ok = int(a.val), true
		}
	}
	if ok && a.note != "" {
		c.Note = strings.TrimSpace(c.Note + " " + a.note)
	}
	return ok
}
