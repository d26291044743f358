package match

import (
	"github.com/evenkeel/evenkeel/evidence/check/lexicon"
)

// Found is where each term stands in a sentence.
type Found struct {
	spans [][]Span // by term
	terms []lexicon.Term
}

// most is how often a term counts in one sentence. Nobody says a thing more
// often; it bounds the work on what is no sentence.
const most = 12

// NewFound has room for this many terms.
func NewFound(terms int) *Found { return &Found{spans: make([][]Span, terms)} }

// Set takes the hits of another sentence.
func (f *Found) Set(hits []lexicon.Hit) {
	for _, t := range f.terms {
		f.spans[t] = f.spans[t][:0]
	}
	f.terms = f.terms[:0]
	for _, h := range hits {
		s := f.spans[h.Term]
		if len(s) == 0 {
			f.terms = append(f.terms, h.Term)
		}
		if len(s) < most {
			f.spans[h.Term] = append(s, Span{h.From, h.To})
		}
	}
}

// Of is where a term stands, in the order of the words.
func (f *Found) Of(t lexicon.Term) []Span { return f.spans[t] }

// Has is true where the term is in the sentence.
func (f *Found) Has(t lexicon.Term) bool { return len(f.spans[t]) > 0 }

// Find appends the rules that the sentence meets, each once.
func (x *Index) Find(dst []Match, f *Found) []Match {
	for _, t := range f.terms {
		for _, r := range x.of(t) {
			if m, ok := meets(r, f); ok {
				dst = append(dst, m)
			}
		}
	}
	return dst
}

// All gives every way in which the first group of each rule is met.
func (x *Index) All(dst []Match, f *Found) []Match {
	for _, t := range f.terms {
		for _, r := range x.of(t) {
			for _, parts := range chains(r.Groups[0], f) {
				dst = append(dst, Match{Rule: r, Parts: parts})
			}
		}
	}
	return dst
}

func meets(r *Rule, f *Found) (Match, bool) {
	for _, g := range r.Groups {
		for _, i := range g {
			if !f.Has(i.Term) {
				return Match{}, false
			}
		}
	}
	for _, t := range r.Not {
		if f.Has(t) {
			return Match{}, false
		}
	}
	if len(r.Groups) == 1 {
		all := chains(r.Groups[0], f)
		if len(all) == 0 {
			return Match{}, false
		}
		return Match{Rule: r, Parts: tightest(all)}, true
	}
	groups := make([][][]Span, len(r.Groups))
	for i, g := range r.Groups {
		if groups[i] = chains(g, f); len(groups[i]) == 0 {
			return Match{}, false
		}
	}
	// Each chain of the first group takes the nearest of the others.
	best, width := []Span(nil), Window+1
	for _, first := range groups[0] {
		parts := append([]Span(nil), first...)
		ok := true
		for _, others := range groups[1:] {
			near := nearest(parts, others)
			if ok = near != nil; !ok {
				break
			}
			parts = append(parts, near...)
		}
		if !ok {
			continue
		}
		if s := (Match{Parts: parts}).Span(); s.To-s.From < width {
			best, width = parts, s.To-s.From
		}
	}
	return Match{Rule: r, Parts: best}, best != nil
}

// chains are the ways in which a group's items follow one another: for each
// place of its last item the tightest one.
func chains(group []Item, f *Found) [][]Span {
	first := f.Of(group[0].Term)
	list := make([][]Span, 0, len(first))
	for _, s := range first {
		list = append(list, []Span{s})
	}
	for _, item := range group[1:] {
		var longer [][]Span
		for _, s := range f.Of(item.Term) {
			// The latest chain that ends before s is the tightest.
			for k := len(list) - 1; k >= 0; k-- {
				end := list[k][len(list[k])-1].To
				if end <= s.From {
					if s.From-end <= item.Gap {
						longer = append(longer, append(list[k][:len(list[k]):len(list[k])], s))
					}
					break
				}
			}
		}
		list = longer
	}
	return list
}

func tightest(all [][]Span) []Span {
	best, width := all[0], Any
	for _, parts := range all {
		if w := parts[len(parts)-1].To - parts[0].From; w < width {
			best, width = parts, w
		}
	}
	return best
}

// nearest is the chain of others that widens parts least and shares no word
// with them, nil for none.
func nearest(parts []Span, others [][]Span) []Span {
	var best []Span
	width := Any
	whole := (Match{Parts: parts}).Span()
	for _, o := range others {
		s := (Match{Parts: o}).Span()
		w := max(whole.To, s.To) - min(whole.From, s.From)
		if w < width && !overlap(parts, o) {
			best, width = o, w
		}
	}
	return best
}

func overlap(a, b []Span) bool {
	for _, x := range a {
		for _, y := range b {
			if x.From < y.To && y.From < x.To {
				return true
			}
		}
	}
	return false
}
