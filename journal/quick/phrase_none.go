package quick

import "math"

// noneAt reads that nothing was taken: "none today", "no kratom yesterday",
// "0 g today". A bare "0 g" is not said of a day and stays a question, and
// "none left" or "nothing helped" says something else.
func (p *reader) noneAt(i int) (phrase, bool) {
	it := phrase{kind: nonePhrase}
	_, n := p.match(i, roleNone)
	if m := p.cleanDay(i); m > n {
		it.to = p.noneTail(i + m)
		return it, p.noneEnds(it.to) || p.is(it.to, roleSlip)
	}
	if n == 0 {
		n = p.zero(i)
		if n == 0 || !p.dayFollows(i+n) {
			return it, false
		}
	} else if !p.noneEnds(p.noneTail(i + n)) {
		return it, false
	}
	it.to = p.noneTail(i + n)
	return it, true
}

// cleanDay counts the tokens of "day 3", "day 3 clean", "3 days sober", "clean
// 3 days": said today, of a today without. 0 when nothing like it stands at i.
func (p *reader) cleanDay(i int) int {
	j := i
	if p.word(i, wDay) && len(p.toks[i].text) > 1 && p.number(i+1) && p.whole(i+1) {
		j = i + 2
		if p.word(j, wClean) {
			return j + 1 - i
		}
		if _, n := p.match(j, roleNone); n > 0 {
			j += n
		}
		return j - i
	}
	if !p.word(i, wClean) && !p.number(i) && !p.is(i, roleNumber) && !p.word(i, wA) {
		return 0
	}
	if p.word(i, wClean) {
		j = p.skip(i+1, wFor)
	}
	d, end := p.duration(j)
	switch {
	case end == j || d.vague || d.seconds > 0:
		return 0
	case j > i:
		return end - i
	case p.word(end, wClean):
		return end + 1 - i
	}
	return 0
}

// whole reports a plain whole number at i.
func (p *reader) whole(i int) bool {
	t := &p.toks[i]
	return !t.bad && !t.fraction && t.val >= 1 && t.val == math.Trunc(t.val) && !p.mark(i+1, "/:-")
}

// noneTail steps over what adds nothing to a "none".
func (p *reader) noneTail(i int) int {
	for {
		if _, n := p.match(i, roleDay); n > 1 { // "all day"
			return i
		}
		j := p.skip(i, wAt, wAtAll, wSo, wKratom, wFor)
		if j > i && (p.word(j-1, wAt) || p.word(j-1, wFor)) {
			j-- // "at 8pm", "for pain"
			if j == i {
				return i
			}
		}
		if j == i {
			return i
		}
		i = j
	}
}

// noneEnds reports that the phrase is over at i: only a day or a separator
// may follow.
func (p *reader) noneEnds(i int) bool {
	if _, ok := p.lengthAt(i); ok {
		return true
	}
	if _, _, end := p.readSince(i); end > i {
		return true
	}
	return i >= len(p.toks) || p.toks[i].kind == markToken && !p.mark(i, "?") || p.dayFollows(i) || p.is(i, roleJoin) || p.word(i, wBut, wExcept) || p.is(i, roleMetric)
}

func (p *reader) dayFollows(i int) bool {
	w, ok := p.readWhen(i)
	return ok && (w.day.kind != noDay || w.hasClock || !w.instant.IsZero())
}

// zero counts the tokens of "0", "zero grams", "0 g kratom" at i.
func (p *reader) zero(i int) int {
	n, ok := p.readNumber(i)
	if !ok || n.val != 0 || n.flaw != sound || n.article {
		return 0
	}
	j := n.end
	if _, m := p.match(j, roleUnit); m > 0 {
		j += m
	}
	j = p.skip(j, wOf, wKratom, wLeaf)
	return j - i
}
