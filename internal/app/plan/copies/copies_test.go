package copies

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"
	"pgregory.net/rapid"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/journal"
)

// book is a journal in New York, where the clock goes from 2 to 3 on 8 March 2026.
type book struct {
	t    *testing.T
	fold journal.Fold
	n    byte
}

var newYork = func() *time.Location {
	l, err := time.LoadLocation("America/New_York")
	if err != nil {
		panic(err)
	}
	return l
}()

func on(day, hour int) time.Time { return time.Date(2026, 3, day, hour, 0, 0, 0, newYork) }

func (b *book) add(at time.Time, body journal.Payload) {
	b.n++
	e := journal.Event{At: at, Body: body}
	e.Stamp(at)
	b.fold.Apply(journal.ID{b.n}, e)
}

// plan is 8 g a day from the 6th, one dose of it in the hour that there is not on
// the 8th; 4 g from the 9th, none from the 13th.
func plan() *journal.Plan {
	return &journal.Plan{Change: "begun", ProductName: "=green, leaf", Unit: "g", Grain: 0.5, Begins: "2026-03-06", Steps: []journal.PlanStep{
		{Day: 0, Doses: []journal.PlanDose{{Minute: 150, Amount: 4}, {Minute: 1200, Amount: 4}}},
		{Day: 3, Doses: []journal.PlanDose{{Minute: 150, Amount: 4}}},
		{Day: 7}}}
}

