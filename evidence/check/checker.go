package check

import (
	"fmt"
	"maps"
	"slices"

	"github.com/evenkeel/evenkeel/evidence/check/lexicon"
	"github.com/evenkeel/evenkeel/evidence/check/match"
	"github.com/evenkeel/evenkeel/evidence/check/retrieve"
	"github.com/evenkeel/evenkeel/evidence/check/sentence"
	"github.com/evenkeel/evenkeel/evidence/check/stance"
	"github.com/evenkeel/evenkeel/evidence/patterns"
)

// Checker knows one language. It does not change and may be shared.
type Checker struct {
	language string
	verdicts map[string]string
	lexicon  *lexicon.Lexicon
	claims   *match.Index
	cues     *match.Index
	health   *match.Index
	skip     *match.Index
	like     *retrieve.Index
	wordings []wording
	over     map[string][]string
	groups   map[string]map[string]bool
	topics   map[string]lexicon.Term
	split    sentence.Splitter
	stop     map[string]bool
	names    map[string]bool // those of stop that name the product, in every language
}

// Known is a claim of the evidence base, as far as the checker needs it.
type Known struct {
	ID, Verdict  string
	Said, Denied []string // wordings of the claim and of its opposite
}

// wording is a sentence of the data that says a claim, or its opposite.
type wording struct {
	claim  string
	text   string
	denies bool     // it says the opposite, or says the claim with a denial
	others []string // what else it names: a sentence that names another thing is about that
}

// The terms that the checker itself asks for, by their names in the data.
const (
	product = "@product" // what the text is about
	pronoun = "@pronoun" // what may stand for it
	other   = "@other"   // what else may have an effect
)

// topics are what a text is searched for as a whole.
var topics = []string{product, pronoun, other, "@topic_dependence", "@topic_mixing", "@topic_pregnancy", "@topic_help", "@interest_vendor", "@interest_treatment"}

// New makes a checker of a language for these claims; patterns of others are
// passed over. An error is a mistake in the data.
func New(language string, claims []Known) (*Checker, error) {
	f, err := patterns.Read(language)
	if err != nil {
		return nil, err
	}
	verdicts := map[string]string{}
	for _, k := range claims {
		verdicts[k.ID] = k.Verdict
	}
	maps.DeleteFunc(f.Claims, func(id string, _ patterns.Claim) bool { return verdicts[id] == "" })
	set, err := patterns.Compile(f)
	if err != nil {
		return nil, err
	}
	c := &Checker{
		language: language, verdicts: verdicts, lexicon: set.Lexicon,
		over: map[string][]string{}, groups: map[string]map[string]bool{}, topics: map[string]lexicon.Term{},
		split: sentence.Splitter{Abbreviations: map[string]bool{}}, stop: map[string]bool{}, names: map[string]bool{},
	}
	for _, w := range f.Stop {
		c.stop[w] = true
	}
	for _, a := range f.Abbreviations {
		c.split.Abbreviations[a] = true
	}
	for _, r := range set.Cues {
		if !slices.Contains(stance.Kinds, r.Claim) || len(r.Groups) != 1 {
			return nil, fmt.Errorf("cue %s: %q: no such kind, or in several groups", r.Claim, r.Text)
		}
	}
	for _, t := range topics {
		if c.topics[t], err = set.Term(t); err != nil {
			return nil, err
		}
	}
	t := newText(c)
	for w := range c.stop {
		t.read([]byte(w))
		c.names[w] = t.found.Has(c.topics[product])
	}
	for id, claim := range f.Claims {
		c.over[id] = claim.Over
	}
	for name, ids := range f.Groups {
		c.groups[name] = map[string]bool{}
		for _, id := range ids {
			c.groups[name][id] = true
		}
	}
	c.wordings = c.longer(claims)
	texts := make([]string, len(c.wordings))
	for i, w := range c.wordings {
		texts[i] = w.text
	}
	c.like = retrieve.New(texts, f.Stop)
	c.claims, c.cues, c.health, c.skip = match.NewIndex(set.Rules), match.NewIndex(set.Cues), match.NewIndex(set.Health), match.NewIndex(set.Skip)
	// A denial that a wording has itself is no denial of the claim where the
	// sentence has it, too.
	for i, w := range c.wordings {
		t.read([]byte(w.text))
		c.wordings[i].others = t.others()
		if t.whole(false, false).Stance == stance.Denies {
			c.wordings[i].denies = !w.denies
		}
	}
	return c, nil
}

// longer are the wordings that have enough words of their own to be told from
// others by their words alone.
func (c *Checker) longer(claims []Known) []wording {
	var list []wording
	for _, k := range claims {
		for _, t := range k.Said {
			list = append(list, wording{claim: k.ID, text: t})
		}
		for _, t := range k.Denied {
			list = append(list, wording{claim: k.ID, text: t, denies: true})
		}
	}
	var f sentence.Folder
	return slices.DeleteFunc(list, func(w wording) bool {
		return c.own(sentence.Words(nil, []byte(w.text), &f)) < enough
	})
}

// enough is how many words of its own a wording must have, and a sentence that
// is to be like it.
const enough = 4

// own counts the words that are not of the commonest.
func (c *Checker) own(words []sentence.Word) int {
	n := 0
	for _, w := range words {
		if !c.stop[w.Text] {
			n++
		}
	}
	return n
}

// Coverage names the claims without a pattern, and the patterns of claims that
// the checker was not made for.
func (c *Checker) Coverage() (without, unknown []string) {
	f, _ := patterns.Read(c.language) // New has read it
	for id := range c.verdicts {
		if len(f.Claims[id].Patterns) == 0 {
			without = append(without, id)
		}
	}
	for id, claim := range f.Claims {
		for _, other := range append([]string{id}, claim.Over...) {
			if c.verdicts[other] == "" {
				unknown = append(unknown, other)
			}
		}
	}
	for _, ids := range f.Groups {
		for _, id := range ids {
			if c.verdicts[id] == "" {
				unknown = append(unknown, id)
			}
		}
	}
	slices.Sort(without)
	slices.Sort(unknown)
	return without, unknown
}
