package quick

import (
	"errors"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/evenkeel/evenkeel/journal/number"
)

type tokenKind uint8

const (
	wordToken tokenKind = iota
	numberToken
	markToken // punctuation that means something
	dateToken // an ISO date, with or without a time
)

// token is a word, number or mark of the line.
type token struct {
	kind tokenKind
	// text is lower case, with the plain forms of quotes, dashes and wide
	// letters; for a mark it is the mark.
	text string
	// val is the value of a number; bad says that it is written in a way that
	// has no plain meaning ("1e9").
	val      float64
	bad      bool
	either   *number.Ambiguous // the two readings of "1.500"
	fraction bool              // a single sign such as ½
	brand    bool              // letters joined to digits, as in brand names
	glued    bool              // nothing stands between it and the token before
	start    int               // bytes in the line
	end      int
	date     *isoDate
	senses   []sense
	roles    role // of the word by itself
	begins   role // of the phrases that begin with it, too
}

type isoDate struct {
	at                  time.Time
	hasClock, hasOffset bool
}

const marks = ",;.:/-+&$€£%()?=~@*"

// lex cuts the line into tokens. Signs without a meaning here, such as emoji
// and quotes, only separate.
func (p *parser) lex() {
	p.toks = p.store[:0]
	gap := true
	for i := 0; i < len(p.line); {
		raw, size := utf8.DecodeRuneInString(p.line[i:])
		r := number.Plain(raw)
		sign, _ := number.Sign(raw)
		n := len(p.toks)
		switch {
		case r == '\n' || r == '\r' || r == '!':
			p.toks = append(p.toks, token{kind: markToken, text: ";", start: i, end: i + size, glued: !gap})
			i += size
		case isDigit(r) || (r == '.' && p.digitAt(i+size) && (gap || !p.lastIsNumber())):
			i = p.lexNumber(i)
		case sign > 0:
			p.toks = append(p.toks, token{kind: numberToken, val: sign, fraction: true, text: string(raw), start: i, end: i + size})
			i += size
		case unicode.IsLetter(r):
			i = p.lexWord(i)
		case r < utf8.RuneSelf && strings.IndexByte(marks, byte(r)) >= 0, r == '€', r == '£':
			p.toks = append(p.toks, token{kind: markToken, text: string(r), start: i, end: i + size})
			i += size
		default:
			i += size
			gap = true
			continue
		}
		p.toks[n].glued = !gap && n > 0
		gap = false
	}
	p.joinNames()
	p.dropDots()
	for i := range p.toks {
		if t := &p.toks[i]; t.kind == wordToken {
			p.look(t)
		}
	}
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func (p *parser) digitAt(i int) bool {
	r, _ := utf8.DecodeRuneInString(p.line[i:])
	return isDigit(number.Plain(r))
}

func (p *parser) lastIsNumber() bool {
	return len(p.toks) > 0 && p.toks[len(p.toks)-1].kind == numberToken
}

func (p *parser) lexWord(i int) int {
	start := i
	simple := true // ASCII letters only: the text can be a piece of the line
	for i < len(p.line) {
		raw, size := utf8.DecodeRuneInString(p.line[i:])
		r := number.Plain(raw)
		if r == '\'' {
			next, _ := utf8.DecodeRuneInString(p.line[i+size:])
			if !unicode.IsLetter(next) {
				break
			}
			simple = false
		} else if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) {
			break
		}
		simple = simple && raw < utf8.RuneSelf
		i += size
	}
	text := p.line[start:i]
	if !simple {
		text = strings.Map(func(r rune) rune {
			r = number.Plain(r)
			if r == '\'' || unicode.Is(unicode.Mn, r) {
				return -1
			}
			return unaccent(unicode.ToLower(r))
		}, text)
	} else {
		text = strings.ToLower(text)
	}
	p.toks = append(p.toks, token{kind: wordToken, text: text, start: start, end: i})
	return i
}

