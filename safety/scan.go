package safety

import (
	"cmp"
	"slices"
)

// reach is how many words before and behind a phrase can change what it means.
const reach = 12

// hit is a phrase that was found: tokens from to to, to excluded.
type hit struct {
	phrase   *phrase
	from, to int
}

// Scan finds the words of danger in a text of any length and language, in the
// order of the text. It never fails; work and memory are linear in the text,
// and a short text without a finding costs no allocation.
func Scan(text string) []Finding {
	b := theBook()
	var some [96]token
	toks := b.tokenize(text, some[:0])
	var hits []hit
	for i := range toks {
		hits = find(b.first, toks, i, hits)
	}
	if len(hits) == 0 {
		return nil
	}
	return b.weigh(toks, hits)
}

func find(index [][]*phrase, toks []token, i int, hits []hit) []hit {
	if int(toks[i].word) >= len(index) {
		return hits
	}
	for _, p := range index[toks[i].word] {
		if to := at(p.steps, toks, i, false); to >= 0 {
			hits = append(hits, hit{p, i, to})
		}
	}
	return hits
}

// weigh drops hits that are idioms or denied and says whom the others are about.
func (b *book) weigh(toks []token, hits []hit) []Finding {
	marks := b.marks(toks)
	r := reader{b, toks, marks}
	var found []Finding
	var kept, denied []hit
	deniedTo := -1
	for _, h := range hits {
		p := h.phrase
		if slices.ContainsFunc(marks[h.from:h.to], func(m uint32) bool { return m&(1<<p.sign) != 0 }) {
			continue
		}
		if r.denied(h, deniedTo) {
			deniedTo = h.to
			denied = append(denied, h)
			continue
		}
		f := Finding{Sign: order[p.sign], Urgency: p.urgency, About: p.about, Start: int(toks[h.from].start), End: int(toks[h.to-1].end)}
		if !p.said {
			f.About, f.named = r.about(h)
		}
		if p.onlySelf && f.About == Other {
			continue
		}
		if r.past(h) {
			if p.notPast {
				continue
			}
			f.About, f.Urgency, f.named = Past, Soon, false
		}
		found, kept = append(found, f), append(kept, h)
	}
	if len(denied) > 0 {
		sure := found[:0]
		for i, f := range found {
			if !elsewhere(denied, kept[i]) {
				sure = append(sure, f)
			}
		}
		found = sure
	}
	return merge(found)
}

// elsewhere reports that the same words of the same sign were denied in another
// language: "convulsion" is a word of both, and only one knows "nunca".
func elsewhere(denied []hit, h hit) bool {
	return slices.ContainsFunc(denied, func(d hit) bool {
		return d.phrase.lang != h.phrase.lang && d.phrase.sign == h.phrase.sign && d.from < h.to && h.from < d.to
	})
}

const pastMark = 1 << 31

// marks says of every token which signs' idioms it is part of, and whether it
// speaks of long ago.
func (b *book) marks(toks []token) []uint32 {
	marks := make([]uint32, len(toks))
	var hits []hit
	for i := range toks {
		hits = find(b.around, toks, i, hits[:0])
		for _, h := range hits {
			m := idiomOf(h.phrase.sign)
			if h.phrase.past {
				m = pastMark
			}
			for k := h.from; k < h.to; k++ {
				marks[k] |= m
			}
		}
	}
	return marks
}

// idiomOf is the mark of an idiom; what is an idiom of thoughts of death is one
// of a plan too.
func idiomOf(sign uint8) uint32 {
	m := uint32(1) << sign
	if order[sign].thoughts() {
		for i, s := range order {
			if s.thoughts() {
				m |= 1 << i
			}
		}
	}
	return m
}

// merge makes one finding out of those of one sign that overlap.
func merge(found []Finding) []Finding {
	slices.SortStableFunc(found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Sign, b.Sign), cmp.Compare(a.Start, b.Start))
	})
	var out []Finding
	for _, f := range found {
		if n := len(out) - 1; n >= 0 && out[n].Sign == f.Sign && f.Start < out[n].End {
			switch {
			case out[n].named && f.About != Past: // "wants to die and so do I"
			case f.named && out[n].About != Past:
				out[n].About, out[n].named = f.About, true
			default:
				out[n].About = max(out[n].About, f.About)
			}
			out[n].End = max(out[n].End, f.End)
			out[n].Urgency = max(out[n].Urgency, f.Urgency)
			continue
		}
		out = append(out, f)
	}
	slices.SortStableFunc(out, func(a, b Finding) int { return cmp.Compare(a.Start, b.Start) })
	return out
}
