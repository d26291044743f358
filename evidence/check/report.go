package check

import (
	"encoding/json"

	"github.com/evenkeel/evenkeel/evidence/check/stance"
)

// Report is what a text says. Its JSON form is stable; see docs/formats.md.
type Report struct {
	Sentences      []Sentence      `json:"sentences"`      // those with a claim, and those of Unmatched, in order
	Contradictions []Contradiction `json:"contradictions"` // pairs of sentences that cannot both be so
	Omissions      []string        `json:"omissions"`      // what a text of this kind should name and does not
	Unmatched      []int           `json:"unmatched"`      // sentences about health that no claim was found for
	Summary        Summary         `json:"summary"`
}

// Sentence is one sentence of the text. Start and End are bytes of the text as
// it was given; Text is what a reader sees of them.
type Sentence struct {
	Start  int     `json:"start"`
	End    int     `json:"end"`
	Text   string  `json:"text"`
	Claims []Claim `json:"claims"`
}

// Claim is a claim that a sentence makes, denies, leaves open or passes on.
type Claim struct {
	ID         string        `json:"id"`
	Stance     stance.Stance `json:"stance"`
	Verdict    string        `json:"verdict"`    // of the claim, whatever the stance
	Confidence float64       `json:"confidence"` // from 0 to 1: the share of such matches that were right when it was measured
	Why        Why           `json:"-"`
}

// Why is how a claim was found and its stance was read.
type Why struct {
	Words []Span `json:"words"`          // the words that the claim was found by
	Rule  string `json:"rule"`           // the pattern, or the known wording that is most like the sentence
	Like  bool   `json:"like,omitempty"` // found by likeness, not by a pattern
	Cues  []Cue  `json:"cues"`           // the words that made the stance; none for a plain statement
}

// Span is bytes of the text as it was given.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Cue is words that made a stance, and the rule that they belong to.
type Cue struct {
	Span
	Kind string `json:"kind"`
}

// Contradiction is two sentences, by their place in Sentences, that take
// opposite sides on one claim. In JSON it is [first, second, id].
type Contradiction struct {
	First, Second int
	ID            string
}

func (c Contradiction) MarshalJSON() ([]byte, error) {
	return json.Marshal([]any{c.First, c.Second, c.ID})
}

// Summary counts. Numbers are of what was said in sentences: a claim in two
// sentences counts twice.
type Summary struct {
	Language  string          `json:"language"`
	Kind      string          `json:"kind"`      // text, html or markdown, as it was read
	Bytes     int             `json:"bytes"`     // length of the text
	Sentences int             `json:"sentences"` // all that were read
	Claims    int             `json:"claims"`
	Verdicts  map[string]int  `json:"verdicts"` // by the verdict of the claim
	Readings  map[Reading]int `json:"readings"` // by what that makes of the sentence
	First     []int           `json:"first"`    // sentences that could do harm if they were believed, worst first
	Interest  []string        `json:"interest"` // vendor, treatment: whose language the text speaks
	Cut       bool            `json:"cut"`      // there were more sentences than are listed
	// OtherLanguage is true where hardly a common word of the language was met:
	// then that nothing was found says nothing.
	OtherLanguage bool `json:"other_language"`
}

// Reading is what the verdict on a claim makes of a sentence with a stance.
type Reading string

const (
	Holds    Reading = "holds"     // what it says is what is known
	InPart   Reading = "in_part"   // some of it is, some is not
	Unproven Reading = "unproven"  // nobody knows
	NotSo    Reading = "not_so"    // it is the other way
	LeftOpen Reading = "left_open" // the sentence takes no side
)

// Readings are all of them, what does not hold first.
var Readings = []Reading{NotSo, InPart, Unproven, Holds, LeftOpen}

// Reading judges what the sentence says of the claim, not the claim.
func (c Claim) Reading() Reading {
	switch {
	case c.Stance == stance.Hedges || c.Stance == stance.Reports:
		return LeftOpen
	case c.Verdict == "partly":
		return InPart
	case c.Verdict == "supported" && c.Stance == stance.Asserts, c.Verdict == "contradicted" && c.Stance == stance.Denies:
		return Holds
	case c.Verdict == "supported", c.Verdict == "contradicted":
		return NotSo
	}
	return Unproven
}
