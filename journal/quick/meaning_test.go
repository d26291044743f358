package quick

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/journal"
)

// meanings are the tables in the short form, written by hand, and how many
// lines each is to have at least.
var meanings = map[string]int{"testdata/everyday.txt": 381, "testdata/hostile.txt": 157, "testdata/everyday_es.txt": 250}

// meaning writes a result in the short form of those tables.
func meaning(r Result, now time.Time) []string {
	var out []string
	for i := range r.Entries {
		out = append(out, entryMeaning(&r.Entries[i], now))
	}
	for _, a := range r.Asks {
		s := "? "
		if a.Waits {
			s = "~ "
		}
		s += strings.TrimPrefix(strings.TrimPrefix(a.Key, "quick.ask."), "quick.")
		if n := len(a.Choices); n > 0 {
			s += " * " + strconv.Itoa(n)
		}
		out = append(out, s)
	}
	return out
}

func entryMeaning(read *Read, now time.Time) string {
	e := &read.Event
	var s string
	num := func(v float64) string { return strconv.FormatFloat(figure(v), 'f', -1, 64) }
	switch {
	case e.Dose() != nil:
		d := e.Dose()
		s = "dose " + num(d.Amount) + " " + d.Unit + " " + d.ProductName
	case e.Substance() != nil:
		s = "sub " + string(e.Substance().Class) + " " + e.Substance().Name + " " + e.Substance().Amount
	case e.CheckIn() != nil:
		s = "check " + strings.Join(answersOf(e.CheckIn()), " ")
	case e.None() != nil:
		s = "none"
	case e.BodyChange() != nil:
		s = "change " + string(e.BodyChange().Change)
	case e.Life() != nil:
		s = "life " + string(e.Life().Area) + " " + e.Life().Effect
	case e.Spending() != nil:
		s = "spend " + num(e.Spending().Amount) + " " + e.Spending().Currency
	case e.PriorUse() != nil:
		s = "history " + num(e.PriorUse().PerDay) + " " + e.PriorUse().Unit + " " + num(e.PriorUse().Days) + "d"
	case e.Note() != nil:
		s = "note"
	default:
		s = string(e.Kind)
	}
	s = strings.TrimSpace(s)
	if !e.At.Equal(now) {
		s += " @"
		y, m, d := now.Date()
		ey, em, ed := e.At.Date()
		if days := time.Date(ey, em, ed, 0, 0, 0, 0, time.UTC).Sub(time.Date(y, m, d, 0, 0, 0, 0, time.UTC)).Hours() / 24; days != 0 {
			s += num(days) + " "
		}
		s += e.At.Format("15:04")
	}
	if d := e.Dose(); d != nil && len(d.Reasons) > 0 {
		s += " for " + strings.Trim(fmt.Sprint(d.Reasons), "[]")
	}
	return s
}

// answersOf lists the answers of a check-in by name; its note is what is there
// without a number.
func answersOf(c *journal.CheckIn) []string {
	var out []string
	for _, f := range journal.Describe(journal.KindCheckIn).Fields {
		switch v := f.Get(c); {
		case v == "" || f.Name == "symptoms":
		case f.Name == "note":
			out = append(out, fmt.Sprintf("present=%q", v))
		default:
			out = append(out, f.Name+"="+v)
		}
	}
	for s, v := range c.Symptoms {
		out = append(out, fmt.Sprintf("%s=%d", s, v))
	}
	return out
}

// meansSame compares a part of a table with one of a result: answers of a
// check-in may stand in any order, "?" is any question, and a question without
// a count may offer any number of choices.
func meansSame(want, got string) bool {
	switch {
	case want == "?":
		return strings.HasPrefix(got, "? ")
	case strings.HasPrefix(want, "check "):
		sorted := func(s string) string {
			s, present, _ := strings.Cut(s, "present=")
			list := strings.Fields(s)
			slices.Sort(list)
			return strings.Join(list, " ") + present
		}
		return strings.HasPrefix(got, "check ") && sorted(want) == sorted(got)
	case !strings.Contains(want, " * "):
		got, _, _ = strings.Cut(got, " * ")
	}
	return want == got
}

// meets reports that a result is what the table says.
func meets(want, got []string) bool {
	if strings.HasPrefix(want[0], "?") {
		return slices.ContainsFunc(got, func(g string) bool { return meansSame(want[0], g) })
	}
	return len(want) == len(got) && !slices.ContainsFunc(want, func(w string) bool {
		return !slices.ContainsFunc(got, func(g string) bool { return meansSame(w, g) })
	})
}

type meaningLine struct {
	at   int
	line string
	want []string
	c    Context
}

func meaningLines(t testing.TB, name string) (list []meaningLine) {
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s := setting{Context: Context{Currency: "USD"}}
	in := bufio.NewScanner(f)
	for at := 1; in.Scan(); at++ {
		line, want, ok := strings.Cut(in.Text(), " | ")
		if strings.HasPrefix(line, "#") || line == "" {
			continue
		}
		if !ok {
			key, value, _ := strings.Cut(line, ": ")
			if err := s.set(key, value); err != nil {
				t.Fatalf("%s:%d: %v", name, at, err)
			}
			continue
		}
		list = append(list, meaningLine{at, line, strings.Split(want, " ; "), s.Context})
	}
	return list
}

// TestMeaning holds the reader to what people write on a day like any other,
// and to what a hasty reader would get wrong.
func TestMeaning(t *testing.T) {
	for name, atLeast := range meanings {
		t.Run(name, func(t *testing.T) {
			lines := meaningLines(t, name)
			bad := 0
			for _, l := range lines {
				if got := meaning(Parse(l.line, l.c), l.c.Now); !meets(l.want, got) {
					bad++
					t.Errorf("%s:%d: %s\n  want %s\n  got  %s", name, l.at, l.line, strings.Join(l.want, " ; "), strings.Join(got, " ; "))
				}
			}
			if len(lines) < atLeast {
				t.Errorf("%d lines; there are to be %d or more", len(lines), atLeast)
			}
			t.Logf("%d of %d lines are met", len(lines)-bad, len(lines))
		})
	}
}
