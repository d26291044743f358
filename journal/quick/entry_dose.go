package quick

import (
	"math"
	"slices"
	"strings"

	"github.com/evenkeel/evenkeel/journal"
)

func (g *entries) intake(f *fact, words string) {
	in := f.head.intake
	if f.beside || f.paren && f.joined == commaBreak && in.counted && in.class == "" && g.doseBefore(f) {
		g.ask(f.from, words, asking("one_or_two", words), g.sameOrTwo(f)...)
		return
	}
	if f.perDay != nil || f.length != nil && in.flaw == sound {
		g.history(f, words)
		return
	}
	if in.class != "" {
		g.substance(f, words)
		return
	}
	if f.since != nil && in.flaw == sound {
		in.flaw = howMuchADay
	}
	dose, fresh := g.dose(f)
	if in.flaw == noUnit && in.name == "" && g.besideUnknown(f) {
		g.unknown = append(g.unknown, [2]int{f.from, f.to})
		return
	}
	if in.flaw != sound {
		g.ask(f.from, words, askAmount(in, words), g.amounts(f)...)
		return
	}
	if len(f.times) == 1 && f.times[0].justToday() {
		if in.share[0] >= 2 {
			g.ask(f.from, words, asking("share", words, "some", figure(in.share[0]), "all", figure(in.share[1])), g.shares(f)...)
			return
		}
		g.ask(f.from, words, text("quick.ask.spread", "what", understood(in)), g.spread(&f.times[0])...)
		return
	}
	if slices.ContainsFunc(f.times, func(w when) bool { return w.justToday() || w.days }) { // "yesterday and today 5 g"
		g.ask(f.from, words, asking("repeated", words))
		return
	}
	g.atTimes(f, words, understood(in), func() (journal.Event, *journal.Product) {
		d := dose
		d.Reasons = slices.Clone(dose.Reasons)
		return journal.Event{Kind: journal.KindDose, Body: &d}, fresh
	})
}

// besideUnknown reports that unread words touch the group: "day 3".
func (g *entries) besideUnknown(f *fact) bool {
	return slices.ContainsFunc(g.unknown, func(u [2]int) bool { return u[1] == f.from || u[0] == f.to })
}

// doseBefore reports that the group before is a dose with an amount.
func (g *entries) doseBefore(f *fact) bool {
	k := slices.Index(g.facts, f)
	if k < 1 {
		return false
	}
	prev := g.facts[k-1].head
	return prev.kind == intakePhrase && prev.intake.class == "" && prev.intake.counted
}

// dose is the payload of a dose, its product looked up.
func (g *entries) dose(f *fact) (journal.Dose, *journal.Product) {
	in := f.head.intake
	g.link(in)
	d := journal.Dose{Product: in.product.id, ProductName: in.product.name, Amount: in.amount, Unit: in.unit, Reasons: f.reasons}
	if d.ProductName == "" {
		d.ProductName = in.productName()
	}
	notes := f.notes
	if in.size != "" {
		notes = append([]string{in.size}, notes...)
	}
	if in.beside != "" {
		notes = append([]string{in.beside}, notes...)
	}
	if in.each != "" {
		notes = append([]string{in.each + " " + g.voc.notes["each"]}, notes...)
	}
	if in.approx {
		notes = append([]string{g.voc.notes["about"]}, notes...)
	}
	d.Note = strings.Join(notes, "; ")
	if in.flaw == sound && d.ProductName == "" && slices.Contains(openUnits, in.unit) {
		in.flaw = whatWasIt
	}
	var fresh *journal.Product
	if d.Product.IsZero() && d.ProductName != "" {
		fresh = g.voc.guess(in, d.ProductName)
	}
	return d, fresh
}

func (g *entries) history(f *fact, words string) {
	in := f.head.intake
	dose, _ := g.dose(f)
	switch {
	case in.class != "":
		in.flaw = howLong
	case in.flaw != sound:
	case f.length != nil && f.length.whole:
		g.overTheDay(f, words, dose)
		return
	case f.length != nil && f.length.vague && f.perDay != nil:
		in.flaw = howLong
	case f.perDay == nil:
		in.flaw = howMuchADay
	case f.perDay.text == "repeated":
		in.flaw = repeated
	case f.perDay.flawed:
		in.flaw = perWeek
	case f.length == nil && f.since == nil:
		in.flaw = howLong
	}
	if in.flaw != sound {
		g.ask(f.from, words, askAmount(in, words), g.amounts(f)...)
		return
	}
	h := journal.PriorUse{Product: dose.Product, ProductName: dose.ProductName, PerDay: dose.Amount, Unit: dose.Unit, Note: f.sinceIn}
	if f.perDay.times > 0 {
		h.TimesPerDay = f.perDay.times
		h.PerDay = dose.Amount * f.perDay.times
	}
	if f.length != nil {
		h.Days = math.Round(f.length.calendarDays())
	} else {
		since, ok := g.sinceDate(f)
		if !ok {
			g.ask(f.from, words, asking("unread", words))
			return
		}
		h.Days = math.Round(g.dayOf(g.now).Sub(since).Hours() / 24)
	}
	g.add(f, words, journal.Event{Kind: journal.KindPriorUse, At: g.now, Body: &h}, nil)
}

// overTheDay keeps an amount that was taken in parts over the day up to now,
// at times nobody named.
func (g *entries) overTheDay(f *fact, words string, d journal.Dose) {
	if len(f.times) > 0 && !f.times[0].justToday() || len(f.times) > 1 {
		g.ask(f.from, words, asking("unread", words))
		return
	}
	h := journal.PriorUse{Product: d.Product, ProductName: d.ProductName, PerDay: d.Amount, Unit: d.Unit, Days: 1, Note: d.Note}
	g.add(f, words, journal.Event{Kind: journal.KindPriorUse, At: g.now, Body: &h}, nil)
}

func (g *entries) substance(f *fact, words string) {
	in := f.head.intake
	if in.flaw != sound {
		if in.flaw == vagueAmount {
			in.counted = false
		} else {
			g.ask(f.from, words, askAmount(in, words), g.amounts(f)...)
			return
		}
	}
	s := journal.Substance{Class: in.class, Name: in.substance}
	if in.counted {
		s.Amount = measure(in.amount, in.unit)
	} else if in.flaw == vagueAmount {
		s.Amount = in.vague
	}
	notes := f.notes
	if in.each != "" {
		notes = append([]string{in.each + " " + g.voc.notes["each"]}, notes...)
	} else if in.beside != "" {
		notes = append([]string{in.beside}, notes...)
	}
	if len(f.reasons) > 0 && len(notes) == 0 {
		for _, r := range f.reasons {
			notes = append(notes, g.voc.notes["for_"+string(r)])
		}
	}
	s.Note = strings.Join(notes, "; ")
	g.atTimes(f, words, g.words(f.head.from, f.head.to), func() (journal.Event, *journal.Product) {
		one := s
		return journal.Event{Kind: journal.KindSubstance, Body: &one}, nil
	})
}
