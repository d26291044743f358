package quick

import (
	"strconv"
	"strings"
)

// shares are the answers to "2/4 caps for the day".
func (g *entries) shares(f *fact) []Choice {
	in := f.head.intake
	if g.askedEnough() || len(f.times) != 1 || f.times[0].apart || in.number[1] <= in.number[0] {
		return nil
	}
	say, w := g.ctx.saying(), f.times[0]
	amount := measure(in.share[0], in.unit)
	rest := func(words string) string {
		t := tokens{line: g.edit(w.from, w.to, words), toks: g.toks}
		if w.from < in.number[0] {
			shift := len(t.line) - len(g.line)
			n := g.toks[in.number[0]].start + shift
			return t.line[:n] + strconv.FormatFloat(in.share[0], 'f', -1, 64) + t.line[g.toks[in.number[1]-1].end+shift:]
		}
		return t.edit(in.number[0], in.number[1], strconv.FormatFloat(in.share[0], 'f', -1, 64))
	}
	return []Choice{choice(rest(say.now), "amount_now", "amount", amount), choice(rest(say.overDay), "amount_over_day", "amount", amount)}
}

// sameOrTwo are the answers to whether an amount beside another is the same.
func (g *entries) sameOrTwo(f *fact) []Choice {
	if g.askedEnough() {
		return nil
	}
	k := -1
	for i, other := range g.facts {
		if other == f {
			k = i
		}
	}
	if k < 1 {
		return nil
	}
	prev := g.facts[k-1].head
	before, to := prev.to, f.head.to
	if prev.intake == nil || before < 1 || before > f.head.from || prev.intake.class != "" || prev.intake.unit == f.head.intake.unit {
		return nil
	}
	if g.mark(to, ")") {
		to++
	}
	join := func(s string) string {
		return g.line[:g.toks[before-1].end] + " " + s + " " + g.words(f.head.from, f.head.to) + g.line[g.toks[to-1].end:]
	}
	and := "and"
	if g.ctx.saying().note == "nota" {
		and = "y"
	}
	return []Choice{choice(join("="), "same"), choice(join(and), "two")}
}

// amounts are the answers to what an amount lacks.
func (g *entries) amounts(f *fact) []Choice {
	if g.askedEnough() {
		return nil
	}
	in, head, say := f.head.intake, f.head, g.ctx.saying()
	number := in.number[1] > in.number[0]
	var list []Choice
	switch in.flaw {
	case noAmount:
		if in.unit == "" && in.container == "" && g.voc.brands[strings.ToLower(g.text(in.nameFrom))] == nil {
			return nil
		}
		for _, n := range []string{"1/2", "1", "2", "3", "4", "5", "6"} {
			list = append(list, choice(g.edit(head.from, head.from, n), "plain", "text", n))
		}
	case noUnit:
		if in.amount == 0 { // "today zero"
			return []Choice{choice(g.edit(head.from, head.to, say.none), "none_today")}
		}
		units := in.oneOf
		if units == nil {
			units = []string{"g", "capsule", "tablet"}
		}
		for _, u := range units {
			list = append(list, choice(g.after(head.to, u), "amount", "amount", text("quick.read.amount", "amount", figure(in.amount), "unit", unitText(u, in.amount))))
		}
	case whichProduct:
		for _, e := range in.candidate {
			name := e.Product().Name
			line := g.after(head.to, say.of+" "+name)
			if in.nameTo > in.nameFrom {
				line = g.edit(in.nameFrom, in.nameTo, name)
			}
			list = append(list, choice(line, "plain", "text", clip(name)))
		}
	case strangeName:
		return g.names(f, say.of)
	case eitherAmount:
		if !number {
			return nil
		}
		for _, v := range []float64{in.either.Grouped, in.either.Decimal} {
			list = append(list, choice(g.edit(in.number[0], in.number[1], strconv.FormatFloat(v, 'f', -1, 64)), "plain", "text", measure(v, in.unit)))
		}
	case implausible:
		if number {
			list = append(list, choice(g.edit(in.number[0], in.number[0], say.exactly), "really", "amount", amountText(in)))
		}
	case zeroAmount:
		list = append(list, choice(g.edit(head.from, head.to, say.none), "none_today"))
	case howLong:
		for _, span := range []struct {
			n    int
			unit string
		}{{1, "week"}, {1, "month"}, {6, "month"}, {1, "year"}, {2, "year"}} {
			word := text("quick.span."+span.unit, "n", span.n)
			line := g.after(f.to, say.forSpan+" "+strconv.Itoa(span.n)+" "+spanWords[say.note][span.unit])
			list = append(list, Choice{word, strings.TrimSpace(line)})
		}
	}
	return list
}

// spanWords are the words that an answer puts into a line, by the language's
// word for a note.
var spanWords = map[string]map[string]string{
	"note": {"week": "week", "month": "months", "year": "years"},
	"nota": {"week": "semana", "month": "meses", "year": "años"},
}

// names are the answers to a name that nobody knows: it is a product's, or it
// says nothing.
func (g *entries) names(f *fact, of string) []Choice {
	in, head := f.head.intake, f.head
	if in.nameTo <= in.nameFrom || in.number[1] <= in.number[0] {
		return nil
	}
	name := g.words(in.nameFrom, in.nameTo)
	product := g.edit(in.nameFrom, in.nameFrom, of)
	if g.word(in.nameFrom-1, wOf) {
		product = g.line
	}
	if in.unit == "mg" || in.unit == "mcg" { // it may be a medicine: the answer says that it is not
		name += " kratom"
		product = g.after(in.nameTo, "kratom")
	}
	if in.tinted != "" || in.nameFrom < in.number[0] { // the name stands before its unit or number
		amount := strings.TrimSpace(g.words(in.number[0], in.number[1]) + " " + in.unit)
		product = g.edit(min(head.from, in.nameFrom), head.to, amount+" "+of+" "+name)
	}
	without := g.edit(in.nameFrom, in.nameTo, "")
	return []Choice{choice(product, "a_product", "name", clip(name)), choice(without, "no_name", "name", clip(in.name))}
}
