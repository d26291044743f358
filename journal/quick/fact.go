package quick

import (
	"slices"

	"github.com/evenkeel/evenkeel/journal"
)

// fact is an entry in the making: a head and what belongs to it.
type fact struct {
	head     *phrase
	answers  []answer
	times    []when
	reasons  []journal.Reason
	notes    []string
	since    *dayRef
	sinceIn  string // the words of a since that names no day
	length   *duration
	lengthAt [2]int
	perDay   *phrase
	still    bool
	guarded  bool
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

// facts binds the phrases to each other: the third stage. A fact is what one
// phrase says together with the times, reasons and circumstances around it.
type facts struct {
	*tokens
	phrases  []phrase
	list     []*fact
	doubts   doubts
	lead     []when // times at the head of a sentence
	leadNote []string
	sentence int
	clause   int
	sep      separator
	paren    bool
	length   *duration
	since    *phrase
	guards   []guard
	unknown  [][2]int // words that became nothing
}

// factsOf gathers the phrases of a line, and then lets neighbours share what
// was said of both.
func factsOf(t *tokens, list []phrase) *facts {
	g := &facts{tokens: t, phrases: list}
	for i := range g.phrases {
		g.take(i)
	}
	g.shareGuards()
	g.mergeHalves()
	g.restated()
	g.notKept()
	g.pairAmounts()
	g.strayNumbers()
	g.shareTimes()
	g.shareDays()
	return g
}

func (g *facts) current() *fact {
	if len(g.list) == 0 {
		return nil
	}
	return g.list[len(g.list)-1]
}

// headFollows reports that a head stands behind items[i] before the next
// separator.
func (g *facts) headFollows(i int) bool {
	for _, it := range g.phrases[i+1:] {
		if it.kind == breakPhrase {
			return false
		}
		if it.isHead() {
			return true
		}
	}
	return false
}

func (g *facts) take(i int) {
	it := &g.phrases[i]
	cur := g.current()
	switch it.kind {
	case breakPhrase:
		g.sep = max(g.sep, it.sep)
		g.paren = it.paren
		g.clause++
		if it.sep == hardBreak {
			g.sentence++
			g.lead, g.leadNote = nil, nil
		}
	case intakePhrase, nonePhrase, changePhrase, lifePhrase, spendPhrase, notePhrase:
		g.open(it)
	case checkPhrase:
		g.takeAnswer(it, *it.answer)
	case whenPhrase:
		g.takeWhen(i)
	case asidePhrase:
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
	case reasonPhrase:
		if cur == nil || cur.head.kind != intakePhrase {
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
	case barePhrase:
		if n := len(g.unknown); n > 0 && g.unknown[n-1][1] == it.from { // "helped with pain"
			g.unread(it)
			return
		}
		g.takeBare(it)
	case lengthPhrase:
		if cur != nil && (cur.head.kind == changePhrase || cur.perDay != nil || cur.head.kind == intakePhrase || cur.head.kind == nonePhrase) {
			cur.length, cur.lengthAt, cur.to = it.length, [2]int{it.from, it.to}, it.to
			return
		}
		g.length = it.length
	case sincePhrase:
		if cur == nil {
			g.since = it
			return
		}
		cur.since, cur.sinceIn, cur.to = it.since, it.text, it.to
	case perDayPhrase:
		if cur == nil || cur.head.kind != intakePhrase {
			g.unread(it)
			return
		}
		cur.perDay, cur.to = it, it.to
	case stillPhrase:
		if cur != nil && cur.head.kind == changePhrase {
			cur.still, cur.to = true, it.to
		}
	case guardPhrase:
		g.guards = append(g.guards, guard{g.sentence, g.clause, it.from, it.to, g.mark(it.from, "?")})
	case unknownPhrase:
		g.unread(it)
	}
}

func (g *facts) open(it *phrase) *fact {
	f := &fact{head: it, from: it.from, to: it.to, sentence: g.sentence, clause: g.clause, joined: g.sep, paren: g.paren}
	prev := g.current()
	switch {
	case len(g.lead) > 1 && prev != nil && prev.sentence == f.sentence: // "8 am and 5 pm 3 g, 4 g": which at which?
		f.guarded = true
	case len(g.lead) > 0:
		f.times, f.led = slices.Clone(g.lead), true
		f.from = min(f.from, max(g.lead[0].from, g.before()))
	case prev != nil && prev.sentence == f.sentence && prev.clause == f.clause && len(prev.times) == 1 && !prev.led && it.kind != notePhrase && prev.head.kind != nonePhrase:
		f.times, f.led = slices.Clone(prev.times), true
	}
	if len(g.leadNote) > 0 {
		f.notes, g.leadNote = g.leadNote, nil
	}
	if g.length != nil {
		f.length, g.length = g.length, nil
	}
	if g.since != nil {
		f.since, f.sinceIn, g.since = g.since.since, g.since.text, nil
	}
	if it.kind == changePhrase {
		f.still = it.change.ongoing
	}
	g.list = append(g.list, f)
	g.sep, g.paren = noBreak, false
	return f
}

// before is the token where the entry before ends.
func (g *facts) before() int {
	if prev := g.current(); prev != nil {
		return prev.to
	}
	return 0
}

func (g *facts) unread(it *phrase) { g.unknown = append(g.unknown, [2]int{it.from, it.to}) }

// guard is a word that puts what stands beside it in doubt.
type guard struct {
	sentence, clause int
	from, to         int
	question         bool
}
