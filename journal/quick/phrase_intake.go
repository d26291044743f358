package quick

import (
	"slices"
	"strings"

	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/journal/number"
)

// intake is something taken: a dose, or another substance when class is set.
type intake struct {
	amount  float64
	unit    string
	counted bool // an amount was read
	either  *number.Ambiguous
	flaw    flaw
	// share are the two numbers of "2/4", which may be two of four.
	share [2]float64
	// number are the tokens of the number, where they are known.
	number [2]int
	// exact is true of "exactly 900 g": it was asked about before.
	exact bool
	// oneOf are the units of a brand that is sold in more than one.
	oneOf    []string
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
}

// holds reports that a measure right behind the count can only be what one of
// it holds: "1 scoop 2 g". Grams behind several ("6 caps 3 g") may be all of
// them together.
func (in *intake) holds(u string) bool {
	return unitKind(in.unit) == countKind && (u == "mg" || u == "g" && in.amount <= 1)
}

// productName is the product in the words of the line.
func (in *intake) productName() string {
	if in.tinted != "" {
		return in.tinted
	}
	return in.name
}

// stray reports a number that counts nothing.
func (in *intake) stray() bool { return in.flaw == noUnit && in.name == "" && in.class == "" }

func (p *reader) intakeAt(i int) (phrase, bool) {
	if d := p.skip(i, wMy, wThe); p.unitIs(d, "dose") { // "second dose: 2 caps", "my dose of 5 g"
		if in, end := p.readIntake(p.skip(d+1, wColon, wDash, wOf)); end > d+1 && in.counted && in.unit != "" {
			return phrase{kind: intakePhrase, intake: in, to: end}, true
		}
	}
	if _, n := p.match(i, roleSlip); n > 0 && !p.takenAfter(i+n) { // "caved" and no more
		return phrase{kind: intakePhrase, intake: &intake{flaw: noAmount}, to: i + n}, true
	}
	if _, n := p.match(i, roleUsual); n > 0 {
		return phrase{kind: intakePhrase, intake: p.usualIntake(i, i+n), to: i + n}, true
	}
	in, end := p.readIntake(i)
	if end == i {
		return phrase{}, false
	}
	it := phrase{kind: intakePhrase, intake: in, to: end}
	return it, true
}

// readIntake reads an amount of something, or the name of something that may
// be followed by an amount.
func (p *reader) readIntake(i int) (*intake, int) {
	j := i
	in := &intake{}
	for {
		if _, n := p.match(j, roleBound); n > 0 {
			in.flaw, j = boundAmount, j+n
		} else if _, n := p.match(j, roleApprox); n > 0 {
			in.approx, j = true, j+n
		} else if p.mark(j, "~") {
			in.approx, j = true, j+1
		} else if p.word(j, wExactly) {
			in.exact, j = true, j+1
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

// takenAfter reports that an amount of something, or a bare unit, stands
// somewhere behind i.
func (p *reader) takenAfter(i int) bool {
	for ; i < len(p.toks); i++ {
		if p.number(i) || p.is(i, roleUnit|roleNumber|roleUsual) || p.word(i, wA) {
			return true
		}
	}
	return false
}

// usualIntake is the person's usual dose, where there is just one.
func (p *reader) usualIntake(from, to int) *intake {
	in := &intake{flaw: whichUsual}
	if len(p.ctx.Usuals) != 1 {
		return in
	}
	u := p.ctx.Usuals[0]
	in.flaw, in.amount, in.counted, in.unit = sound, u.Amount, true, u.Unit
	in.name, in.product = strings.ToLower(u.ProductName), match{u.Product, u.ProductName}
	in.check()
	return in
}

// nameFirst reads a name, with an amount after it where there is one: "green
// leaf 3 g", "7oh: 15 mg", "capsules x 2", "xanax 0.5 mg", "coffee".
func (p *reader) nameFirst(i int) (*intake, int) {
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
			in.check()
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
		if k := j + n; p.word(k, wAnd) { // "tableta y media", "tab and a half"
			if h := p.skip(k+1, wA); p.word(h, wHalf) && p.amountEnds(h+1) {
				in.unit, in.amount, in.counted, in.flaw = u, 1.5, true, sound
				return in, h + 1
			}
		}
		k := p.skip(j+n, wX, wColon, wEquals, wStar)
		c, ok := p.readNumber(k)
		if !ok || c.article || c.flaw != sound || !p.amountEnds(c.end) {
			in.unit = u
			end := p.named(in, j+n)
			switch {
			case in.class != "": // "cup of coffee"
				in.flaw, in.vague = vagueAmount, u
			case p.oneOfIt(j, u):
				in.amount, in.counted, in.flaw = 1, true, max(in.flaw&strangeName, sound)
			}
			return in, end
		}
		in.unit, in.amount, in.counted, in.flaw = u, c.val, true, sound
		in.check()
		if u == "dose" && c.of[0] >= 2 { // "dose 2/4" is the second of four
			in.flaw, in.share = shareOfDay, c.of
		}
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
		one := p.oneOfIt(cut, u)
		cut += n
		if c, after := p.multiplier(cut); after > cut {
			in.unit, in.amount, in.counted, in.flaw = u, c, true, sound
			in.check()
			return in, after
		}
		if k := p.skip(cut, wColon, wDash, wEquals, wParen, wWas, wAbout, wTilde); one && !p.number(k) && !p.is(k, roleNumber) {
			in.unit, in.amount, in.counted, in.flaw = u, 1, true, sound
			return in, cut
		}
	}
	if u := p.brandUnit(j, cut); u != "" {
		in.container = u
		cut = p.skip(cut, wVessel)
		if strings.HasSuffix(p.toks[cut-1].text, u) && !p.number(p.skip(cut, wColon, wDash, wX)) { // "k shot"
			in.unit, in.amount, in.counted, in.flaw = u, 1, true, sound
			return in, cut
		}
	}
	k := p.skip(cut, wColon, wDash, wComma, wEquals, wParen, wWas, wAbout, wAround, wTilde)
	if p.mark(k-1, "-") && p.number(k) && p.toks[k].glued && !p.toks[k-1].glued {
		k--
	}
	if _, isTime := p.readWhen(k); isTime {
		return in, cut
	}
	var more intake
	if p.word(k, wExactly) {
		more.exact, k = true, k+1
	}
	n, ok := p.readNumber(k)
	if !ok || n.article {
		return in, cut
	}
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
		more.check()
	}
	more.approx = approx
	more.check()
	if p.mark(stop, ")") {
		stop++
	}
	return &more, stop
}

// oneOfIt reports that the unit at i stands in the singular for one of it:
// "tab at 8 am", "shot of MIT45". A weight or volume by itself is no amount,
// and what holds many things needs a name.
func (p *reader) oneOfIt(i int, unit string) bool {
	if slices.Contains(measures, unit) || unit == "dose" || slices.Contains(openUnits, unit) {
		return false
	}
	s := p.toks[i].text
	return singular(s) == s && !strings.HasSuffix(s, "s") && unit != ""
}

// amountEnds reports that the number before i has nothing to count.
func (p *reader) amountEnds(i int) bool {
	if i >= len(p.toks) || p.toks[i].kind == markToken {
		return true
	}
	if _, ok := p.readWhen(i); ok {
		return true
	}
	return p.is(i, roleJoin|roleBecause|rolePlace|roleFiller|roleGuard|roleMetric)
}
