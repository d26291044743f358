package quick

import (
	"math"
	"slices"
	"strings"

	"github.com/evenkeel/evenkeel/journal"
)

// finish makes the entries of a group, or the question that it needs.
func (g *gatherer) finish(gr *group) {
	words := g.words(gr.from, gr.to)
	if gr.guarded {
		g.ask(gr.from, words, askDoubt(gr.head.kind, words))
		return
	}
	switch gr.head.kind {
	case intakeItem:
		g.finishIntake(gr, words)
	case noneItem:
		g.finishNone(gr, words)
	case checkItem:
		g.finishCheck(gr, words)
	case changeItem:
		g.finishChange(gr, words)
	case lifeItem:
		life := *gr.head.life
		g.onADay(gr, words, journal.Event{Kind: journal.KindLife, Body: &life})
	case spendItem:
		g.finishSpending(gr, words)
	case noteItem:
		if gr.head.text == "" {
			g.ask(gr.from, words, text("ask.empty_note"))
			return
		}
		g.add(gr, words, journal.Event{Kind: journal.KindNote, At: g.ctx.Now, Body: &journal.Note{Text: gr.head.text}}, nil)
	}
}

// add keeps an event if the journal would, and asks otherwise.
func (g *gatherer) add(gr *group, words string, e journal.Event, p *journal.Product) {
	check := e
	check.Stamp(g.ctx.Now)
	if err := check.Validate(); err != nil || e.At.After(g.ctx.Now) {
		g.ask(gr.from, words, asking("unread", words))
		return
	}
	g.reads = append(g.reads, placedRead{Read{Event: e, Words: words, NewProduct: p}, gr.from})
}

// atTimes adds the event once for each time of the group, now when it has
// none, and asks about the times that are no moment.
func (g *gatherer) atTimes(gr *group, words string, what any, event func() (journal.Event, *journal.Product)) {
	times := gr.times
	if len(times) == 0 {
		times = []when{{}}
	}
	for i := range times {
		w := &times[i]
		if w.justToday() {
			*w = when{}
		}
		at := g.place(w)
		if at.trouble == placedWell && w.hasClock && w.day.kind == noDay && !gr.led {
			at = g.otherDay(gr, w, at)
		}
		if at.trouble != placedWell {
			g.ask(gr.from, words, g.ctx.askWhen(what, g.timeWords(w), at))
			continue
		}
		e, p := event()
		e.At = at.at
		g.add(gr, words, e, p)
	}
}

// timeWords is the time as the line wrote it.
func (g *gatherer) timeWords(w *when) string { return g.words(w.from, w.to) }

// otherDay checks a time without a day against the day that another entry of
// the line names: "3 g yesterday 10 pm and 2 caps at 8 am" may be either.
func (g *gatherer) otherDay(gr *group, w *when, today placed) placed {
	for _, other := range g.groups {
		if other == gr {
			continue
		}
		for _, o := range other.times {
			if o.day.kind == noDay {
				continue
			}
			dayed := *w
			dayed.day = o.day
			if p := g.place(&dayed); p.trouble == placedWell && !p.at.Equal(today.at) {
				return placed{trouble: eitherDay, one: today.at, two: p.at}
			}
		}
	}
	return today
}

func (g *gatherer) finishIntake(gr *group, words string) {
	in := gr.head.intake
	if gr.beside || gr.paren && gr.joined == commaBreak && in.counted && in.class == "" && g.doseBefore(gr) {
		g.ask(gr.from, words, asking("one_or_two", words))
		return
	}
	if gr.perDay != nil || gr.length != nil && in.flaw == sound {
		g.finishHistory(gr, words)
		return
	}
	if in.class != "" {
		g.finishSubstance(gr, words)
		return
	}
	if gr.since != nil && in.flaw == sound {
		in.flaw = howMuchADay
	}
	dose, fresh := g.dose(gr)
	if in.flaw == noUnit && in.name == "" && g.besideUnknown(gr) {
		g.unknown = append(g.unknown, [2]int{gr.from, gr.to})
		return
	}
	if in.flaw != sound {
		g.ask(gr.from, words, askAmount(in, words))
		return
	}
	g.atTimes(gr, words, understood(in), func() (journal.Event, *journal.Product) {
		d := dose
		d.Reasons = slices.Clone(dose.Reasons)
		return journal.Event{Kind: journal.KindDose, Body: &d}, fresh
	})
}

// besideUnknown reports that unread words touch the group: "day 3".
func (g *gatherer) besideUnknown(gr *group) bool {
	return slices.ContainsFunc(g.unknown, func(u [2]int) bool { return u[1] == gr.from || u[0] == gr.to })
}

