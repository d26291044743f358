package patterns

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/evenkeel/evenkeel/evidence/check/lexicon"
	"github.com/evenkeel/evenkeel/evidence/check/match"
)

// gap is how many words may stand between two items of a claim's pattern, and
// cueGap between those of a cue.
const (
	gap    = 7
	cueGap = 1
)

// Set is a language, ready to be looked for.
type Set struct {
	Lexicon *lexicon.Lexicon
	Rules   []*match.Rule // of claims
	Cues    []*match.Rule // of stance; Claim is the kind
	Health  []*match.Rule // of what is about health at all
	Skip    []*match.Rule // of sentences that make no claim
	File    File
	terms   map[string]lexicon.Term // by what they are written as
}

// Compile reads the patterns of a language. An error is a mistake in the data.
func Compile(f File) (*Set, error) {
	s := &Set{Lexicon: lexicon.New(), File: f, terms: map[string]lexicon.Term{}}
	ids := make([]string, 0, len(f.Claims))
	for id := range f.Claims {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		for _, p := range f.Claims[id].Patterns {
			r, err := s.rule(id, p, gap)
			if err != nil {
				return nil, fmt.Errorf("%s: %q: %w", id, p, err)
			}
			s.Rules = append(s.Rules, r)
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(f.Cues)) {
		for _, p := range f.Cues[kind] {
			r, err := s.rule(kind, p, cueGap)
			if err != nil {
				return nil, fmt.Errorf("cue %s: %q: %w", kind, p, err)
			}
			s.Cues = append(s.Cues, r)
		}
	}
	var err error
	if s.Health, err = s.nameless("health", f.Health, gap); err != nil {
		return nil, err
	}
	if s.Skip, err = s.nameless("skip", f.Skip, cueGap); err != nil {
		return nil, err
	}
	return s, nil
}

// nameless reads patterns that belong to no claim.
func (s *Set) nameless(what string, patterns []string, gap int) ([]*match.Rule, error) {
	var list []*match.Rule
	for _, p := range patterns {
		r, err := s.rule("", p, gap)
		if err != nil {
			return nil, fmt.Errorf("%s: %q: %w", what, p, err)
		}
		list = append(list, r)
	}
	return list, nil
}

// rule reads one pattern, whose items may stand this far apart.
func (s *Set) rule(claim, text string, gap int) (*match.Rule, error) {
	r := &match.Rule{Claim: claim, Text: text}
	fields := strings.Fields(text)
	for len(fields) > 0 && slices.Contains([]string{"-", "?", "+", "="}, fields[0]) {
		switch fields[0] {
		case "-":
			r.Opposite = true
		case "?":
			r.Weak = true
		case "+":
			r.Free = true
		case "=":
			r.Act = true
		}
		fields = fields[1:]
	}
	var group []match.Item
	next := gap
	for _, w := range fields {
		switch {
		case w == "&":
			if len(group) == 0 {
				return nil, fmt.Errorf("nothing stands before &")
			}
			r.Groups, group = append(r.Groups, group), nil
		case w == "..":
			next = match.Any
			continue
		case len(w) > 1 && w[0] == '/':
			n, err := strconv.Atoi(w[1:])
			if err != nil {
				return nil, fmt.Errorf("%q is no gap", w)
			}
			next = n
			continue
		case strings.HasPrefix(w, "!"):
			t, err := s.Term(w[1:])
			if err != nil {
				return nil, err
			}
			r.Not = append(r.Not, t)
		default:
			t, err := s.Term(w)
			if err != nil {
				return nil, err
			}
			group = append(group, match.Item{Term: t, Gap: next})
		}
		next = gap
	}
	if len(group) == 0 {
		return nil, fmt.Errorf("it has no last item")
	}
	r.Groups = append(r.Groups, group)
	return r, nil
}

// Term is the number of an item as it is written: alternatives parted by |,
// each a named @term or a phrase with _ between its words.
func (s *Set) Term(item string) (lexicon.Term, error) {
	if t, ok := s.terms[item]; ok {
		return t, nil
	}
	var phrases []string
	for alternative := range strings.SplitSeq(item, "|") {
		p, err := s.phrases(alternative, 0)
		if err != nil {
			return 0, err
		}
		phrases = append(phrases, p...)
	}
	t := s.Lexicon.Add(phrases)
	s.terms[item] = t
	return t, nil
}

// phrases is what an alternative stands for; terms may hold other terms.
func (s *Set) phrases(alternative string, depth int) ([]string, error) {
	name, named := strings.CutPrefix(alternative, "@")
	if !named {
		p := strings.ReplaceAll(alternative, "_", " ")
		if len(lexicon.Fields(p)) == 0 {
			return nil, fmt.Errorf("%q has no word", alternative)
		}
		return []string{p}, nil
	}
	list, ok := s.File.Terms[name]
	if !ok {
		return nil, fmt.Errorf("there is no term %s", name)
	}
	if depth > 8 {
		return nil, fmt.Errorf("the term %s stands in itself", name)
	}
	var all []string
	for _, one := range list {
		p, err := s.phrases(one, depth+1)
		if err != nil {
			return nil, err
		}
		all = append(all, p...)
	}
	return all, nil
}
