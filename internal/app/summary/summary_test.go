package summary_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/summary"
	"github.com/evenkeel/evenkeel/internal/app/summary/print"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/journal"
)

var evening = time.Date(2026, 11, 22, 19, 40, 0, 0, time.FixedZone("", -5*3600))

// diary folds events into a reading.
type diary struct {
	f journal.Fold
	n byte
}

// add writes an entry of so many days ago, at that hour.
func (d *diary) add(daysAgo, hour int, p journal.Payload) journal.ID {
	d.n++
	id := journal.ID{14: 1, 15: d.n}
	day := evening.AddDate(0, 0, -daysAgo)
	e := journal.Event{At: time.Date(day.Year(), day.Month(), day.Day(), hour, 0, 0, 0, day.Location()), Body: p}
	e.Stamp(e.At)
	d.f.Apply(id, e)
	return id
}

// A change of which nobody ticked that it goes on is not said to be over.
func TestAChangeThatIsNotTicked(t *testing.T) {
	d := new(diary)
	d.add(1, 10, &journal.BodyChange{Change: "dark_urine"})
	doc, err := summary.Make(d.f.Journal(), evening, english(t), []string{"changes"})
	if err != nil {
		t.Fatal(err)
	}
	if text := said(t, doc); !regexp.MustCompile(`(?m)^ +Dark urine +not known +not ticked +2026-11-21$`).MatchString(text) {
		t.Errorf("it says:\n%s", text)
	}
}

func english(t *testing.T) *locale.Catalogue {
	t.Helper()
	texts, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	return texts.English()
}

