// Package columns gives the columns of somebody's table a meaning: it proposes
// which is which, asks what it cannot know, and reads the rows as a person
// settled it.
package columns

import (
	"slices"

	"github.com/evenkeel/evenkeel/internal/app/transfer/sheet"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
)

// Comma is what a comma in a number stands for.
type Comma string

const (
	// Unsettled reads 2,5 and 1,500.5, and asks about 1,500.
	Unsettled Comma = ""
	// Decimal reads 1,500 as one and a half.
	Decimal Comma = "decimal"
	// Thousands reads 1,500 as fifteen hundred.
	Thousands Comma = "thousands"
)

// Column is one column of a table and what it is read as.
type Column struct {
	Heading string `json:"heading"`
	// Field is one of Fields; empty leaves the column out.
	Field string `json:"field"`
	// Unit of the amounts, where neither the cell nor a column of units names
	// one.
	Unit string `json:"unit,omitempty"`
	// Product of the amounts, where no column of products names one.
	Product string `json:"product,omitempty"`
	// Time of day of the amounts, "08:00", where the table has a column for each
	// part of the day.
	Time string `json:"time,omitempty"`
	// Low and High are the ends of the scale that the column uses, the worst or
	// least first; both 0 for the scale of the journal, 0 to 10.
	Low  float64 `json:"low,omitempty"`
	High float64 `json:"high,omitempty"`
	// Sample are the first different cells that hold something.
	Sample []string `json:"sample"`
	// Numbers tells that most cells of it begin with a number.
	Numbers bool `json:"numbers,omitempty"`
}

// Plan is how a table is read. It is proposed, changed by the person, and kept
// with what was imported.
type Plan struct {
	Columns []Column `json:"columns"`
	// Order of day and month; empty where it is not known or not needed.
	Order Order `json:"order,omitempty"`
	Comma Comma `json:"comma,omitempty"`
	// Year of the first date that does not say its own; 0 where all do.
	Year int `json:"year,omitempty"`
	// Back tells that the last of them stands first.
	Back bool `json:"back,omitempty"`
	// Halves tells that the table says am and pm, so that a time of 7:30 without
	// either is not known.
	Halves bool `json:"halves,omitempty"`
	// OrderOpen, CommaOpen, UnitOpen and ScaleOpen are questions that the table does not
	// answer. Nothing is written while one of them is open.
	OrderOpen bool `json:"order_open,omitempty"`
	CommaOpen bool `json:"comma_open,omitempty"`
	// UnitOpen are the columns, from 0, whose amounts have no unit; ScaleOpen
	// those whose answers are all 5 or less, and may be out of 5 or out of 10.
	UnitOpen  []int `json:"unit_open,omitempty"`
	ScaleOpen []int `json:"scale_open,omitempty"`
	// OrderShown is a date of the table for which the order matters.
	OrderShown string `json:"order_shown,omitempty"`
}

// Open tells that something has to be said before the table can be written.
func (p *Plan) Open() bool { return p.OrderOpen || p.CommaOpen || len(p.UnitOpen)+len(p.ScaleOpen) > 0 }

// Fault is the question that is open, as a sentence; nil for none.
func (p *Plan) Fault() error {
	switch {
	case p.OrderOpen:
		return fault.New(fault.Invalid, "transfer.order_open")
	case p.CommaOpen:
		return fault.New(fault.Invalid, "transfer.comma_open")
	case len(p.UnitOpen) > 0:
		return fault.New(fault.Invalid, "transfer.unit_open", "n", p.UnitOpen[0]+1)
	case len(p.ScaleOpen) > 0:
		return fault.New(fault.Invalid, "transfer.scale_open", "n", p.ScaleOpen[0]+1)
	}
	return nil
}

// LeftOut are the headings of columns that are not read.
func (p *Plan) LeftOut() []string {
	var list []string
	for _, c := range p.Columns {
		if c.Field == "" && len(c.Sample) > 0 {
			list = append(list, c.Heading)
		}
	}
	return list
}

// Fields are what a column can be read as, in the order in which a form offers
// them. "" leaves a column out.
func Fields() []string { return fields }

var fields = slices.Concat([]string{"", "at", "date", "time", "kind"}, sheet.EntryColumns(), symptomLists(), []string{"id", "recorded"})

// symptomLists are the columns that hold all questions of a scale in one cell.
func symptomLists() (list []string) {
	for _, k := range journal.EntryKinds() {
		for _, f := range journal.Describe(k).Fields {
			if f.Type == journal.FieldScales {
				list = append(list, f.Column)
			}
		}
	}
	return list
}

// several columns may hold the same of these fields.
var several = []string{"amount", "text"}

// Scaled tells a field that is answered on the scale from 0 to 10.
func Scaled(field string) bool {
	for _, f := range journal.Describe(journal.KindCheckIn).Fields {
		if f.Type == journal.FieldScale && f.Column == field {
			return true
		}
	}
	return false
}

// withoutKind are the fields that a row means something by without a column
// that names its kind.
var withoutKind = slices.Concat([]string{"", "at", "date", "time", "id", "recorded", sheet.Product, sheet.Form, "amount", "unit", "reasons", "helped", "text"}, checkInColumns(), symptomLists())

func checkInColumns() (list []string) {
	for _, f := range journal.Describe(journal.KindCheckIn).Fields {
		list = append(list, f.Columns()...)
	}
	return list
}

// Check refuses a plan that cannot be followed for a table of so many columns.
func (p *Plan) Check(columns int) error {
	if len(p.Columns) != columns {
		return fault.New(fault.Invalid, "transfer.columns_count", "n", columns, "given", len(p.Columns))
	}
	has := map[string]bool{}
	for i, c := range p.Columns {
		if !slices.Contains(fields, c.Field) {
			return fault.New(fault.Invalid, "transfer.no_such_field", "n", i+1)
		}
		if c.Field != "" && has[c.Field] && !slices.Contains(several, c.Field) {
			return fault.New(fault.Invalid, "transfer.field_twice", "field", c.Field)
		}
		has[c.Field] = true
		if c.Time != "" {
			if _, ok := clockOf(c.Time, false); !ok {
				return fault.New(fault.Invalid, "transfer.usual_time", "n", i+1)
			}
		}
		if c.Low != 0 && c.Low == c.High {
			return fault.New(fault.Invalid, "transfer.scale_ends", "n", i+1)
		}
	}
	if !has["at"] && !has["date"] {
		return fault.New(fault.Invalid, "transfer.no_time_column")
	}
	if !has["kind"] {
		for i, c := range p.Columns {
			if !slices.Contains(withoutKind, c.Field) {
				return fault.New(fault.Invalid, "transfer.needs_kind", "n", i+1)
			}
		}
	}
	return nil
}

// Own tells a table that has columns for the kind and the id of entries, as
// Evenkeel writes it.
func (p *Plan) Own() bool {
	has := func(field string) bool {
		return slices.ContainsFunc(p.Columns, func(c Column) bool { return c.Field == field })
	}
	return has("kind") && has("id")
}
