// Package match holds rules against the terms that were found in a sentence: a
// rule is met where all its groups stand near each other, and a group where its
// items follow one another.
package match

import (
	"github.com/evenkeel/evenkeel/evidence/check/lexicon"
)

// Any is a gap of an item that may follow anywhere in the sentence.
const Any = 1 << 20

// Window is how many words a match with several groups may span.
const Window = 26

// Item is a term, and how many words may stand between it and the one before.
type Item struct {
	Term lexicon.Term
	Gap  int
}

// Rule is one pattern of a claim.
type Rule struct {
	Claim    string
	Opposite bool           // what it finds says the opposite of the claim
	Weak     bool           // it finds the claim by a sign, not by its words
	Free     bool           // it names its own subject: another one in the sentence does not matter
	Act      bool           // what somebody says or does is itself what it finds
	Groups   [][]Item       // in any order; the items of each in order
	Not      []lexicon.Term // where one of them is found, the rule is not met
	Text     string         // as it was written
}

// Span is words, from From up to, not including, To.
type Span struct{ From, To int }

// Match is a rule that is met.
type Match struct {
	Rule  *Rule
	Parts []Span // where its items stand, in the order of the rule
}

// Span is from the first word of a match to behind its last.
func (m Match) Span() Span {
	s := m.Parts[0]
	for _, p := range m.Parts[1:] {
		s.From, s.To = min(s.From, p.From), max(s.To, p.To)
	}
	return s
}

// Holds is true where word i is part of the match.
func (m Match) Holds(i int) bool {
	for _, p := range m.Parts {
		if i >= p.From && i < p.To {
			return true
		}
	}
	return false
}

// Index finds the rules that a sentence may meet.
type Index struct {
	byKey [][]*Rule // by term
}

// NewIndex files every rule under its rarest item, that is the one which the
// fewest rules have.
func NewIndex(rules []*Rule) *Index {
	uses := map[lexicon.Term]int{}
	each := func(r *Rule, do func(lexicon.Term)) {
		for _, g := range r.Groups {
			for _, i := range g {
				do(i.Term)
			}
		}
	}
	for _, r := range rules {
		each(r, func(t lexicon.Term) { uses[t]++ })
	}
	x := &Index{}
	for _, r := range rules {
		var key lexicon.Term
		best := 0
		each(r, func(t lexicon.Term) {
			if best == 0 || uses[t] < best {
				key, best = t, uses[t]
			}
		})
		for int(key) >= len(x.byKey) {
			x.byKey = append(x.byKey, nil)
		}
		x.byKey[key] = append(x.byKey[key], r)
	}
	return x
}

func (x *Index) of(t lexicon.Term) []*Rule {
	if int(t) >= len(x.byKey) {
		return nil
	}
	return x.byKey[t]
}
