package form

import (
	"net/url"
	"slices"
	"time"

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
	// products are what the person can choose from, the last used first.
	products []journal.Entry
	// last is when a dose was last taken; zero when none was.
	last time.Time
}

// New is an empty form.
func New(v *kit.View, j *journal.Journal, kind journal.Kind) *Form {
	list := offered(j, "")
	return &Form{Kind: kind, Values: presets(v, journal.Describe(kind), list), products: list, last: lastDose(j)}
}

// Edit is the form of an entry that there is.
func Edit(v *kit.View, j *journal.Journal, e *journal.Entry) *Form {
	f := Fill(v.NumberStyle(), e.Kind, e.Body)
	f.Set("at", e.At.Format(kit.LocalTime))
	return Again(j, e.Kind, f, e, nil)
}

// Again is a form as it was sent, with why it was refused.
func Again(j *journal.Journal, kind journal.Kind, f url.Values, old *journal.Entry, err error) *Form {
	a := &Form{Kind: kind, Values: f, Old: old, Err: err, last: lastDose(j)}
	a.products = offered(j, a.chosen())
	return a
}

// offered are the products in use, the last used first, and the one that was
// chosen.
func offered(j *journal.Journal, chosen string) []journal.Entry {
	list := slices.DeleteFunc(j.Products(), func(e journal.Entry) bool { return e.Product().PutAway && e.ID.String() != chosen })
	used := map[journal.ID]time.Time{}
	for _, e := range j.All() {
		if d := e.Dose(); d != nil && e.At.After(used[d.Product]) {
			used[d.Product] = e.At
		}
	}
	slices.SortStableFunc(list, func(x, y journal.Entry) int { return used[y.ID].Compare(used[x.ID]) })
	return list
}

func lastDose(j *journal.Journal) time.Time {
	all := j.All()
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].Kind == journal.KindDose {
			return all[i].At
		}
	}
	return time.Time{}
}

// stopped tells that the person has been without a dose for so long that the
// symptoms of stopping are what matters: a day, or half of one for somebody who
// wants to quit.
func (a *Form) stopped(v *kit.View) bool {
	long := 24 * time.Hour
	if journal.Or(v.Settings.Goal, "") == "quit" {
		long /= 2
	}
	return !a.last.IsZero() && v.Now.Sub(a.last) >= long
}

// wrong is what to mend in a field; "" where nothing is.
func (a *Form) wrong(v *kit.View, name string) string {
	if a.Err == nil || kit.WrongField(a.Err) != name {
		return ""
	}
	return v.Fault(a.Err)
}

// Elsewhere is the refusal that no field of the form says; nil where one does.
func (a *Form) Elsewhere(v *kit.View) error {
	name := kit.WrongField(a.Err)
	for _, row := range a.rows(v) {
		for _, f := range row {
			if f.Name == name && saysWrong(f.Type) {
				return nil
			}
		}
	}
	if name == "at" {
		return nil
	}
	return a.Err
}

// saysWrong tells that a field of the type says what is wrong in it.
func saysWrong(t journal.FieldType) bool {
	switch t {
	case journal.FieldNumber, journal.FieldSpan, journal.FieldWord, journal.FieldProductName, journal.FieldUnit, journal.FieldCurrency, journal.FieldDay:
		return true
	}
	return false
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

// layout is what a form shows at once and what behind a fold, by its rows.
// Where a kind asks both for symptoms and for the rest of life, those who stopped
// meet the symptoms first, and the others the rest.
func (a *Form) layout(v *kit.View) (first, folded [][]*journal.Field) {
	rows := a.rows(v)
	ofRest := func(row []*journal.Field) bool { return row[0].Rest }
	if !slices.ContainsFunc(rows, ofRest) {
		return rows, nil
	}
	symptoms := func(row []*journal.Field) bool { return row[0].Type == journal.FieldScales }
	away := symptoms
	if a.stopped(v) {
		away = ofRest
		slices.SortStableFunc(rows, func(x, y []*journal.Field) int { return order(symptoms(y)) - order(symptoms(x)) })
	}
	for _, row := range rows {
		if away(row) {
			folded = append(folded, row)
		} else {
			first = append(first, row)
		}
	}
	return first, folded
}

func order(b bool) int {
	if b {
		return 1
	}
	return 0
}

// pause is the row before which the questions begin that many leave out: why,
// and whether it helped.
func (a *Form) pause(rows [][]*journal.Field) int {
	for i, row := range rows {
		if i > 0 && row[0].Type == journal.FieldChoices {
			return i
		}
	}
	return len(rows)
}

// answered tells that something stands in one of the rows, so that its fold is
// open.
func (a *Form) answered(rows [][]*journal.Field) bool {
	for _, row := range rows {
		for _, f := range row {
			if a.Values.Get(f.Name) != "" || slices.ContainsFunc(f.Options, func(o string) bool { return a.Values.Get(scaleName(o)) != "" }) {
				return true
			}
		}
	}
	return false
}

// rows are the fields of the form, those that belong on one line together.
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
