package check

import (
	"strings"
	"unicode/utf8"

	"github.com/evenkeel/evenkeel/evidence/check/markup"
)

// closing is the length of the marks that end a sentence whose words are over.
func closing(b []byte) int {
	n := 0
	for i, r := range string(b) {
		if strings.ContainsRune(".!?…。！？।؟\"'”’)]", r) {
			n = i + utf8.RuneLen(r)
		} else if r != markup.Nothing {
			break
		}
	}
	return n
}

// visible is a masked text as a reader sees it, its white space made one space.
// Bytes that are no UTF-8 are left out.
func visible(b []byte) string {
	s := strings.ReplaceAll(strings.ToValidUTF8(string(b), ""), string(rune(markup.Nothing)), "")
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == markup.Break || r == '\u00a0'
	}), " ")
}
