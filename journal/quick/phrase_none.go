package quick

// noneAt reads that nothing was taken: "none today", "no kratom yesterday",
// "0 g today". A bare "0 g" is not said of a day and stays a question, and
// "none left" or "nothing helped" says something else.
func (p *reader) noneAt(i int) (phrase, bool) {
	it := phrase{kind: nonePhrase}
	_, n := p.match(i, roleNone)
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

// noneTail steps over what adds nothing to a "none".
func (p *reader) noneTail(i int) int {
	for {
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
