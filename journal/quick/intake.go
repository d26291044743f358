package quick

import (
	"slices"
	"strconv"
	"strings"

	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/journal/number"
)

// intake is something taken: a dose, or another substance when class is set.
type intake struct {
	amount   float64
	unit     string
	counted  bool // an amount was read
	either   *number.Ambiguous
	flaw     flaw
	name     string // the product in the words of the line, in lower case
	nameFrom int
	nameTo   int
	// tinted is the name with its unit, where only the unit makes it a name:
	// "blue tablet".
	tinted string
	// each is what one unit holds ("15 mg"), eachMg in mg or 0.
	each      string
	eachUnit  string
	beside    string // "1 tablet (15 mg)": it does not say of how many
	eachValue float64
	container string // a counted unit in the name: "extract shot"
	approx    bool
	size      string // "heaping"
	class     journal.SubstanceClass
	substance string
	vague     string // the words of an amount that is none
	product   match
	candidate []journal.Entry // more than one product fits
	from, to  int
}

func (p *parser) intakeAt(i int) (item, bool) {
	if _, n := p.match(i, roleUsual); n > 0 {
		return item{kind: intakeItem, intake: p.usualIntake(i, i+n), to: i + n}, true
	}
	in, end := p.readIntake(i)
	if end == i {
		return item{}, false
	}
	it := item{kind: intakeItem, intake: in, to: end}
	in.from, in.to = i, end
	// An unknown name right before the amount may be anything.
	if prev := p.last(); in.flaw == sound && in.class == "" && in.name == "" && prev != nil && prev.kind == unknownItem && prev.to == i && p.nameable(prev.from) {
		in.flaw = strangeName
		in.from = prev.from
		for k := len(p.items) - 1; k >= 0 && p.items[k].kind == unknownItem && p.nameable(p.items[k].from); k-- {
			in.from = p.items[k].from
			p.items = p.items[:k]
		}
		in.name = strings.ToLower(p.words(in.from, i))
	}
	return it, true
}

// readIntake reads an amount of something, or the name of something that may
// be followed by an amount.
func (p *parser) readIntake(i int) (*intake, int) {
	j := i
	in := &intake{}
	for {
		if _, n := p.match(j, roleBound); n > 0 {
			in.flaw, j = boundAmount, j+n
		} else if _, n := p.match(j, roleApprox); n > 0 {
			in.approx, j = true, j+n
		} else if p.mark(j, "~") {
			in.approx, j = true, j+1
		} else {
			break
		}
	}
	if p.word(j, wX) && p.number(j+1) { // "x2 caps"
		j++
	}
	if n, ok := p.readNumber(j); ok {
		if end := p.amount(in, n, j); end > j {
			return in, end
		}
	}
	if j > i {
		return in, i
	}
	return p.nameFirst(i)
}

// amount reads what the number counts. It returns the place of the number
// when it counts nothing.
func (p *parser) amount(in *intake, n quantity, i int) int {
	in.amount, in.counted = n.val, true
	in.approx, in.either = in.approx || n.ish, n.either
	if in.flaw == sound {
		in.flaw = n.flaw
	}
	if n.flaw == vagueAmount {
		in.vague = strings.TrimSuffix(strings.ToLower(p.words(i, n.end)), " of")
	}
	j := n.end
	if p.mark(j, "%") {
		return i
	}
	times := 1.
	if p.word(j, wX, wStar) {
		if p.is(j+1, roleName) && !p.number(j+1) {
			if end := p.strengthName(i); end > 0 {
				return i // "50x extract" is a name
			}
		}
		if m, ok := p.readNumber(j + 1); ok && m.flaw == sound && !m.article {
			times, in.amount, j = n.val, m.val, m.end
		} else {
			j++
		}
	}
	article := n.article
	end := p.thing(in, j, article)
	if end == j || end < 0 {
		if article {
			return i
		}
		if in.flaw == vagueAmount {
			return i
		}
		in.flaw = max(in.flaw, noUnit)
		if n.flaw != sound {
			in.flaw = n.flaw
		}
		return p.trailing(in, j)
	}
	if times != 1 {
		if in.each != "" {
			// "2 x 15 mg tablets" was read as 15 mg of one tablet.
			in.amount = times
		} else {
			in.amount *= times
		}
	}
	end = p.trailing(in, end)
	p.checkAmount(in)
	return end
}

func (p *parser) checkAmount(in *intake) {
	if in.flaw != sound {
		return
	}
	switch {
	case in.amount == 0:
		in.flaw = zeroAmount
	case in.amount > 1e6:
		in.flaw = hugeAmount
	}
}

