package quick

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var somewhere = time.FixedZone("", -5*3600)

func contextOf(t *rapid.T) Context {
	zones := []*time.Location{time.UTC, somewhere}
	for _, name := range []string{"America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia"} {
		if loc, err := time.LoadLocation(name); err == nil {
			zones = append(zones, loc)
		}
	}
	c := Context{
		Now:      time.Unix(rapid.Int64Range(1e9, 2e9).Draw(t, "now"), 0).In(rapid.SampledFrom(zones).Draw(t, "zone")),
		Clock:    rapid.SampledFrom([]string{"", "12h", "24h"}).Draw(t, "clock"),
		Language: rapid.SampledFrom([]string{"", "en", "es", "es-MX", "tlh"}).Draw(t, "language"),
		Currency: rapid.SampledFrom([]string{"", "USD", "EUR"}).Draw(t, "currency"),
	}
	if rapid.Bool().Draw(t, "products") {
		c.Products = myProducts()
	}
	return c
}

// soup is a line of known words, numbers and marks in no order.
func soup() *rapid.Generator[string] {
	var words []string
	for _, load := range vocabularies {
		for w, e := range load().entries {
			for _, s := range e.senses {
				words = append(words, strings.Join(append([]string{w}, s.rest...), " "))
			}
		}
	}
	slices.Sort(words)
	words = slices.Compact(words)
	token := rapid.OneOf(
		rapid.SampledFrom(words),
		rapid.SampledFrom([]string{"1", "2", "3.5", "0", "-1", "1/4", "½", "8:30", "8am", "10pm", "15", "2026-11-22", "2026-11-22T08:30:00Z", "11/20", "7oh", "7-OH", "1e9", "x2", "99999999999"}),
		rapid.SampledFrom([]string{",", ".", ";", ":", "(", ")", "-", "+", "/", "?", "%", "$", "~", "\n", "🍃", "’", "\u00a0", "\x00", "\xff"}),
		rapid.StringN(0, 6, 12),
	)
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(token, 0, 14).Draw(t, "tokens"), rapid.SampledFrom([]string{" ", " ", ""}).Draw(t, "between"))
	})
}

// check holds what is true of every line.
func check(t interface{ Fatalf(string, ...any) }, line string, c Context) Result {
	r := Parse(line, c)
	if len(r.Entries) == 0 && len(r.Asks) == 0 {
		t.Fatalf("%q: neither an entry nor a question", line)
	}
	clean := strings.ToValidUTF8(line, "\uFFFD")
	for _, e := range r.Entries {
		ev := e.Event
		if !ev.Recorded.IsZero() || ev.At.IsZero() || ev.Kind == "" {
			t.Fatalf("%q: an entry is to have its kind and time and no stamp: %+v", line, ev)
		}
		if ev.At.After(c.Now) {
			t.Fatalf("%q: %v lies after now, %v", line, ev.At, c.Now)
		}
		if ev.At.Location() != c.Now.Location() {
			t.Fatalf("%q: the time left the person's zone: %v", line, ev.At)
		}
		ev.Stamp(c.Now)
		if _, err := ev.Encode(); err != nil {
			t.Fatalf("%q: the journal would refuse %+v: %v", line, ev, err)
		}
		if !strings.Contains(clean, e.Words) {
			t.Fatalf("%q: %q is no part of it", line, e.Words)
		}
	}
	for _, a := range r.Asks {
		for _, one := range a.Choices {
			if Parse(one.Line, c); one.Line == "" || catalogue("es").say(one.Say.Key, one.Say.Args...) == one.Say.Key {
				t.Fatalf("%q: an answer without words: %+v", line, one)
			}
		}
		for _, language := range []string{"en", "es"} {
			said := catalogue(language).say(a.Key, a.Args...)
			if said == a.Key || strings.Contains(said, "quick.") && !strings.Contains(line, "quick.") || strings.Contains(said, "!") && !strings.Contains(line, "!") && !strings.Contains(line, "！") {
				t.Fatalf("%q: no calm question: %q", line, said)
			}
			if strings.ContainsAny(said, "{}") && !strings.ContainsAny(line, "{}") {
				t.Fatalf("%q: a gap in the question: %q", line, said)
			}
		}
	}
	if _, err := r.JSON(catalogue("").say); err != nil {
		t.Fatalf("%q: %v", line, err)
	}
	return r
}

