package safety

import (
	"unicode"
	"unicode/utf8"
)

// pause is what stands between a word and the one before it.
type pause uint8

const (
	space pause = iota
	soft        // comma, colon, dash, bracket, end of a line: a denial does not reach over it
	hard        // end of a sentence: no phrase reaches over it
)

// word is the number of a word that some phrase knows; 0 is any other word.
type word uint16

type token struct {
	start, end int32
	word       word
	before     pause
}

// longest is the longest folded word that is looked up; a phrase has none that long.
const longest = 32

// tokenize appends the words of the text. Case, accents, apostrophes and signs
// that take no room are folded away.
func (b *book) tokenize(text string, out []token) []token {
	var buf [longest]byte
	before := hard
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '+' && r != '&' {
			before = max(before, pauseOf(text, i, r, size))
			i += size
			continue
		}
		start, n := i, 0
		if r == '+' || r == '&' {
			buf[0], n, i = byte(r), 1, i+size
		} else {
			i, n = fold(text, i, &buf)
		}
		out = append(out, token{start: int32(start), end: int32(i), word: b.look(buf[:n]), before: before})
		before = space
	}
	return out
}

// fold writes the folded word that begins at i and gives the place behind it
// and its length; a word that is too long has length 0.
func fold(text string, i int, buf *[longest]byte) (next, n int) {
	tooLong := false
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			r = plain(r)
			if n+utf8.RuneLen(r) > longest {
				tooLong = true
			} else {
				n += utf8.EncodeRune(buf[n:], r)
			}
		case invisible(r):
		case apostrophe(r) || r == '*' || r == '@' || r == '$':
			// Only inside a word; at its end it is punctuation.
			if after, _ := utf8.DecodeRuneInString(text[i+size:]); !unicode.IsLetter(after) {
				return i, length(n, tooLong)
			}
			if !apostrophe(r) && n < longest {
				buf[n] = byte(r)
				n++
			}
		default:
			return i, length(n, tooLong)
		}
		i += size
	}
	return i, length(n, tooLong)
}

func length(n int, tooLong bool) int {
	if tooLong {
		return 0
	}
	return n
}

func apostrophe(r rune) bool {
	return r == '\'' || r == '’' || r == '‘' || r == 'ʼ' || r == '`' || r == '´' || r == '＇'
}

// invisible runes stand inside words without being seen.
func invisible(r rune) bool {
	return unicode.Is(unicode.Mn, r) || r >= 0x200B && r <= 0x200D || r == 0x2060 || r == 0xFEFF || r == 0xAD
}

// plain is the small letter without its accent.
func plain(r rune) rune {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	if r >= 'Ａ' && r <= 'ｚ' {
		return plain(r - 'Ａ' + 'A')
	}
	switch r = unicode.ToLower(r); r {
	case 'á', 'à', 'â', 'ä', 'ã', 'å':
		return 'a'
	case 'é', 'è', 'ê', 'ë':
		return 'e'
	case 'í', 'ì', 'î', 'ï', 'ı':
		return 'i'
	case 'ó', 'ò', 'ô', 'ö', 'õ':
		return 'o'
	case 'ú', 'ù', 'û', 'ü':
		return 'u'
	case 'ñ':
		return 'n'
	case 'ç':
		return 'c'
	}
	return r
}

// pauseOf weighs the rune at i between words.
func pauseOf(text string, i int, r rune, size int) pause {
	switch r {
	case '.':
		// Dots in a row are a breath, not an end.
		if i > 0 && text[i-1] == '.' || i+size < len(text) && text[i+size] == '.' {
			return soft
		}
		return hard
	case '!', '?', ';', '¡', '¿':
		return hard
	case ',', ':', '\n', '\r', '(', ')', '[', ']', '|', '/', '…', '–', '—', '"', '“', '”':
		return soft
	case '-':
		if i+size < len(text) && text[i+size] == ' ' {
			return soft
		}
	}
	return space
}
