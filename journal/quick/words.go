package quick

import (
	"slices"
	"strings"
)

// role is what a word can be in a line. Many words have several.
type role uint64

const (
	roleUnit      role = 1 << iota // an amount is counted in it
	roleName                       // names a kratom product
	roleTint                       // describes one: colours
	roleSize                       // describes a unit: "heaping"
	roleSubstance                  // something else that is taken
	roleChange                     // a body change
	roleMetric                     // a 0-10 question of the check-in
	roleSymptom                    // a 0-4 question of the check-in
	roleSleep
	roleQuality // "badly", of sleep
	roleReason
	roleBecause
	roleDay
	roleWeekday
	roleMonth
	rolePart // "this morning"
	roleNow
	roleNoon
	roleEarlier // some time ago
	roleLater   // to come
	roleSpan    // minute, hour, day
	roleNumber
	roleVague  // an amount that is none: "some"
	roleApprox // "about"
	roleBound  // "at least"
	roleFiller // carries nothing
	roleIntensity
	roleGuard // the line may not be about something taken
	roleNone  // nothing was taken
	rolePlace // "with", "in", before a circumstance
	roleFood  // a circumstance that says nothing about the time
	roleMeal  // a circumstance that does
	roleSpend
	roleCurrency
	roleJoin
	roleStill
	roleStarted
	roleLife
	roleEffect
	rolePerson // somebody else
	roleCrisis
	roleUsual // the dose that is taken most often
	roleGlue  // holds a phrase together: no name
	roleFew   // goes between a number and its unit: "more"
)

// sense is one reading of a word, or of a phrase that the word begins.
type sense struct {
	role  role
	value string
	rest  []string // the words that must follow
}

var vocabulary = map[string][]sense{}

// learn adds phrases, separated by "|", that have a role and stand for value.
func learn(r role, value, phrases string) {
	for phrase := range strings.SplitSeq(phrases, "|") {
		words := strings.Fields(phrase)
		vocabulary[words[0]] = append(vocabulary[words[0]], sense{role: r, value: value, rest: words[1:]})
	}
}

// look finds the senses of a word, also of one with a wrong letter.
func (p *parser) look(t *token) {
	switch t.text {
	case "tonite", "tonit", "tonigt", "tonigth", "tonihgt", "2nite", "tnite", "tnight":
		t.text = "tonight"
	}
	t.senses = vocabulary[t.text]
	if t.brand {
		t.roles, t.begins = roleName, roleName
		return
	}
	if t.senses == nil && len(t.text) >= minCorrected-1 && !p.ownWord(t.text) {
		if right := correct(t.text); right != "" {
			t.text, t.senses = right, vocabulary[right]
		}
	}
	for i := range t.senses {
		t.begins |= t.senses[i].role
		if len(t.senses[i].rest) == 0 {
			t.roles |= t.senses[i].role
		}
	}
}

// match finds the longest phrase at i that has the role, and how many tokens
// it takes; 0 when there is none.
func (p *parser) match(i int, r role) (value string, n int) {
	if i >= len(p.toks) || p.toks[i].begins&r == 0 {
		return "", 0
	}
	for k := range p.toks[i].senses {
		s := &p.toks[i].senses[k]
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

// word reports that the token at i is one of the words.
func (p *parser) word(i int, words ...string) bool {
	if i < 0 || i >= len(p.toks) || p.toks[i].kind == numberToken {
		return false
	}
	for _, w := range words {
		if p.toks[i].text == w {
			return true
		}
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

// A wrong letter is forgiven in words of this length and more: shorter ones
// have too many neighbours.
const minCorrected = 6

// spelling is a word in which one wrong letter is forgiven. Its meaning tells
// whether two neighbours would be read in the same way.
type spelling struct{ word, meaning string }

// isUnit reports that an amount of that unit can be stored under this name
// whoever writes it.
func isUnit(unit string) bool {
	_, ok := units[unit]
	return ok
}

var correctable []spelling

// learnCorrectable gathers units and words of time: an unread one would leave
// an amount or a time wrong.
func learnCorrectable() {
	for w, senses := range vocabulary {
		for _, s := range senses {
			if len(w) >= minCorrected && len(s.rest) == 0 && s.role&(roleUnit|roleDay|roleWeekday|rolePart|roleMonth|roleSpan) != 0 {
				correctable = append(correctable, spelling{w, s.value})
				break
			}
		}
	}
	slices.SortFunc(correctable, func(a, b spelling) int { return strings.Compare(a.word, b.word) })
}

// correct finds the known word that is a single slip away: a letter too many,
// one too few, another one, or two swapped; "" when no word or more than one
// meaning is that near.
func correct(word string) string {
	var found spelling
	for _, s := range correctable {
		if d := len(s.word) - len(word); d < -1 || d > 1 || !oneSlip(word, s.word) {
			continue
		}
		if found.word != "" && found.meaning != s.meaning {
			return ""
		}
		found = s
	}
	return found.word
}

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
