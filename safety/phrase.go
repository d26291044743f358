package safety

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// phrase is a row of steps. In the data it is written as words with spaces
// between: "a|b" is either, "{name}" a set, "x?" may be missing, "~3" leaves
// room for up to three words, "#" is a number.
type phrase struct {
	lang    int
	sign    uint8 // place in order
	urgency Urgency
	about   About
	// said is true where the form of the phrase itself says whom it is about.
	said              bool
	onlySelf, notPast bool
	idiom, past       bool
	steps             []step
}

type step struct {
	words    []word // sorted
	optional bool
	gap      int // up to so many words before this one
}

// Bounds that keep the work for each word of a text constant.
const (
	maxSteps = 12
	maxGap   = 8
)

type compiler struct {
	*book
	lang          int
	sets          map[string]string
	first, around *[]*phrase
}

func (c *compiler) entry(e *entry) error {
	p := phrase{onlySelf: e.OnlySelf, notPast: e.NotPast, said: e.AboutSelf}
	switch e.Urgency {
	case "now":
		p.urgency = Now
	case "soon":
		p.urgency = Soon
	default:
		return fmt.Errorf("urgency %q", e.Urgency)
	}
	if !e.Sign.Known() || e.Source == "" || e.Note == "" {
		return fmt.Errorf("sign, source and note are needed")
	}
	p.sign = uint8(slices.Index(order, e.Sign))
	for _, s := range e.Phrases {
		if err := c.add(c.first, p, s); err != nil {
			return err
		}
	}
	for _, s := range e.Others {
		p := p
		p.about, p.said = Other, true
		if err := c.add(c.first, p, s); err != nil {
			return err
		}
	}
	for _, s := range e.Idioms {
		p := p
		p.idiom = true
		if err := c.add(c.around, p, s); err != nil {
			return err
		}
	}
	return nil
}

// add compiles the phrase.
func (c *compiler) add(list *[]*phrase, p phrase, source string) error {
	p.lang = c.lang
	gap := 0
	for _, f := range strings.Fields(source) {
		if n, ok := strings.CutPrefix(f, "~"); ok {
			g, err := strconv.Atoi(n)
			if err != nil || g < 1 || g > maxGap || len(p.steps) == 0 {
				return fmt.Errorf("%q: bad gap", source)
			}
			gap = g
			continue
		}
		s := step{gap: gap}
		gap = 0
		f, s.optional = strings.CutSuffix(f, "?")
		for _, alt := range strings.Split(f, "|") {
			list := alt
			if name, ok := strings.CutPrefix(alt, "{"); ok {
				if list, ok = c.sets[strings.TrimSuffix(name, "}")]; !ok {
					return fmt.Errorf("%q: no set %s", source, alt)
				}
			}
			for _, w := range strings.Fields(list) {
				s.words = append(s.words, c.number(w))
			}
		}
		p.steps = append(p.steps, s)
	}
	if len(p.steps) == 0 || len(p.steps) > maxSteps || p.steps[0].optional || gap > 0 {
		return fmt.Errorf("%q: a phrase begins and ends with a word and has at most %d", source, maxSteps)
	}
	*list = append(*list, &p)
	return nil
}

// at gives the place behind a match of the steps from token i on, or -1. Its work is bounded by the steps and gaps of the phrase.
func at(steps []step, toks []token, i int, begun bool) int {
	if len(steps) == 0 {
		return i
	}
	s, end := &steps[0], -1
	pause := space
	for k := 0; k <= s.gap && i+k < len(toks); k++ {
		if begun || k > 0 {
			pause = max(pause, toks[i+k].before)
		}
		// A gap does not reach over a comma; the next word itself may.
		if pause == hard || pause == soft && k > 0 {
			break
		}
		if _, ok := slices.BinarySearch(s.words, toks[i+k].word); ok && toks[i+k].word != 0 {
			if end = max(end, at(steps[1:], toks, i+k+1, true)); end >= 0 {
				break
			}
		}
	}
	if end < 0 && s.optional {
		return at(steps[1:], toks, i, begun)
	}
	return end
}
