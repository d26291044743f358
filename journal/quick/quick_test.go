package quick

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/journal"
)

var update = flag.Bool("update", false, "write what the reader says now into testdata/lines.txt; review every change")

const table = "testdata/lines.txt"

// tables of lines, and how many each is to have at least.
var tables = map[string]int{table: 745, "testdata/lines_es.txt": 120}

// myProducts are the products of the lines under "products: mine".
func myProducts() []journal.Entry {
	var list []journal.Entry
	add := func(name string, form journal.Form, units ...string) {
		p := &journal.Product{Name: name, Form: form}
		for _, u := range units {
			p.Units = append(p.Units, journal.Unit{Name: u})
		}
		e := journal.Entry{ID: journal.ID{byte(len(list) + 1)}}
		e.Kind, e.Body = journal.KindProduct, p
		list = append(list, e)
	}
	add("Green Leaf", journal.LeafPowder, "g", "scoop")
	add("Sleepy Sevens", journal.SevenOH, "blue tablet")
	add("Red Bali Capsules", journal.Capsule, "capsule")
	add("Red Maeng Da", journal.Capsule, "capsule")
	add("7-OH Shot", journal.SevenOH, "shot")
	add("Morning Tonic", journal.Drink, "zoop")
	add("Old Stock", journal.LeafPowder, "g")
	list[len(list)-1].Product().PutAway = true
	return list
}

// setting is the context that the table sets for the lines after it.
type setting struct {
	Context
	now string
}

func (s *setting) set(key, value string) error {
	switch key {
	case "now":
		stamp, zone, named := strings.Cut(value, " ")
		t, err := time.Parse(time.RFC3339, stamp)
		if err != nil {
			return err
		}
		if named {
			loc, err := time.LoadLocation(zone)
			if err != nil {
				return err
			}
			t = t.In(loc)
		}
		s.Now, s.now = t, t.Format(time.RFC3339)
	case "clock":
		s.Clock = strings.TrimPrefix(value, "any")
	case "language":
		s.Language = value
	case "currency":
		s.Currency = value
	case "products":
		s.Products, s.Usuals = nil, nil
		if value != "none" {
			s.Products = myProducts()
		}
		if value == "mine, red bali is usual" {
			s.Usuals = []journal.Usual{{Product: s.Products[2].ID, ProductName: "Red Bali Capsules", Amount: 4, Unit: "capsule", Times: 9}}
		}
	default:
		return fmt.Errorf("no setting is called %q", key)
	}
	return nil
}

// render writes a result in the form of the table: a line of JSON for each
// entry, "now" for its time where it is now, and "? " before each question.
func (s *setting) render(r Result) []string {
	raw, err := r.JSON(catalogue(s.Language).say)
	if err != nil {
		return []string{err.Error()}
	}
	var parts struct {
		Entries []json.RawMessage `json:"entries"`
		Asks    []string          `json:"asks"`
	}
	if err := json.Unmarshal(raw, &parts); err != nil {
		return []string{err.Error()}
	}
	var out []string
	for _, e := range parts.Entries {
		out = append(out, "  "+strings.Replace(string(e), `"at":"`+s.now+`"`, `"at":"now"`, 1))
	}
	for _, a := range parts.Asks {
		out = append(out, "  ? "+a)
	}
	return out
}

// TestLines holds the reader to a table of lines that people write.
func TestLines(t *testing.T) {
	for name, atLeast := range tables {
		t.Run(name, func(t *testing.T) { testTable(t, name, atLeast) })
	}
}

