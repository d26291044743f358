package quick

import (
	"slices"
	"strings"
)

// look finds the senses of a word, also of one with a wrong letter.
func (p *tokens) look(t *token) {
	if t.brand {
		t.entry = brand
	} else {
		if right := p.voc.spellings[t.text]; right != "" {
			t.text = right
		}
		if !p.voc.knows(t.text) && len(t.text) >= minCorrected-1 && !p.ownWord(t.text) {
			if right := p.voc.correct(t.text); right != "" {
				t.text = right
			}
		}
		t.entry = unknown
		if e := p.voc.entries[t.text]; e != nil {
			t.entry = e
		}
	}
	t.roles, t.begins = t.entry.roles, t.entry.begins
}

// match finds the longest phrase at i that has the role, and how many tokens
// it takes; 0 when there is none.
func (p *tokens) match(i int, r role) (value string, n int) {
	if i >= len(p.toks) || p.toks[i].begins&r == 0 {
		return "", 0
	}
	senses := p.toks[i].entry.senses
	for k := range senses {
		s := &senses[k]
		if s.role&r == 0 {
			continue
		}
		if m := p.follows(i+1, s.rest); m >= 0 && m+1 > n {
			value, n = s.value, m+1
		}
	}
	return value, n
}

// follows counts the tokens of the words at i, hyphens between them too; -1
// when they are not there.
func (p *tokens) follows(i int, words []string) int {
	j := i
	for _, w := range words {
		if j+1 < len(p.toks) && p.toks[j].text == "-" && p.toks[j].glued && p.toks[j+1].glued {
			j++
		}
		if j >= len(p.toks) || p.toks[j].text != w {
			return -1
		}
		j++
	}
	return j - i
}

// is reports that the single word at i has one of the roles.
func (p *tokens) is(i int, r role) bool {
	return i < len(p.toks) && p.toks[i].roles&r != 0
}

// word reports that the token at i is one of the words or marks.
func (p *tokens) word(i int, words ...word) bool {
	if i < 0 || i >= len(p.toks) {
		return false
	}
	t := &p.toks[i]
	switch t.kind {
	case wordToken:
		for _, w := range words {
			if t.entry.words.has(w) {
				return true
			}
		}
	case markToken:
		return slices.Contains(words, t.mark)
	}
	return false
}

// text is the token at i, "" behind the end.
func (p *tokens) text(i int) string {
	if i >= len(p.toks) {
		return ""
	}
	return p.toks[i].text
}

// mark reports that the token at i is one of the marks.
func (p *tokens) mark(i int, set string) bool {
	return i >= 0 && i < len(p.toks) && p.toks[i].kind == markToken && strings.Contains(set, p.toks[i].text)
}

func (p *tokens) number(i int) bool {
	return i >= 0 && i < len(p.toks) && p.toks[i].kind == numberToken
}

// skip steps over any of the words.
func (p *tokens) skip(i int, words ...word) int {
	for p.word(i, words...) {
		i++
	}
	return i
}

// skipRole steps over single words of a role.
func (p *tokens) skipRole(i int, r role) int {
	for p.is(i, r) && !p.is(i, roleJoin|roleGuard) {
		i++
	}
	return i
}

// words is the text of the tokens from..to as the person wrote it.
func (p *tokens) words(from, to int) string {
	if from >= to || from >= len(p.toks) {
		return ""
	}
	return strings.TrimSpace(p.line[p.toks[from].start:p.toks[to-1].end])
}

// oneSlip reports that the words are a single slip of the finger apart.
func oneSlip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if i == len(a) {
		return true
	}
	if a[i+1:] == b[i+1:] {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
