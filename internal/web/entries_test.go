package web_test

import (
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/journal"
)

// A dose outlives its product: correcting its amount takes neither the name it
// had nor the product it is of.
func TestAnEntryOfADeletedProductKeepsIt(t *testing.T) {
	s := newSite(t, 0)
	id, _, err := record.Product(t.Context(), s.app, journal.ID{}, journal.Product{Name: "blue tablet", Form: journal.SevenOH, Units: []journal.Unit{{Name: "tablet"}}})
	if err != nil {
		t.Fatal(err)
	}
	s.want(200, s.post("/new/dose", "product", id.String(), "amount", "1"))
	s.want(200, s.post("/new/history", "product", id.String(), "per_day", "3", "days", "2", "span", "years"))
	s.want(200, s.post("/new/spending", "product", id.String(), "amount", "30", "currency", "USD"))
	s.want(200, s.post("/products/"+id.String()+"/delete"))
	option := `<option value="` + id.String() + `" selected>`
	for _, c := range []struct {
		kind  journal.Kind
		shown string
		typed []string
	}{
		{journal.KindDose, "blue tablet", []string{"amount", "2", "unit", "tablet"}},
		{journal.KindPriorUse, "blue tablet", []string{"per_day", "4", "unit", "tablet", "days", "2", "span", "years"}},
		{journal.KindSpending, "A product that you deleted", []string{"amount", "40", "currency", "USD"}},
	} {
		path := "/entries/" + s.last(c.kind).ID.String()
		s.contains(s.want(200, s.get(path)), option+c.shown+"</option>")
		// A form that was refused keeps the choice as well.
		s.contains(s.want(422, s.post(path, append([]string{"product", id.String(), "at", "soon"}, c.typed...)...)), option+c.shown+"</option>")
		s.want(200, s.post(path, append([]string{"product", id.String()}, c.typed...)...))
	}
	if d := s.last(journal.KindDose).Dose(); d.Product != id || d.ProductName != "blue tablet" || d.Amount != 2 {
		t.Errorf("the dose is %+v", d)
	}
	if u := s.last(journal.KindPriorUse).PriorUse(); u.Product != id || u.ProductName != "blue tablet" || u.PerDay != 4 {
		t.Errorf("the use before is %+v", u)
	}
	if m := s.last(journal.KindSpending).Spending(); m.Product != id || m.Amount != 40 {
		t.Errorf("the spending is %+v", m)
	}
	// It is no choice for anything new.
	if r := s.get("/new/dose"); strings.Contains(r.body, id.String()) {
		t.Error("a new dose offers the deleted product")
	}
	s.contains(s.want(422, s.post("/new/dose", "product", id.String(), "amount", "1", "unit", "tablet")), "not in your list any more")
}

// "1,500" is a thousand and a half times more than 1.5: English says which is
// meant, Spanish is asked, and what the form shows can be sent back.
func TestAFormReadsNumbersInThePagesLanguage(t *testing.T) {
	s := newSite(t, 0)
	s.want(200, s.post("/new/dose", "product_name", "leaf", "amount", "1,500", "unit", "mg"))
	if d := s.last(journal.KindDose).Dose(); d.Amount != 1500 {
		t.Fatalf("1,500 was saved as %v", d.Amount)
	}
	spanish := "es"
	if err := record.Settings(t.Context(), s.app, journal.Settings{Language: &spanish}); err != nil {
		t.Fatal(err)
	}
	r := s.want(422, s.post("/new/dose", "product_name", "leaf", "amount", "1,500", "unit", "mg"))
	s.contains(r, "1500", "1,5", `id="f-amount"`, `aria-invalid="true"`, `value="1,500"`)
	s.clock.set(s.clock.now.Add(time.Minute))
	s.want(200, s.post("/new/dose", "product_name", "leaf", "amount", "1,3750", "unit", "g"))
	path := "/entries/" + s.last(journal.KindDose).ID.String()
	s.contains(s.get(path), `value="1.3750"`)
	s.want(200, s.post(path, "product_name", "leaf", "amount", "1.3750", "unit", "g"))
	if d := s.last(journal.KindDose).Dose(); d.Amount != 1.375 {
		t.Errorf("1.375 came back as %v", d.Amount)
	}
}
