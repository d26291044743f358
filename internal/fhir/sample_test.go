package fhir

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/journal"
)

func ptr[T any](v T) *T { return &v }

var made = time.Date(2026, 11, 24, 18, 30, 0, 0, time.FixedZone("", -5*3600))

// sample is a share with every part, with a day of each state and with text that has
// to be escaped.
func sample() care.Projection {
	return care.Projection{
		Version: 1, Number: 3, Made: made, Language: "en",
		Consent: journal.Consent{
			Patient: "Sam <Rivers>", Discloser: "Sam Rivers", Parts: []string{"contact", "scores", "answers", "trends", "plan", "flags", "sheet"},
			Sections: []string{"use"}, Days: 30, Recipient: "River Clinic", RecipientKind: "program", Purposes: []string{"care", "other"}, Purpose: "my treatment & follow-up",
			Until: "2027-05-24", Rules: "us-42cfr2-2024-04-16", Language: "en", Signed: "Sam Rivers", SignedAt: made.Add(-time.Hour),
			Stated: []journal.Statement{{Element: "revoke", Text: "You can take this back."}},
		},
		Notice:  "42 CFR part 2 prohibits unauthorized use or disclosure of these records.",
		Contact: &care.Contact{LastEntry: "2026-11-23"},
		Scores: []care.Score{
			{Instrument: "phq9", Version: 1, Day: "2026-11-20", Name: "total", Value: ptr(11.0), Said: "11 of 27"},
			{Instrument: "sds", Version: 1, Day: "2026-11-20", Name: "total", Value: ptr(0.0), Said: "0 of 15"},
			{Instrument: "gad7", Version: 1, Day: "2026-11-21", Name: "total", Said: "too much was left out"},
		},
		Answers: []care.Answered{
			{Instrument: "phq9", Version: 1, At: made.Add(-96 * time.Hour), Answers: map[string]int{"1": 2, "2": 0, "9": 1, "difficulty": 1}, Finished: false},
			{Instrument: "peg", Version: 99, At: made.Add(-90 * time.Hour), Answers: map[string]int{"pain": 4}, Finished: true},
		},
		Trends: []care.Day{
			{Date: "2026-11-21", State: "unknown"},
			{Date: "2026-11-22", State: "none", Mitragynine: ptr(0.0), SevenOH: ptr(0.0), Rough: ptr(6.5), Craving: ptr(0.0), SleepHours: ptr(5.5), Planned: ptr(3.0)},
			{Date: "2026-11-23", State: "doses", Doses: 3, Amounts: []care.Amount{
				{Product: "green leaf", Form: "leaf_powder", Amount: 4.5, Unit: "g"}, {Product: "<b>shot</b>\x07", Form: "seven_oh", Amount: 1, Unit: "tablet"},
			}, Mitragynine: ptr(67.5), Rough: ptr(3.0)},
		},
		Plan: &care.Plan{
			Product: "green leaf", Unit: "g", Begins: "2026-11-17", Day: 7, OverDays: 1, KnownDays: 5,
			Steps: []journal.PlanStep{
				{Day: 0, Doses: []journal.PlanDose{{Minute: 480, Amount: 3}, {Minute: 1200, Amount: 2}}},
				{Day: 7, Doses: []journal.PlanDose{{Minute: 480, Amount: 2.5}, {Minute: 1200, Amount: 1.5}}},
				{Day: 14},
			},
		},
		Flags: []care.Flag{{Rule: "SR-01", Sign: "self_harm", Day: "2026-11-20", Said: "An answer about thoughts of being better off dead."}},
		Sheet: []care.Section{{Name: "use", Title: "Use", Blocks: []care.Block{
			{Text: "What was taken."}, {List: []string{"one", "two"}}, {Columns: []string{"Day", "g"}, Rows: [][]string{{"2026-11-23", "4.5"}}},
		}}},
	}
}

func texts(t testing.TB) *locale.Texts {
	t.Helper()
	all, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func written(t testing.TB, p care.Projection, tag string) []byte {
	t.Helper()
	p.Language = tag
	b, err := Bundle(p, texts(t))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// parsed is a document as a reader sees it.
type parsed struct {
	ResourceType, Type, Timestamp string
	Identifier                    struct{ Value string }
	Entry                         []struct {
		FullURL  string
		Resource map[string]any
	}
}

func read(t testing.TB, b []byte) parsed {
	t.Helper()
	var p parsed
	if err := json.Unmarshal(b, &p); err != nil {
		t.Fatal(err)
	}
	return p
}

// of are the resources of a type.
func (p parsed) of(kind string) (list []map[string]any) {
	for _, e := range p.Entry {
		if e.Resource["resourceType"] == kind {
			list = append(list, e.Resource)
		}
	}
	return list
}
