package summary_test

import (
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/internal/app/summary"
	"github.com/evenkeel/evenkeel/journal"
)

// The newest scores and the list of medicines stand on the sheet; a medicine
// that was stopped does not.
func TestAnswersAndMedicines(t *testing.T) {
	d := new(diary)
	all := map[string]int{}
	for _, i := range []string{"1", "2", "3", "4", "5", "6", "7", "8"} {
		all[i] = 1
	}
	all["9"] = 2
	d.add(40, 9, &journal.Screening{Instrument: "phq9", Version: 1, Answers: map[string]int{"1": 3}, Finished: true})
	d.add(3, 9, &journal.Screening{Instrument: "phq9", Version: 1, Answers: all, Finished: true})
	d.add(9, 9, &journal.Medicine{Name: "sertraline", Class: "antidepressant"})
	d.add(9, 10, &journal.Medicine{Name: "tramadol", Class: "opioid", Stopped: true})
	doc, err := summary.Make(d.f.Journal(), evening, english(t), []string{"answers", "medicines"})
	if err != nil {
		t.Fatal(err)
	}
	text := said(t, doc)
	for _, want := range []string{"Low mood: 10 of 27, moderate", "2026-11-19", "sign of danger", "not from people who use kratom", "sertraline", "For mood"} {
		if !strings.Contains(text, want) {
			t.Errorf("does not say %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "tramadol") || strings.Contains(text, "Anxiety (GAD-7)") {
		t.Errorf("says what was stopped or never asked:\n%s", text)
	}
}
