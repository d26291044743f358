// Package stance tells how a sentence stands to what it mentions: whether it
// asserts it, denies it, leaves it open or passes it on. It looks for cues near
// the words of a match and for how far each of them reaches, after the idea of
// NegEx (Chapman and others 2001, doi:10.1006/jbin.2001.1029) and ConText
// (Harkema and others 2009, doi:10.1016/j.jbi.2009.05.002). Code and lists are
// our own; docs/evidence-codebook.md has the rules that they follow.
package stance

import (
	"slices"

	"github.com/evenkeel/evenkeel/evidence/check/match"
	"github.com/evenkeel/evenkeel/evidence/check/sentence"
)

// Stance is how a sentence stands to a claim as the claim is worded.
type Stance string

const (
	Asserts Stance = "asserts" // says that it is so
	Denies  Stance = "denies"  // says that it is not so, or not shown
	Hedges  Stance = "hedges"  // leaves it open: may, unknown, a question
	Reports Stance = "reports" // puts it into somebody's mouth and takes no side
)

// Kinds of cues, as the data names them.
const (
	Not     = "not"      // denies what follows in its clause: not, never, without
	NotFar  = "not_far"  // denies all that follows: there is no evidence that
	NotBack = "not_back" // denies what stands before: is a myth
	Idle    = "idle"     // looks like a denial and is none: not only
	May     = "may"      // leaves open what follows in its clause
	Open    = "open"     // leaves the sentence open: unknown, whether
	If      = "if"       // leaves open what stands in its clause
	Said    = "said"     // puts the sentence into somebody's mouth
	Against = "against"  // the writer turns against what is said
	For     = "for"      // the writer stands for what is said
	Ask     = "ask"      // begins a question, where it begins the sentence
	Border  = "border"   // ends the reach of what denies or leaves open: because, and it
	Turn    = "turn"     // ends the reach of all cues: but, although
)

// Kinds are all of them.
var Kinds = []string{Not, NotFar, NotBack, Idle, May, Open, If, Said, Against, For, Ask, Border, Turn}

// near is how many words a denial reaches; in a list with "or" it reaches
// further. hedgeNear is the same for what may be.
const (
	near      = 8
	hedgeNear = 12
	ifNear    = 14
)

// Cue is a cue of a sentence: its kind and where it stands.
type Cue struct {
	Kind  string
	At    match.Span
	parts []match.Span // its own words, without those between them
}

// Sentence is one sentence with its cues.
type Sentence struct {
	words    []sentence.Word
	question bool
	cues     []Cue
}

// Read finds the cues among matches. Of two that overlap the longer one holds.
func Read(words []sentence.Word, question bool, found []match.Match) *Sentence {
	s := &Sentence{words: words, question: question}
	for _, m := range found {
		s.cues = append(s.cues, Cue{m.Rule.Claim, m.Span(), m.Parts})
	}
	// Longest first, then by place, so that what lies within another is dropped.
	slices.SortFunc(s.cues, func(a, b Cue) int {
		if d := (b.At.To - b.At.From) - (a.At.To - a.At.From); d != 0 {
			return d
		}
		return a.At.From - b.At.From
	})
	var kept []Cue
	for _, c := range s.cues {
		within := slices.ContainsFunc(kept, func(k Cue) bool {
			longer := k.At.To-k.At.From > c.At.To-c.At.From
			return touches(k.parts, c.At) && (k.Kind == c.Kind || longer && swallows(k.Kind, c.Kind))
		})
		sided := c.Kind != For && (c.Kind == Not || c.Kind == NotBack || c.Kind == Against) && slices.ContainsFunc(s.cues, func(k Cue) bool {
			return k.Kind == For && c.At.From < k.At.To && k.At.From < c.At.To
		})
		if !within && !sided && !s.exclaims(c) {
			kept = append(kept, c)
		}
	}
	s.cues = kept
	return s
}

// exclaims is true of a "no" that answers, before what is said.
func (s *Sentence) exclaims(c Cue) bool {
	return c.Kind == Not && c.At.From == 0 && c.At.To == 1 && len(s.words) > 1 && s.words[0].Text == "no" && s.words[1].Before == sentence.Comma
}

// swallows is true where a longer cue of one kind takes away one of the other
// within it.
func swallows(longer, shorter string) bool {
	switch shorter {
	case Not:
		return longer != Border && longer != NotBack
	case May:
		return longer != Border
	case NotFar:
		return longer != NotBack
	case Against:
		return longer == For
	}
	return longer == Idle || longer == Against
}

