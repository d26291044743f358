package plan

import (
	"slices"
	"testing"

	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/taper"
)

func TestNoPlanForAnotherDrug(t *testing.T) {
	for name, want := range map[string]taper.Flag{
		"Xanax": "benzodiazepines", "diazepam": "benzodiazepines", "clonazepam": "benzodiazepines", "my Klonopin": "benzodiazepines",
		"vodka": "alcohol", "cerveza": "alcohol", "beer": "alcohol",
		"oxycodone": "opioids", "methadone": "opioids", "Suboxone": "opioids", "tramadol 50 mg": "opioids", "heroína": "opioids",
		"leaf": "", "7-OH": "", "green maeng da": "", "Opia tablets": "", "te verde kratom": "", "OPMS gold": "", "hojas": "", "extract": "", "7ohmz": "",
	} {
		if got, ok := otherWay(name); got != want || ok != (want != "") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// A step on the first day is said, as the last one is: it may be the largest.
func TestAStepOnTheFirstDayIsSaid(t *testing.T) {
	start := taper.Start{ProductName: "leaf", Unit: "g", Grain: 0.5, Day: taper.Pattern{{Minute: 480, Grains: 8}}}
	for _, c := range []struct {
		rows []taper.Row
		want string
	}{
		{[]taper.Row{{Day: 0, Amount: 4}, {Day: 7, Amount: 3}}, ""},
		{[]taper.Row{{Day: 0, Amount: 0.5}, {Day: 7, Amount: 0}}, "way.say.first_step"},
		{[]taper.Row{{Day: 0, Amount: 0}}, "way.say.first_none"},
	} {
		s, err := taper.Lay(start, 0, taper.Pace{Strategy: taper.Table, Rows: c.rows}, 0)
		if err != nil {
			t.Fatal(err)
		}
		got := keys(Say(&outlook.Paces{Start: start, Guessed: true}, &outlook.Way{Schedule: s}))
		for _, key := range []string{"way.say.first_step", "way.say.first_none"} {
			if slices.Contains(got, key) != (key == c.want) {
				t.Errorf("%v: %v", c.rows, got)
			}
		}
	}
}
