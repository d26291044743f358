package quick

import (
	"cmp"
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

// tokens are a line cut into words, numbers and marks: the first stage.
type tokens struct {
	line  string
	toks  []token
	voc   *vocabulary
	style number.Style
	own   []ownProduct
	// store keeps the tokens of an ordinary line off the heap.
	store [16]token
}

// tokensOf cuts a line.
func tokensOf(line string, c *Context) *tokens {
	t := &tokens{line: line, voc: vocabularyOf(c.Language), style: number.StyleOf(cmp.Or(c.Language, "en"))}
	t.know(c.Products)
	t.lex()
	return t
}

// lex cuts the line into tokens. Signs without a meaning here, such as emoji
// and quotes, only separate.
func (p *tokens) lex() {
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

func (p *tokens) digitAt(i int) bool {
	r, _ := utf8.DecodeRuneInString(p.line[i:])
	return isDigit(number.Plain(r))
}

func (p *tokens) lastIsNumber() bool {
	return len(p.toks) > 0 && p.toks[len(p.toks)-1].kind == numberToken
}

func (p *tokens) lexWord(i int) int {
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

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// unknown and brand are the entries of words that no vocabulary has.
var (
	unknown = &entry{}
	brand   = &entry{roles: roleName, begins: roleName}
)
