package quick

import (
	"strings"
)

// noteAt reads "note ..." and "note: ...": the rest of the line, as written.
func (p *reader) noteAt(i int) (phrase, bool) {
	if !p.word(i, wNote) || i > 0 && !p.startsClause() {
		return phrase{}, false
	}
	end := len(p.toks)
	for k := i; k < end; k++ {
		if p.mark(k, ";") && p.line[p.toks[k].start] == '\n' {
			end = k
		}
	}
	return phrase{kind: notePhrase, text: p.noteText(i, end), to: end}, true
}

func (p *reader) noteText(i, end int) string {
	stop := len(p.line)
	if end < len(p.toks) {
		stop = p.toks[end].start
	}
	return trimNote(p.line[p.toks[i].end:stop])
}

// startsClause reports that the phrase being read is not within a phrase.
func (p *reader) startsClause() bool {
	prev := p.last()
	return prev == nil || prev.kind != unknownPhrase && prev.kind != guardPhrase
}

func trimNote(s string) string {
	return strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(s), ":-=,– "))
}
