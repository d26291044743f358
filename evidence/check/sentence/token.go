// Package sentence cuts a masked text into sentences and words, each with the
// bytes it stands on. It works on pieces of a stream; a sentence that has no
// end is cut at a bound, so that neither memory nor time depends on where
// somebody left out a full stop.
package sentence

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/evenkeel/evenkeel/evidence/check/markup"
)

// Gap is what stands before a word.
type Gap uint8

const (
	Space     Gap = iota // nothing but space, or a hyphen
	Comma                // a comma, a bracket, a dash
	Colon                // a colon
	Semicolon            // a semicolon, or what ends a sentence
)

// Word is one word, folded: small letters, no accents, a straight apostrophe.
type Word struct {
	Text       string
	Start, End int // bytes from the start of the sentence
	Before     Gap
}

// maxWord is how many bytes of a run of letters are read as a word; of a longer
// one the rest is passed over.
const maxWord = 48

// Words appends the words of s to dst; a percent sign is one. The words keep
// nothing of s.
func Words(dst []Word, s []byte, folder *Folder) []Word {
	gap := Space
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '%':
			dst = append(dst, Word{Text: "%", Start: i, End: i + 1, Before: gap})
			gap = Space
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= utf8.RuneSelf:
			if c >= utf8.RuneSelf {
				if r, n := utf8.DecodeRune(s[i:]); !inWord(r) {
					gap = max(gap, between(r))
					i += n
					continue
				}
			}
			end := wordEnd(s, i)
			dst = append(dst, Word{Text: folder.fold(s[i:end]), Start: i, End: end, Before: gap})
			gap, i = Space, end
			continue
		default:
			gap = max(gap, between(rune(c)))
		}
		i++
	}
	return dst
}

func between(r rune) Gap {
	switch r {
	case ',', '(', ')', '[', ']', '–', '—', '、', '，', '"', '“', '”':
		return Comma
	case ':', '：':
		return Colon
	case ';', '；', '.', '!', '?', '…':
		return Semicolon
	}
	return Space
}

func inWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r))
}

// wordEnd is where the word that begins at i ends. Apostrophes between letters
// and points between digits belong to it.
func wordEnd(s []byte, i int) int {
	end := i
	for i < len(s) {
		c := s[i]
		switch {
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9':
			i++
			end = i
		case c == markup.Nothing:
			i++
		case c == '\'' && ascii(after(s, i+1)) && i > 0 && ascii(s[i-1]), (c == '.' || c == ',') && i > 0 && digit(s[i-1]) && i+1 < len(s) && digit(s[i+1]):
			i++
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRune(s[i:])
			if r == '’' && i > 0 && ascii(s[i-1]) && ascii(after(s, i+n)) {
				i += n
				continue
			}
			if r == '\u00ad' || r == '\u200b' || r == '\u2060' { // a soft hyphen, a zero-width space
				i += n
				continue
			}
			if !inWord(r) {
				return end
			}
			i += n
			end = i
		default:
			return end
		}
	}
	return end
}

// after is the first byte from i on that a reader sees, 0 at the end.
func after(s []byte, i int) byte {
	for i < len(s) && s[i] == markup.Nothing {
		i++
	}
	if i == len(s) {
		return 0
	}
	return s[i]
}

func ascii(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func digit(c byte) bool { return c >= '0' && c <= '9' }

// Folder brings words to one form and remembers the ones it met, up to a bound. A
// nil one remembers nothing.
type Folder struct{ known map[string]string }

const maxKnown = 1 << 15

func (f *Folder) fold(raw []byte) string {
	raw = raw[:min(len(raw), maxWord)]
	if f == nil {
		return Fold(string(raw))
	}
	if w, ok := f.known[string(raw)]; ok {
		return w
	}
	if f.known == nil || len(f.known) >= maxKnown {
		f.known = make(map[string]string, 1024)
	}
	w := Fold(string(raw))
	f.known[string(raw)] = w
	return w
}

// Fold is the form in which words are compared.
func Fold(s string) string {
	plain := true
	for i := range len(s) {
		plain = plain && s[i] < utf8.RuneSelf && s[i] != markup.Nothing
	}
	if plain {
		return strings.ReplaceAll(strings.ToLower(s), ",", ".")
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToValidUTF8(s, "")) {
		switch {
		case r == '’':
			b.WriteByte('\'')
		case r == markup.Nothing, unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r):
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}
