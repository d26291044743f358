package form

import (
	"net/url"
	"slices"

	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/journal"
)

// Form is the form of one entry, with what stands in it.
type Form struct {
	Kind   journal.Kind
	Values url.Values
	// Err is why it was refused; nil when it was not sent yet.
	Err error
	// Old is the entry as it stands; nil for a new one.
	Old *journal.Entry
	// products are what the person can choose from.
	products []journal.Entry
}

// New is an empty form.
func New(v *kit.View, j *journal.Journal, kind journal.Kind) *Form {
	list := offered(j, "")
	return &Form{Kind: kind, Values: presets(v, journal.Describe(kind), list), products: list}
}

// Edit is the form of an entry that there is.
func Edit(v *kit.View, j *journal.Journal, e *journal.Entry) *Form {
	f := Fill(v.NumberStyle(), e.Kind, e.Body)
	f.Set("at", e.At.Format(kit.LocalTime))
	return Again(j, e.Kind, f, e, nil)
}

// Again is a form as it was sent, with why it was refused.
func Again(j *journal.Journal, kind journal.Kind, f url.Values, old *journal.Entry, err error) *Form {
	a := &Form{Kind: kind, Values: f, Old: old, Err: err}
	a.products = offered(j, a.chosen())
	return a
}

// offered are the products in use, and the one that was chosen.
func offered(j *journal.Journal, chosen string) []journal.Entry {
	return slices.DeleteFunc(j.Products(), func(e journal.Entry) bool { return e.Product().PutAway && e.ID.String() != chosen })
}

// chosen is the id of the form's product; "" for none.
func (a *Form) chosen() string {
	if field := fieldOf(journal.Describe(a.Kind), journal.FieldProduct); field != nil {
		return a.Values.Get(field.Name)
	}
	return ""
}

// choices are the products to choose from, none first, and last the one that
// the entry names and that was deleted since.
func (a *Form) choices(v *kit.View) []kit.Option {
	list := []kit.Option{{Value: "", Label: v.T("product.none")}}
	for _, e := range a.products {
		list = append(list, kit.Option{Value: e.ID.String(), Label: e.Product().Name})
	}
	if id, name := a.gone(); id != "" {
		if name == "" {
			name = v.T("product.deleted_one")
		}
		list = append(list, kit.Option{Value: id, Label: name})
	}
	return list
}

// gone is the product of the entry as it stands that is no longer on the list,
// with the name it has there.
func (a *Form) gone() (id, name string) {
	d := journal.Describe(a.Kind)
	field := fieldOf(d, journal.FieldProduct)
	if field == nil || a.Old == nil {
		return "", ""
	}
	id = field.Get(a.Old.Body)
	if id == "" || slices.ContainsFunc(a.products, func(e journal.Entry) bool { return e.ID.String() == id }) {
		return "", ""
	}
	if words := fieldOf(d, journal.FieldProductName); words != nil {
		name = words.Get(a.Old.Body)
	}
	return id, name
}

// rows are the fields that the form shows, those that belong on one line
// together.
func (a *Form) rows(v *kit.View) [][]*journal.Field {
	d := journal.Describe(a.Kind)
	list := len(a.choices(v)) > 1
	var rows [][]*journal.Field
	for i := range d.Fields {
		field := &d.Fields[i]
		switch field.Type {
		case journal.FieldProduct:
			if !list {
				continue
			}
		case journal.FieldProductName:
			// Where there is a list, its names are enough; an entry that named
			// something else keeps it.
			if list && (a.Old == nil || a.chosen() != "") {
				continue
			}
		}
		if field.Beside && len(rows) > 0 {
			rows[len(rows)-1] = append(rows[len(rows)-1], field)
			continue
		}
		rows = append(rows, []*journal.Field{field})
	}
	return rows
}

// units are what a field for a unit proposes: the words of the person's own
// products, then the standard units; nil when there is no such field.
func (a *Form) units(v *kit.View) []string {
	if fieldOf(journal.Describe(a.Kind), journal.FieldUnit) == nil {
		return nil
	}
	var list []string
	add := func(s string) {
		if s != "" && !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	for _, e := range a.products {
		for _, u := range e.Product().Units {
			add(u.Name)
		}
	}
	for _, s := range v.StandardUnits() {
		add(s)
	}
	return list
}
