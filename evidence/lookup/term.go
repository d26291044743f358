package lookup

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// sevenOH are the ways in which 7-hydroxymitragynine is written, after folding.
var sevenOH = regexp.MustCompile(`\b7[\s-]*(oh|hydroxy(mitragynine?)?|hidroxi(mitraginina)?|hmg)\b`)

// terms are the words of a text, folded: small letters, no accents, without a
// plural's s.
func terms(text string) []string {
	folded := sevenOH.ReplaceAllString(fold(text), "7oh")
	list := strings.FieldsFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i, t := range list {
		if len(t) > 3 && strings.HasSuffix(t, "s") && !strings.HasSuffix(t, "ss") {
			list[i] = t[:len(t)-1]
		}
	}
	return list
}

// fold takes case and accents away.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(text))
}

// shared is the least number of letters at which two words are taken for forms
// of one, and rest how many may follow in the longer one.
const (
	shared = 4
	rest   = 4
)

// akin reports that two folded words look like forms of one: "taper" and
// "tapering", "addicted" and "addiction", but not "hear" and "health".
func akin(a, b string) bool {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	if n < shared || max(len(a), len(b))-n > rest {
		return false
	}
	return n > shared || n == min(len(a), len(b))
}
