package quick

import (
	"slices"
	"strings"

	"github.com/evenkeel/evenkeel/journal"
)

// match is a product that a dose was linked to.
type match struct {
	id   journal.ID
	name string
}

// ownProduct is a product of the person's, cut into words once per line.
type ownProduct struct {
	entry journal.Entry
	words []string
	units [][]string // in the order of the product's units
}

var nameMarks = strings.NewReplacer("7-hydroxymitragynine", "7oh", "7 hydroxymitragynine", "7oh", "7-hydroxy", "7oh", "7 hydroxy", "7oh", "7-oh", "7oh", "7 oh", "7oh", "mit 45", "mit45", "mit-45", "mit45",
	"-", " ", ",", " ", "(", " ", ")", " ", "'", "", "’", "")

// plainWords are the words of a name for comparison: lower case, hyphens as
// spaces, and one form of 7-OH.
func plainWords(s string) []string { return strings.Fields(nameMarks.Replace(strings.ToLower(s))) }

// know learns the names and units of the person's products.
func (p *tokens) know(list []journal.Entry) {
	for _, e := range list {
		if e.Product() == nil {
			continue
		}
		own := ownProduct{entry: e, words: plainWords(e.Product().Name)}
		for _, u := range e.Product().Units {
			own.units = append(own.units, plainWords(u.Name))
		}
		p.own = append(p.own, own)
	}
}

// findProducts lists the products that the words can mean: one of that very
// name, or else all whose names hold the words.
func (p *tokens) findProducts(name string) []journal.Entry {
	if len(p.own) == 0 || name == "" || name == "kratom" {
		return nil
	}
	words := plainWords(name)
	var exact, holding []journal.Entry
	for _, o := range p.own {
		switch {
		case slices.Equal(o.words, words):
			exact = append(exact, o.entry)
		case containsWords(o.words, words), containsWords(words, o.words) && p.voc.onlyGeneric(words, o.words):
			holding = append(holding, o.entry)
		}
	}
	if found := inUse(exact); len(found) > 0 {
		return found
	}
	return inUse(holding)
}

// inUse leaves out the products that were put away, unless only such fit.
func inUse(list []journal.Entry) []journal.Entry {
	var used []journal.Entry
	for _, e := range list {
		if !e.Product().PutAway {
			used = append(used, e)
		}
	}
	if len(used) > 0 {
		return used
	}
	return list
}

// containsWords reports that each of the words stands in own, whole or as the
// beginning of a word of at least three letters.
func containsWords(own, words []string) bool {
	for _, w := range words {
		found := false
		for _, o := range own {
			if o == w || len(w) >= 3 && strings.HasPrefix(o, w) || singular(o) == singular(w) {
				found = true
				break
			}
		}
		if !found {
			return false
		}
	}
	return len(words) > 0
}

// onlyGeneric reports that the words beside a product's own add nothing to its
// name, such as "powder".
func (v *vocabulary) onlyGeneric(words, own []string) bool {
	for _, w := range words {
		if !v.does(w, wGeneric) && !containsWords(own, []string{w}) {
			return false
		}
	}
	return len(own) > 0
}

// ownUnitAt counts the tokens at i that are a unit of one of the person's
// products, in the singular or plural; 0 when they are none.
func (p *tokens) ownUnitAt(i int) int {
	best := 0
	for _, o := range p.own {
		for _, words := range o.units {
			if n := p.unitWords(i, words); n > best && (n > 1 || !p.is(i, roleUnit)) {
				best = n
			}
		}
	}
	return best
}

// ownNameAt counts the tokens at i that are the whole name of one of the
// person's products; 0 when they are none. A single word that means something
// else is not enough.
func (p *tokens) ownNameAt(i int) int {
	best := 0
	for _, o := range p.own {
		if len(o.words) == 1 && i < len(p.toks) && p.toks[i].roles&^(roleName|roleTint) != 0 {
			continue
		}
		if n := p.unitWords(i, o.words); n > best {
			best = n
		}
	}
	return best
}

// unitWords counts the tokens at i that spell the words of a unit.
func (p *tokens) unitWords(i int, words []string) int {
	j := i
	for k, w := range words {
		if j > i && p.mark(j, "-") {
			j++
		}
		if j >= len(p.toks) || p.toks[j].kind != wordToken {
			return 0
		}
		have := strings.Replace(p.toks[j].text, "7-oh", "7oh", 1)
		if k == len(words)-1 {
			have, w = singular(have), singular(w)
		}
		if have != w {
			return 0
		}
		j++
	}
	return j - i
}

// ownWord reports that the word belongs to a product or unit of the person's,
// so that it is no slip of the finger.
func (p *tokens) ownWord(w string) bool {
	for _, o := range p.own {
		if slices.Contains(o.words, w) || slices.ContainsFunc(o.units, func(u []string) bool { return slices.Contains(u, w) || slices.Contains(u, singular(w)) }) {
			return true
		}
	}
	return false
}

// singular drops the plural ending of the last word.
func singular(s string) string {
	switch {
	case strings.HasSuffix(s, "ies") && len(s) > 4:
		return s[:len(s)-3] + "y"
	case strings.HasSuffix(s, "ches"), strings.HasSuffix(s, "shes"), strings.HasSuffix(s, "xes"), strings.HasSuffix(s, "sses"):
		return s[:len(s)-2]
	case strings.HasSuffix(s, "s") && !strings.HasSuffix(s, "ss") && len(s) > 2:
		return s[:len(s)-1]
	}
	return s
}