func unaccent(r rune) rune {
	switch r {
	case 'á', 'à', 'â', 'ä':
		return 'a'
	case 'é', 'è', 'ê', 'ë':
		return 'e'
	case 'í', 'ì', 'î', 'ï':
		return 'i'
	case 'ó', 'ò', 'ô', 'ö':
		return 'o'
	case 'ú', 'ù', 'û', 'ü':
		return 'u'
	case 'ñ':
		return 'n'
	case 'µ', 'μ':
		return 'u'
	}
	return r
}

// lexNumber reads digits with a decimal point or comma or with commas between
// thousands, or an ISO date.
func (p *parser) lexNumber(i int) int {
	if end, ok := p.lexDate(i); ok {
		return end
	}
	run, rest := number.Run(p.line[i:])
	t := token{kind: numberToken, start: i}
	i = len(p.line) - len(rest)
	var err error
	if t.val, t.text, err = number.Decimal(run, p.style); err != nil {
		t.bad = true
		errors.As(err, &t.either)
	}
	if end := p.exponent(i); end > i {
		t.bad, i = true, end
	}
	t.end = i
	p.toks = append(p.toks, t)
	return i
}

// exponent finds the end of an exponent ("1e9") that begins at i.
func (p *parser) exponent(i int) int {
	j := i
	if j >= len(p.line) || p.line[j]|0x20 != 'e' {
		return i
	}
	j++
	if j < len(p.line) && (p.line[j] == '+' || p.line[j] == '-') {
		j++
	}
	if j >= len(p.line) || !isDigit(rune(p.line[j])) {
		return i
	}
	for j < len(p.line) && isDigit(rune(p.line[j])) {
		j++
	}
	return j
}

var isoForms = []struct {
	layout        string
	clock, offset bool
}{
	{time.RFC3339, true, true},
	{"2006-01-02T15:04Z07:00", true, true},
	{"2006-01-02T15:04:05", true, false},
	{"2006-01-02T15:04", true, false},
	{time.DateOnly, false, false},
}

// lexDate reads an ISO date or date and time. One that does not exist, such
// as February 30, becomes a bad number.
func (p *parser) lexDate(i int) (int, bool) {
	s := p.line[i:]
	if len(s) < len("2006-01-02") || s[4] != '-' || s[7] != '-' {
		return i, false
	}
	end := strings.IndexFunc(s, func(r rune) bool {
		return !isDigit(r) && !strings.ContainsRune("-+:.TtZz", r)
	})
	if end < 0 {
		end = len(s)
	}
	s = strings.ToUpper(strings.TrimRight(s[:end], ".:-+"))
	if len(s) < len("2006-01-02") {
		return i, false
	}
	for _, f := range isoForms {
		if at, err := time.Parse(f.layout, s); err == nil {
			p.toks = append(p.toks, token{kind: dateToken, text: s, date: &isoDate{at, f.clock, f.offset}, start: i, end: i + len(s)})
			return i + len(s), true
		}
	}
	for _, c := range []byte(s[:len("2006-01-02")]) {
		if !isDigit(rune(c)) && c != '-' {
			return i, false
		}
	}
	p.toks = append(p.toks, token{kind: numberToken, text: s, bad: true, start: i, end: i + len(s)})
	return i + len(s), true
}

// joinNames makes one word of the names that hold a number, so that the 7 of
// "7-OH" is never an amount, and of "w/".
func (p *parser) joinNames() {
	out := p.toks[:0]
	for i := 0; i < len(p.toks); i++ {
		name, n := p.numberedName(i)
		if n == 0 {
			out = append(out, p.toks[i])
			continue
		}
		t := p.toks[i]
		t.kind, t.text, t.end = wordToken, name, p.toks[i+n-1].end
		t.brand = vocabulary[name] == nil && name != "tonight"
		out = append(out, t)
		i += n - 1
	}
	p.toks = out
}

