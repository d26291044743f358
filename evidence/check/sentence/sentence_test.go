package sentence_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/evidence/check/sentence"
)

var splitter = sentence.Splitter{Abbreviations: map[string]bool{"dr": true, "e.g": true, "vs": true}}

func split(s string) []string {
	var list []string
	for s != "" {
		n := splitter.Next([]byte(s), true)
		if n <= 0 || n > len(s) {
			return append(list, "no length")
		}
		if one := strings.TrimSpace(strings.Trim(s[:n], " \n\x1e")); one != "" {
			list = append(list, strings.ReplaceAll(one, "\n", " "))
		}
		s = s[n:]
	}
	return list
}

func TestSentences(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []string
	}{
		{"One. Two! Three?", []string{"One.", "Two!", "Three?"}},
		{"Dr. Osei said 0.65 % vs. 2 mg, e.g. in U.S. law. Then", []string{"Dr. Osei said 0.65 % vs. 2 mg, e.g. in U.S. law.", "Then"}},
		{"He said \"It helps.\" She did not.", []string{"He said \"It helps.\"", "She did not."}},
		{"A line that was broken by hand at the width of a page and\ngoes on here. Next", []string{"A line that was broken by hand at the width of a page and goes on here.", "Next"}},
		{"down to 6 g a day\ntook the last one at noon", []string{"down to 6 g a day", "took the last one at noon"}},
		{"Heading\nA sentence under it", []string{"Heading", "A sentence under it"}},
		{"- one\n- two", []string{"- one", "- two"}},
		{"para one\n\npara two", []string{"para one", "para two"}},
		{"cell\x1ecell", []string{"cell", "cell"}},
		{"它止痛。它不会上瘾！", []string{"它止痛。", "它不会上瘾！"}},
		{"wait... no. what?? Yes", []string{"wait... no. what??", "Yes"}},
		{"seen at kratom.org. and so on", []string{"seen at kratom.org. and so on"}},
		{"...", []string{"..."}},
	} {
		if got := split(c.in); !slices.Equal(got, c.want) {
			t.Errorf("%q:\n got %q\nwant %q", c.in, got, c.want)
		}
	}
}

// A sentence without an end is cut at the bound.
func TestASentenceHasABound(t *testing.T) {
	for _, s := range []string{strings.Repeat("word ", 1000), strings.Repeat("x", 10_000), strings.Repeat("語", 3000)} {
		if n := splitter.Next([]byte(s), false); n == 0 || n > sentence.Longest+4 {
			t.Errorf("%.10q…: cut at %d", s, n)
		}
	}
}

func TestWords(t *testing.T) {
	var f sentence.Folder
	for _, c := range []struct {
		in   string
		want []string
	}{
		{"7-OH isn’t Kratom", []string{"7", "oh", "isn't", "kratom"}},
		{"don't 'quote' rock'n", []string{"don't", "quote", "rock'n"}},
		{"0.65 % of 1,000 café", []string{"0.65", "%", "of", "1.000", "cafe"}},
		{"a\x00\x00b is\x00n'\x00t", []string{"ab", "isn't"}},
		{"hydroxy\u00admitragynine 7\u2011OH", []string{"hydroxymitragynine", "7", "oh"}},
		{"😀 kratom😀is", []string{"kratom", "is"}},
		{"ＫＲＡＴＯＭ кратом", []string{"kratom", "кратом"}},
	} {
		var got []string
		for _, w := range sentence.Words(nil, []byte(c.in), &f) {
			got = append(got, w.Text)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.in, got, c.want)
		}
	}
}

func FuzzSplit(f *testing.F) {
	f.Add("One. Two\n\n- x … 。\xff")
	f.Fuzz(func(t *testing.T, s string) {
		rest := s
		for rest != "" {
			n := splitter.Next([]byte(rest), true)
			if n <= 0 || n > len(rest) || n > sentence.Longest+4 {
				t.Fatalf("a length of %d of %d", n, len(rest))
			}
			var f sentence.Folder
			end := 0
			for _, w := range sentence.Words(nil, []byte(rest[:n]), &f) {
				if w.Start < end || w.End <= w.Start || w.End > n {
					t.Fatalf("a word at %d to %d after %d", w.Start, w.End, end)
				}
				end = w.End
			}
			rest = rest[n:]
		}
	})
}
