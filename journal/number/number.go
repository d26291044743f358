package number

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ErrNone says that there is no number: the text is empty or begins with
// something else. ErrGarbled says that there is one, but written in a way that
// has no plain meaning, such as "1.2.3", "1e9" or "1/0".
var (
	ErrNone    = errors.New("number: there is no number")
	ErrGarbled = errors.New("number: the number cannot be read")
)

// Ambiguous is a number with two readings, a factor of a thousand apart.
type Ambiguous struct {
	// Grouped takes the separator as one of thousands, Decimal as the one
	// before the decimals: 1500 and 1.5 for "1,500".
	Grouped, Decimal float64
}

func (a *Ambiguous) Error() string { return "number: the number has two readings" }

// Text is the key and the arguments of the sentence that asks which of the two
// is meant.
func (a *Ambiguous) Text() (key string, args []any) {
	return "number.ambiguous", []any{"one", a.Grouped, "two", a.Decimal}
}

// Parse reads a text that is one number and nothing else, besides spaces
// around it. A negative number is read as such. The error is ErrNone,
// ErrGarbled or an *Ambiguous; the value is finite, and 0 with an error.
func Parse(s string, style Style) (float64, error) {
	v, rest, err := Prefix(s, style)
	if err == nil && rest != "" {
		return 0, ErrGarbled
	}
	return v, err
}

// Prefix reads the number that a text begins with and gives what follows it,
// without the spaces around it: 2500 and "mg" for "2,500 mg". Its errors are
// those of Parse; with an *Ambiguous, rest is given too.
func Prefix(s string, style Style) (v float64, rest string, err error) {
	s = strings.TrimSpace(s)
	negative := false
	if r, size := first(s); r == '-' || r == '+' {
		negative = r == '-'
		s = strings.TrimLeftFunc(s[size:], unicode.IsSpace)
	}
	v, rest, err = positive(s, style)
	if err != nil {
		return 0, rest, err
	}
	if negative {
		v = 0 - v
	}
	return v, strings.TrimSpace(rest), nil
}

// positive reads a number without a sign, with a fraction behind it.
func positive(s string, style Style) (float64, string, error) {
	r, size := first(s)
	if f, ok := Sign(r); ok {
		return f, s[size:], nil
	}
	run, rest := Run(s)
	if run == "" {
		return 0, "", ErrNone
	}
	v, _, err := Decimal(run, style)
	if err != nil {
		return 0, strings.TrimSpace(rest), err
	}
	if strings.ContainsAny(run, ".,") {
		if exponent(rest) {
			return 0, "", ErrGarbled
		}
		return v, rest, nil
	}
	if f, after, ok, err := over(v, rest); err != nil || ok {
		return f, after, err
	}
	part := strings.TrimLeftFunc(rest, unicode.IsSpace)
	if r, size := first(part); r == '-' && part == rest {
		part = part[size:]
	}
	r, size = first(part)
	if f, ok := Sign(r); ok {
		return v + f, part[size:], nil
	}
	if part != rest {
		if run, after := Run(part); run != "" && !strings.ContainsAny(run, ".,") {
			n, _, err := Decimal(run, style)
			if err != nil {
				return 0, "", err
			}
			if f, after, ok, err := over(n, after); err == nil && ok && f < 1 {
				return v + f, after, nil
			}
		}
	}
	if exponent(rest) {
		return 0, "", ErrGarbled
	}
	return v, rest, nil
}

// over reads the "/4" behind a 3; ok is false when nothing like it follows.
func over(n float64, s string) (v float64, rest string, ok bool, err error) {
	r, size := first(s)
	if r != '/' {
		return 0, s, false, nil
	}
	run, rest := Run(s[size:])
	if run == "" {
		return 0, s, false, nil
	}
	if strings.ContainsAny(run, ".,") {
		return 0, "", false, ErrGarbled
	}
	d, _, err := Decimal(run, Either)
	if v = n / d; err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
		return 0, "", false, ErrGarbled
	}
	return v, rest, true, nil
}

// exponent reports that an exponent such as the "e9" of "1e9" follows.
func exponent(s string) bool {
	if s == "" || s[0]|0x20 != 'e' {
		return false
	}
	s = strings.TrimLeft(s[1:], "+-")
	return s != "" && isDigit(rune(s[0]))
}

// first is the first sign of a text in its plain form.
func first(s string) (rune, int) {
	r, size := utf8.DecodeRuneInString(s)
	return Plain(r), size
}

// longest bounds the digits of a run: what is longer is no amount of anything.
const longest = 64

// Run cuts the digits at the beginning of a text off, with the points and
// commas between them, in their plain form; a separator may come first. What
// stands behind them, and all of a text that does not begin so, is rest. A run
// is cut after 64 signs.
func Run(s string) (run, rest string) {
	var b [longest]byte
	out := b[:0]
	i := 0
	for i < len(s) && len(out) < longest-1 {
		r, size := first(s[i:])
		if !isDigit(r) {
			next, _ := first(s[i+size:])
			if r != '.' && r != ',' || !isDigit(next) {
				break
			}
		}
		out = append(out, byte(r))
		i += size
	}
	return string(out), s[i:]
}

// Decimal reads a run of digits, points and commas, and gives it in plain form
// too: no groups, a decimal point, zeros kept. Its errors are ErrNone,
// ErrGarbled or an *Ambiguous.
func Decimal(run string, style Style) (v float64, plain string, err error) {
	points, commas := strings.Count(run, "."), strings.Count(run, ",")
	switch {
	case run == "":
		return 0, run, ErrNone
	case points+commas == 0:
		return value(run)
	case points > 0 && commas > 0:
		group, decimal := ",", "."
		if strings.LastIndexByte(run, ',') > strings.LastIndexByte(run, '.') {
			group, decimal = decimal, group
		}
		whole, part, _ := strings.Cut(run, decimal)
		if strings.Contains(part, decimal) || strings.Contains(part, group) || !grouped(whole, group) {
			return 0, run, ErrGarbled
		}
		return value(strings.ReplaceAll(whole, group, "") + "." + part)
	}
	sep := "."
	if commas > 0 {
		sep = ","
	}
	asPoint := strings.Replace(run, sep, ".", 1)
	if !grouped(run, sep) {
		if points+commas > 1 {
			return 0, run, ErrGarbled
		}
		return value(asPoint)
	}
	asGroups := strings.ReplaceAll(run, sep, "")
	switch {
	case points+commas > 1, (style == Point) == (sep == ",") && style != Either:
		return value(asGroups)
	case style != Either:
		return value(asPoint)
	}
	var two Ambiguous
	if two.Grouped, _, err = value(asGroups); err == nil {
		two.Decimal, _, err = value(asPoint)
	}
	if err != nil {
		return 0, run, err
	}
	return 0, run, &two
}

// grouped reports that the digits stand in groups of thousands: "1,000,000".
// No number is grouped that begins with a zero.
func grouped(s, sep string) bool {
	head, rest, more := strings.Cut(s, sep)
	if !more || head == "" || len(head) > 3 || head[0] == '0' {
		return false
	}
	for more {
		var group string
		if group, rest, more = strings.Cut(rest, sep); len(group) != 3 {
			return false
		}
	}
	return true
}

func value(s string) (float64, string, error) {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsInf(v, 0) {
		return 0, s, ErrGarbled
	}
	return v, s, nil
}
