package number

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestParse holds the reader to values written by hand, in the order of
// Either, Point, Comma. "?" is an ambiguous number, "-" none, "!" a garbled
// one.
func TestParse(t *testing.T) {
	for _, c := range []struct{ text, either, point, comma string }{
		{"3", "3", "3", "3"},
		{" 3 ", "3", "3", "3"},
		{"003", "3", "3", "3"},
		{"-3", "-3", "-3", "-3"},
		{"−3", "-3", "-3", "-3"},
		{"+3", "3", "3", "3"},
		{"2.5", "2.5", "2.5", "2.5"},
		{"2,5", "2.5", "2.5", "2.5"},
		{"2,50", "2.5", "2.5", "2.5"},
		{"0,500", "0.5", "0.5", "0.5"},
		{"0.500", "0.5", "0.5", "0.5"},
		{".5", "0.5", "0.5", "0.5"},
		{",5", "0.5", "0.5", "0.5"},
		{".500", "0.5", "0.5", "0.5"},
		{"1,500", "?", "1500", "1.5"},
		{"1.500", "?", "1.5", "1500"},
		{"1.000", "?", "1", "1000"},
		{"2,500", "?", "2500", "2.5"},
		{"12,345", "?", "12345", "12.345"},
		{"1234,567", "1234.567", "1234.567", "1234.567"},
		{"1,5000", "1.5", "1.5", "1.5"},
		{"1,500.5", "1500.5", "1500.5", "1500.5"},
		{"1.500,5", "1500.5", "1500.5", "1500.5"},
		{"1.500.000", "1500000", "1500000", "1500000"},
		{"1,500,000.25", "1500000.25", "1500000.25", "1500000.25"},
		{"1.2.3", "!", "!", "!"},
		{"1,2,3", "!", "!", "!"},
		{"1.500.00", "!", "!", "!"},
		{"1,500.5,5", "!", "!", "!"},
		{"1e9", "!", "!", "!"},
		{"1.5e-3", "!", "!", "!"},
		{"1/2", "0.5", "0.5", "0.5"},
		{"1⁄4", "0.25", "0.25", "0.25"},
		{"5/4", "1.25", "1.25", "1.25"},
		{"1/0", "!", "!", "!"},
		{"0/0", "!", "!", "!"},
		{"1/2,5", "!", "!", "!"},
		{"1/2/3", "!", "!", "!"},
		{"1 1/2", "1.5", "1.5", "1.5"},
		{"2 1/2", "2.5", "2.5", "2.5"},
		{"2-1/2", "2.5", "2.5", "2.5"},
		{"2 3/2", "!", "!", "!"},
		{"2 5", "!", "!", "!"},
		{"½", "0.5", "0.5", "0.5"},
		{"-½", "-0.5", "-0.5", "-0.5"},
		{"1½", "1.5", "1.5", "1.5"},
		{"1 ½", "1.5", "1.5", "1.5"},
		{"1-½", "1.5", "1.5", "1.5"},
		{"⅝", "0.625", "0.625", "0.625"},
		{"2.5½", "!", "!", "!"},
		{"３．５", "3.5", "3.5", "3.5"},
		{"3 g", "!", "!", "!"},
		{"3.", "!", "!", "!"},
		{"", "-", "-", "-"},
		{"g", "-", "-", "-"},
		{"-", "-", "-", "-"},
		{".", "-", "-", "-"},
		{"NaN", "-", "-", "-"},
		{"Inf", "-", "-", "-"},
		{"0x10", "!", "!", "!"},
		{strings.Repeat("9", 400), "!", "!", "!"},
	} {
		for style, want := range []string{c.either, c.point, c.comma} {
			if got := said(Parse(c.text, Style(style))); got != want {
				t.Errorf("%q in style %d: got %s, want %s", c.text, style, got, want)
			}
		}
	}
}

