package quick

import (
	"errors"
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
	mark     word   // which mark it is
	entry    *entry // what the word means; never nil for a word
	roles    role   // of the word by itself
	begins   role   // of the phrases that begin with it, too
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
			p.toks = append(p.toks, token{kind: markToken, text: ";", mark: wSemicolon, start: i, end: i + size, glued: !gap})
			i += size
		case isDigit(r) || (r == '.' && p.digitAt(i+size) && (gap || !p.lastIsNumber())):
			i = p.lexNumber(i)
		case sign > 0:
			p.toks = append(p.toks, token{kind: numberToken, val: sign, fraction: true, text: string(raw), start: i, end: i + size})
			i += size
		case unicode.IsLetter(r):
			i = p.lexWord(i)
		case r < utf8.RuneSelf && strings.IndexByte(marks, byte(r)) >= 0, r == '€', r == '£':
			p.toks = append(p.toks, token{kind: markToken, text: string(r), mark: markWords[string(r)], start: i, end: i + size})
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
	t := token{kind: wordToken, text: text, entry: unknown, start: start, end: i}
	if e := p.voc.entries[text]; e != nil {
		t.entry = e
	}
	p.toks = append(p.toks, t)
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
		t.brand, t.entry = p.voc.entries[name] == nil, unknown
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
	tight := j == i+1 && next.glued
	switch {
	case p.voc.does(t.text, wSeven) && next.kind == wordToken && p.voc.does(next.text, wSevenTail):
		return "7-oh", j + 1 - i
	case t.kind == wordToken && p.mark(i+1, "/") && p.toks[i+1].glued && p.voc.slashed[pair{t.text}] != "":
		if j := i + 2; j < len(p.toks) && p.toks[j].glued {
			if name := p.voc.slashed[pair{t.text, p.toks[j].text}]; name != "" {
				return name, 3
			}
		}
		return p.voc.slashed[pair{t.text}], 2
	}
	both := pair{t.text, next.text}
	switch {
	case p.voc.hyphened[both] != "":
		return p.voc.hyphened[both], j + 1 - i
	case tight && p.voc.joined[both] != "" && !p.word(i+2, wAgo) && !p.word(i-1, wFor, wLast, wPast, wEvery, wOver, wSince):
		return p.voc.joined[both], 2 // "2day", but not "2days ago"
	case tight && p.isBrand(i):
		return t.text + next.text, 2
	}
	return "", 0
}

// isBrand reports that the two tokens at i are one name: letters that mean
// nothing else before whole digits ("MIT45"), or such letters behind a 7, as
// products of 7-OH are called ("7tabz").
func (p *parser) isBrand(i int) bool {
	t, next := &p.toks[i], &p.toks[i+1]
	unknown := func(w string) bool { return len(w) >= 3 && !p.voc.knows(w) && p.voc.correct(w) == "" }
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
		if p.toks[i].text == "." && p.toks[i].glued && i > 0 && (p.word(i-1, wDotted) && p.nameEnds(i+1) || p.word(i-1, wRoughly) && p.number(i+1)) {
			continue
		}
		out = append(out, p.toks[i])
	}
	p.toks = out
}

// nameEnds reports that words of products stand at i and no amount of their
// own behind them.
func (p *parser) nameEnds(i int) bool {
	k := p.skip(i, wOf)
	start := k
	for k < len(p.toks) && p.toks[k].kind == wordToken && (p.toks[k].brand || p.toks[k].entry.roles&(roleName|roleTint) != 0) {
		k++
	}
	k0 := p.skip(k, wColon, wDash)
	return k > start && (!p.number(k0) || k0 == k && (p.word(k+1, wMeridiem, wHalfDay) || p.mark(k+1, ":")))
}
