package quick

import "strings"

// reader cuts the tokens into phrases: the second stage. At each place the
// rules of precedence say what begins there.
type reader struct {
	*tokens
	ctx *Context
	// read are the phrases before the place.
	read []phrase
}

// phrasesOf reads a whole line.
func phrasesOf(t *tokens, c *Context) []phrase {
	p := reader{tokens: t, ctx: c, read: make([]phrase, 0, 6)}
	for i := 0; i < len(p.toks); {
		it, _ := p.first(i)
		p.read = append(p.read, it)
		i = it.to
	}
	p.joinStrangers()
	return p.read
}

// first is the phrase at i: the one of the rule that stands first in
// precedence, or a word that cannot be read.
func (p *reader) first(i int) (phrase, int) {
	for k := range precedence {
		if it, ok := precedence[k].read(p, i); ok && it.to > i {
			it.from = i
			return it, k
		}
	}
	return phrase{kind: unknownPhrase, from: i, to: i + 1}, -1
}

// last is the phrase before the one being read.
func (p *reader) last() *phrase {
	if len(p.read) == 0 {
		return nil
	}
	return &p.read[len(p.read)-1]
}

// joinStrangers takes the unknown words right before an amount without a name
// into it: they may name anything.
func (p *reader) joinStrangers() {
	out := p.read[:0]
	for _, it := range p.read {
		if in := it.intake; it.kind == intakePhrase && in.flaw == sound && in.class == "" && in.name == "" {
			from := it.from
			for k := len(out) - 1; k >= 0 && out[k].kind == unknownPhrase && out[k].to == from && p.nameable(out[k].from); k-- {
				from = out[k].from
				out = out[:k]
			}
			if from < it.from {
				in.flaw, in.name = strangeName, strings.ToLower(p.words(from, it.from))
				in.nameFrom, in.nameTo = from, it.from
			}
		}
		out = append(out, it)
	}
	p.read = out
}
