package quick

import (
	"reflect"
	"slices"
	"time"

	"github.com/evenkeel/evenkeel/journal"
)

// group is an entry in the making: a head and what belongs to it.
type group struct {
	head    *item
	answers []answer
	times   []when
	reasons []journal.Reason
	notes   []string
	since   *dayRef
	sinceIn string // the words of a since that names no day
	length  *duration
	perDay  *item
	still   bool
	guarded bool
	// led is true when the time stood before the group or came from another.
	led bool
	// beside is true when the amount stands right behind another one, so that
	// it may be a second way to say the same.
	beside   bool
	sentence int
	clause   int
	joined   separator // how it follows the group before
	paren    bool
	from, to int
}

// gatherer walks over the items.
type gatherer struct {
	*parser
	groups   []*group
	asks     []placedAsk
	reads    []placedRead
	lead     []when // times at the head of a sentence
	leadNote []string
	sentence int
	clause   int
	sep      separator
	paren    bool
	length   *duration
	since    *item
	guards   []guard
	unknown  [][2]int
}

type placedAsk struct {
	Ask
	from int
}

type placedRead struct {
	Read
	from int
}

// guard is a word that puts what stands beside it in doubt.
type guard struct {
	sentence, clause int
	from, to         int
	question         bool
}

// gather turns the items into entries and questions.
func (p *parser) gather() Result {
	g := &gatherer{parser: p}
	for i := range p.items {
		g.take(i)
	}
	g.shareGuards()
	g.mergeHalves()
	g.pairAmounts()
	g.strayNumbers()
	g.shareTimes()
	g.shareDays()
	for _, gr := range g.groups {
		g.finish(gr)
	}
	g.leftovers()
	g.contradictions()
	slices.SortStableFunc(g.reads, func(a, b placedRead) int { return a.from - b.from })
	slices.SortStableFunc(g.asks, func(a, b placedAsk) int { return a.from - b.from })
	var r Result
	for _, read := range g.reads {
		r.Entries = append(r.Entries, read.Read)
	}
	for _, ask := range g.asks {
		if !slices.ContainsFunc(r.Asks, func(a Ask) bool { return reflect.DeepEqual(a, ask.Ask) }) {
			r.Asks = append(r.Asks, ask.Ask)
		}
	}
	if len(r.Entries) == 0 && len(r.Asks) == 0 {
		r.Asks = []Ask{{Words: clip(p.line), Sentence: asking("unread", p.line)}}
	}
	return r
}

func (g *gatherer) current() *group {
	if len(g.groups) == 0 {
		return nil
	}
	return g.groups[len(g.groups)-1]
}

// headFollows reports that a head stands behind items[i] before the next
// separator.
func (g *gatherer) headFollows(i int) bool {
	for _, it := range g.items[i+1:] {
		if it.kind == breakItem {
			return false
		}
		if it.isHead() {
			return true
		}
	}
	return false
}

