package quick

// afterArticle reads what "a" may begin: "a half", "a couple of", "a dozen".
func (p *reader) afterArticle(i int) quantity {
	switch {
	case p.word(i+1, wHalf, wQuarter, wThird):
		n, _ := p.spelled(i + 1)
		return n
	case p.word(i+1, wCouple):
		return quantity{val: 2, end: p.skip(i+2, wOf, wMore)}
	case p.word(i+1, wDozen):
		return quantity{val: 12, end: p.skip(i+2, wOf, wMore)}
	case p.word(i+1, wHundred):
		return quantity{val: 100, end: i + 2}
	}
	return quantity{val: 1, end: i + 1, article: true}
}

// numberWord is the value of a single number word at i.
func (p *reader) numberWord(i int) (float64, bool) {
	if i >= len(p.toks) || p.toks[i].kind != wordToken {
		return 0, false
	}
	return p.toks[i].entry.number, p.toks[i].entry.counts
}

// spelled reads number words: "two", "twenty five", "half", "three quarters",
// "one and a half".
func (p *reader) spelled(i int) (quantity, bool) {
	if !p.is(i, roleNumber) {
		return quantity{}, false
	}
	switch {
	case p.word(i, wHalf):
		if p.word(i+1, wA, wOf) {
			j := p.skip(i+1, wOf, wA, wOne, wMy)
			if p.word(j, wDozen) {
				return quantity{val: 6, end: j + 1}, true
			}
			return quantity{val: 0.5, end: j}, true
		}
		return quantity{val: 0.5, end: p.skip(i+1, wA)}, true
	case p.word(i, wQuarter):
		return quantity{val: 0.25, end: p.skip(i+1, wOf, wA, wOne, wMy)}, true
	case p.word(i, wThird):
		return quantity{val: 1. / 3, end: p.skip(i+1, wOf, wA, wOne, wMy)}, true
	case p.word(i, wCouple):
		return quantity{val: 2, end: p.skip(i+1, wOf, wMore)}, true
	case p.word(i, wDozen):
		return quantity{val: 12, end: p.skip(i+1, wOf, wMore)}, true
	}
	v, ok := p.numberWord(i)
	if !ok {
		return quantity{}, false
	}
	n := quantity{val: v, end: i + 1}
	if v >= 20 {
		j := p.skip(i+1, wDash)
		if v >= 30 && v < 100 && p.word(i+1, wAnd) && p.is(i+2, roleNumber) { // "treinta y cinco"
			j = i + 2
		}
		if p.is(j, roleNumber) {
			if u, ok := p.numberWord(j); ok && u > 0 && (u < 10 || v >= 100 && u < 100) {
				n.val, n.end = v+u, j+1
			}
		}
	}
	j := p.skip(n.end, wDash)
	switch {
	case p.word(n.end, wHundred):
		n.val, n.end = n.val*100, n.end+1
	case p.word(j, wQuarter) && v < 4:
		n.val, n.end = v/4, p.skip(j+1, wOf, wA, wOne, wMy)
	case p.word(j, wThird) && v < 3:
		n.val, n.end = v/3, p.skip(j+1, wOf, wA, wOne, wMy)
	case p.word(j, wHalf) && v == 1:
		n.val, n.end = 0.5, p.skip(j+1, wOf, wA, wOne, wMy)
	default:
		p.andAHalf(&n)
	}
	return n, true
}
