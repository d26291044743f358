package quick

import (
	"errors"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/journal/number"
)

// lexNumber reads digits with a decimal point or comma or with commas between
// thousands, or an ISO date.
func (p *tokens) lexNumber(i int) int {
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
func (p *tokens) exponent(i int) int {
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

// firstYear is before anybody's entries: an earlier date is a slip.
const firstYear = 1900

// lexDate reads an ISO date or date and time. One that does not exist, such
// as February 30, becomes a bad number.
func (p *tokens) lexDate(i int) (int, bool) {
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
		if at, err := time.Parse(f.layout, s); err == nil && at.Year() >= firstYear {
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
