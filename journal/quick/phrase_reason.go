package quick

import (
	"github.com/evenkeel/evenkeel/journal"
)

// reasonAt reads "because pain", "for energy and mood", "to sleep".
func (p *reader) reasonAt(i int) (phrase, bool) {
	it := phrase{kind: reasonPhrase}
	_, n := p.match(i, roleBecause)
	switch {
	case n > 0:
	case p.word(i, wTo) && !p.number(i+1):
		n = 1
	case p.word(i, wOut) && p.word(i+1, wOf):
		n = 2
	default:
		return it, false
	}
	j := p.skip(i+n, wColon, wEquals, wDash)
	if p.word(p.skip(j, wA), wTotal) { // "6 caps for a total of 3 g"
		return it, false
	}
	if _, _, end := p.money(j); end > j && p.word(i, wFor) {
		return phrase{kind: guardPhrase, to: end}, true // "2 shots for $20" may be bought, not taken
	}
	if _, m := p.match(p.skip(j, wMy, wA, wThe), roleMeal); m > 0 && p.word(i, wFor) {
		end := p.skip(j, wMy, wA, wThe) + m
		return p.vagueAside(i, end), true
	}
	if p.word(i, wFor) && p.is(p.skip(j, wMy, wA, wThe, wHis), rolePerson) {
		return phrase{kind: guardPhrase, to: p.skip(j, wMy, wA, wThe, wHis) + 1}, true
	}
	own := false // words beside the plain names of reasons
	k := j
	for k < len(p.toks) {
		if v, m := p.match(k, roleReason); m > 0 && !p.answerFollows(k+m) {
			it.addReason(journal.Reason(v))
			own = own || !p.is(k, rolePlainReason)
			k += m
			continue
		}
		if p.mark(k, ",/&+") || p.word(k, wAnd) {
			if v, m := p.match(k+1, roleReason); m > 0 && !p.answerFollows(k+1+m) {
				it.addReason(journal.Reason(v))
				own = own || !p.is(k+1, rolePlainReason)
				k += 1 + m
				continue
			}
			if v, end := p.clauseReason(k + 1); end > 0 {
				it.addReason(journal.Reason(v))
				own = true
				k = end
				continue
			}
			break
		}
		if p.toks[k].kind != wordToken || p.endsReason(k) {
			break
		}
		own = own || !p.is(k, roleFiller|roleIntensity|roleFew)
		k++
	}
	if k == j {
		return it, false
	}
	if own || len(it.reasons) == 0 {
		it.text = p.words(i, k)
	}
	it.to = k
	return it, true
}

// clauseReason reads "I was sad" of "because my back hurts and I was sad"; 0
// when the words at i are no reason.
func (p *reader) clauseReason(i int) (string, int) {
	k := i
	for k < len(p.toks) && p.toks[k].kind == wordToken && p.is(k, roleFiller|roleIntensity) && !p.is(k, roleGuard|roleJoin|roleReason|roleNumber|roleVague) {
		k++
	}
	v, n := p.match(k, roleReason)
	if k == i || n == 0 || p.answerFollows(k+n) {
		return "", 0
	}
	return v, k + n
}

// endsReason reports that something of its own begins at i.
func (p *reader) endsReason(i int) bool {
	if _, ok := p.readWhen(i); ok {
		return true
	}
	if _, ok := p.checkAt(i); ok {
		return true
	}
	if _, ok := p.asideAt(i); ok {
		return true
	}
	if p.word(i, wNote) || p.is(i, roleJoin) {
		return true
	}
	if n, ok := p.readNumber(i); ok && !n.article {
		return true
	}
	return false
}

// answerFollows reports that a score stands at i: "pain 7" is an answer.
func (p *reader) answerFollows(i int) bool {
	return p.number(i) && !p.is(i+1, roleUnit|roleSpan)
}

func (it *phrase) addReason(r journal.Reason) {
	for _, have := range it.reasons {
		if have == r {
			return
		}
	}
	it.reasons = append(it.reasons, r)
}

// bareAt reads a question of the check-in that lacks its answer, or a reason.
func (p *reader) bareAt(i int) (phrase, bool) {
	it := phrase{kind: barePhrase}
	if k := p.skipRole(i, roleIntensity); k > i && !p.is(i, roleFiller) { // "bad cravings"
		if _, n := p.match(k, roleMetric|roleSymptom); n > 0 {
			i = k
		}
	}
	if v, n := p.match(i, roleReason); n > 0 {
		it.reasons, it.to = []journal.Reason{journal.Reason(v)}, i+n
	}
	if v, n := p.match(i, roleMetric|roleSymptom); n > 0 && i+n >= it.to {
		it.text, it.to, it.name = v, i+n, [2]int{i, i + n}
	}
	if p.is(i, roleSleep) {
		it.text, it.to = "sleep", max(it.to, i+1)
	}
	if it.to == 0 && p.is(i, roleStill) {
		return phrase{kind: stillPhrase, to: i + 1}, true
	}
	if it.text != "" {
		it.to = p.skipRole(it.to, roleQuality|roleIntensity|roleGlue)
	}
	return it, it.to > i
}
