package quick

import (
	"strings"
)

// joinNames makes one word of the names that hold a number, so that the 7 of
// "7-OH" is never an amount, and of "w/".
func (p *tokens) joinNames() {
	out := p.toks[:0]
	for i := 0; i < len(p.toks); i++ {
		name, n := p.numberedName(i)
		if n == 0 {
			out = append(out, p.toks[i])
			continue
		}
		t := p.toks[i]
		t.kind, t.text, t.end = wordToken, name, p.toks[i+n-1].end
		t.brand, t.entry = p.voc.entries[name] == nil, unknown
		out = append(out, t)
		i += n - 1
	}
	p.toks = out
}

func (p *tokens) numberedName(i int) (string, int) {
	t := p.toks[i]
	j := i + 1
	if j < len(p.toks) && p.toks[j].text == "-" {
		j++
	}
	if j >= len(p.toks) {
		return "", 0
	}
	next := p.toks[j]
	tight := j == i+1 && next.glued
	switch {
	case p.voc.does(t.text, wSeven) && next.kind == wordToken && p.voc.does(next.text, wSevenTail):
		return "7-oh", j + 1 - i
	case t.kind == wordToken && p.mark(i+1, "/") && p.toks[i+1].glued && p.voc.slashed[pair{t.text}] != "":
		if j := i + 2; j < len(p.toks) && p.toks[j].glued {
			if name := p.voc.slashed[pair{t.text, p.toks[j].text}]; name != "" {
				return name, 3
			}
		}
		return p.voc.slashed[pair{t.text}], 2
	}
	if t.text == "i" && p.mark(i+1, ".") && i+3 < len(p.toks) && p.toks[i+2].text == "e" && p.toks[i+2].glued && p.mark(i+3, ".") {
		return "ie", 4
	}
	both := pair{t.text, next.text}
	switch {
	case p.voc.hyphened[both] != "":
		return p.voc.hyphened[both], j + 1 - i
	case tight && p.voc.joined[both] != "" && !p.word(i+2, wAgo) && !p.word(i-1, wFor, wLast, wPast, wEvery, wOver, wSince):
		return p.voc.joined[both], 2 // "2day", but not "2days ago"
	case tight && p.isBrand(i):
		return t.text + next.text, 2
	}
	return "", 0
}

// isBrand reports that the two tokens at i are one name: letters that mean
// nothing else before whole digits ("MIT45"), or such letters behind a 7, as
// products of 7-OH are called ("7tabz").
func (p *tokens) isBrand(i int) bool {
	t, next := &p.toks[i], &p.toks[i+1]
	unknown := func(w string) bool { return len(w) >= 3 && !p.voc.knows(w) && p.voc.correct(w) == "" }
	if t.kind == wordToken && next.kind == numberToken {
		ends := i+2 >= len(p.toks) || !p.toks[i+2].glued || p.toks[i+2].kind == markToken && !p.mark(i+2, ":/%")
		return unknown(t.text) && ends && !next.bad && !next.fraction && !strings.Contains(next.text, ".")
	}
	return t.text == "7" && t.kind == numberToken && next.kind == wordToken && unknown(next.text)
}

// dropDots takes out the dot behind a shortened unit where the name follows,
// and behind "approx.": "2 Tbsp. red" is one sentence.
func (p *tokens) dropDots() {
	out := p.toks[:0]
	for i := range p.toks {
		if p.toks[i].text == "." && p.toks[i].glued && i > 0 && (p.word(i-1, wDotted) && p.nameEnds(i+1) || p.word(i-1, wRoughly) && p.number(i+1)) {
			continue
		}
		out = append(out, p.toks[i])
	}
	p.toks = out
}

// nameEnds reports that words of products stand at i and no amount of their
// own behind them.
func (p *tokens) nameEnds(i int) bool {
	k := p.skip(i, wOf)
	start := k
	for k < len(p.toks) && p.toks[k].kind == wordToken && (p.toks[k].brand || p.toks[k].entry.roles&(roleName|roleTint) != 0) {
		k++
	}
	k0 := p.skip(k, wColon, wDash)
	return k > start && (!p.number(k0) || k0 == k && (p.word(k+1, wMeridiem, wHalfDay) || p.mark(k+1, ":")))
}
