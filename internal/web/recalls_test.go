package web_test

import (
	"os"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/journal"
)

// A file of recalls that names a product: the page of notices says all of it,
// Today says it once, and nothing ever calls a product safe.
func TestRecalls(t *testing.T) {
	s := newSite(t, 0)
	s.contains(s.want(200, s.get("/recalls")), "No notices were brought here yet")
	file, err := os.ReadFile("../../evidence/recall/testdata/enforcement.json")
	if err != nil {
		t.Fatal(err)
	}
	s.contains(s.want(422, s.upload("/recalls/import", "x.json", `{"results": [`)), "Nothing was changed")
	s.contains(s.want(200, s.upload("/recalls/import", "enforcement.json", string(file))), "3 recalls about kratom or 7-OH were found among 5", "No notice here names one of your products", "does not say that they are safe")
	for _, name := range []string{"Stone Otter", "Otterwell leaf", "green leaf"} {
		id, _, err := record.Product(t.Context(), s.app, journal.ID{}, journal.Product{Name: name, Form: journal.LeafPowder})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := record.New(t.Context(), s.app, journal.Event{Body: &journal.Dose{Product: id, Amount: 2, Unit: "g"}}); err != nil {
			t.Fatal(err)
		}
	}
	r := s.want(200, s.get("/recalls"))
	s.contains(r, "A recall names a product of this name", "F-0001-2020", "Salmonella", "Lot 12, 13", "closed", "A recall may mean this product", "F-0002-2021")
	if strings.Contains(r.body, ">green leaf</h2>") {
		t.Error("a name of common words is matched")
	}
	today := s.want(200, s.get("/"))
	s.contains(today, "A public recall names a product called Stone Otter (FDA F-0001-2020)")
	if strings.Contains(today.body, "Otterwell leaf (FDA") {
		t.Error("Today speaks of a recall that only may be meant")
	}
	s.post("/insight", "id", "recall F-0001-2020", "once", strings.Repeat("a4", 16))
	if r := s.get("/"); strings.Contains(r.body, "A public recall names") {
		t.Error("Today says it again")
	}
	s.contains(s.get("/recalls"), "F-0001-2020")
}
