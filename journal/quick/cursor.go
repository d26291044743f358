package quick

import (
	"slices"
	"strings"
)

// look finds the senses of a word, also of one with a wrong letter.
func (p *parser) look(t *token) {
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

// unknown and brand are the entries of words that no vocabulary has.
var (
	unknown = &entry{}
	brand   = &entry{roles: roleName, begins: roleName}
)

// match finds the longest phrase at i that has the role, and how many tokens
// it takes; 0 when there is none.
func (p *parser) match(i int, r role) (value string, n int) {
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
func (p *parser) follows(i int, words []string) int {
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
func (p *parser) is(i int, r role) bool {
	return i < len(p.toks) && p.toks[i].roles&r != 0
}

// word reports that the token at i is one of the words or marks.
func (p *parser) word(i int, words ...word) bool {
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
func (p *parser) text(i int) string {
	if i >= len(p.toks) {
		return ""
	}
	return p.toks[i].text
}

// mark reports that the token at i is one of the marks.
func (p *parser) mark(i int, set string) bool {
	return i >= 0 && i < len(p.toks) && p.toks[i].kind == markToken && strings.Contains(set, p.toks[i].text)
}

func (p *parser) number(i int) bool {
	return i >= 0 && i < len(p.toks) && p.toks[i].kind == numberToken
}
