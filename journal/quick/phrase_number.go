package quick

import (
	"math"

	"github.com/evenkeel/evenkeel/journal/number"
)

// flaw says what keeps a number or an amount from being one plain value.
type flaw uint8

const (
	sound flaw = iota
	noAmount
	vagueAmount // "some"
	rangeAmount // "2-3"
	boundAmount // "at least 3"
	zeroAmount
	negativeAmount
	hugeAmount
	garbledAmount // "1e9"
	eitherAmount  // "1.500", where it may be 1500 or 1.5
	noUnit
	whichProduct
	strangeName // an unknown name where it could be a medicine
	whatWasIt   // a unit that holds many things
	perWeek
	repeated    // "twice"
	howLong     // a daily amount without a duration
	howMuchADay // a duration without a daily amount
	whichUsual  // "the usual", where there is none or more than one
	strayNumber // "3 g 8"
	oneOrTwo    // "3 g (6 caps)"
	implausible // more than anybody takes at once
	shareOfDay  // "2/4 caps for the day": two of four, or half of one
)

// quantity is a value read from the line; end is the token after it.
type quantity struct {
	val  float64
	end  int
	flaw flaw
	ish  bool // "3ish"
	// of are the two numbers of "2/4".
	of [2]float64
	// either are the two readings of an eitherAmount.
	either *number.Ambiguous
	// article is true for a mere "a": one of something, if a thing follows.
	article bool
}

// readNumber reads a number at i in any of the ways people write one.
func (p *reader) readNumber(i int) (quantity, bool) {
	negative := p.mark(i, "-") && p.number(i+1) && p.toks[i+1].glued && !p.toks[i].glued
	if negative {
		i++
	}
	n, ok := p.plainNumber(i)
	if !ok {
		return n, false
	}
	if negative {
		n.flaw = negativeAmount
	}
	if p.word(n.end, wIsh) && p.toks[n.end].glued {
		n.ish, n.end = true, n.end+1
	}
	if n.flaw == sound && !n.article {
		p.readRange(&n)
	}
	if math.IsInf(n.val, 0) || math.IsNaN(n.val) {
		n.flaw = garbledAmount
	}
	return n, true
}

// readRange turns "2-3", "2 to 3" and "2 or 3" into a range.
func (p *reader) readRange(n *quantity) {
	if !p.mark(n.end, "-") && !p.word(n.end, wTo, wOr) {
		return
	}
	if to, ok := p.plainNumber(n.end + 1); ok && !to.article {
		n.flaw, n.end = rangeAmount, to.end
	}
}

func (p *reader) plainNumber(i int) (quantity, bool) {
	if p.number(i) {
		return p.digits(i), true
	}
	if p.word(i, wAnother) || p.word(i, wOne) && p.word(i+1, wMore) {
		j := i + 1
		if p.word(j, wMore) {
			j++
		}
		if n, ok := p.plainNumber(j); ok && !n.article {
			return n, true
		}
		return quantity{val: 1, end: j, article: true}, true
	}
	if _, k := p.match(i, roleVague); k > 0 {
		return quantity{end: i + k, flaw: vagueAmount}, true
	}
	if p.word(i, wA) {
		return p.afterArticle(i), true
	}
	return p.spelled(i)
}

// digits reads "3", "1/4", "1 1/2", "1-1/2", "1½", "2 and a half".
func (p *reader) digits(i int) quantity {
	t := &p.toks[i]
	n := quantity{val: t.val, end: i + 1}
	if t.bad {
		n.flaw = garbledAmount
		if t.either != nil {
			n.flaw, n.either = eitherAmount, t.either
		}
		return n
	}
	if t.fraction {
		return n
	}
	if f, end, ok := p.slashed(i); ok {
		n.val, n.end, n.of = f, end, [2]float64{t.val, p.toks[i+2].val}
		if math.IsInf(f, 0) || math.IsNaN(f) {
			n.flaw = garbledAmount
		}
		return n
	}
	if t.val != math.Trunc(t.val) {
		return n
	}
	j := i + 1
	if p.number(j) && p.toks[j].fraction {
		n.val, n.end = t.val+p.toks[j].val, j+1
		return n
	}
	if p.mark(j, "-") {
		j++
	}
	if p.number(j) {
		if f, end, ok := p.slashed(j); ok && f < 1 {
			n.val, n.end = t.val+f, end
			return n
		}
	}
	p.andAHalf(&n)
	return n
}

// slashed reads "1/4" at i.
func (p *reader) slashed(i int) (float64, int, bool) {
	if !p.mark(i+1, "/") || !p.number(i+2) || p.toks[i].bad || p.toks[i+2].bad || p.toks[i].fraction || p.toks[i+2].fraction {
		return 0, 0, false
	}
	return p.toks[i].val / p.toks[i+2].val, i + 3, true
}

// andAHalf adds "and a half" and its like to a whole number.
func (p *reader) andAHalf(n *quantity) {
	if !p.word(n.end, wAnd) {
		return
	}
	j := n.end + 1
	if p.word(j, wA, wOne) {
		j++
	}
	switch {
	case p.word(j, wHalf):
		n.val, n.end = n.val+0.5, j+1
	case p.word(j, wQuarter):
		n.val, n.end = n.val+0.25, j+1
	case p.word(j, wThird):
		n.val, n.end = n.val+1./3, j+1
	case p.number(j):
		if f, end, ok := p.slashed(j); ok && f < 1 {
			n.val, n.end = n.val+f, end
		}
	}
}
