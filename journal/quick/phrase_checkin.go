package quick

import (
	"math"
)

// answer is one answer of a check-in.
type answer struct {
	// what is a question of the 0-10 form, a symptom, "sleep_h" or
	// "sleep_quality".
	what string
	val  float64
	note string
	// present is true where the words say that it is there and not how much;
	// words are those.
	present bool
	words   string
	// from and to are its tokens, nameFrom and nameTo those of what it answers.
	from, to, nameFrom, nameTo int
	// asks is a problem with the answer, as a question to the person; nil
	// when there is none.
	asks *Sentence
}

// checkAt reads "rough 6", "craving 8/10", "7/10 pain", "slept 6.5h",
// "restless legs 2".
func (p *reader) checkAt(i int) (phrase, bool) {
	var a answer
	i = p.skip(i, wFeel, wUp)
	if end, ok := p.sleepAt(&a, i); ok {
		return a.phrase(end), true
	}
	if p.word(i, wQuality) && p.sleptBefore() {
		s, ok := p.readScore(p.skip(i+1, wWas, wIs, wColon, wEquals, wOf, wA))
		a.set("sleep_quality", s, 10, p.words(i, s.end))
		return a.phrase(s.end), ok
	}
	if end, ok := p.absentAt(&a, i); ok {
		return a.phrase(end), true
	}
	// "7/10 pain", "8 out of 10 craving"
	if s, ok := p.readScore(i); ok {
		end := p.skip(s.end, wOf, wFor, wOn)
		if what, n := p.match(end, roleMetric); n > 0 && s.outOf != 0 {
			a.nameFrom, a.nameTo = end, end+n
			a.set(what, s, 10, p.words(i, end+n))
			return a.phrase(end + n), true
		}
		return phrase{}, false
	}
	what, n := p.match(i, roleMetric)
	top := 10.
	if symptom, m := p.match(i, roleSymptom); m > n {
		what, n, top = symptom, m, 4
	}
	if n == 0 {
		return phrase{}, false
	}
	a.nameFrom, a.nameTo = i, i+n
	j := p.skip(i+n, wLevel, wIs, wWas, wAt, wColon, wEquals, wAbout, wAround, wA, wOf, wStill, wDash, wTilde)
	if p.word(i+n, wDash) && p.number(i+n+1) && p.toks[i+n+1].glued && !p.toks[i+n].glued {
		j = i + n // a negative number
	}
	if r, ok := p.readNumber(j); ok && (r.flaw == rangeAmount || r.flaw == negativeAmount || r.flaw == garbledAmount || r.flaw == eitherAmount) && !p.is(r.end, roleUnit) {
		a = answer{what: what, nameFrom: i, nameTo: i + n, asks: new(askScore(what, p.words(i, r.end)))}
		return a.phrase(r.end), true
	}
	s, ok := p.readScore(j)
	if !ok || p.is(s.end, roleUnit|roleSpan) && !p.is(s.end, roleJoin) || p.mark(s.end, ":") || p.meridiem(s.end) > 0 {
		return phrase{}, false
	}
	if p.mark(s.end, "%") {
		s.outOf = 100
		s.end++
	}
	a.set(what, s, top, p.words(i, s.end))
	return a.phrase(s.end), true
}

// absentAt reads "no cravings", "zero energy": the answer 0. Over many days it
// is no answer of now.
func (p *reader) absentAt(a *answer, i int) (int, bool) {
	j := i + 1
	if !p.word(i, wNo) && !(p.number(i) && p.toks[i].val == 0 && !p.toks[i].bad) {
		return i, false
	}
	what, n := p.match(j, roleMetric)
	if symptom, m := p.match(j, roleSymptom); m > n {
		what, n = symptom, m
	}
	if _, m := p.match(j, roleSubstance|roleNone); n == 0 || m > n || what == "calm" || p.lasts(j+n) || p.number(j+n) {
		return i, false
	}
	a.what = what
	return j + n, true
}

// lasts reports that a length of time or a beginning stands at i: what was so
// for days is no answer of now.
func (p *reader) lasts(i int) bool {
	if _, ok := p.lengthAt(i); ok {
		return true
	}
	_, _, end := p.readSince(i)
	return end > i
}

func (a answer) phrase(to int) phrase { return phrase{kind: checkPhrase, answer: &a, to: to} }

// score is the answer to a question, and the scale it was given on.
type score struct {
	val   float64
	outOf float64 // 0 when the line names no scale
	end   int
}

// readScore reads "6", "6/10", "6 out of 10".
func (p *reader) readScore(i int) (score, bool) {
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