func said(v float64, err error) string {
	var a *Ambiguous
	switch {
	case errors.As(err, &a):
		return "?"
	case err == ErrNone:
		return "-"
	case err != nil:
		return "!"
	}
	return fmt.Sprintf("%.15g", v)
}

func TestPrefix(t *testing.T) {
	for _, c := range []struct {
		text string
		v    float64
		rest string
	}{
		{"2,500g", 2500, "g"}, {"2.5 mg", 2.5, "mg"}, {"1 1/2 tsp", 1.5, "tsp"}, {"½ tablet", 0.5, "tablet"}, {"3", 3, ""}, {"2 3/2 x", 2, "3/2 x"},
		{"2 caps", 2, "caps"}, {"2 500 mg", 2, "500 mg"},
	} {
		if v, rest, err := Prefix(c.text, Point); err != nil || v != c.v || rest != c.rest {
			t.Errorf("%q: got %v, %q, %v", c.text, v, rest, err)
		}
	}
	var a *Ambiguous
	if _, rest, err := Prefix("1,500 mg", Either); !errors.As(err, &a) || a.Grouped != 1500 || a.Decimal != 1.5 || rest != "mg" {
		t.Errorf("1,500 mg: got %+v, %q, %v", a, rest, err)
	}
}

func TestStyleOf(t *testing.T) {
	for tag, want := range map[string]Style{"en": Point, "en-US": Point, "EN-gb": Point, "en-ZA": Either, "es": Either, "es-MX": Point, "es_us": Point, "es-Latn-MX": Point, "es-ES": Comma, "es-AR": Comma, "": Either, "tlh": Either, "de": Either} {
		if got := StyleOf(tag); got != want {
			t.Errorf("%q: got %d, want %d", tag, got, want)
		}
	}
}

// TestGrouping writes a whole number in both styles: each style reads its own,
// and Either asks unless two separators make it plain.
func TestGrouping(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1000, 999_999_999).Draw(t, "n")
		var groups []string
		for m := n; m > 0; m /= 1000 {
			if m >= 1000 {
				groups = append([]string{fmt.Sprintf("%03d", m%1000)}, groups...)
			} else {
				groups = append([]string{fmt.Sprint(m)}, groups...)
			}
		}
		for style, sep := range map[Style]string{Point: ",", Comma: "."} {
			text := strings.Join(groups, sep)
			if v, err := Parse(text, style); err != nil || v != float64(n) {
				t.Fatalf("%q: %v, %v", text, v, err)
			}
			v, err := Parse(text, Either)
			var a *Ambiguous
			if n < 1_000_000 != errors.As(err, &a) || a == nil && v != float64(n) || a != nil && (a.Grouped != float64(n) || math.Abs(a.Decimal*1000-float64(n)) > 1e-6) {
				t.Fatalf("%q: %v, %v", text, v, err)
			}
		}
	})
}

func FuzzPrefix(f *testing.F) {
	for _, s := range []string{"1,500 mg", "1 1/2", "2-½", "−3,5", "1e9", "1/0", "...", "１２３", "1.2.3", "5 ⅝x"} {
		f.Add(s, uint8(0))
	}
	f.Fuzz(func(t *testing.T, s string, style uint8) {
		v, rest, err := Prefix(s, Style(style%3))
		if math.IsInf(v, 0) || math.IsNaN(v) || err != nil && v != 0 {
			t.Fatalf("%q: %v with %v", s, v, err)
		}
		if !strings.HasSuffix(strings.TrimSpace(s), rest) {
			t.Fatalf("%q: the rest %q is no end of it", s, rest)
		}
		var a *Ambiguous
		if errors.As(err, &a) && (style%3 != 0 || a.Grouped < 1000 || a.Grouped >= 1e6) {
			t.Fatalf("%q: %+v", s, a)
		}
		// What one style reads, Either reads alike or asks about.
		if e, _, either := Prefix(s, Either); err == nil && either == nil && e != v {
			t.Fatalf("%q: %v or %v without asking", s, v, e)
		}
	})
}
