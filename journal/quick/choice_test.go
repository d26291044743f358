package quick

import (
	"slices"
	"strings"
	"testing"
)

// askedLines are all lines of all tables, with their settings.
func askedLines(t testing.TB) []meaningLine {
	var list []meaningLine
	for name := range meanings {
		list = append(list, meaningLines(t, name)...)
	}
	for name := range tables {
		c := Context{Now: list[0].c.Now, Currency: "USD"}
		if strings.Contains(name, "_es") {
			c.Language = "es"
		}
		for k, line := range tableLines(t, name) {
			list = append(list, meaningLine{at: k, line: line, c: c})
			c.Products = nil
			if k%2 == 0 {
				c.Products = myProducts()
			}
		}
	}
	return list
}

// TestChoices: an answer that was offered settles its question, and loses
// nothing that was understood beside it.
func TestChoices(t *testing.T) {
	answers, notes := 0, 0
	for _, l := range askedLines(t) {
		if strings.Contains(l.line, `\`) {
			continue
		}
		r := Parse(l.line, l.c)
		for _, a := range r.Asks {
			for _, c := range a.Choices {
				answers++
				settles(t, l, a, r, c)
			}
			if a.AsNote == "" {
				continue
			}
			notes++
			again := Parse(a.AsNote, l.c)
			kept := slices.ContainsFunc(again.Entries, func(e Read) bool {
				return e.Event.Note() != nil && strings.Contains(e.Event.Note().Text, strings.TrimLeft(a.Words, "-="))
			})
			if !kept {
				t.Errorf("%q: %q does not keep %q as a note: %v", l.line, a.AsNote, a.Words, meaning(again, l.c.Now))
			}
		}
	}
	t.Logf("%d answers, %d notes", answers, notes)
}

func settles(t *testing.T, l meaningLine, a Ask, before Result, c Choice) {
	t.Helper()
	after := Parse(c.Line, l.c)
	for _, b := range after.Asks {
		if b.Key == a.Key && (b.Words == a.Words || len(after.Asks) >= len(before.Asks)) && !b.Waits {
			t.Errorf("%q: after %q it still asks %s about %q", l.line, c.Line, b.Key, b.Words)
		}
		if b.Key == "quick.ask.unread" && !slices.ContainsFunc(before.Asks, func(x Ask) bool { return x.Key == b.Key }) {
			t.Errorf("%q: the answer %q has words that cannot be read: %q", l.line, c.Line, b.Words)
		}
	}
	if len(after.Entries) < len(before.Entries) {
		t.Errorf("%q: the answer %q loses an entry: %v, was %v", l.line, c.Line, meaning(after, l.c.Now), meaning(before, l.c.Now))
	}
	if !strings.HasPrefix(a.Key, "quick.ask.when") {
		return
	}
	for i := range before.Entries { // when one was says nothing of another
		if was := entryMeaning(&before.Entries[i], l.c.Now); !slices.Contains(meaning(after, l.c.Now), was) {
			t.Errorf("%q: the answer %q loses %s: %v", l.line, c.Line, was, meaning(after, l.c.Now))
		}
	}
}
