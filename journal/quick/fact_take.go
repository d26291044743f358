package quick

import (
	"slices"
)

// openCheck is the check-in of the line that can take one more answer.
func (g *facts) openCheck(one *answer) *fact {
	for k := len(g.list) - 1; k >= 0; k-- {
		c := g.list[k]
		if c.head.kind != checkPhrase || c.sentence != g.sentence && len(c.times)+len(g.lead) > 0 {
			continue
		}
		if len(c.times) > 0 && !c.led && c.clause != g.clause {
			return nil
		}
		if slices.ContainsFunc(c.answers, func(a answer) bool { return a.what == one.what && a.val != one.val }) {
			return nil
		}
		return c
	}
	return nil
}

// takeWhen gives a time to the entry before it, or keeps it for the one after.
func (g *facts) takeWhen(i int) {
	it := &g.phrases[i]
	cur := g.current()
	if cur != nil && cur.clause != g.clause && !g.headFollows(i) && g.unknownInClause(i) {
		g.unread(it) // "slept 5 h, woke at 6"
		return
	}
	leads := cur == nil || cur.sentence != g.sentence && g.headFollows(i) || cur.clause != g.clause && g.headFollows(i)
	if leads {
		if n := len(g.lead); n > 0 && g.list == nil && g.lead[n-1].merge(it.when) {
			return
		}
		if !g.rightBehind(i) {
			g.lead = nil
		}
		g.lead = append(g.lead, *it.when)
		return
	}
	cur.to = it.to
	if cur.led {
		// "yesterday: 3 g at 8 am": the leading day belongs to the time.
		led := cur.times
		cur.times, cur.led = []when{*it.when}, false
		if it.when.day.kind != noDay || !it.when.instant.IsZero() {
			cur.guarded = cur.guarded || len(led) > 1 // "yesterday and today 3 g 20 min ago": which of them?
			return
		}
		cur.times = nil
		for _, w := range led {
			one := *it.when
			one.day, one.days, one.far, one.vague = w.day, w.days, w.far || one.far, w.far || one.vague
			one.apart = one.apart || len(led) > 1 // an answer in its place would be of one day alone
			if one.part == "" && !w.hasClock {
				one.part = w.part
			}
			cur.times = append(cur.times, one)
		}
		return
	}
	if n := len(cur.times); n > 0 && cur.times[n-1].merge(it.when) {
		return
	}
	cur.times = append(cur.times, *it.when)
}

// rightBehind reports that the time at items[i] continues a list of times, as
// in "yesterday and today".
func (g *facts) rightBehind(i int) bool {
	for i--; i >= 0; i-- {
		switch it := &g.phrases[i]; {
		case it.kind == whenPhrase:
			n := len(g.lead)
			return n > 0 && g.lead[n-1].to == it.when.to
		case it.kind != breakPhrase || it.sep == hardBreak:
			return false
		}
	}
	return false
}

// unknownInClause reports that items[i] stands behind unread words.
func (g *facts) unknownInClause(i int) bool {
	for k := i - 1; k >= 0 && g.phrases[k].kind != breakPhrase; k-- {
		if g.phrases[k].kind == unknownPhrase {
			return true
		}
	}
	return false
}

// takeBare gives a word such as "pain" to the dose before it as its reason;
// else its answer is asked for.
func (g *facts) takeBare(it *phrase) {
	cur := g.current()
	if cur != nil && cur.head.kind == intakePhrase && len(it.reasons) > 0 && cur.sentence == g.sentence {
		for _, r := range it.reasons {
			if !slices.Contains(cur.reasons, r) {
				cur.reasons = append(cur.reasons, r)
			}
		}
		if _, n := g.match(it.from, rolePlainReason); n != it.to-it.from {
			cur.notes = append(cur.notes, g.words(it.from, it.to))
		}
		cur.to = it.to
		return
	}
	from := it.from
	if n := len(g.guards); n > 0 && g.guards[n-1].to == from { // "no craving"
		from = g.guards[n-1].from
		g.guards = g.guards[:n-1]
	}
	words := g.words(from, it.to)
	switch it.text {
	case "":
		g.unread(it)
	case "sleep":
		g.doubts.ask(it.from, words, asking("sleep", words))
	default:
		neutral := it.text == "mood" || it.text == "calm" || it.text == "energy"
		if from < it.from || g.guardedHere() || neutral && it.to == it.name[1] {
			g.doubts.ask(it.from, words, askScore(it.text, words))
			return
		}
		g.takeAnswer(it, answer{what: it.text, present: true, words: words, nameFrom: it.name[0], nameTo: it.name[1]})
	}
}

// takeAnswer lays an answer into the check-in that can take it, or begins one.
func (g *facts) takeAnswer(it *phrase, a answer) {
	a.from, a.to = it.from, it.to
	c := g.openCheck(&a)
	if c == nil {
		head := *it
		head.kind = checkPhrase
		g.open(&head).answers = []answer{a}
		return
	}
	if !slices.ContainsFunc(c.answers, func(b answer) bool { return b.what == a.what }) {
		c.answers = append(c.answers, a)
	}
	c.to, c.clause = max(c.to, it.to), g.clause
}

// guardedHere reports that a word of doubt stands in the same clause.
func (g *facts) guardedHere() bool {
	n := len(g.guards)
	return n > 0 && g.guards[n-1].sentence == g.sentence && g.guards[n-1].clause == g.clause
}

func (g *facts) onlyFiller(from, to int) bool {
	for _, it := range g.phrases {
		if it.from >= from && it.to <= to && it.kind != fillerPhrase {
			return false
		}
	}
	return true
}
