package quick

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Choice is an answer to a question that needs no writing.
type Choice struct {
	// Say names it, as the words on a button.
	Say Sentence
	// Line is the whole line with the answer in it: it keeps what was
	// understood, and read again it no longer asks this question.
	Line string
}

// Answers are the choices of a question, and behind them that its words are kept
// as a note where they can be.
func (a *Ask) Answers() []Choice {
	if a.AsNote == "" {
		return a.Choices
	}
	return append(slices.Clone(a.Choices), choice(a.AsNote, "note"))
}

func choice(line, key string, args ...any) Choice {
	return Choice{text("quick.choice."+key, args...), strings.TrimSpace(line)}
}

// mostOffered is how many questions of a line come with answers. Each answer is
// a whole line, so this bounds the work that a pasted page can cause; the
// questions behind get theirs when the first are settled.
const mostOffered = 8

func (g *entries) askedEnough() bool { return len(g.doubts) >= mostOffered }

// edit is the line with other text in place of the tokens from..to; with from
// and to the same the text is put in before that token.
func (p *tokens) edit(from, to int, text string) string {
	if from == to {
		if from >= len(p.toks) {
			return strings.TrimRight(p.line, " ") + " " + strings.TrimSpace(text)
		}
		return p.line[:p.toks[from].start] + text + " " + p.line[p.toks[from].start:]
	}
	return p.line[:p.toks[from].start] + text + p.line[p.toks[to-1].end:]
}

// after is the line with text put in behind the token before i.
func (p *tokens) after(i int, text string) string {
	end := p.toks[i-1].end
	return p.line[:end] + " " + text + p.line[end:]
}

// noteLine is the line with these words of it kept as a note behind the rest.
func noteLine(line, words, note string) string {
	if words == "" {
		return ""
	}
	rest := ""
	if i := strings.Index(line, words); i >= 0 {
		rest = strings.Trim(strings.TrimSpace(line[:i])+" "+strings.TrimSpace(line[i+len(words):]), " ,;.-+&/")
	}
	if rest == "" {
		return note + " " + words
	}
	return rest + "; " + note + " " + words
}

// saying are the words that answers put into a line, in the person's language.
type saying struct{ of, now, overDay, at, exactly, note, none, forSpan string }

func (c *Context) saying() saying {
	if strings.HasPrefix(strings.ToLower(c.Language), "es") {
		return saying{"de", "ahora", "a lo largo del día", "a las", "exactamente", "nota", "nada hoy", "durante"}
	}
	return saying{"of", "now", "over the day", "at", "exactly", "note", "none today", "for"}
}

// scores are the answers to a question of the check-in.
func (g *entries) scores(a *answer) []Choice {
	if g.askedEnough() || a.to <= a.from || a.nameTo <= a.nameFrom {
		return nil
	}
	name := g.words(a.nameFrom, a.nameTo)
	var list []Choice
	for v := 0; v <= topOf(a.what); v++ {
		list = append(list, choice(g.edit(a.from, a.to, name+" "+strconv.Itoa(v)), "score", "n", v))
	}
	return list
}

// moments are the answers to when it was: the two readings, the hours of the
// part of the day that was named, or the date a year back.
func (g *entries) moments(w *when, at placed) []Choice {
	if g.askedEnough() {
		return nil
	}
	if w.to <= w.from || w.apart {
		return nil
	}
	say := g.ctx.saying()
	date := func(t time.Time) string {
		if at.trouble == eitherHour && w.day.kind == noDay && g.dayOf(t).Equal(g.dayOf(g.now)) {
			return ""
		}
		return t.Format(time.DateOnly) + " "
	}
	switch at.trouble {
	case eitherHour, eitherDay:
		var list []Choice
		for _, t := range []time.Time{at.one, at.two} {
			list = append(list, choice(g.edit(w.from, w.to, date(t)+t.Format("3:04 pm")), "moment", "moment", g.ctx.momentText(t)))
		}
		return list
	case nextYear:
		clock := ""
		if w.hasClock {
			clock = " " + strconv.Itoa(w.hour) + ":" + two(w.minute)
			switch {
			case w.meridiem != 0:
				clock += string(w.meridiem) + "m"
			case w.hour < 10:
				clock = " 0" + clock[1:]
			}
		}
		return []Choice{choice(g.edit(w.from, w.to, at.one.Format(time.DateOnly)+clock), "last_year", "date", at.one.Format(time.DateOnly))}
	case needsClock:
		return g.hoursOf(w, say.at)
	}
	return nil
}

func two(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// partHours are the whole hours offered for a part of the day; those of a whole
// day under "".
var partHours = map[string][]int{
	"morning": {6, 7, 8, 9, 10, 11}, "afternoon": {12, 13, 14, 15, 16, 17}, "late": {12, 13, 14, 15, 16, 17, 18, 19}, "pm": {12, 14, 16, 18, 20, 22},
	"evening": {17, 18, 19, 20, 21, 22}, "night": {19, 20, 21, 22, 23}, "": {6, 8, 10, 12, 14, 16, 18, 20, 22},
}

// hoursOf offers the hours that have gone by.
func (g *entries) hoursOf(w *when, lead string) []Choice {
	date, ok := g.date(w.day)
	if !ok {
		return nil
	}
	var list []Choice
	for _, h := range partHours[w.part] {
		t, ok := g.wall(date, h, 0)
		if !ok || t.After(g.now) {
			continue
		}
		line := g.after(w.to, lead+" "+t.Format("3 pm"))
		if w.loose {
			line = g.edit(w.from, w.to, lead+" "+t.Format("3 pm"))
		}
		list = append(list, choice(line, "moment", "moment", g.ctx.momentText(t)))
	}
	return list
}

// spread are the answers to "5 tablets today".
func (g *entries) spread(w *when) []Choice {
	if g.askedEnough() {
		return nil
	}
	if w.to <= w.from || w.apart {
		return nil
	}
	say := g.ctx.saying()
	return []Choice{choice(g.edit(w.from, w.to, say.now), "one_now"), choice(g.edit(w.from, w.to, say.overDay), "over_day")}
}

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