func testTable(t *testing.T, table string, atLeast int) {
	f, err := os.Open(table)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var s setting
	var out strings.Builder
	var line string
	var want, got []string
	number, at, lines := 0, 0, 0
	check := func() {
		if line != "" && strings.Join(want, "\n") != strings.Join(got, "\n") && !*update {
			t.Errorf("%s:%d: %s\nwant:\n%s\ngot:\n%s", table, at, line, strings.Join(want, "\n"), strings.Join(got, "\n"))
		}
		line, want, got = "", nil, nil
	}
	for in := bufio.NewScanner(f); in.Scan(); {
		number++
		text := in.Text()
		switch {
		case strings.HasPrefix(text, "> "):
			check()
			line, at = text[2:], number
			lines++
			unquoted := strings.NewReplacer(`\t`, "\t", `\n`, "\n", `\u00a0`, "\u00a0").Replace(line)
			got = s.render(Parse(unquoted, s.Context))
			fmt.Fprintf(&out, "%s\n%s\n", text, strings.Join(got, "\n"))
			continue
		case strings.HasPrefix(text, "  "):
			want = append(want, text)
			continue
		case text == "" || strings.HasPrefix(text, "#"):
		default:
			check()
			key, value, _ := strings.Cut(text, ": ")
			if err := s.set(key, value); err != nil {
				t.Fatalf("%s:%d: %v", table, number, err)
			}
		}
		check()
		fmt.Fprintln(&out, text)
	}
	check()
	if lines < atLeast {
		t.Errorf("the table has %d lines; it is to have %d or more", lines, atLeast)
	}
	if *update {
		if err := os.WriteFile(table, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d lines", lines)
}

// tableLines are the lines of the table, as seeds and for the benchmark.
func tableLines(tb testing.TB, name string) []string {
	raw, err := os.ReadFile(name)
	if err != nil {
		tb.Fatal(err)
	}
	var lines []string
	for l := range strings.Lines(string(raw)) {
		if s, ok := strings.CutPrefix(strings.TrimSuffix(l, "\n"), "> "); ok {
			lines = append(lines, s)
		}
	}
	return lines
}

// TestNewProduct checks the guess at a product that a dose names first.
func TestNewProduct(t *testing.T) {
	now := time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		line, name string
		form       journal.Form
		unit       string
	}{
		{"3 g green leaf", "green leaf", journal.LeafPowder, "g"},
		{"4 capsules of red bali", "red bali", journal.Capsule, "capsule"},
		{"half a blue tablet", "blue tablet", journal.OtherForm, "tablet"},
		{"two 15 mg 7oh tablets", "7-OH", journal.SevenOH, "tablet"},
		{"15 mg 7-OH", "7-OH", journal.SevenOH, ""},
		{"8 oz tea", "tea", journal.Tea, "oz"},
		{"15 ml kratom extract", "kratom extract", journal.ExtractLiquid, "mL"},
		{"1 extract tablet", "extract", journal.ExtractTablet, "tablet"},
		{"1 can kratom seltzer", "kratom seltzer", journal.Drink, "can"},
		{"5 mg mgm-15", "MGM-15", journal.OtherForm, ""},
	} {
		r := Parse(c.line, Context{Now: now})
		if len(r.Entries) != 1 || r.Entries[0].NewProduct == nil {
			t.Errorf("%q: no new product in %+v", c.line, r)
			continue
		}
		p := r.Entries[0].NewProduct
		unit := ""
		if len(p.Units) > 0 {
			unit = p.Units[0].Name
		}
		if p.Name != c.name || p.Form != c.form || unit != c.unit {
			t.Errorf("%q: guessed %q, %s, unit %q; want %q, %s, unit %q", c.line, p.Name, p.Form, unit, c.name, c.form, c.unit)
		}
		e := journal.Event{Body: p}
		e.Stamp(now)
		if err := e.Validate(); err != nil {
			t.Errorf("%q: the guess cannot be kept: %v", c.line, err)
		}
	}
	if r := Parse("2 caps", Context{Now: now}); r.Entries[0].NewProduct != nil {
		t.Error("a dose without a name must not propose a product")
	}
}

func TestLongLine(t *testing.T) {
	r := Parse(strings.Repeat("3 g green leaf, ", 200), Context{Now: time.Now()})
	if len(r.Entries) != 0 || len(r.Asks) != 1 || r.Asks[0].Key != "quick.ask.too_long" {
		t.Errorf("a line beyond the limit must be one question, got %d entries and %v", len(r.Entries), r.Asks)
	}
}

// TestEmptyJSON: entries and asks are arrays whatever happens.
func TestEmptyJSON(t *testing.T) {
	raw, err := Result{}.JSON(catalogue("").say)
	if err != nil || string(raw) != `{"entries":[],"asks":[]}` {
		t.Errorf("got %s, %v", raw, err)
	}
}

// TestEitherNumber: a number with two readings is asked about where the
// language leaves both open, and read where it does not.
func TestEitherNumber(t *testing.T) {
	now := time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		language, line string
		amount         float64 // 0 for a question
	}{
		{"", "1,500 mg", 1500}, {"", "1.500 g", 1.5}, {"en-US", "2,500 mg", 2500}, {"es", "1,500 mg", 0}, {"es", "1.500 mg", 0},
		{"es-MX", "1,500 mg", 1500}, {"es-ES", "1.500 mg", 1500}, {"es-ES", "1,500 g", 1.5}, {"es", "2,5 g", 2.5}, {"es", "2.5 g", 2.5},
	} {
		r := Parse(c.line, Context{Now: now, Language: c.language})
		if asked := len(r.Asks) == 1 && len(r.Entries) == 0; asked != (c.amount == 0) || !asked && r.Entries[0].Event.Dose().Amount != c.amount {
			t.Errorf("%s, %q: %+v", c.language, c.line, r)
		}
	}
}