func (g *gatherer) take(i int) {
	it := &g.items[i]
	cur := g.current()
	switch it.kind {
	case breakItem:
		g.sep = max(g.sep, it.sep)
		g.paren = it.paren
		g.clause++
		if it.sep == hardBreak {
			g.sentence++
			g.lead, g.leadNote = nil, nil
		}
	case intakeItem, noneItem, changeItem, lifeItem, spendItem, noteItem:
		g.open(it)
	case checkItem:
		if c := g.openCheck(it); c != nil {
			c.answers = append(c.answers, *it.answer)
			c.to = max(c.to, it.to)
			c.clause = g.clause
			return
		}
		g.open(it).answers = []answer{*it.answer}
	case whenItem:
		g.takeWhen(i)
	case asideItem:
		if cur != nil && (cur.clause == g.clause || !g.headFollows(i)) {
			cur.notes = append(cur.notes, it.text)
			cur.to = it.to
			if it.flawed && len(cur.times) == 0 {
				cur.times = append(cur.times, *it.when)
			}
			return
		}
		g.leadNote = append(g.leadNote, it.text)
		if it.flawed && len(g.lead) == 0 {
			g.lead = []when{*it.when}
		}
	case reasonItem:
		if cur == nil || cur.head.kind != intakeItem {
			g.unread(it)
			return
		}
		for _, r := range it.reasons {
			if !slices.Contains(cur.reasons, r) {
				cur.reasons = append(cur.reasons, r)
			}
		}
		if it.text != "" {
			cur.notes = append(cur.notes, it.text)
		}
		cur.to = it.to
	case bareItem:
		if n := len(g.unknown); n > 0 && g.unknown[n-1][1] == it.from { // "helped with pain"
			g.unread(it)
			return
		}
		g.takeBare(it)
	case lengthItem:
		if cur != nil && (cur.head.kind == changeItem || cur.perDay != nil || cur.head.kind == intakeItem || cur.head.kind == noneItem) {
			cur.length, cur.to = it.length, it.to
			return
		}
		g.length = it.length
	case sinceItem:
		if cur == nil {
			g.since = it
			return
		}
		cur.since, cur.sinceIn, cur.to = it.since, it.text, it.to
	case perDayItem:
		if cur == nil || cur.head.kind != intakeItem {
			g.unread(it)
			return
		}
		cur.perDay, cur.to = it, it.to
	case stillItem:
		if cur != nil && cur.head.kind == changeItem {
			cur.still, cur.to = true, it.to
		}
	case guardItem:
		g.guards = append(g.guards, guard{g.sentence, g.clause, it.from, it.to, g.mark(it.from, "?")})
	case crisisItem:
		words := g.words(it.from, it.to)
		g.ask(it.from, words, asking("crisis", words))
		g.asks[len(g.asks)-1].Urgent = true
	case unknownItem:
		g.unread(it)
	}
}

func (g *gatherer) open(it *item) *group {
	gr := &group{head: it, from: it.from, to: it.to, sentence: g.sentence, clause: g.clause, joined: g.sep, paren: g.paren}
	prev := g.current()
	switch {
	case len(g.lead) > 0:
		gr.times, gr.led = slices.Clone(g.lead), true
		gr.from = min(gr.from, max(g.lead[0].from, g.before()))
	case prev != nil && prev.sentence == gr.sentence && prev.clause == gr.clause && len(prev.times) == 1 && !prev.led && it.kind != noteItem && prev.head.kind != noneItem:
		gr.times, gr.led = slices.Clone(prev.times), true
	}
	if len(g.leadNote) > 0 {
		gr.notes, g.leadNote = g.leadNote, nil
	}
	if g.length != nil {
		gr.length, g.length = g.length, nil
	}
	if g.since != nil {
		gr.since, gr.sinceIn, g.since = g.since.since, g.since.text, nil
	}
	if it.kind == changeItem {
		gr.still = it.change.ongoing
	}
	g.groups = append(g.groups, gr)
	g.sep, g.paren = noBreak, false
	return gr
}

// before is the token where the entry before ends.
func (g *gatherer) before() int {
	if prev := g.current(); prev != nil {
		return prev.to
	}
	return 0
}

// openCheck is the check-in of the line that can take one more answer.
func (g *gatherer) openCheck(it *item) *group {
	for k := len(g.groups) - 1; k >= 0; k-- {
		c := g.groups[k]
		if c.head.kind != checkItem || c.sentence != g.sentence && len(c.times)+len(g.lead) > 0 {
			continue
		}
		if len(c.times) > 0 && !c.led && c.clause != g.clause {
			return nil
		}
		if slices.ContainsFunc(c.answers, func(a answer) bool { return a.what == it.answer.what }) {
			return nil
		}
		return c
	}
	return nil
}

