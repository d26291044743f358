package check

import (
	"cmp"
	"slices"

	"github.com/evenkeel/evenkeel/evidence/check/stance"
)

// Names of the groups of claims in the data.
const (
	benefit       = "benefit"        // what it is praised for
	harm          = "harm"           // what it is blamed for
	asserted      = "danger_asserts" // who believes it may come to harm
	deniedHarm    = "danger_denies"  // who believes that it is not so may come to harm
	safe          = "safe"           // says that it is safe as a whole: a harm speaks against it
	enoughOfTopic = 2                // claims of a group that make a text be about it
	enoughWords   = 2                // different words of interest that make it a language
)

// A text of some words that has fewer common words of the language than this is
// in another one: English prose has 0.3 and more, lists of a label 0.15, other
// languages below 0.1.
const (
	fewWords    = 12
	commonShare = 0.12
)

// maxPairs is how many contradictions a report lists for one claim.
const maxPairs = 20

// sidesOf notes which side a sentence takes on each claim, also on the wider
// ones that are not said where a narrower one is.
func (t *text) sidesOf(i int, claims []Claim) {
	if i == MaxSentences {
		return
	}
	note := func(id string, side int) {
		s := t.sides[id]
		s[side] = append(s[side], i)
		t.sides[id] = s
	}
	for _, c := range claims {
		switch c.Stance {
		case stance.Asserts:
			note(c.ID, 0)
			if t.groups[harm][c.ID] {
				for id := range t.groups[safe] {
					note(id, 1)
				}
			}
		case stance.Denies:
			note(c.ID, 1)
		}
	}
}

// finish draws up what concerns the whole text.
func (t *text) finish() Report {
	r := &t.report
	for id, s := range t.sides {
		if len(s[0]) == 0 || len(s[1]) == 0 {
			continue
		}
		few, many := s[0], s[1]
		if len(few) > len(many) {
			few, many = many, few
		}
		for n, i := range few {
			if n == maxPairs {
				break
			}
			j := closest(many, i)
			if i != j {
				r.Contradictions = append(r.Contradictions, Contradiction{min(i, j), max(i, j), id})
			}
		}
	}
	slices.SortFunc(r.Contradictions, func(a, b Contradiction) int {
		return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Second, b.Second), cmp.Compare(a.ID, b.ID))
	})
	r.Omissions = t.omissions()
	r.Summary.First = t.first()
	for _, i := range []string{"vendor", "treatment"} {
		if len(t.phrases["@interest_"+i]) >= enoughWords {
			r.Summary.Interest = append(r.Summary.Interest, i)
		}
	}
	r.Summary.OtherLanguage = t.all >= fewWords && float64(t.common) < commonShare*float64(t.all)
	// In JSON an empty list is a list.
	r.Sentences, r.Contradictions, r.Unmatched = list(r.Sentences), list(r.Contradictions), list(r.Unmatched)
	r.Omissions, r.Summary.First, r.Summary.Interest = list(r.Omissions), list(r.Summary.First), list(r.Summary.Interest)
	for i := range r.Sentences {
		r.Sentences[i].Claims = list(r.Sentences[i].Claims)
	}
	return *r
}

func list[T any](l []T) []T {
	if l == nil {
		return []T{}
	}
	return l
}

// closest is the sentence of a sorted list that stands nearest to i.
func closest(list []int, i int) int {
	k, _ := slices.BinarySearch(list, i)
	switch {
	case k == len(list):
		return list[k-1]
	case k > 0 && i-list[k-1] <= list[k]-i:
		return list[k-1]
	}
	return list[k]
}

// omissions are what a text that praises or warns should name and does not.
func (t *text) omissions() []string {
	praised, blamed := 0, 0
	for _, s := range t.report.Sentences {
		for _, c := range s.Claims {
			switch {
			case c.Stance == stance.Denies && t.groups[harm][c.ID], c.Stance != stance.Denies && t.groups[benefit][c.ID]:
				praised++
			case c.Stance != stance.Denies && t.groups[harm][c.ID]:
				blamed++
			}
		}
	}
	var out []string
	if praised >= enoughOfTopic {
		for _, name := range []string{"dependence", "mixing", "pregnancy"} {
			if t.seen["@topic_"+name] == 0 {
				out = append(out, name)
			}
		}
	}
	if blamed >= enoughOfTopic && t.seen["@topic_help"] == 0 {
		out = append(out, "help")
	}
	return out
}

// first are the sentences that could do harm if they were believed: what is
// known to be otherwise before what nobody knows, then in their order.
func (t *text) first() []int {
	type one struct{ i, rank int }
	var all []one
	for i, s := range t.report.Sentences {
		rank := 0
		for _, c := range s.Claims {
			if c.Stance == stance.Asserts && t.groups[asserted][c.ID] || c.Stance == stance.Denies && t.groups[deniedHarm][c.ID] {
				rank = max(rank, map[Reading]int{NotSo: 3, InPart: 2, Unproven: 1}[c.Reading()])
			}
		}
		if rank > 0 {
			all = append(all, one{i, rank})
		}
	}
	slices.SortStableFunc(all, func(a, b one) int { return b.rank - a.rank })
	out := make([]int, len(all))
	for n, o := range all {
		out[n] = o.i
	}
	return out
}