// said is a sheet in words.
func said(t *testing.T, d summary.Document) string {
	t.Helper()
	var b strings.Builder
	if err := print.Text(&b, &d); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// week is a journal of nine days, of which six are known:
//
//	days ago  9  8  7  6  5  4  3  2  1  today
//	tablets   1  2  -  3  0  -  2  2  -  1
//
// Each tablet holds 15 mg of 7-OH by its label, which labels of 7-OH tablets
// exceed or fall short of by what was measured.
func week() *diary {
	var d diary
	p := d.add(9, 7, &journal.Product{Name: "blue", Form: journal.SevenOH, OtherAlkaloids: []string{"pseudoindoxyl"},
		Units: []journal.Unit{{Name: "tablet", SevenOH: journal.Content{Basis: journal.Label, Mg: 15}}}})
	for ago, n := range map[int]int{9: 1, 8: 2, 6: 3, 3: 2, 2: 2, 0: 1} {
		for i := range n {
			d.add(ago, 8+i, &journal.Dose{Product: p, ProductName: "blue", Amount: 1, Unit: "tablet"})
		}
	}
	d.add(5, 21, &journal.None{})
	return &d
}

func figures[T any](t *testing.T, d summary.Document, name string) T {
	t.Helper()
	i := slices.IndexFunc(d.Sections, func(s summary.Section) bool { return s.Name == name })
	if i < 0 {
		t.Fatalf("no section %s", name)
	}
	v, ok := d.Sections[i].Data.(T)
	if !ok {
		t.Fatalf("%s is a %T", name, d.Sections[i].Data)
	}
	return v
}

// The known days, oldest first, have 1, 2, 3, 0, 2 and 2 doses: the middle of
// 0 1 2 2 2 3 is 2. Two days are written nothing of, and today is not over: the
// column has nine days, of which 5 have doses, 1 has none and 3 are not known.
func TestDosesADay(t *testing.T) {
	d, err := summary.Make(week().f.Journal(), evening, english(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	periods := figures[summary.Doses](t, d, "doses").Periods
	if len(periods) != 1 {
		t.Fatalf("%d columns for a journal of nine days, want one", len(periods))
	}
	p := periods[0]
	if p.Days != 9 || p.WithDoses != 5 || p.None != 1 || p.Unknown != 3 {
		t.Errorf("days: %+v", p)
	}
	if p.Doses == nil || *p.Doses != (summary.Spread{Median: 2, Low: 0, High: 3, N: 6}) {
		t.Errorf("doses a day: %+v", p.Doses)
	}
	if len(p.Amounts) != 1 || *p.Amounts[0].ADay != (summary.Spread{Median: 2, Low: 0, High: 3, N: 6}) {
		t.Errorf("amounts a day: %+v", p.Amounts)
	}
	if p.SevenOH == nil || p.SevenOH.Low != 0 || p.SevenOH.N != 6 || p.Mitragynine.High != 0 {
		t.Errorf("mg a day: %+v, %+v", p.SevenOH, p.Mitragynine)
	}
	text := said(t, d)
	for _, want := range []string{"The 9 days so far", "2 (0–3)", "15 mg 7-OH in 1 tablet; names pseudoindoxyl", "Last dose written down: 1 tablet blue, Sunday, November 22, 8:00 AM."} {
		if !strings.Contains(text, want) {
			t.Errorf("does not say %q:\n%s", want, text)
		}
	}
}

// A day with a dose that nobody knows the strength of is in the doses and not in
// the mg.
func TestADayOfUnknownStrengthIsSaid(t *testing.T) {
	d := week()
	d.add(2, 20, &journal.Dose{ProductName: "from a friend", Amount: 1, Unit: "piece"})
	made, err := summary.Make(d.f.Journal(), evening, english(t), []string{"doses"})
	if err != nil {
		t.Fatal(err)
	}
	p := figures[summary.Doses](t, made, "doses").Periods[0]
	if p.Doses.N != 6 || p.SevenOH.N != 5 || p.Strengthless != 1 {
		t.Errorf("%+v, %+v, %d", p.Doses, p.SevenOH, p.Strengthless)
	}
	if !strings.Contains(said(t, made), "1 day with a dose of unknown strength is not in the mg.") {
		t.Error("the day that is left out is not said")
	}
}

// Only what is ticked stands on the sheet, in its order; ids, concentrations and
// the words of notes stand nowhere.
func TestOnlyWhatIsTicked(t *testing.T) {
	d := week()
	rough := 7
	d.add(1, 9, &journal.CheckIn{Rough: &rough, Note: "zzsecretzz", Symptoms: map[journal.Symptom]int{"anxiety": 3, "yawning": 0}})
	d.add(1, 10, &journal.Substance{Class: "alcohol", Name: "wine", Note: "zzsecretzz"})
	d.add(40, 10, &journal.Substance{Class: "alcohol", Name: "beer"})
	d.add(1, 10, &journal.BodyChange{Change: "itch", Since: "2026-11-01", Ongoing: true, Note: "zzsecretzz"})
	d.add(1, 11, &journal.Question{Text: "Is it my liver?"})
	d.add(1, 11, &journal.Question{Text: "zzaskedzz", Asked: true})
	all, err := summary.Make(d.f.Journal(), evening, english(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	whole := string(text) + said(t, all)
	for _, never := range []string{"zzsecretzz", "zzaskedzz", "nM"} {
		if strings.Contains(whole, never) {
			t.Errorf("says %q", never)
		}
	}
	if id := regexp.MustCompile(`[0-9a-f]{32}`).FindString(whole); id != "" {
		t.Errorf("an id: %s", id)
	}
	for _, want := range []string{"Is it my liver?", "Always answered with 0: yawning.", "2026-11-01"} {
		if !strings.Contains(whole, want) {
			t.Errorf("does not say %q", want)
		}
	}
	s := figures[[]summary.Substance](t, all, "substances")
	if len(s) != 1 || s[0].Short != 1 || s[0].Long != 2 || !slices.Equal(s[0].Names, []string{"wine", "beer"}) {
		t.Errorf("substances: %+v", s)
	}
	some, err := summary.Make(d.f.Journal(), evening, english(t), []string{"questions", "felt"})
	if err != nil || len(some.Sections) != 2 || some.Sections[0].Name != "felt" {
		t.Errorf("%v, %v", some.Sections, err)
	}
	if _, err := summary.Make(d.f.Journal(), evening, english(t), []string{"diagnosis"}); !fault.Is(err, fault.Invalid) {
		t.Errorf("a part that there is not: %v", err)
	}
}

// A journal that holds nothing says so, and never that there was nothing.
func TestAnEmptyJournalSaysWhatIsNotKnown(t *testing.T) {
	var f journal.Fold
	d, err := summary.Make(f.Journal(), evening, english(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	text := said(t, d)
	for _, want := range []string{"no entry so far", "No dose was written down", "not known", "That is not the same as none"} {
		if !strings.Contains(text, want) {
			t.Errorf("does not say %q:\n%s", want, text)
		}
	}
}