// Finding is a stance with the cues that made it.
type Finding struct {
	Stance Stance
	Cues   []Cue
}

// Of is the stance towards the claim that m found, by the order of the
// codebook: a side, somebody's mouth, what is left open, a denial.
func (s *Sentence) Of(m match.Match) Finding {
	denied := m.Rule.Opposite
	var denials, later, against, side, said, open []Cue
	for _, c := range s.cues {
		if s.spoken(c, m) {
			continue
		}
		switch c.Kind {
		case Not:
			denials = s.add(denials, c, s.reaches(c, m, near) && !s.repeated(c, m))
		case NotFar:
			denials = s.add(denials, c, lies(c, m) || s.reaches(c, m, len(s.words)))
		case NotBack:
			later = s.add(later, c, s.back(c, m, Border, Turn))
		case Against:
			against = append(against, c)
		case For:
			side = append(side, c)
		case Said:
			said = s.add(said, c, s.saidOf(c, m))
		case May:
			open = s.add(open, c, s.reaches(c, m, hedgeNear) || s.follows(c, m))
		case Open:
			open = s.add(open, c, s.reaches(c, m, len(s.words)) || s.back(c, m, Border, Turn) || s.ends(c, m))
		case If:
			open = s.add(open, c, s.inside(c, m))
		case Ask:
			open = s.add(open, c, c.At.From == 0)
		}
	}
	// A denial within a denial takes it back; one that comes later repeats it.
	// To turn against it is one denial more.
	n := s.nested(denials, m)
	against = slices.DeleteFunc(against, func(c Cue) bool { return overlaps(later, c) })
	switch {
	case len(against) > 0:
		n++
		side = append(side, against...)
	case n == 0 && len(later) > 0:
		n = 1
	}
	if n%2 == 1 {
		denied = !denied
	}
	denials = append(denials, later...)
	f := Finding{Stance: Asserts}
	switch {
	case len(side) > 0:
		f.Cues = append(side, denials...)
	case len(said) > 0:
		return Finding{Reports, said}
	case len(open) > 0 || s.question && len(later) == 0: // "Safe? That is a myth" is no question
		return Finding{Hedges, open}
	default:
		f.Cues = denials
	}
	if denied {
		f.Stance = Denies
	}
	return f
}

// spoken is true of a cue that belongs to the words of the match, which say what
// they say as part of it: it begins with one of them, or looks back from one.
func (s *Sentence) spoken(c Cue, m match.Match) bool {
	switch c.Kind {
	case Not, NotFar, May, Open:
		return m.Holds(c.At.From)
	case NotBack:
		for i := c.At.From; i < c.At.To; i++ {
			if m.Holds(i) {
				return true
			}
		}
	case Said:
		return m.Rule.Act
	}
	return false
}

// repeated is true of a denial that the words of the match go on with: "no side
// effects and no withdrawal" says no to both.
func (s *Sentence) repeated(c Cue, m match.Match) bool {
	return slices.ContainsFunc(s.cues, func(own Cue) bool {
		return own.Kind == Not && m.Holds(own.At.From) && own.At.From >= c.At.To && s.beside(c, own)
	})
}

// nested counts the denials that stand one in the other: between those that
// stand side by side there is a part of the match.
func (s *Sentence) nested(denials []Cue, m match.Match) int {
	slices.SortFunc(denials, func(a, b Cue) int { return a.At.From - b.At.From })
	n := 0
	for i, c := range denials {
		if i == 0 || !s.beside(denials[i-1], c) && !slices.ContainsFunc(m.Parts, func(p match.Span) bool { return p.From >= denials[i-1].At.To && p.To <= c.At.From }) {
			n++
		}
	}
	return n
}

// add takes a cue that holds, unless another one stands on the same words.
func (s *Sentence) add(list []Cue, c Cue, holds bool) []Cue {
	if !holds || overlaps(list, c) {
		return list
	}
	return append(list, c)
}

func touches(parts []match.Span, at match.Span) bool {
	return slices.ContainsFunc(parts, func(p match.Span) bool { return at.From < p.To && p.From < at.To })
}

func overlaps(list []Cue, c Cue) bool {
	return slices.ContainsFunc(list, func(k Cue) bool { return c.At.From < k.At.To && k.At.From < c.At.To })
}
