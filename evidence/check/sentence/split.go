package sentence

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"github.com/evenkeel/evenkeel/evidence/check/markup"
)

// Longest is the bound of a sentence in bytes. A longer one is cut.
const Longest = 2 << 10

// shortLine is the length in bytes up to which a line that is followed by a
// capital stands for itself: a heading, a line of a label.
const shortLine = 48

// Splitter finds where sentences end. A full stop after one of its
// abbreviations ends none.
type Splitter struct{ Abbreviations map[string]bool }

// Next gives the length of the sentence that b begins with, white space and
// what ends it included; the rest of b is what follows. It gives 0 where the
// sentence might go on beyond b, unless final is set or the bound is reached.
func (s *Splitter) Next(b []byte, final bool) int {
	seen := false // a letter was met: space and rules end nothing
	line := 0
	for i := 0; i < len(b); {
		c := b[i]
		n := 1
		switch {
		case c == markup.Break:
			if seen {
				return i + 1
			}
		case c == '\n':
			if seen {
				end, known := s.newline(b, i, i-line, final)
				if !known {
					return 0
				}
				if end {
					return i + 1
				}
			}
			line = i + 1
		case c == '.' || c == '!' || c == '?':
			if seen {
				end, known := s.stop(b, i, final)
				if !known {
					return 0
				}
				if end != 0 {
					return end
				}
			}
		case c >= utf8.RuneSelf:
			var r rune
			r, n = utf8.DecodeRune(b[i:])
			if r == utf8.RuneError && !final && len(b)-i < utf8.UTFMax && !utf8.FullRune(b[i:]) {
				return 0
			}
			switch r {
			case '。', '！', '？', '।', '॥', '؟', '۔', '።', '။', '។', '\u2029', '\u0085':
				if seen {
					return i + n
				}
			case '…':
				if seen {
					end, known := s.stop(b, i+n-1, final)
					if !known {
						return 0
					}
					if end != 0 {
						return end
					}
				}
			default:
				seen = seen || inWord(r)
			}
		default:
			seen = seen || ascii(c) || digit(c)
		}
		i += n
		if i >= Longest {
			return cut(b[:i])
		}
	}
	if final {
		return len(b)
	}
	return 0
}

// cut is where a sentence that is too long is parted: at its last space.
func cut(b []byte) int {
	if i := bytes.LastIndexByte(b, ' '); i > len(b)/2 {
		return i + 1
	}
	return len(b)
}

// stop says where a sentence with a full stop, a question or an exclamation
// mark at i ends, 0 if there it does not. Closing quotes belong to it. known is
// false where that is to be seen in what comes.
func (s *Splitter) stop(b []byte, i int, final bool) (end int, known bool) {
	j := i + 1
	for j < len(b) {
		r, n := utf8.DecodeRune(b[j:])
		if b[j] == markup.Nothing || b[j] == '.' || b[j] == '!' || b[j] == '?' || bytes.ContainsRune([]byte("\"')]*_”’»"), r) {
			j += n
			continue
		}
		break
	}
	if j >= len(b)-utf8.UTFMax && !final && j < Longest {
		return 0, false
	}
	if j == len(b) {
		return j, true
	}
	after, _ := utf8.DecodeRune(b[j:])
	if !unicode.IsSpace(after) && after != markup.Break && after < 0x2000 {
		return 0, true // inside a number, a name, an address
	}
	k := j
	for k < len(b) && (b[k] == ' ' || b[k] == '\t' || b[k] == '\r' || b[k] == markup.Nothing) {
		k++
	}
	if k >= len(b)-utf8.UTFMax && !final && k-j < far {
		return 0, false
	}
	if k == len(b) || b[k] == '\n' || b[k] == markup.Break {
		if b[i] == '.' && k < len(b) && b[k] == '\n' && s.abbreviated(b[:i]) {
			return 0, true
		}
		return j, true
	}
	next, _ := utf8.DecodeRune(b[k:])
	if unicode.IsLower(next) && !(b[i] != '.' && next == 'i') {
		return 0, true
	}
	if b[i] == '.' && s.abbreviated(b[:i]) {
		return 0, true
	}
	return j, true
}

const far = 64 // space that is looked over for what comes next

// abbreviated is true where b, up to a full stop, ends in an abbreviation or in
// one capital, as in a name.
func (s *Splitter) abbreviated(b []byte) bool {
	i := len(b)
	for i > 0 && len(b)-i < 8 && (ascii(b[i-1]) || b[i-1] == '.' || b[i-1] == markup.Nothing) {
		i--
	}
	w := string(bytes.ToLower(bytes.ReplaceAll(b[i:], []byte{markup.Nothing}, nil)))
	if len(w) == 1 && w != "i" && b[len(b)-1] < 'a' {
		return true
	}
	return s.Abbreviations[w]
}

// newline says whether a line of this length ends its sentence: before an empty
// line, a bullet, after a short line that a capital or a number follows, and
// where somebody writes without capitals.
func (s *Splitter) newline(b []byte, i, length int, final bool) (end, known bool) {
	j := i + 1
	for j < len(b) && (b[j] == ' ' || b[j] == '\t' || b[j] == '\r' || b[j] == markup.Nothing) {
		j++
	}
	if j >= len(b)-utf8.UTFMax && !final && j-i < far {
		return false, false
	}
	if j >= len(b) || b[j] == '\n' || b[j] == markup.Break {
		return true, true
	}
	r, n := utf8.DecodeRune(b[j:])
	switch {
	case bytes.ContainsRune([]byte("-*•·–▪►✓✔"), r) && j+n < len(b) && b[j+n] == ' ', r >= 0x2190 && !inWord(r) && r < 0x3000, r >= 0x1F000:
		return true, true
	case unicode.IsUpper(r) || unicode.IsDigit(r):
		return length <= shortLine, true
	}
	return small(b), true
}

// small is true of a sentence whose first letter is a small one: who writes so
// ends a sentence where the line ends.
func small(b []byte) bool {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if unicode.IsLetter(r) {
			return unicode.IsLower(r)
		}
		i += n
	}
	return false
}
