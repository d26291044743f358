package quick

import (
	"github.com/evenkeel/evenkeel/journal"
)

type phraseKind uint8

const (
	unknownPhrase phraseKind = iota
	fillerPhrase
	breakPhrase // a separator
	intakePhrase
	nonePhrase
	checkPhrase
	barePhrase // a question of the check-in without an answer, a reason word
	changePhrase
	lifePhrase
	spendPhrase
	notePhrase
	whenPhrase
	sincePhrase
	lengthPhrase // "for 3 years"
	reasonPhrase
	asidePhrase // "with breakfast"
	guardPhrase
	stillPhrase
	perDayPhrase
	phraseKindCount
)

// separators, from the loosest to the one that ends a sentence.
type separator uint8

const (
	noBreak separator = iota
	andBreak
	commaBreak
	hardBreak
)

// phrase is one thing that the grammar found in the tokens from..to.
type phrase struct {
	kind     phraseKind
	from, to int
	sep      separator
	paren    bool
	flawed   bool // a spending without an amount
	intake   *intake
	answer   *answer
	change   *change
	life     *journal.Life
	spend    *journal.Spending
	when     *when
	since    *dayRef
	length   *duration
	reasons  []journal.Reason
	text     string
	name     [2]int  // of barePhrase: the words of the question
	times    float64 // of perDayPhrase
}

// isHead reports that the phrase is what an entry is made of.
func (it *phrase) isHead() bool {
	switch it.kind {
	case intakePhrase, nonePhrase, checkPhrase, changePhrase, lifePhrase, spendPhrase, notePhrase:
		return true
	}
	return false
}
