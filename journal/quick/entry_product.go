package quick

import (
	"slices"
	"strings"

	"github.com/evenkeel/evenkeel/journal"
)

// link finds the product of a dose: by its name, by a unit of the person's
// own, or by a unit that only one product is counted in. It never picks one
// of several.
func (p *entries) link(in *intake) {
	if len(p.own) == 0 || in.class != "" || !in.product.id.IsZero() {
		return
	}
	var found []journal.Entry
	if in.tinted != "" {
		found = p.findProducts(in.tinted)
	}
	if len(found) == 0 && in.name != "" {
		found = p.findProducts(in.name)
	}
	named := in.name != "" && in.name != "kratom"
	if len(found) == 0 && !named {
		found = p.countedIn(in.unit)
		if len(found) > 1 {
			found = p.usual(in, found)
		}
		if len(found) > 1 && !p.ownUnit(in.unit) {
			// "2 caps" with several products in capsules names none.
			return
		}
	}
	if len(found) > 1 && in.unit != "" {
		// The unit tells two products of one name apart.
		if counted := having(found, in.unit); len(counted) == 1 {
			found = counted
		}
	}
	switch {
	case len(found) > 1:
		if in.flaw == sound {
			in.flaw, in.candidate = whichProduct, found
		}
	case len(found) == 1:
		p.setProduct(in, found[0])
	}
}

func (p *entries) setProduct(in *intake, e journal.Entry) {
	in.product = match{e.ID, e.Product().Name}
	// The product's own spelling of the unit, and its unit for a bare count:
	// "2 green leaf" stays a question, "half a blue tablet" does not.
	for _, u := range e.Product().Units {
		name := strings.ToLower(u.Name)
		if name == strings.ToLower(in.unit) || in.tinted != "" && name == in.tinted {
			in.unit = u.Name
		}
	}
	if in.flaw == strangeName {
		in.flaw = sound
		in.check()
	}
}

// countedIn lists the products in use that have the unit.
func (p *entries) countedIn(unit string) []journal.Entry {
	if unit == "" {
		return nil
	}
	var list []journal.Entry
	for _, o := range p.own {
		if !o.entry.Product().PutAway {
			list = append(list, o.entry)
		}
	}
	return having(list, unit)
}

func having(list []journal.Entry, unit string) []journal.Entry {
	var out []journal.Entry
	for _, e := range list {
		if slices.ContainsFunc(e.Product().Units, func(u journal.Unit) bool {
			return strings.EqualFold(u.Name, unit) || strings.EqualFold(singular(u.Name), unit)
		}) {
			out = append(out, e)
		}
	}
	return out
}

// ownUnit reports that a unit is the person's own word and no common one.
func (p *entries) ownUnit(unit string) bool {
	return !p.voc.units[unit]
}

// usual is the one product among them that the person's usual doses have in
// this unit.
func (p *entries) usual(in *intake, among []journal.Entry) []journal.Entry {
	var hit []journal.Entry
	for _, u := range p.ctx.Usuals {
		if !strings.EqualFold(u.Unit, in.unit) || u.Product.IsZero() {
			continue
		}
		for _, e := range among {
			if e.ID == u.Product && !slices.ContainsFunc(hit, func(h journal.Entry) bool { return h.ID == e.ID }) {
				hit = append(hit, e)
			}
		}
	}
	if len(hit) == 1 {
		return hit
	}
	return among
}

// guess describes a product that a dose names for the first time: its name,
// and the form that the words and the unit suggest.
func (v *vocabulary) guess(in *intake, name string) *journal.Product {
	p := &journal.Product{Name: name, Form: v.guessForm(in, name)}
	unit := in.unit
	if slices.Contains(measures, unit) && in.container != "" {
		unit = in.container
	}
	switch {
	case unit == "g":
		p.Units = []journal.Unit{{Name: "g", Grams: 1}}
	case unit != "mg" && unit != "mcg":
		u := journal.Unit{Name: unit}
		content := journal.Content{Basis: journal.Label, Mg: in.eachValue}
		switch {
		case in.eachUnit == "g":
			u.Grams = in.eachValue
		case in.eachUnit == "mg" && p.Form == journal.Capsule:
			u.Grams = in.eachValue / 1000
		case in.eachUnit == "mg" && p.Form == journal.SevenOH:
			u.SevenOH = content
		case in.eachUnit == "mg" && (p.Form == journal.ExtractTablet || p.Form == journal.ExtractLiquid):
			u.Mitragynine = content
		}
		p.Units = []journal.Unit{u}
	}
	return p
}

func (v *vocabulary) guessForm(in *intake, name string) journal.Form {
	words := strings.Fields(name)
	has := func(w word) bool {
		return slices.ContainsFunc(words, func(s string) bool { return v.does(s, w) })
	}
	unit := in.unit
	if in.container != "" {
		unit = in.container
	}
	liquid := unit == "shot" || unit == "mL" || unit == "oz" || unit == "dropper" || unit == "drop" || unit == "bottle" || unit == "vial"
	tablet := unit == "tablet" || unit == "gummy" || unit == "chew" || unit == "pill"
	switch {
	case has(wFormSeven):
		return journal.SevenOH
	case has(wFormOther):
		return journal.OtherForm
	case has(wFormTea):
		return journal.Tea
	case has(wFormDrink), unit == "can", unit == "drink", unit == "seltzer":
		return journal.Drink
	case has(wFormExtract):
		if tablet || unit == "capsule" || unit == "softgel" {
			return journal.ExtractTablet
		}
		if liquid || has(wFormLiquid) {
			return journal.ExtractLiquid
		}
		return journal.OtherForm
	case unit == "capsule":
		return journal.Capsule
	case unit == "shot", liquid && has(wFormLiquid):
		return journal.ExtractLiquid
	case unit == "g" || unit == "tsp" || unit == "tbsp" || unit == "scoop" || unit == "spoon" || has(wFormPowder):
		return journal.LeafPowder
	}
	return journal.OtherForm
}
