package check

import (
	"bytes"
	"cmp"
	"math"
	"slices"

	"github.com/evenkeel/evenkeel/evidence/check/match"
	"github.com/evenkeel/evenkeel/evidence/check/stance"
)

// How sure a match is: about the share of such matches that were right in the
// held part of the labelled set (docs/evidence.md). They order matches; nobody
// should read the second figure.
const (
	byWords = 0.9  // found by the claim's own words
	bySign  = 0.75 // found by a sign
	apart   = 0.65 // by words that stand far apart
)

// alikeFrom is how like a known wording a sentence must be.
const alikeFrom = 0.7

// claimsOf finds the claims of the sentence, each once, and whether it is about
// health at all.
func (t *text) claimsOf(b []byte, at int) ([]Claim, bool) {
	if len(t.skip.Find(nil, t.found)) > 0 {
		return nil, false
	}
	t.matches = t.Checker.claims.Find(t.matches[:0], t.found)
	t.matches = slices.DeleteFunc(t.matches, func(m match.Match) bool { return !m.Rule.Free && t.anotherSubject(m) })
	if len(t.matches) == 0 {
		if c, ok := t.alike(b, at); ok {
			t.sidesOf(len(t.report.Sentences), []Claim{c})
			return []Claim{c}, true
		}
		return nil, t.aboutHealth()
	}
	t.cues = t.Checker.cues.All(t.cues[:0], t.found)
	s := stance.Read(t.words, asks(b), t.cues)
	var list []Claim
	for _, m := range t.matches {
		f := s.Of(m)
		c := Claim{ID: m.Rule.Claim, Stance: f.Stance, Verdict: t.verdicts[m.Rule.Claim], Confidence: sure(m)}
		c.Why = Why{Rule: m.Rule.Text, Cues: t.cuesOf(f, at)}
		for _, p := range m.Parts {
			c.Why.Words = append(c.Why.Words, t.bytesOf(p, at))
		}
		list = keep(list, c)
	}
	t.sidesOf(len(t.report.Sentences), list)
	all := slices.Clone(list)
	list = slices.DeleteFunc(list, func(c Claim) bool {
		return slices.ContainsFunc(all, func(n Claim) bool { return slices.Contains(t.over[n.ID], c.ID) })
	})
	slices.SortFunc(list, func(a, b Claim) int {
		if d := cmp.Compare(b.Confidence, a.Confidence); d != 0 {
			return d
		}
		return cmp.Compare(a.ID, b.ID)
	})
	return list, len(list) > 0
}

// whole is the stance of the sentence towards what it says as a whole.
func (t *text) whole(opposite, question bool) stance.Finding {
	t.cues = t.Checker.cues.All(t.cues[:0], t.found)
	last := match.Span{From: len(t.words) - 1, To: len(t.words)}
	return stance.Read(t.words, question, t.cues).Of(match.Match{Rule: &match.Rule{Opposite: opposite}, Parts: []match.Span{last}})
}

// keep adds a claim, or puts it in the place of one of its id that is less sure
// or has fewer words to show.
func keep(list []Claim, c Claim) []Claim {
	i := slices.IndexFunc(list, func(k Claim) bool { return k.ID == c.ID })
	if i < 0 {
		return append(list, c)
	}
	k := list[i]
	if d := cmp.Or(cmp.Compare(c.Confidence, k.Confidence), cmp.Compare(len(c.Why.Words), len(k.Why.Words)), cmp.Compare(k.Why.Words[0].Start, c.Why.Words[0].Start)); d > 0 {
		list[i] = c
	}
	return list
}

// sure is the confidence of a match by a pattern.
func sure(m match.Match) float64 {
	v := byWords
	if m.Rule.Weak {
		v = bySign
	}
	words := 0
	for _, p := range m.Parts {
		words += p.To - p.From
	}
	if s := m.Span(); s.To-s.From > words+8 {
		return apart
	}
	return v
}

// anotherSubject is true where the sentence does not name the product and
// something else stands before what is said.
func (t *text) anotherSubject(m match.Match) bool {
	if t.found.Has(t.topics[product]) {
		return false
	}
	first := m.Span().From
	for _, o := range t.found.Of(t.topics[other]) {
		if o.To <= first && !m.Holds(o.From) && !slices.ContainsFunc(t.found.Of(t.topics[pronoun]), func(p match.Span) bool { return p.From >= o.To && p.To <= first }) {
			return true
		}
	}
	return false
}

// others are the first words of what the sentence names that is not the product.
func (t *text) others() []string {
	var list []string
	for _, o := range t.found.Of(t.topics[other]) {
		list = append(list, t.words[o.From].Text)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// alike is the claim of the known wording that the sentence is most like, if it
// is enough. What it says is read as a whole.
func (t *text) alike(b []byte, at int) (Claim, bool) {
	if len(t.words) > 60 || t.own(t.words) < enough {
		return Claim{}, false
	}
	h, ok := t.like.Best(t.words, &t.scratch)
	if !ok || h.Like < alikeFrom {
		return Claim{}, false
	}
	w := t.wordings[h.Sentence]
	if !slices.Equal(t.others(), w.others) {
		return Claim{}, false
	}
	f := t.whole(w.denies, asks(b))
	return Claim{
		ID: w.claim, Stance: f.Stance, Verdict: t.verdicts[w.claim], Confidence: math.Round(h.Like*bySign*100) / 100,
		Why: Why{Words: []Span{t.bytesOf(match.Span{From: 0, To: len(t.words)}, at)}, Rule: w.text, Like: true, Cues: t.cuesOf(f, at)},
	}, true
}

// aboutHealth is true where the sentence says something of the body, the mind
// or a treatment that no claim was found for.
func (t *text) aboutHealth() bool {
	list := t.Checker.health.Find(nil, t.found)
	return slices.ContainsFunc(list, func(m match.Match) bool { return !t.anotherSubject(m) })
}

// asks is true of a sentence with a question mark.
func asks(b []byte) bool { return bytes.ContainsAny(b, "?？؟") }

func (t *text) bytesOf(s match.Span, at int) Span {
	return Span{at + t.words[s.From].Start, at + t.words[s.To-1].End}
}

func (t *text) cuesOf(f stance.Finding, at int) []Cue {
	list := []Cue{}
	for _, c := range f.Cues {
		list = append(list, Cue{t.bytesOf(c.At, at), c.Kind})
	}
	return list
}
