package web_test

import (
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/journal"
)

// Where most doses are of unknown strength the page asks the one question that
// helps, and the answer is taken where it is asked.
func TestTheStrengthIsAskedAndAnsweredInPlace(t *testing.T) {
	s := newSite(t, 0)
	id, _, err := record.Product(t.Context(), s.app, journal.ID{}, journal.Product{Name: "white tablet", Form: journal.SevenOH, Units: []journal.Unit{{Name: "tablet"}}})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 12 {
		e := journal.Event{At: evening.Add(-time.Duration(6*i+1) * time.Hour), Body: &journal.Dose{Product: id, ProductName: "white tablet", Amount: 1, Unit: "tablet"}}
		if _, err := record.New(t.Context(), s.app, e); err != nil {
			t.Fatal(err)
		}
	}
	s.contains(s.want(200, s.get("/body")), "What does the label say, in mg?", `action="/strength"`, "unknown strength")
	if strings.Contains(s.get("/body").body, "fan-level") {
		t.Error("a level is drawn out of guesses")
	}
	s.want(422, s.post("/strength", "product", id.String(), "mg", "lots"))
	s.want(422, s.post("/strength", "product", id.String(), "mg", "-3"))
	s.contains(s.want(200, s.post("/strength", "product", id.String(), "mg", "15")), "white tablet")
	p, ok := s.journal().Product(id)
	if !ok || p.Units[0].SevenOH.Mg != 15 || p.Units[0].SevenOH.Basis != journal.Label {
		t.Fatalf("%+v", p)
	}
	s.contains(s.get("/body"), "fan-level")
	if r := s.get("/body"); strings.Contains(r.body, `action="/strength"`) {
		t.Error("it asks again")
	}
}
