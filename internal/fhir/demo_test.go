package fhir

import (
	"crypto/rand"
	"maps"
	"slices"
	"testing"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/instrument"
	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/app/share"
	"github.com/evenkeel/evenkeel/internal/app/summary"
	"github.com/evenkeel/evenkeel/internal/demo"
	"github.com/evenkeel/evenkeel/internal/store/memory"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/journal"
)

// life is what the made-up person shares of their half year, everything ticked, with
// every questionnaire answered the evening before.
func life(t testing.TB, language string) care.Projection {
	t.Helper()
	clock := &place.Clock{Time: place.Evening}
	a := app.New(app.Config{Store: memory.Open(), Device: new(memory.Keys), Clock: clock, IDs: place.IDs{}, Random: rand.Reader})
	for _, err := range []error{a.Open(t.Context()), demo.Fill(t.Context(), a, 1, 180)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, in := range instrument.All() {
		answers := map[string]int{}
		for _, i := range in.Items {
			if i.When.Open(answers) {
				answers[i.ID] = slices.Max(in.Values(i))
			}
		}
		if in.Journal == "" && len(answers) > 0 {
			if _, err := record.New(t.Context(), a, journal.Event{At: place.Evening.AddDate(0, 0, -1), Body: &journal.Screening{Instrument: in.ID, Version: in.Version, Answers: answers, Finished: true}}); err != nil {
				t.Fatal(err)
			}
		}
	}
	s := &share.Sharing{App: a, Texts: texts(t)}
	p, err := s.Preview(t.Context(), &share.Draft{
		Form: "link", Recipient: "River Clinic", RecipientKind: "program", Patient: "Sam", Parts: journal.SharedParts, Sections: summary.Names(),
		Purposes: []string{"care"}, Until: "2026-12-24", Language: language,
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// A whole life, half a year of it, comes to what its parts come to.
func TestAWholeLife(t *testing.T) {
	p := life(t, "en")
	counts := map[string]int{}
	for _, e := range read(t, written(t, p, "en")).Entry {
		counts[e.Resource["resourceType"].(string)]++
	}
	amounts := 0
	for _, d := range p.Trends {
		amounts += len(d.Amounts)
	}
	want := map[string]int{
		"Composition": 1, "Patient": 1, "Organization": 1, "Consent": 1, "Provenance": 1, "AuditEvent": 1,
		"Observation": 1 + len(p.Scores) + len(p.Trends), "QuestionnaireResponse": len(p.Answers), "MedicationStatement": amounts, "Flag": len(p.Flags),
	}
	if p.Plan != nil {
		want["CarePlan"], want["Goal"] = 1, 1
		want["Observation"]++
	}
	maps.DeleteFunc(want, func(_ string, n int) bool { return n == 0 })
	if !maps.Equal(counts, want) {
		t.Errorf("%v, want %v", counts, want)
	}
	if len(p.Trends) < 180 || len(p.Answers) < 10 || amounts < 100 || len(p.Flags) == 0 {
		t.Errorf("%d days, %d questionnaires, %d amounts, %d flags: not much of a life", len(p.Trends), len(p.Answers), amounts, len(p.Flags))
	}
}
