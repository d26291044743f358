package quick

func (p *reader) separatorAt(i int) (phrase, bool) {
	it := phrase{kind: breakPhrase, to: i + 1}
	t := &p.toks[i]
	if t.kind == markToken {
		switch t.text {
		case ";":
			it.sep = hardBreak
		case ".":
			it.sep = hardBreak
		case ",":
			it.sep = commaBreak
		case "(":
			it.sep, it.paren = commaBreak, true
		case ")":
			it.sep = commaBreak
		case "+", "&", "/":
			it.sep = andBreak
		default:
			return it, false
		}
		return it, true
	}
	if p.word(i, wBut) {
		it.sep = commaBreak
		return it, true
	}
	if _, n := p.match(i, roleJoin); n > 0 {
		if p.word(i, wWith) && !p.thingFollows(i+1) {
			return it, false
		}
		it.sep, it.to = andBreak, i+n
		return it, true
	}
	return it, false
}

// thingFollows reports that something that is taken stands at i.
func (p *reader) thingFollows(i int) bool {
	i = p.skip(i, wMy, wThe, wSome)
	if _, n := p.match(i, roleFood|roleMeal); n > 0 {
		return false
	}
	in, end := p.readIntake(i)
	return end > i && (in.class != "" || in.flaw == sound)
}

func (p *reader) fillerAt(i int) (phrase, bool) {
	if p.toks[i].kind == markToken && !p.mark(i, "?%$€£") {
		return phrase{kind: fillerPhrase, to: i + 1}, true
	}
	if p.word(i, wIn) { // "in withdrawal"
		if _, n := p.match(i+1, roleMetric|roleSymptom); n > 0 {
			return phrase{kind: fillerPhrase, to: i + 1}, true
		}
	}
	_, n := p.match(i, roleFiller|roleSlip)
	if n == 0 && p.word(i, wRestates) {
		n = 1
	}
	return phrase{kind: fillerPhrase, to: i + n}, n > 0
}

func (p *reader) guardAt(i int) (phrase, bool) {
	if p.mark(i, "?") {
		return phrase{kind: guardPhrase, to: i + 1}, true
	}
	if p.word(i, wStill) {
		return phrase{}, false
	}
	if _, n := p.match(i, roleSymptom|roleSlip); n > 1 { // "cant sleep", "gave in"
		return phrase{}, false
	}
	if _, n := p.match(i, roleBound); n > 0 {
		if _, ok := p.readNumber(i + n); ok {
			return phrase{}, false
		}
	}
	_, n := p.match(i, roleGuard)
	return phrase{kind: guardPhrase, to: i + n}, n > 0
}

// asideAt reads a circumstance of a dose: "with juice", "before breakfast".
// A meal is no clock time.
func (p *reader) asideAt(i int) (phrase, bool) {
	if _, n := p.match(i, roleFood); n > 1 && p.word(i+1, wStomach) {
		return phrase{kind: asidePhrase, text: p.words(i, i+n), to: i + n}, true
	}
	if !p.is(i, rolePlace) {
		return phrase{}, false
	}
	j := p.skip(i+1, wA, wMy, wThe, wSome, wOf, wRight)
	if _, n := p.match(j, roleFood); n > 0 {
		end := j + n
		for p.word(end, wAnd) {
			_, n := p.match(end+1, roleFood)
			if n == 0 {
				break
			}
			end += 1 + n
		}
		if p.word(i, wBefore, wAfter) {
			return p.vagueAside(i, end), true
		}
		return phrase{kind: asidePhrase, text: p.words(i, end), to: end}, true
	}
	if _, n := p.match(j, roleMeal); n > 0 {
		return p.vagueAside(i, j+n), true
	}
	return phrase{}, false
}

// vagueAside is a circumstance that says roughly when.
func (p *reader) vagueAside(from, to int) phrase {
	return phrase{kind: asidePhrase, text: p.words(from, to), when: &when{vague: true, from: from, to: to}, flawed: true, to: to}
}