func TestAnyLine(t *testing.T) {
	lines := soup()
	rapid.Check(t, func(t *rapid.T) {
		check(t, lines.Draw(t, "line"), contextOf(t))
	})
}

// TestNoAmountWithoutNumber: a line without a number never yields an amount
// of anything, but for one of a unit that is named in the singular ("tab").
func TestNoAmountWithoutNumber(t *testing.T) {
	var words []string
	for w, e := range english().entries {
		if e.senses != nil && !slices.ContainsFunc(e.senses, func(s sense) bool { return s.role == roleNumber }) && !slices.Contains([]string{"a", "an", "another"}, w) {
			words = append(words, w)
		}
	}
	slices.Sort(words)
	rapid.Check(t, func(t *rapid.T) {
		line := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 10).Draw(t, "words"), " ")
		if strings.Contains(line, "7-oh") || strings.Contains(line, "mgm-15") {
			return
		}
		for _, e := range check(t, line, Context{Now: time.Date(2026, 11, 22, 20, 0, 0, 0, somewhere)}).Entries {
			one := e.Event.Dose() != nil && e.Event.Dose().Amount == 1 || e.Event.PriorUse() != nil && e.Event.PriorUse().PerDay == 1
			if !one && (e.Event.Dose() != nil || e.Event.PriorUse() != nil || e.Event.Spending() != nil) {
				t.Fatalf("%q: an amount out of nothing: %+v", line, e.Event)
			}
		}
	})
}

// TestPlainDose: an amount, unit, name and time that are written plainly are
// read as they stand, in any letter case and with any spaces.
func TestPlainDose(t *testing.T) {
	type said struct{ text, want string }
	names := []said{{"", ""}, {"green leaf", "green leaf"}, {"of red bali", "red bali"}, {"kratom", "kratom"}, {"7oh", "7-OH"}, {"7-OH", "7-OH"}, {"maeng da", "maeng da"}}
	unitWords := []said{{"g", "g"}, {"grams", "g"}, {"mg", "mg"}, {"ml", "mL"}, {"oz", "oz"}, {"tsp", "tsp"}, {"tablespoons", "tbsp"}, {"caps", "capsule"}, {"tabs", "tablet"}, {"shots", "shot"}, {"scoops", "scoop"}, {"servings", "serving"}, {"gummies", "gummy"}}
	now := time.Date(2026, 11, 22, 20, 0, 0, 0, somewhere)
	rapid.Check(t, func(t *rapid.T) {
		amount := rapid.IntRange(1, 99).Draw(t, "hundredths")
		name, unit := rapid.SampledFrom(names).Draw(t, "name"), rapid.SampledFrom(unitWords).Draw(t, "unit")
		ago := rapid.IntRange(1, 600).Draw(t, "minutes")
		gap := rapid.SampledFrom([]string{" ", "  ", "\u00a0", "\t"}).Draw(t, "gap")
		line := fmt.Sprintf("%d.%02d %s %s %d min ago", amount/100, amount%100, unit.text, name.text, ago)
		line = strings.ReplaceAll(line, " ", gap)
		if rapid.Bool().Draw(t, "upper") {
			line = strings.ToUpper(line)
		}
		r := check(t, line, Context{Now: now})
		if len(r.Entries) != 1 || len(r.Asks) != 0 || r.Entries[0].Event.Dose() == nil {
			t.Fatalf("%q: %+v", line, r)
		}
		e := r.Entries[0].Event
		if e.Dose().Amount != float64(amount)/100 || e.Dose().Unit != unit.want || e.Dose().ProductName != name.want || !e.At.Equal(now.Add(-time.Duration(ago)*time.Minute)) {
			t.Fatalf("%q: %+v at %v", line, *e.Dose(), e.At)
		}
	})
}