func copyOf(t *testing.T, b *book, now time.Time) *Copy {
	t.Helper()
	texts, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	c, err := Of(b.fold.Journal(), now, texts.Match("en"))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTheSheet(t *testing.T) {
	b := &book{t: t}
	b.add(on(5, 12), plan())
	c := copyOf(t, b, on(5, 13))
	d := c.Sheet()
	steps := d.Sections[0].Data.([]Step)
	if len(steps) != 3 || steps[0].From != "2026-03-06" || steps[0].To != "2026-03-08" || steps[0].Amount != 8 || steps[1].To != "2026-03-12" || steps[1].Amount != 4 || steps[2].To != "" || steps[2].Amount != 0 {
		t.Errorf("%+v", steps)
	}
	// Three days of 8 and four of 4.
	if weeks := d.Sections[1].Data.([]Week); !slices.Equal(weeks, []Week{{"2026-03-06", 7, 40}}) {
		t.Errorf("%+v", weeks)
	}
	// From the middle of it, what is left: one day of 8, four of 4.
	if weeks := copyOf(t, b, on(8, 13)).weeks(); !slices.Equal(weeks, []Week{{"2026-03-08", 5, 24}}) {
		t.Errorf("%+v", weeks)
	}
	held := plan()
	held.Change, held.Held = "held", "2026-03-10"
	b.add(on(10, 12), held)
	late := copyOf(t, b, on(12, 13))
	if weeks := late.weeks(); len(weeks) != 4 || weeks[0].Amount != 28 {
		t.Errorf("on hold: %+v", weeks)
	}
	if s := late.Sheet().Sections[0].Data.([]Step); len(s) != 1 || s[0].To != "" {
		t.Errorf("on hold: %+v", s)
	}
	for _, word := range []string{"must", "should", "failure"} {
		for _, s := range d.Sections {
			for _, block := range s.Blocks {
				if strings.Contains(block.Text+strings.Join(block.List, " "), word) {
					t.Errorf("%s says %q", s.Name, word)
				}
			}
		}
	}
}

// The calendar is read back by a parser that is not ours: local times that name no
// zone, neutral titles, and no product.
func TestTheCalendar(t *testing.T) {
	b := &book{t: t}
	b.add(on(5, 12), plan())
	var out bytes.Buffer
	if err := copyOf(t, b, on(5, 13)).Calendar(&out); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "leaf") || strings.Contains(out.String(), "TZID") {
		t.Errorf("it names the product, or a zone:\n%s", out.String())
	}
	cal, err := ics.ParseCalendar(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range cal.Events() {
		value := func(p ics.ComponentProperty) string { return e.GetProperty(p).Value }
		got = append(got, strings.Join([]string{value(ics.ComponentPropertyDtStart), value(ics.ComponentPropertyRrule), value(ics.ComponentPropertySummary), value(ics.ComponentPropertyDescription), value(ics.ComponentPropertyDtstamp)}, " | "))
	}
	want := []string{
		"20260306T023000 | FREQ=DAILY;COUNT=3 | Reminder | 4 g | 20260305T180000Z",
		"20260306T200000 | FREQ=DAILY;COUNT=3 | Reminder | 4 g | 20260305T180000Z",
		"20260309T023000 | FREQ=DAILY;COUNT=4 | Reminder | 4 g | 20260305T180000Z",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
}

// Whatever stands in a text, lines end in CRLF, are at most 75 octets, cut no
// character, and the parser reads the text that was written.
func TestCalendarLines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[a-zñ→漢😀,;:\\ "'\n]{0,200}`).Draw(t, "text")
		title := "T" + strings.TrimSpace(text) + "."
		var out bytes.Buffer
		if err := writeCalendar(&out, on(5, 12), "en", []event{{uid: "1", first: on(6, 8), days: 2, title: title, details: title}}); err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(out.String(), "\r\n") || strings.Contains(strings.ReplaceAll(out.String(), "\r\n", ""), "\n") {
			t.Fatal("a line does not end in CRLF")
		}
		for line := range strings.SplitSeq(out.String(), "\r\n") {
			if len(line) > lineOctets {
				t.Fatalf("%d octets", len(line))
			}
			if strings.ToValidUTF8(line, "") != line {
				t.Fatal("a character is cut")
			}
		}
		cal, err := ics.ParseCalendar(bytes.NewReader(out.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		if got := cal.Events()[0].GetProperty(ics.ComponentPropertySummary).Value; got != title {
			t.Fatalf("%q came back as %q", title, got)
		}
	})
}

func TestTheTable(t *testing.T) {
	b := &book{t: t}
	b.add(on(5, 12), plan())
	b.add(on(6, 8), &journal.Dose{ProductName: "=green, leaf", Amount: 9.5, Unit: "g"})
	b.add(on(7, 8), &journal.Dose{ProductName: "=green, leaf", Amount: 2, Unit: "spoon"})
	b.add(on(9, 8), &journal.None{})
	var out bytes.Buffer
	if err := copyOf(t, b, on(9, 13)).CSV(&out); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		Columns,
		{"2026-03-06", "'=green, leaf", "g", "8", "02:30 4; 20:00 4", "9.5", "1.5"},
		{"2026-03-07", "'=green, leaf", "g", "8", "02:30 4; 20:00 4", "", ""}, // spoons
		{"2026-03-08", "'=green, leaf", "g", "8", "02:30 4; 20:00 4", "", ""}, // unknown
		{"2026-03-09", "'=green, leaf", "g", "4", "02:30 4", "0", "0"},
		{"2026-03-10", "'=green, leaf", "g", "4", "02:30 4", "", ""},
	}
	if len(rows) != 1+7+goesOn {
		t.Errorf("%d rows", len(rows))
	}
	for i, w := range want {
		if !slices.Equal(rows[i], w) {
			t.Errorf("row %d: %q", i, rows[i])
		}
	}
}

func TestNoCopyBesideAFlag(t *testing.T) {
	texts, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	b := &book{t: t}
	if _, err := Of(b.fold.Journal(), on(5, 12), texts.Match("en")); !fault.Is(err, fault.NotFound) {
		t.Errorf("without a plan: %v", err)
	}
	b.add(on(5, 12), plan())
	b.add(on(5, 13), &journal.BodyChange{Change: "seizure"})
	if _, err := Of(b.fold.Journal(), on(5, 14), texts.Match("en")); !fault.Is(err, fault.Invalid) {
		t.Errorf("beside a seizure: %v", err)
	}
}