// thing reads the unit and name that a number at in.amount belongs to, from
// j; j when nothing countable stands there.
func (p *parser) thing(in *intake, j int, article bool) int {
	start := j
	if k := p.skip(j, wSize); p.number(k) && strings.Trim(p.toks[k].text, "0") == "" && p.unitIs(k+1, "capsule") { // capsules come in size 0 and 00
		in.size, j = "size "+p.toks[k].text, k+1
	}
	for {
		if p.is(j, roleSize) {
			in.size = p.toks[j].text
			j++
		} else if _, n := p.match(j, roleFew); n > 0 && !p.is(j, roleUnit) {
			j += n
		} else {
			break
		}
	}
	if own := p.ownUnitAt(j); own > 0 {
		in.unit = singular(strings.ToLower(p.words(j, j+own)))
		if p.number(j) || own == 1 && p.is(j, roleUnit) {
			in.unit, _ = p.match(j, roleUnit)
		}
		return p.named(in, j+own)
	}
	if u, n := p.unitAt(j); n > 0 {
		in.unit = u
		j += n
		if p.word(j, wAnd) && p.word(j+1, wA) && p.word(j+2, wHalf) { // "a shot and a half"
			in.amount, j = in.amount+0.5, j+3
		}
		if slices.Contains(measures, u) {
			if end := p.holder(in, j); end > j {
				return p.named(in, end)
			}
		}
		return p.named(in, j)
	}
	if end := p.substanceAt(in, j); end > j {
		return end
	}
	// "2 500 mg capsules": what one of them holds stands in between.
	if n, ok := p.readNumber(j); ok && n.flaw == sound && !n.article {
		if u, m := p.unitAt(n.end); m > 0 && slices.Contains(measures, u) {
			if end := p.counted(in, n, u, n.end+m); end > 0 {
				return p.named(in, end)
			}
		}
		return start
	}
	// "half a blue tablet": the name stands before the unit.
	end := p.nameRun(j)
	for k := j + 1; k <= end && k < len(p.toks); k++ {
		u, n := p.unitAt(k)
		if n == 0 || p.is(k, roleName) {
			continue
		}
		in.unit = u
		p.setName(in, j, k)
		if !p.hasName(j, k) {
			in.tinted = in.name + " " + u
		}
		return p.each(in, k+n)
	}
	if sub := p.substanceWithin(in, j, end); sub > 0 {
		return sub
	}
	if article || end == j || in.flaw == vagueAmount && !p.hasName(j, end) {
		if in.flaw == vagueAmount && end > j && p.knownName(j, end) > j {
			p.setName(in, j, p.knownName(j, end))
			return in.nameTo
		}
		return start
	}
	if cut := p.knownName(j, end); cut > j {
		p.setName(in, j, cut)
		if in.flaw == sound {
			in.flaw = noUnit
		}
		return cut
	}
	return start
}

// unitAt reads a unit at i.
func (p *parser) unitAt(i int) (string, int) {
	u, n := p.match(i, roleUnit)
	if n == 0 {
		return "", 0
	}
	if p.mark(i+n, "(") && p.word(i+n+1, wPlural) && p.mark(i+n+2, ")") && p.toks[i+n].glued {
		n += 3
	}
	return u, n
}

func (p *parser) unitIs(i int, unit string) bool {
	u, n := p.unitAt(i)
	return n > 0 && u == unit
}

// named reads "of green leaf", "xanax", "each" after a unit.
func (p *parser) named(in *intake, j int) int {
	j = p.each(in, j)
	k := p.skip(j, wOf, wMy, wThe, wA, wSome, wParen)
	if p.mark(k-1, "(") && !p.is(k, roleName|roleTint) {
		k--
	}
	if end := p.substanceAt(in, k); end > k {
		return p.each(in, end)
	}
	if in.name == "" {
		end := p.nameRun(k)
		if end > k {
			cut := p.knownName(k, end)
			if cut == k && p.freshName(k, end) {
				cut = end
				if in.unit == "mg" || in.unit == "mcg" || k == j && p.maybeTime(k, end) {
					in.flaw = strangeName
				}
			}
			if cut > k {
				p.setName(in, k, cut)
				j = p.drinkName(in, cut)
				if p.mark(j, ")") {
					j++
				}
			}
		}
	}
	return p.each(in, j)
}

// maybeTime reports that the unknown words from..to may be a word of time with
// a slip: a clock time stands right behind, or such a word is one letter away.
func (p *parser) maybeTime(from, to int) bool {
	if p.clockAt(to) {
		return true
	}
	for _, w := range p.voc.slips {
		if to == from+1 && oneSlip(p.toks[from].text, w) {
			return true
		}
	}
	return false
}

// clockAt reports that a time of day stands at i.
func (p *parser) clockAt(i int) bool {
	w, ok := p.readWhen(i)
	return ok && w.hasClock && !p.word(i, wAt, wAtSign, wAround, wAbout, wBy)
}

