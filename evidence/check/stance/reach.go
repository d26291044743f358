package stance

import (
	"slices"

	"github.com/evenkeel/evenkeel/evidence/check/match"
	"github.com/evenkeel/evenkeel/evidence/check/sentence"
)

// reaches is true where a part of the match begins after the cue, at most n
// words on, with no border between.
func (s *Sentence) reaches(c Cue, m match.Match, n int) bool {
	for _, p := range m.Parts {
		if p.From < c.At.To || s.parted(c.At.To, p.From, Border, Turn) {
			continue
		}
		d := p.From - c.At.To
		if d < n || d < 3*n && s.listed(p.From) {
			return true
		}
	}
	return false
}

// lies is true where a part of the match is a word of the cue: "never found in".
func lies(c Cue, m match.Match) bool {
	return slices.ContainsFunc(m.Parts, func(p match.Span) bool { return p.From > c.At.From && p.To <= c.At.To })
}

// back is true where a cue that looks back follows a part of the match, with no
// border of these kinds between.
func (s *Sentence) back(c Cue, m match.Match, borders ...string) bool {
	for _, p := range m.Parts {
		if p.To <= c.At.From && !s.parted(p.To, c.At.From, borders...) {
			return true
		}
	}
	return false
}

// saidOf is true where the match stands in the words that somebody is said to
// have said: after the cue, or before it. Only a turn parts them.
func (s *Sentence) saidOf(c Cue, m match.Match) bool {
	for _, p := range m.Parts {
		if p.From >= c.At.From && !s.turns(min(c.At.To, p.From), p.From) {
			return true
		}
	}
	return s.back(c, m, Turn)
}

// follows is true where "may" comes right after the match, with nothing but
// space between: "a lower dose may be better".
func (s *Sentence) follows(c Cue, m match.Match) bool {
	end := m.Span().To
	if c.At.From < end || c.At.From-end > 2 || s.parted(end, c.At.From, Border, Turn) {
		return false
	}
	for i := end; i <= c.At.From; i++ {
		if s.words[i].Before != sentence.Space {
			return false
		}
	}
	return true
}

// ends is true where what leaves the sentence open ends it, which holds for
// what stands before a "but", too.
func (s *Sentence) ends(c Cue, m match.Match) bool {
	return m.Span().To <= c.At.From && len(s.words)-c.At.To <= 4
}

// inside is true where the whole match stands in a clause with "if": up to a
// comma, or to the bound.
func (s *Sentence) inside(c Cue, m match.Match) bool {
	span := m.Span()
	if span.From < c.At.To || span.To-c.At.To > ifNear {
		return false
	}
	for i := c.At.To + 1; i < span.To; i++ {
		if s.words[i].Before != sentence.Space {
			return false
		}
	}
	return true
}

// parted is true where a colon, a semicolon, or a border of one of these kinds
// stands among the words from a up to b.
func (s *Sentence) parted(a, b int, kinds ...string) bool {
	for i := a; i <= b && i < len(s.words); i++ {
		if i > a && s.words[i].Before >= sentence.Colon {
			return true
		}
	}
	return s.borders(a, b, kinds...)
}

// comma is true where a comma stands among the words from a up to b.
func (s *Sentence) comma(a, b int) bool {
	return slices.ContainsFunc(s.words[a:b+1], func(w sentence.Word) bool { return w.Before == sentence.Comma })
}

// beside is true where one denial goes on with another: after a comma, after
// "and", "or" or "nor", or by being one of these.
func (s *Sentence) beside(a, b Cue) bool {
	if s.comma(a.At.To, b.At.From) {
		return true
	}
	joins := []string{"and", "or", "nor"}
	return a.Kind == Not && b.Kind == Not && (slices.Contains(joins, s.words[b.At.From-1].Text) || slices.Contains(joins, s.words[b.At.From].Text))
}

// turns is true where a semicolon or a turn stands there.
func (s *Sentence) turns(a, b int) bool {
	for i := a; i <= b && i < len(s.words); i++ {
		if i > a && s.words[i].Before == sentence.Semicolon {
			return true
		}
	}
	return s.borders(a, b, Turn)
}

func (s *Sentence) borders(a, b int, kinds ...string) bool {
	return slices.ContainsFunc(s.cues, func(c Cue) bool {
		return slices.Contains(kinds, c.Kind) && c.At.From >= a && c.At.From < b
	})
}

// listed is true for a word that a list goes on to with "or" or "nor", or with
// a comma.
func (s *Sentence) listed(i int) bool {
	if i == 0 {
		return false
	}
	w := s.words[i-1].Text
	return w == "or" || w == "nor" || w == "o" || w == "ni" || s.words[i].Before == sentence.Comma
}
