package quick

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/evenkeel/evenkeel/journal/number"
)

// amount reads what the number counts. It returns the place of the number
// when it counts nothing.
func (p *reader) amount(in *intake, n quantity, i int) int {
	in.amount, in.counted, in.share, in.number = n.val, true, n.of, [2]int{i, n.end}
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
	if k := p.skip(j, wOf); k > j { // "2 of my 4 caps"
		if k = p.skip(k, wMy, wThe); p.number(k) && n.flaw == sound && p.toks[k].val >= n.val && !p.toks[k].bad {
			if _, m := p.match(k+1, roleUnit); m > 0 || p.word(k+1, wDaily) || p.ownUnitAt(k+1) > 0 {
				j = p.skip(k+1, wDaily)
			}
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
	if (in.unit == "mg" || in.unit == "mcg") && in.flaw == sound {
		p.thousandths(in, i)
	}
	in.check()
	return end
}

// thousandths asks about "1.500 mg": so many decimals are more likely
// thousands, as other languages write them.
func (p *reader) thousandths(in *intake, i int) {
	if !p.number(i) || i+1 < len(p.toks) && p.mark(i+1, "/") {
		return
	}
	whole, part, ok := strings.Cut(p.toks[i].text, ".")
	if !ok || len(part) != 3 || len(whole) > 3 || whole == "0" || whole == "" {
		return
	}
	in.flaw, in.either = eitherAmount, &number.Ambiguous{Grouped: math.Round(p.toks[i].val * 1000), Decimal: p.toks[i].val}
}

// check finds amounts that are none: zero, or more than can be kept.
func (in *intake) check() {
	if in.flaw != sound {
		return
	}
	switch {
	case in.amount == 0:
		in.flaw = zeroAmount
	case in.amount > 1e6:
		in.flaw = hugeAmount
	case in.amount > in.most() && !in.exact:
		in.flaw = implausible
	}
}

// thing reads the unit and name that a number at in.amount belongs to, from
// j; j when nothing countable stands there.
func (p *reader) thing(in *intake, j int, article bool) int {
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
		} else if p.word(j, wAnd) && p.word(j+1, wHalf) && (p.amountEnds(j+2) || p.word(j+2, wOf)) { // "una tableta y media"
			in.amount, j = in.amount+0.5, j+2
		}
		if in.size == "" && p.is(j, roleSize) && !p.is(j, roleTint|roleName) && !p.is(j+1, roleUnit) { // "una cucharadita colmada"
			in.size, j = p.words(j, j+1), j+1
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
	if end := p.brandOf(in, j); end > j {
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
			if !p.onlyTints(j, k) && !in.own(p, j, k) && in.flaw == sound {
				in.flaw = strangeName
			}
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

// holder reads the counted unit after a measure: "15 mg tablet". Without a
// count the measure stays the amount; "x 2" makes it the count.
func (p *reader) holder(in *intake, j int) int {
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

// counted reads the counted unit of "2 500 mg capsules".
func (p *reader) counted(in *intake, each quantity, unit string, j int) int {
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
func (p *reader) multiplier(i int) (float64, int) {
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
func (p *reader) each(in *intake, j int) int {
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

// trailing reads "x2" after an amount, as in "3 g x 2".
func (p *reader) trailing(in *intake, j int) int {
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

// measure writes an amount with its unit, as in "15 mg".
func measure(v float64, unit string) string {
	return strings.TrimSpace(strconv.FormatFloat(figure(v), 'f', -1, 64) + " " + unit)
}
