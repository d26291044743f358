package quick

import (
	"slices"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/journal"
)

// MaxLine is the longest line that is read, in bytes. It is several times what
// a person types in one go and bounds the work that a pasted page can cause.
const MaxLine = 2000

// Context is what the reader may know about the person.
type Context struct {
	// Now is the moment of writing, at the person's own UTC offset. With a
	// real time zone as its location, earlier times get the offset of then.
	Now time.Time
	// Products are the person's products; empty without a journal.
	Products []journal.Entry
	// Usuals are the doses taken most often, as journal.Usuals gives them.
	Usuals []journal.Usual
	// Currency of money without a sign or name, an ISO 4217 code; empty when
	// not known.
	Currency string
	// Clock is "12h" or "24h" when the person chose one, else empty. It says
	// how to read a time without am or pm.
	Clock string
	// Language of the person, a BCP 47 tag; empty is English.
	Language string
}

// Result is what a line was understood as. Entries and asks keep the order of
// the line.
type Result struct {
	Entries []Read
	Asks    []Ask
}

// Read is one entry that was read.
type Read struct {
	// Event has its payload, kind and time; it is not stamped.
	Event journal.Event
	// Words is the part of the line that the entry came from.
	Words string
	// Unsure is true where words beside it could not be read and may change what
	// it means: it is not to be shown as understood.
	Unsure bool
	// NewProduct is a guess at the product that a dose names and that is not
	// among the products; nil otherwise.
	NewProduct *journal.Product
}

// Ask is a part of the line that could not become an entry as it stands.
type Ask struct {
	// Words is the part of the line that is asked about.
	Words string
	// Sentence is one plain sentence: what was understood, what is missing.
	Sentence
	// Choices are the answers that need no writing; empty where there are none.
	Choices []Choice
	// AsNote is the line with the words that are asked about kept as a note; ""
	// where there are none.
	AsNote string
	// Waits is true where the entries can be saved before it is answered.
	Waits bool
}

// Blocked reports that a question has to be answered before anything is saved.
func (r *Result) Blocked() bool {
	return slices.ContainsFunc(r.Asks, func(a Ask) bool { return !a.Waits })
}

// Later are the questions that can wait.
func (r *Result) Later() []Ask {
	return slices.DeleteFunc(slices.Clone(r.Asks), func(a Ask) bool { return !a.Waits })
}

// Parse reads a line. It never fails: what it cannot read it asks about.
func Parse(line string, c Context) Result {
	line = strings.ToValidUTF8(line, "\uFFFD")
	if len(line) > MaxLine {
		return Result{Asks: []Ask{{Words: clip(line), Sentence: text("quick.ask.too_long", "most", MaxLine)}}}
	}
	c.Now = c.Now.Round(0).Truncate(time.Second)
	if r, ok := kindLine(line, &c); ok {
		return r
	}
	toks := tokensOf(line, &c)
	if len(toks.toks) == 0 {
		return Result{Asks: []Ask{{Words: clip(line), Sentence: text("quick.ask.empty")}}}
	}
	phrases := phrasesOf(toks, &c)
	facts := factsOf(toks, phrases)
	entries := entriesOf(facts, &c)
	last := questions{entries, facts}
	return last.result()
}