// holder reads the counted unit after a measure: "15 mg tablet". Without a
// count the measure stays the amount; "x 2" makes it the count.
func (p *parser) holder(in *intake, j int) int {
	k := p.nameRun(j)
	for m := j; m <= k && m < len(p.toks); m++ {
		u, n := p.unitAt(m)
		if n == 0 || slices.Contains(measures, u) {
			continue
		}
		if p.is(m, roleName) && m == j {
			continue
		}
		if m > j && !p.hasName(j, m) && !p.onlyTints(j, m) {
			return j
		}
		end := m + n
		if m > j {
			p.setName(in, j, m)
			end = p.drinkName(in, m)
			if end == m {
				end = m + n
			}
		}
		in.container = u
		if c, after := p.multiplier(end); after > end {
			in.each, in.eachValue, in.eachUnit = measure(in.amount, in.unit), in.amount, in.unit
			in.amount, in.unit = c, u
			end = after
		}
		return end
	}
	return j
}

// drinkName takes "seltzer" into "kratom seltzer": it is no unit there.
func (p *parser) drinkName(in *intake, j int) int {
	u, n := p.unitAt(j)
	if n == 0 || u != "drink" && u != "seltzer" {
		return j
	}
	in.name += " " + u
	in.nameTo = j + n
	return j + n
}

// counted reads the counted unit of "2 500 mg capsules".
func (p *parser) counted(in *intake, each quantity, unit string, j int) int {
	inner := &intake{amount: each.val, unit: unit}
	end := p.holder(inner, j)
	if end == j {
		// "2 x 500 mg" without a unit is left to the multiplier.
		return 0
	}
	in.each, in.eachValue, in.eachUnit = measure(each.val, unit), each.val, unit
	in.unit, in.container = inner.container, inner.container
	in.name, in.nameFrom, in.nameTo = inner.name, inner.nameFrom, inner.nameTo
	return end
}

// multiplier reads "x2", "x 2", "times 2".
func (p *parser) multiplier(i int) (float64, int) {
	if !p.word(i, wX, wStar, wTimes) {
		return 0, i
	}
	n, ok := p.readNumber(i + 1)
	if !ok || n.flaw != sound || n.article {
		return 0, i
	}
	return n.val, n.end
}

// each reads what one unit holds: "15 mg each", "of 500 mg", "@ 15 mg".
func (p *parser) each(in *intake, j int) int {
	if in.each != "" {
		return p.skip(j, wEach)
	}
	if in.unit == "" || slices.Contains(measures, in.unit) {
		return j
	}
	k := p.skip(j, wOf, wAtSign, wAt, wParen, wComma)
	n, ok := p.readNumber(k)
	if !ok || n.flaw != sound || n.article {
		return j
	}
	u, m := p.unitAt(n.end)
	if m == 0 || !slices.Contains(measures, u) {
		return j
	}
	end := n.end + m
	said := p.word(end, wEach)
	if !said && p.mark(k-1, "(") && p.mark(end, ")") {
		in.beside = measure(n.val, u)
		return end + 1
	}
	if !said && k > j && p.mark(k-1, ",(") {
		return j
	}
	if !said && k == j && !in.holds(u) {
		return j
	}
	if !said && k == j && (in.name != "" || in.class != "") && (p.nameRun(end) > end || in.class != "" && u != "mg") {
		return j // "2 caps green 15 mg 7oh": the second has its own name
	}
	in.each, in.eachValue, in.eachUnit = measure(n.val, u), n.val, u
	end = p.skip(end, wEach)
	if p.mark(end, ")") && p.mark(k-1, "(") {
		end++
	}
	return end
}

// holds reports that a measure right behind the count can only be what one of
// it holds: "1 scoop 2 g". Grams behind several ("6 caps 3 g") may be all of
// them together.
func (in *intake) holds(u string) bool {
	return unitKind(in.unit) == countKind && (u == "mg" || u == "g" && in.amount <= 1)
}

// trailing reads "x2" after an amount, as in "3 g x 2".
func (p *parser) trailing(in *intake, j int) int {
	if p.word(j, wOr) && p.word(j+1, wSo) || p.word(j, wGive) && p.word(j+1, wOr) && p.word(j+2, wTake) {
		in.approx = true
		j = p.skip(j, wOr, wSo, wGive, wTake)
	}
	if n, end := p.multiplier(j); end > j && in.counted {
		in.amount *= n
		return end
	}
	return j
}

