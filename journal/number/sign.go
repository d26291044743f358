package number

import "unicode/utf8"

// Sign is the value of a sign that is a fraction, such as ½.
func Sign(r rune) (float64, bool) {
	if r < utf8.RuneSelf {
		return 0, false
	}
	f, ok := signs[r]
	return f, ok
}

var signs = map[rune]float64{
	'½': 1. / 2, '⅓': 1. / 3, '⅔': 2. / 3, '¼': 1. / 4, '¾': 3. / 4, '⅕': 1. / 5, '⅖': 2. / 5, '⅗': 3. / 5, '⅘': 4. / 5,
	'⅙': 1. / 6, '⅚': 5. / 6, '⅛': 1. / 8, '⅜': 3. / 8, '⅝': 5. / 8, '⅞': 7. / 8,
}

// Plain maps the many forms of a sign to the plain one: full-width letters and
// digits, quotes, dashes, bars of fractions, signs of multiplication.
func Plain(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		return r
	case r >= '！' && r <= '～': // full-width forms
		return r - 0xFEE0
	}
	switch r {
	case '‘', '’', 'ʼ', '′', '´':
		return '\''
	case '‐', '‑', '‒', '–', '—', '−':
		return '-'
	case '×', '✕', '✖':
		return 'x'
	case '⁄', '∕', '÷':
		return '/'
	case '…', '。':
		return '.'
	case '、':
		return ','
	case '≈':
		return '~'
	}
	return r
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }
