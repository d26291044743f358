package summary_test

import (
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/internal/app/summary"
	"github.com/evenkeel/evenkeel/journal"
)

// The clinician sees the steps from today on and how it went; of a plan on hold
// the amount that it has; and beside what needs them first no amount at all.
func TestThePlanOnTheSheet(t *testing.T) {
	p := journal.Plan{Change: "begun", ProductName: "leaf", Unit: "g", Grain: 0.5, Begins: "2026-11-12", Steps: []journal.PlanStep{
		{Day: 0, Doses: []journal.PlanDose{{Minute: 480, Amount: 9}}}, {Day: 7, Doses: []journal.PlanDose{{Minute: 480, Amount: 7.5}}},
		{Day: 14, Doses: []journal.PlanDose{{Minute: 480, Amount: 4}}}, {Day: 21}}}
	held := p
	held.Change, held.Held = "held", "2026-11-21"
	sheet := func(d *diary) (string, *summary.WayDown) {
		t.Helper()
		doc, err := summary.Make(d.f.Journal(), evening, english(t), []string{"plan"})
		if err != nil {
			t.Fatal(err)
		}
		return said(t, doc), doc.Sections[0].Data.(*summary.WayDown)
	}
	d := new(diary)
	if text, w := sheet(d); w != nil || !strings.Contains(text, "There is no plan") {
		t.Errorf("without one:\n%s", text)
	}
	d.add(11, 8, &p)
	d.add(2, 8, &journal.Dose{ProductName: "leaf", Amount: 7, Unit: "g"})
	text, w := sheet(d)
	// Today is the 22nd, day 10.
	if len(w.Steps) != 3 || w.Steps[0] != (summary.WayDownStep{From: "2026-11-19", Amount: 7.5}) || w.Steps[2].Amount != 0 {
		t.Errorf("%+v", w.Steps)
	}
	for _, want := range []string{"by the person with their own numbers", "7½ g", "none", "came down from 9 g a day to 7½ g", "At or under plan on 1 of 1 day"} {
		if !strings.Contains(strings.Join(strings.Fields(text), " "), want) {
			t.Errorf("it does not say %q:\n%s", want, text)
		}
	}
	d.add(1, 8, &held)
	if text, _ := sheet(d); !strings.Contains(text, "on hold since") || strings.Contains(text, "4 g") {
		t.Errorf("on hold:\n%s", text)
	}
	// Held since the day before its step, four days ago, it still has the amount of then.
	long := held
	long.Held = "2026-11-18"
	d.add(0, 7, &long)
	if _, w := sheet(d); len(w.Steps) != 1 || w.Steps[0].Amount != 9 {
		t.Errorf("long on hold: %+v", w.Steps)
	}
	d.add(0, 8, &journal.BodyChange{Change: "seizure"})
	if text, w := sheet(d); len(w.Steps) > 0 || strings.Contains(text, " g") || !strings.Contains(text, "I have had seizures") {
		t.Errorf("beside a seizure:\n%s", text)
	}
}

// What a plan that begins tomorrow with a step came from is no step of it.
func TestAPlanThatBeginsTomorrowOnTheSheet(t *testing.T) {
	d := new(diary)
	d.add(0, 8, &journal.Plan{Change: "begun", ProductName: "leaf", Unit: "g", Grain: 0.5, Begins: "2026-11-23", Steps: []journal.PlanStep{
		{Day: -7, Doses: []journal.PlanDose{{Minute: 480, Amount: 9}}}, {Day: 0, Doses: []journal.PlanDose{{Minute: 480, Amount: 7.5}}}, {Day: 7}}})
	doc, err := summary.Make(d.f.Journal(), evening, english(t), []string{"plan"})
	if err != nil {
		t.Fatal(err)
	}
	w := doc.Sections[0].Data.(*summary.WayDown)
	if len(w.Steps) != 2 || w.Steps[0] != (summary.WayDownStep{From: "2026-11-23", Amount: 7.5}) {
		t.Errorf("%+v", w.Steps)
	}
}
