package quick

import (
	"github.com/evenkeel/evenkeel/journal"
)

// change is a body change as the line names it.
type change struct {
	what    journal.Change
	words   string
	ongoing bool
}

// changeAt reads "dark urine", "really itchy", "lost 5 lb", "weight 180 lb".
func (p *reader) changeAt(i int) (phrase, bool) {
	it := phrase{kind: changePhrase}
	j := i
	still := false
	j = p.skip(j, wA, wMy, wThe, wSome)
	for {
		if p.is(j, roleStill) {
			still = true
			j++
			continue
		}
		if p.is(j, roleIntensity) && !p.is(j, roleChange) && !p.is(j, roleNow) {
			j++
			continue
		}
		break
	}
	what, n := p.match(j, roleChange)
	if m := p.weightMoved(j); m > 0 {
		what, n = "weight", m
	}
	if n == 0 {
		return it, false
	}
	end := j + n
	if _, m := p.match(j, roleSymptom); m >= n && m > 0 && !p.lasts(end) {
		return it, false // it is there now: an answer of the check-in
	}
	// A number makes it an answer of the check-in or, for weight, a figure.
	if what == "weight" {
		end = p.weight(end)
	}
	for end < len(p.toks) && p.is(end, roleIntensity) && !p.is(end, roleGuard) {
		if _, ok := p.readWhen(end); ok {
			break
		}
		end++
	}
	it.change = &change{what: journal.Change(what), ongoing: still}
	if end-p.skip(i, wA, wMy, wThe) > n || what == "other" || what == "weight" {
		it.change.words = p.words(i, end)
	}
	it.to = end
	return it, true
}

// weight takes in the figure of "weight 180 lb" or "gained weight, 5 lb".
func (p *reader) weight(i int) int {
	j := p.skip(i, wIs, wWas, wColon, wEquals, wAbout, wDown, wUp, wTo, wBy, wOf)
	if !p.number(j) {
		return i
	}
	return p.skip(j+1, wWeightUnit)
}

// weightMoved counts the tokens of "lost 5 pounds", "gained 2 kg"; 0 when they
// are not there. It stands before money, whose pounds it shares.
func (p *reader) weightMoved(i int) int {
	if !p.word(i, wWeightMoved) {
		return 0
	}
	n, ok := p.readNumber(p.skip(i+1, wAbout, wAround, wLike, wNearly, wOver, wAnother))
	if !ok || n.article || n.flaw != sound || !p.word(n.end, wWeightUnit) || p.word(n.end+1, wOf, wOn, wBetting) {
		return 0
	}
	return n.end + 1 - i
}

// lifeAt reads "work worse", "money better".
func (p *reader) lifeAt(i int) (phrase, bool) {
	it := phrase{kind: lifePhrase}
	area, n := p.match(i, roleLife)
	if n == 0 {
		return it, false
	}
	j := p.skip(i+n, wIs, wWas, wGot, wGetting, wColon, wEquals, wDash)
	effect, m := p.match(j, roleEffect)
	if m == 0 {
		return it, false
	}
	it.life = &journal.Life{Area: journal.LifeArea(area), Effect: effect}
	it.to = j + m
	return it, true
}
