package plan

import (
	"time"

	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/journal/quick"
)

// kindOf is what a typed product is by its name and the unit it is counted in, as
// quick entry would guess it for the list; nil where they say nothing certain.
func kindOf(name, unit string) *journal.Product {
	if unit == "mg" && journal.NamesSevenOH(name) {
		return nil // milligrams of 7-OH are their own content
	}
	for _, language := range []string{"en", "es"} {
		r := quick.Parse("1 "+unit+" "+name, quick.Context{Language: language, Now: time.Unix(0, 0).UTC()})
		if len(r.Asks) > 0 || len(r.Entries) == 0 {
			continue
		}
		one := r.Entries[0]
		d := one.Event.Dose()
		if d == nil || one.Unsure || one.NewProduct == nil || one.NewProduct.Form == journal.OtherForm {
			continue
		}
		p := *one.NewProduct
		p.Name = name
		if len(p.Units) > 0 && p.Units[0].Name == d.Unit {
			p.Units[0].Name = unit // "grams" is g, and stays as typed
		}
		return &p
	}
	return nil
}
