package main

import (
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"testing"

	"github.com/evenkeel/evenkeel/pkpd"
)

var full = flag.Bool("full", false, "fit again from the tables (five minutes of one core) and compare every byte")

// The model passes every published figure, and the committed report is what the
// committed parameters give.
func TestModelMeetsThePublishedFigures(t *testing.T) {
	pop := pkpd.Prior()
	r, err := measure(&pop)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Figures {
		if !f.Passes {
			t.Errorf("%s: model %g, published %s, passes within %g to %g", f.ID, f.Model, f.Published, f.Low, f.High)
		}
	}
	for _, a := range r.Anchors { // what the family may not lose, whatever is added to it
		switch limit := map[string]float64{"seven.mild": 0.5, "seven.heavier": 0.5, "taper10.seven": 0.3}[a.ID]; {
		case limit > 0 && a.Mean < limit:
			t.Errorf("%s: %g of people, want more than %g", a.ID, a.Mean, limit)
		case (a.ID == "tea.hours" || a.ID == "control.none") && a.Mean > 0.1:
			t.Errorf("%s: %g of people, want hardly anyone", a.ID, a.Mean)
		}
	}
	data, err := os.ReadFile("../../docs/science/report.json")
	if err != nil {
		t.Fatal(err)
	}
	var committed report
	if err := json.Unmarshal(data, &committed); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(&committed, r) {
		t.Error("docs/science/report.json is out of date: go run ./tools/calibrate -report")
	}
}

// The committed parameters were made from the committed tables.
func TestParametersComeFromTheTables(t *testing.T) {
	want, err := inputHash()
	if err != nil {
		t.Fatal(err)
	}
	if got := pkpd.Standard().Inputs; got != want {
		t.Errorf("parameters.json was made from other tables or starting values: go run ./tools/calibrate")
	}
	if !*full {
		return
	}
	l, learned, err := calibrate()
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(l, pkpd.Standard()) {
		t.Error("fitting again gives other parameters than the committed ones")
	}
	data, err := os.ReadFile("../../docs/science/family.json")
	if err != nil {
		t.Fatal(err)
	}
	var committed familyReport
	if err := json.Unmarshal(data, &committed); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(&committed, learned) {
		t.Error("docs/science/family.json is out of date: go run ./tools/calibrate")
	}
}
