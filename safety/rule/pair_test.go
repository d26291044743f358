package rule

import (
	"slices"
	"testing"

	"github.com/evenkeel/evenkeel/journal"
)

func TestPairs(t *testing.T) {
	for _, p := range Pairs() {
		if len(p.Sources) == 0 || len(p.Substances)+len(p.Medicines) == 0 || !slices.Contains([]string{"deaths", "trial", "cases", "warning", "unknown"}, p.Strength) {
			t.Errorf("%s: no source, nothing it is about, or no strength", p.ID)
		}
	}
}

// Beer two hours before a dose counts on its day; beer a day apart does not,
// nor does coffee; a medicine counts while it is on the list.
func TestCoUse(t *testing.T) {
	var f journal.Fold
	n := byte(0)
	add := func(h float64, body journal.Payload) {
		n++
		e := at(h, body).Event
		e.Stamp(e.At)
		f.Apply(journal.ID{15: n}, e)
	}
	add(-2, &journal.Substance{Class: "alcohol"})
	add(0, &journal.Dose{Amount: 1, Unit: "g"})
	add(-48, &journal.Substance{Class: "alcohol"})
	add(-1, &journal.Substance{Class: "stimulant"})
	add(-90, &journal.Medicine{Name: "a", Class: "antidepressant"})
	add(-90, &journal.Medicine{Name: "b", Class: "opioid", Stopped: true})
	for _, c := range CoUse(f.Journal(), "2026-11-10", "2026-11-24") {
		days, taken := 0, 0
		switch c.ID {
		case "alcohol":
			days = 1
		case "mood":
			taken = 1
		}
		if len(c.Days) != days || len(c.Taken) != taken {
			t.Errorf("%s: days %v, %d medicines", c.ID, c.Days, len(c.Taken))
		}
	}
}