// doseBefore reports that the group before is a dose with an amount.
func (g *gatherer) doseBefore(gr *group) bool {
	k := slices.Index(g.groups, gr)
	if k < 1 {
		return false
	}
	prev := g.groups[k-1].head
	return prev.kind == intakeItem && prev.intake.class == "" && prev.intake.counted
}

// dose is the payload of a dose, its product looked up.
func (g *gatherer) dose(gr *group) (journal.Dose, *journal.Product) {
	in := gr.head.intake
	g.link(in)
	d := journal.Dose{Product: in.product.id, ProductName: in.product.name, Amount: in.amount, Unit: in.unit, Reasons: gr.reasons}
	if d.ProductName == "" {
		d.ProductName = in.productName()
	}
	notes := gr.notes
	if in.size != "" {
		notes = append([]string{in.size}, notes...)
	}
	if in.beside != "" {
		notes = append([]string{in.beside}, notes...)
	}
	if in.each != "" {
		notes = append([]string{in.each + " each"}, notes...)
	}
	if in.approx {
		notes = append([]string{"about"}, notes...)
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

// productName is the product in the words of the line.
func (in *intake) productName() string {
	if in.tinted != "" {
		return in.tinted
	}
	return in.name
}

func (g *gatherer) finishSubstance(gr *group, words string) {
	in := gr.head.intake
	if in.flaw != sound {
		if in.flaw == vagueAmount {
			in.counted = false
		} else {
			g.ask(gr.from, words, askAmount(in, words))
			return
		}
	}
	s := journal.Substance{Class: in.class, Name: in.substance}
	if in.counted {
		s.Amount = measure(in.amount, in.unit)
	} else if in.flaw == vagueAmount {
		s.Amount = in.vague
	}
	notes := gr.notes
	if in.each != "" {
		notes = append([]string{in.each + " each"}, notes...)
	} else if in.beside != "" {
		notes = append([]string{in.beside}, notes...)
	}
	if len(gr.reasons) > 0 && len(notes) == 0 {
		for _, r := range gr.reasons {
			notes = append(notes, "for "+string(r))
		}
	}
	s.Note = strings.Join(notes, "; ")
	g.atTimes(gr, words, g.words(gr.head.from, gr.head.to), func() (journal.Event, *journal.Product) {
		one := s
		return journal.Event{Kind: journal.KindSubstance, Body: &one}, nil
	})
}

func (g *gatherer) finishHistory(gr *group, words string) {
	in := gr.head.intake
	dose, _ := g.dose(gr)
	switch {
	case in.class != "":
		in.flaw = howLong
	case in.flaw != sound:
	case gr.perDay == nil:
		in.flaw = howMuchADay
	case gr.perDay.text == "repeated":
		in.flaw = repeated
	case gr.perDay.flawed:
		in.flaw = perWeek
	case gr.length == nil && gr.since == nil:
		in.flaw = howLong
	}
	if in.flaw != sound {
		g.ask(gr.from, words, askAmount(in, words))
		return
	}
	h := journal.PriorUse{Product: dose.Product, ProductName: dose.ProductName, PerDay: dose.Amount, Unit: dose.Unit, Note: gr.sinceIn}
	if gr.perDay.times > 0 {
		h.TimesPerDay = gr.perDay.times
		h.PerDay = dose.Amount * gr.perDay.times
	}
	if gr.length != nil {
		h.Days = math.Round(gr.length.calendarDays())
	} else {
		since, ok := g.sinceDate(gr)
		if !ok {
			g.ask(gr.from, words, asking("unread", words))
			return
		}
		h.Days = math.Round(g.dayOf(g.ctx.Now).Sub(since).Hours() / 24)
	}
	g.add(gr, words, journal.Event{Kind: journal.KindPriorUse, At: g.ctx.Now, Body: &h}, nil)
}

func (g *gatherer) finishNone(gr *group, words string) {
	if gr.length != nil || gr.since != nil {
		g.ask(gr.from, words, asking("many_days", words))
		return
	}
	e := journal.Event{Kind: journal.KindNone, At: g.ctx.Now, Body: &journal.None{}}
	if len(gr.times) == 0 {
		g.add(gr, words, e, nil)
		return
	}
	for i := range gr.times {
		w := &gr.times[i]
		if w.justToday() {
			e.At = g.ctx.Now
		} else if date, ok := g.date(w.day); ok && w.dayOnly() && !date.After(g.dayOf(g.ctx.Now)) {
			e.At = g.endOfDay(date)
		} else {
			at := g.place(w)
			if at.trouble != placedWell {
				g.ask(gr.from, words, g.ctx.askWhen(text("read.none"), g.timeWords(w), at))
				continue
			}
			e.At = at.at
		}
		e.Body = &journal.None{}
		g.add(gr, words, e, nil)
	}
}

func (g *gatherer) finishCheck(gr *group, words string) {
	c := journal.CheckIn{Note: strings.Join(gr.notes, "; ")}
	some, slept := false, false
	for i := range gr.answers {
		a := &gr.answers[i]
		switch {
		case a.asks != nil:
			g.ask(gr.from, words, *a.asks)
		case a.put(&c):
			some = true
			slept = slept || strings.HasPrefix(a.what, "sleep")
		}
	}
	if !some {
		return
	}
	gr.times = slices.DeleteFunc(gr.times, g.isThisPart)
	if slept {
		// "slept 6 h last night" is said now, about that night.
		gr.times = slices.DeleteFunc(gr.times, func(w when) bool {
			recent := w.day.kind == noDay || w.day.kind == offsetDay && w.day.offset >= -1
			return !w.hasClock && w.instant.IsZero() && !w.vague && !w.future && recent && (w.part != "" || w.dayOnly() && w.day.offset == 0)
		})
	}
	g.atTimes(gr, words, g.words(gr.head.from, gr.head.to), func() (journal.Event, *journal.Product) {
		one := c
		return journal.Event{Kind: journal.KindCheckIn, Body: &one}, nil
	})
}

// isThisPart reports that a part of today is the present one: "rough 6
// tonight", said in the evening, is about now.
func (g *gatherer) isThisPart(w when) bool {
	if w.hasClock || w.vague || w.loose || w.day.kind != offsetDay || w.day.offset != 0 {
		return false
	}
	h := g.ctx.Now.Hour()
	switch w.part {
	case "morning":
		return h >= 4 && h < 12
	case "afternoon":
		return h >= 12 && h < 18
	case "evening", "night":
		return h >= 17
	}
	return false
}

func (g *gatherer) finishChange(gr *group, words string) {
	ch := gr.head.change
	b := journal.BodyChange{Change: ch.what, Ongoing: gr.still}
	notes := gr.notes
	if ch.words != "" {
		notes = append([]string{ch.words}, notes...)
	}
	if gr.since != nil || gr.length != nil {
		since, ok := g.sinceDate(gr)
		if !ok {
			g.ask(gr.from, words, asking("unread", words))
			return
		}
		b.Since, b.Ongoing = dateOf(since), true
		if gr.sinceIn != "" {
			notes = append(notes, gr.sinceIn)
		}
	}
	b.Note = strings.Join(notes, "; ")
	if len(gr.times) == 1 && b.Since == "" {
		w := &gr.times[0]
		date, ok := g.date(w.day)
		if ok && w.instant.IsZero() && !w.hasClock && !w.vague && !w.loose && w.day.kind != noDay && !date.After(g.dayOf(g.ctx.Now)) {
			b.Since = dateOf(date)
			gr.times = nil
		}
	}
	g.atTimes(gr, words, g.words(gr.head.from, gr.head.to), func() (journal.Event, *journal.Product) {
		one := b
		return journal.Event{Kind: journal.KindBodyChange, Body: &one}, nil
	})
}

func (g *gatherer) finishSpending(gr *group, words string) {
	if gr.head.flawed {
		g.ask(gr.from, words, asking("money", words))
		return
	}
	s := *gr.head.spend
	if found := g.findProducts(strings.ToLower(gr.head.text)); len(found) == 1 {
		s.Product = found[0].ID
	}
	s.Note = strings.Join(append([]string{gr.head.text}, gr.notes...), "; ")
	s.Note = strings.Trim(s.Note, "; ")
	g.onADay(gr, words, journal.Event{Kind: journal.KindSpending, Body: &s})
}

// onADay adds an event that belongs to a day: a day without a clock time is
// enough, and its noon stands for it.
func (g *gatherer) onADay(gr *group, words string, e journal.Event) {
	e.At = g.ctx.Now
	if len(gr.times) > 0 {
		w := &gr.times[0]
		date, ok := g.date(w.day)
		day := ok && !date.After(g.dayOf(g.ctx.Now)) && !w.hasClock && w.instant.IsZero() && !w.vague && !w.loose && !w.future
		switch {
		case w.justToday():
		case day && w.day.kind != noDay:
			e.At = g.onDay(date, 12, 0)
		default:
			at := g.place(w)
			if at.trouble != placedWell {
				g.ask(gr.from, words, g.ctx.askWhen(words, g.timeWords(w), at))
				return
			}
			e.At = at.at
		}
	}
	g.add(gr, words, e, nil)
}
