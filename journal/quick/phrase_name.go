package quick

import (
	"strings"

	"github.com/evenkeel/evenkeel/journal"
)

// maxNameWords bounds a product's name in a line.
const maxNameWords = 6

// nameRun finds the end of the words at i that can name a product: words of
// products, and words the reader does not know.
func (p *reader) nameRun(i int) int {
	j := i
	for j < len(p.toks) && j-i < 2*maxNameWords {
		if end := p.strengthName(j); end > 0 {
			j = end
			continue
		}
		if n := p.ownNameAt(j); n > 0 {
			j += n
			continue
		}
		if p.mark(j, "-") && j > i && p.toks[j].glued && j+1 < len(p.toks) && p.toks[j+1].glued && p.toks[j+1].kind == wordToken {
			j++
			continue
		}
		if p.mark(j, "/") && j > i && p.toks[j].glued && p.is(j-1, roleTint|roleName) && p.is(j+1, roleTint|roleName) {
			j++
			continue
		}
		if !p.nameable(j) {
			break
		}
		j++
	}
	return j
}

func (p *reader) nameable(i int) bool {
	if i >= len(p.toks) || p.toks[i].kind != wordToken {
		return false
	}
	if p.is(i, roleName|roleTint) {
		return true
	}
	if p.word(i, wRestates) {
		return false
	}
	if _, n := p.match(i, roleSubstance|roleChange|roleSleep|roleReason|roleBecause|roleGuard|roleEarlier|roleFiller|roleSlip|roleVomit|roleWholeDay|roleDay|roleNone|roleSleepless); n > 0 {
		return false
	}
	return p.toks[i].roles == 0 && !p.word(i, wTonight)
}

// strengthName finds the end of "50x extract" or "45% extract" at i; 0 when
// there is none.
func (p *reader) strengthName(i int) int {
	if p.number(i) && (p.word(i+1, wX) || p.mark(i+1, "%")) && p.toks[i+1].glued && p.is(i+2, roleName) {
		return i + 3
	}
	return 0
}

// hasName reports that a word of products stands in from..to.
func (p *reader) hasName(from, to int) bool {
	for k := from; k < to; k++ {
		if p.is(k, roleName) {
			return true
		}
	}
	return false
}

func (p *reader) onlyTints(from, to int) bool {
	for k := from; k < to; k++ {
		if !p.is(k, roleTint) {
			return false
		}
	}
	return to > from
}

// knownName finds the end of the words of from..to that are a product of the
// person's, or that are words of products; from when they are neither. What
// stands behind is not part of the name.
func (p *reader) knownName(from, to int) int {
	for end := to; end > from; end-- {
		if m := p.findProducts(p.nameOf(from, end)); len(m) > 0 {
			return end
		}
	}
	cut := from
	for k := from; k < to; k++ {
		if p.is(k, roleName|roleTint) {
			cut = k + 1
		}
	}
	return cut
}

// freshName reports that from..to may be the name of a product nobody has
// named before: a few words in a row.
func (p *reader) freshName(from, to int) bool { return to-from <= 3 }

func (p *reader) setName(in *intake, from, to int) {
	in.name, in.nameFrom, in.nameTo = p.nameOf(from, to), from, to
}

// nameOf writes a name in the one way it is stored: lower case, single
// spaces, and the official spelling of 7-OH.
func (p *reader) nameOf(from, to int) string {
	if from >= to {
		return ""
	}
	var b strings.Builder
	for k := from; k < to; k++ {
		t := &p.toks[k]
		if t.text == "-" {
			continue
		}
		if t.text == "/" {
			b.WriteByte('/')
			continue
		}
		if b.Len() > 0 && !p.mark(k-1, "/") && !(t.glued && p.number(k-1) && p.word(k, wX, wPercent)) {
			b.WriteByte(' ')
		}
		if name, ok := p.voc.official[t.text]; ok {
			b.WriteString(name)
		} else {
			b.WriteString(t.text)
		}
	}
	return b.String()
}

// named reads "of green leaf", "xanax", "each" after a unit.
func (p *reader) named(in *intake, j int) int {
	j = p.each(in, j)
	if _, n := p.match(j, roleWholeDay); n > 0 {
		return j
	}
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
				if in.unit == "mg" || in.unit == "mcg" || !p.word(k-1, wOf) && !p.word(k-2, wOf) {
					in.flaw = max(in.flaw, strangeName)
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

// drinkName takes "seltzer" into "kratom seltzer": it is no unit there.
func (p *reader) drinkName(in *intake, j int) int {
	u, n := p.unitAt(j)
	if n == 0 || u != "drink" && u != "seltzer" {
		return j
	}
	in.name += " " + u
	in.nameTo = j + n
	return j + n
}

// substanceAt reads another substance at i.
func (p *reader) substanceAt(in *intake, i int) int {
	v, n := p.match(i, roleSubstance)
	if n == 0 {
		return i
	}
	class, name, _ := strings.Cut(v, "|")
	in.class, in.substance = journal.SubstanceClass(class), name
	return i + n
}

// substanceWithin finds "thc" in "2 thc gummies": the words before a unit.
func (p *reader) substanceWithin(in *intake, from, to int) int {
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
