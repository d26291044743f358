package recall

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
	"unicode"
)

// How says how surely a notice names a product.
type How string

// The two. A name of common words only, such as "green leaf", is never matched.
const (
	Names How = "names" // two words of the name or more that are no common ones, in their order
	May   How = "may"   // one such word, the firm's name, or the words across a comma or an "and"
)

// Match is a notice that names a product, or may.
type Match struct {
	Notice
	How How
}

// Sure reports a recall that names the product, and does not only seem to.
func (m *Match) Sure() bool { return m.Kind == Recall && m.How == Names }

// common are words that are on many labels and tell none from another.
//
//go:embed common.json
var commonJSON []byte

var common = func() map[string]bool {
	var words []string
	if err := json.Unmarshal(commonJSON, &words); err != nil {
		panic("recall: the embedded common.json is broken: " + err.Error())
	}
	set := map[string]bool{}
	for _, w := range words {
		set[w] = true
	}
	return set
}()

// leastLetters is how long one word has to be to tell a product by itself: our
// choice.
const leastLetters = 4

// Of are the notices that name a product, or may, the surest first and the newest
// among those; none for a name of common words.
func (b *Book) Of(name string) []Match {
	var list []Match
	own := words(name)
	telling := slices.DeleteFunc(slices.Clone(own), isCommon)
	if len(telling) == 0 {
		return nil
	}
	for _, n := range b.Notices {
		product, firm := words(n.Product), words(n.Firm)
		named := slices.ContainsFunc(pieces(n.Product, own), func(p []string) bool { return within(p, telling) })
		switch {
		case len(telling) > 1 && named:
			list = append(list, Match{n, Names})
		case len(own) > 1 && runs(product, own), len(telling) > 1 && within(product, telling), len(telling) == 1 && len(telling[0]) >= leastLetters && slices.Contains(product, telling[0]),
			within(firm, telling) && longest(telling) >= leastLetters:
			list = append(list, Match{n, May})
		}
	}
	slices.SortStableFunc(list, func(x, y Match) int { return strings.Compare(string(y.How), string(x.How)) })
	return list
}

// isCommon tells of a common word, a number, or a number with a unit, as in
// "500mg".
func isCommon(w string) bool {
	unit := strings.TrimLeft(w, "0123456789")
	return common[w] || unit == "" || unit != w && common[unit] && len(unit) <= 3 && unit != "oh"
}

func longest(list []string) (n int) {
	for _, w := range list {
		n = max(n, len(w))
	}
	return n
}

// within reports that the words stand in a text one after the other, with nothing
// but common words between them.
func within(text, list []string) bool {
	return runs(slices.DeleteFunc(slices.Clone(text), func(w string) bool { return isCommon(w) && !slices.Contains(list, w) }), list)
}

// pieces are the words of a text between its commas, brackets and "and": the end
// of one product's name and the beginning of the next are no name. A name that
// has the "and" itself keeps it.
func pieces(text string, own []string) (list [][]string) {
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",;:/()[]|", r) }) {
		var piece []string
		for _, w := range words(part) {
			if (w == "and" || w == "y") && !slices.Contains(own, w) {
				list, piece = append(list, piece), nil
				continue
			}
			piece = append(piece, w)
		}
		list = append(list, piece)
	}
	return list
}

// runs reports that a text holds the words one right after the other.
func runs(text, list []string) bool {
	for i := 0; i+len(list) <= len(text); i++ {
		if slices.Equal(text[i:i+len(list)], list) {
			return true
		}
	}
	return false
}

// words are the words of a name in small letters, without what else stands there:
// "O.P.M.S." is "opms".
func words(s string) []string {
	s = strings.NewReplacer(".", "", "'", "", "’", "", "®", "", "™", "").Replace(strings.ToLower(s))
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
