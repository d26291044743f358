package quick

import (
	"reflect"
	"slices"
	"strings"

	"github.com/evenkeel/evenkeel/journal"
)

// doubts are the questions of a line, each with the token it is about.
type doubts []doubt

type doubt struct {
	Ask
	from int
}

func (d *doubts) ask(from int, words string, question Sentence, choices ...Choice) {
	*d = append(*d, doubt{Ask{Words: words, Sentence: question, Choices: choices}, from})
}

// questions is the last stage: it asks about what became no entry, and puts
// entries and questions into the order of the line.
type questions struct {
	*entries
	facts *facts
}

// result is what the line was understood as.
func (q *questions) result() Result {
	q.leftovers()
	q.contradictions()
	q.doubtBeside()
	slices.SortStableFunc(q.reads, func(a, b placedRead) int { return a.from - b.from })
	slices.SortStableFunc(q.doubts, func(a, b doubt) int { return a.from - b.from })
	var r Result
	for _, read := range q.reads {
		r.Entries = append(r.Entries, read.Read)
	}
	for _, d := range q.doubts {
		if !slices.ContainsFunc(r.Asks, func(a Ask) bool { return a.Words == d.Words && reflect.DeepEqual(a.Sentence, d.Sentence) }) {
			if len(r.Asks) < mostOffered && !d.Waits { // what waits is kept as it is
				d.AsNote = noteLine(q.line, d.Words, q.ctx.saying().note)
			}
			r.Asks = append(r.Asks, d.Ask)
		}
	}
	if len(r.Entries) == 0 && len(r.Asks) == 0 {
		r.Asks = []Ask{{Words: clip(q.line), Sentence: asking("unread", q.line), AsNote: noteLine(q.line, strings.TrimSpace(q.line), q.ctx.saying().note)}}
	}
	return r
}

// leftovers asks about the words that became nothing.
func (q *questions) leftovers() {
	slices.SortFunc(q.unknown, func(a, b [2]int) int { return a[0] - b[0] })
	for k := 0; k < len(q.unknown); {
		from, to := q.unknown[k][0], q.unknown[k][1]
		k++
		for k < len(q.unknown) && q.facts.onlyFiller(to, q.unknown[k][0]) {
			to = q.unknown[k][1]
			k++
		}
		if q.covered(from) {
			continue
		}
		words := q.words(from, to)
		q.ask(from, words, asking("unread", words))
	}
	for _, w := range q.facts.lead {
		if len(q.facts.list) == 0 {
			words := q.words(w.from, w.to)
			q.ask(w.from, words, asking("only_time", words))
		}
	}
	if q.facts.length != nil || q.facts.since != nil || len(q.facts.list) == 0 && len(q.facts.leadNote) > 0 {
		words := q.words(0, len(q.toks))
		q.ask(0, words, asking("unread", words))
	}
}

// doubtBeside marks the entries in whose clause words could not be read: "jake
// took 3 g" is hardly understood as a dose.
func (q *questions) doubtBeside() {
	for k := range q.reads {
		r := &q.reads[k]
		r.Unsure = slices.ContainsFunc(q.unknown, func(u [2]int) bool {
			return q.facts.clauseAt(u[0]) == q.facts.clauseAt(r.from)
		})
	}
}

// clauseAt counts the separators before a token.
func (g *facts) clauseAt(at int) int {
	n := 0
	for i := range g.phrases {
		if g.phrases[i].kind == breakPhrase && g.phrases[i].from < at {
			n++
		}
	}
	return n
}

// covered reports that the entry around the token is asked about already.
func (q *questions) covered(at int) bool {
	for _, f := range q.facts.list {
		if f.guarded && at >= f.from && at < f.to {
			return true
		}
	}
	return false
}

// contradictions asks about a day that has both a dose and a "none" after it.
func (q *questions) contradictions() {
	q.reads = slices.DeleteFunc(q.reads, func(n placedRead) bool {
		if n.Event.Kind != journal.KindNone {
			return false
		}
		for _, d := range q.reads {
			if d.Event.Kind == journal.KindDose && journal.DateOf(d.Event.At) == journal.DateOf(n.Event.At) && !d.Event.At.After(n.Event.At) {
				q.ask(n.from, n.Words, asking("contradiction", n.Words))
				return true
			}
		}
		return false
	})
}