// takeWhen gives a time to the entry before it, or keeps it for the one after.
func (g *gatherer) takeWhen(i int) {
	it := &g.items[i]
	cur := g.current()
	if cur != nil && cur.clause != g.clause && !g.headFollows(i) && g.unknownInClause(i) {
		g.unread(it) // "slept 5 h, woke at 6"
		return
	}
	leads := cur == nil || cur.sentence != g.sentence && g.headFollows(i) || cur.clause != g.clause && g.headFollows(i)
	if leads {
		if n := len(g.lead); n > 0 && g.groups == nil && g.lead[n-1].merge(it.when) {
			return
		}
		g.lead = []when{*it.when}
		return
	}
	cur.to = it.to
	if cur.led {
		// "yesterday: 3 g at 8 am": the leading day belongs to the time.
		led := cur.times
		cur.times, cur.led = []when{*it.when}, false
		if len(led) == 1 && it.when.day.kind == noDay && it.when.instant.IsZero() {
			cur.times[0].day = led[0].day
			if cur.times[0].part == "" && !led[0].hasClock {
				cur.times[0].part = led[0].part
			}
		}
		return
	}
	if n := len(cur.times); n > 0 && cur.times[n-1].merge(it.when) {
		return
	}
	cur.times = append(cur.times, *it.when)
}

// unknownInClause reports that items[i] stands behind unread words.
func (g *gatherer) unknownInClause(i int) bool {
	for k := i - 1; k >= 0 && g.items[k].kind != breakItem; k-- {
		if g.items[k].kind == unknownItem {
			return true
		}
	}
	return false
}

// takeBare gives a word such as "pain" to the dose before it as its reason;
// else its answer is asked for.
func (g *gatherer) takeBare(it *item) {
	cur := g.current()
	if cur != nil && cur.head.kind == intakeItem && len(it.reasons) > 0 && cur.sentence == g.sentence {
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
		g.ask(it.from, words, asking("sleep", words))
	default:
		g.ask(it.from, words, askScore(it.text, words))
	}
}

func (g *gatherer) unread(it *item) { g.unknown = append(g.unknown, [2]int{it.from, it.to}) }

func (g *gatherer) ask(from int, words string, question Sentence) {
	g.asks = append(g.asks, placedAsk{Ask: Ask{Words: words, Sentence: question}, from: from})
}

// leftovers asks about the words that became nothing.
func (g *gatherer) leftovers() {
	slices.SortFunc(g.unknown, func(a, b [2]int) int { return a[0] - b[0] })
	for k := 0; k < len(g.unknown); {
		from, to := g.unknown[k][0], g.unknown[k][1]
		k++
		for k < len(g.unknown) && g.onlyFiller(to, g.unknown[k][0]) {
			to = g.unknown[k][1]
			k++
		}
		if g.covered(from) {
			continue
		}
		words := g.words(from, to)
		g.ask(from, words, asking("unread", words))
	}
	for _, w := range g.lead {
		if len(g.groups) == 0 {
			words := g.words(w.from, w.to)
			g.ask(w.from, words, asking("only_time", words))
		}
	}
	if g.length != nil || g.since != nil || len(g.groups) == 0 && len(g.leadNote) > 0 {
		words := g.words(0, len(g.toks))
		g.ask(0, words, asking("unread", words))
	}
}

// covered reports that the entry around the token is asked about already.
func (g *gatherer) covered(at int) bool {
	for _, gr := range g.groups {
		if gr.guarded && at >= gr.from && at < gr.to {
			return true
		}
	}
	return false
}

func (g *gatherer) onlyFiller(from, to int) bool {
	for _, it := range g.items {
		if it.from >= from && it.to <= to && it.kind != fillerItem {
			return false
		}
	}
	return true
}

// sinceDate is the first day of a body change or a habit.
func (g *gatherer) sinceDate(gr *group) (time.Time, bool) {
	if gr.since != nil {
		t, ok := g.date(*gr.since)
		return t, ok && !t.After(g.dayOf(g.ctx.Now))
	}
	days := int(gr.length.calendarDays())
	return g.dayOf(g.ctx.Now).AddDate(0, 0, -days), true
}