// TestCaseAndSpaces: the table's lines mean the same in capitals and with
// other spaces. Free text keeps its own letters.
func TestCaseAndSpaces(t *testing.T) {
	for name := range tables {
		c := Context{Now: time.Date(2026, 11, 22, 20, 0, 0, 0, somewhere), Currency: "USD"}
		if strings.Contains(name, "_es") {
			c.Language = "es"
		}
		plain := func(line string) string {
			raw, err := Parse(line, c).JSON(catalogue("").say)
			if err != nil {
				t.Fatal(err)
			}
			return strings.Join(strings.Fields(strings.ToLower(string(raw))), " ")
		}
		for _, line := range tableLines(t, name) {
			if strings.Contains(line, `\`) {
				continue
			}
			want := plain(line)
			for _, other := range []string{strings.ToUpper(line), "  " + strings.ReplaceAll(line, " ", "  ") + " ", strings.ReplaceAll(line, " ", "\u00a0")} {
				if got := plain(other); strings.ReplaceAll(got, "\u00a0", " ") != want {
					t.Errorf("%q\nis  %s\nnot %s", other, got, want)
				}
			}
		}
	}
}

// TestClockChange walks over the two nights of a year in which the clocks
// change: each hour is read once, in the right order, or asked about.
func TestClockChange(t *testing.T) {
	loc, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Skip("this machine has no time zone data")
	}
	for _, now := range []time.Time{time.Date(2026, 3, 8, 12, 0, 0, 0, loc), time.Date(2026, 11, 1, 12, 0, 0, 0, loc)} {
		var last time.Time
		asked := 0
		for minute := 0; minute < 12*60; minute += 10 {
			r := check(t, fmt.Sprintf("3 g at %02d:%02d", minute/60, minute%60), Context{Now: now})
			if len(r.Entries)+len(r.Asks) != 1 {
				t.Fatalf("%v %02d:%02d: %+v", now, minute/60, minute%60, r)
			}
			if len(r.Asks) == 1 {
				asked++
				continue
			}
			at := r.Entries[0].Event.At
			if !at.After(last) || at.Hour()*60+at.Minute() != minute {
				t.Errorf("%02d:%02d became %v after %v", minute/60, minute%60, at, last)
			}
			last = at
		}
		if want := map[time.Month]int{time.March: 6, time.November: 0}[now.Month()]; asked != want {
			t.Errorf("%v: %d times were asked about, want %d", now, asked, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for name := range tables {
		for _, line := range tableLines(f, name) {
			f.Add(line, int64(1795395600), 0)
		}
	}
	zones := []*time.Location{time.UTC, somewhere}
	if loc, err := time.LoadLocation("America/New_York"); err == nil {
		zones = append(zones, loc)
	}
	f.Fuzz(func(t *testing.T, line string, unix int64, zone int) {
		if unix < 0 || unix > 4e9 || zone < 0 {
			return
		}
		c := Context{Now: time.Unix(unix, 0).In(zones[zone%len(zones)])}
		if zone%2 == 1 {
			c.Products = myProducts()
		}
		check(t, line, c)
		c.Language = "es"
		check(t, line, c)
	})
}

func BenchmarkParse(b *testing.B) {
	lines := tableLines(b, table)
	c := Context{Now: time.Date(2026, 11, 22, 20, 0, 0, 0, somewhere), Currency: "USD"}
	bench := func(b *testing.B, c Context) {
		b.ReportAllocs()
		n := 0
		for b.Loop() {
			Parse(lines[n%len(lines)], c)
			n++
		}
		b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "lines/s")
	}
	b.Run("no products", func(b *testing.B) { bench(b, c) })
	c.Products = myProducts()
	b.Run("seven products", func(b *testing.B) { bench(b, c) })
}