// nameFirst reads a name, with an amount after it where there is one: "green
// leaf 3 g", "7oh: 15 mg", "capsules x 2", "xanax 0.5 mg", "coffee".
func (p *parser) nameFirst(i int) (*intake, int) {
	in := &intake{flaw: noAmount}
	j := p.skip(i, wSome, wThe, wMy)
	if end := p.substanceAt(in, j); end > j {
		in.flaw = sound
		k := p.skip(end, wColon, wEquals, wDash, wX, wParen)
		if _, isTime := p.readWhen(k); isTime {
			return in, end
		}
		if n, ok := p.readNumber(k); ok && !n.article {
			stop := n.end
			if u, m := p.unitAt(n.end); m > 0 {
				in.unit = u
				stop += m
			} else if !p.amountEnds(stop) {
				return in, end
			}
			in.amount, in.counted, in.flaw = n.val, true, n.flaw
			if n.flaw == vagueAmount {
				in.vague, in.counted, in.flaw = p.words(k, n.end), false, sound
			}
			stop = p.trailing(in, stop)
			p.checkAmount(in)
			return in, stop
		}
		return in, end
	}
	// "caps 2", "capsules x 2", "tablets: 3"
	if p.is(j, roleSize) && p.is(j+1, roleUnit) {
		in.size = p.toks[j].text
		j++
	}
	if u, n := p.unitAt(j); n > 0 {
		k := p.skip(j+n, wX, wColon, wEquals, wStar)
		c, ok := p.readNumber(k)
		if !ok || c.article || c.flaw != sound || !p.amountEnds(c.end) {
			in.unit = u
			end := p.named(in, j+n)
			if in.class != "" { // "cup of coffee"
				in.flaw, in.vague = vagueAmount, u
			}
			return in, end
		}
		in.unit, in.amount, in.counted, in.flaw = u, c.val, true, sound
		p.checkAmount(in)
		return in, c.end
	}
	end := p.nameRun(j)
	cut := p.knownName(j, end)
	if cut == j {
		return in, i
	}
	p.setName(in, j, cut)
	// A unit after the name: "7oh shot", "green capsules x 2".
	if u, n := p.unitAt(cut); n > 0 {
		if !p.hasName(j, cut) {
			in.tinted = in.name + " " + u
		}
		in.container = u
		cut += n
		if c, after := p.multiplier(cut); after > cut {
			in.unit, in.amount, in.counted, in.flaw = u, c, true, sound
			p.checkAmount(in)
			return in, after
		}
	}
	k := p.skip(cut, wColon, wDash, wComma, wEquals, wParen, wWas, wAbout, wAround, wTilde)
	if p.mark(k-1, "-") && p.number(k) && p.toks[k].glued && !p.toks[k-1].glued {
		k--
	}
	if _, isTime := p.readWhen(k); isTime {
		return in, cut
	}
	n, ok := p.readNumber(k)
	if !ok || n.article {
		return in, cut
	}
	var more intake
	stop := p.amount(&more, n, k)
	if stop == k || more.name != "" || more.class != "" || more.unit == "" && !p.amountEnds(stop) {
		return in, cut
	}
	approx := p.mark(k-1, "~") || p.word(k-1, wAbout, wAround)
	more.name, more.nameFrom, more.nameTo, more.tinted = in.name, in.nameFrom, in.nameTo, in.tinted
	if more.container == "" {
		more.container = in.container
	}
	if more.unit == "" && in.container != "" && more.flaw == noUnit {
		more.unit, more.flaw = in.container, sound
		p.checkAmount(&more)
	}
	more.approx = approx
	if p.mark(stop, ")") {
		stop++
	}
	return &more, stop
}

// amountEnds reports that the number before i has nothing to count.
func (p *parser) amountEnds(i int) bool {
	if i >= len(p.toks) || p.toks[i].kind == markToken {
		return true
	}
	if _, ok := p.readWhen(i); ok {
		return true
	}
	return p.is(i, roleJoin|roleBecause|rolePlace|roleFiller|roleGuard|roleMetric)
}

// substanceAt reads another substance at i.
func (p *parser) substanceAt(in *intake, i int) int {
	v, n := p.match(i, roleSubstance)
	if n == 0 {
		return i
	}
	class, name, _ := strings.Cut(v, "|")
	in.class, in.substance = journal.SubstanceClass(class), name
	return i + n
}

// substanceWithin finds "thc" in "2 thc gummies": the words before a unit.
func (p *parser) substanceWithin(in *intake, from, to int) int {
	for k := from; k < to+1 && k < len(p.toks); k++ {
		end := p.substanceAt(in, k)
		if end == k {
			continue
		}
		if u, n := p.unitAt(end); n > 0 {
			in.unit = u
			end += n
		}
		return end
	}
	return 0
}

// measure writes an amount with its unit, as in "15 mg".
func measure(v float64, unit string) string {
	return strings.TrimSpace(strconv.FormatFloat(figure(v), 'f', -1, 64) + " " + unit)
}