func (p *parser) numberedName(i int) (string, int) {
	t := p.toks[i]
	j := i + 1
	if j < len(p.toks) && p.toks[j].text == "-" {
		j++
	}
	if j >= len(p.toks) {
		return "", 0
	}
	next := p.toks[j]
	switch {
	case (t.text == "7" || t.text == "seven") && next.kind == wordToken && sevenOHTails[next.text]:
		return "7-oh", j + 1 - i
	case t.text == "w" && p.toks[i+1].text == "/" && p.toks[i+1].glued:
		if j := i + 2; j < len(p.toks) && p.toks[j].text == "o" && p.toks[j].glued {
			return "without", 3
		}
		return "with", 2
	case t.text == "mgm" && next.text == "15":
		return "mgm-15", j + 1 - i
	case t.text == "mit" && next.text == "45":
		return "mit45", j + 1 - i
	case t.text == "2" && j == i+1 && next.glued && shortTimes[next.text] != "" && !p.word(i+2, "ago", "back") && (i == 0 || !p.word(i-1, "for", "last", "past", "every", "over", "since")):
		return shortTimes[next.text], 2
	case j == i+1 && next.glued && p.isBrand(i):
		return t.text + next.text, 2
	}
	return "", 0
}

// shortTimes are the words of time that are written with a 2.
var shortTimes = map[string]string{"day": "today", "nite": "tonight", "night": "tonight", "morrow": "tomorrow", "moro": "tomorrow", "mrw": "tomorrow"}

// isBrand reports that the two tokens at i are one name: letters that mean
// nothing else before whole digits ("MIT45"), or such letters behind a 7, as
// products of 7-OH are called ("7tabz").
func (p *parser) isBrand(i int) bool {
	t, next := &p.toks[i], &p.toks[i+1]
	unknown := func(w string) bool { return len(w) >= 3 && vocabulary[w] == nil && correct(w) == "" }
	if t.kind == wordToken && next.kind == numberToken {
		ends := i+2 >= len(p.toks) || !p.toks[i+2].glued || p.toks[i+2].kind == markToken && !p.mark(i+2, ":/%")
		return unknown(t.text) && ends && !next.bad && !next.fraction && !strings.Contains(next.text, ".")
	}
	return t.text == "7" && t.kind == numberToken && next.kind == wordToken && unknown(next.text)
}

// dropDots takes out the dot behind a shortened unit where the name follows,
// and behind "approx.": "2 Tbsp. red" is one sentence.
func (p *parser) dropDots() {
	out := p.toks[:0]
	for i := range p.toks {
		if p.toks[i].text == "." && p.toks[i].glued && i > 0 && (shortUnits[p.toks[i-1].text] && p.nameEnds(i+1) || p.word(i-1, "approx", "ca") && p.number(i+1)) {
			continue
		}
		out = append(out, p.toks[i])
	}
	p.toks = out
}

// shortUnits are written with a dot.
var shortUnits = map[string]bool{"g": true, "gr": true, "gm": true, "gms": true, "mg": true, "mgs": true, "ml": true, "oz": true, "tsp": true, "tsps": true,
	"tbsp": true, "tbsps": true, "tbs": true, "cap": true, "caps": true, "tab": true, "tabs": true, "serv": true, "servs": true}

// nameEnds reports that words of products stand at i and no amount of their
// own behind them.
func (p *parser) nameEnds(i int) bool {
	k := p.skip(i, "of")
	start := k
	for k < len(p.toks) && p.toks[k].kind == wordToken && (p.toks[k].brand || slices.ContainsFunc(vocabulary[p.toks[k].text], func(s sense) bool {
		return s.role&(roleName|roleTint) != 0 && len(s.rest) == 0
	})) {
		k++
	}
	k0 := p.skip(k, ":", "-")
	return k > start && (!p.number(k0) || k0 == k && (p.word(k+1, "am", "pm", "a", "p") || p.mark(k+1, ":")))
}

var sevenOHTails = map[string]bool{"oh": true, "ohs": true, "oh's": true, "hydroxy": true, "hydroxymitragynine": true, "hydroxymitragynin": true}
