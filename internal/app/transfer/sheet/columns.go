// Package sheet is the journal as one flat table: a row for each entry, a column
// for each quantity, for spreadsheets, pandas and R, and read back without loss
// of what it carries. docs/formats.md describes the columns.
package sheet

import (
	"slices"
	"strings"

	"github.com/evenkeel/evenkeel/journal"
)

// Columns of a row that no field of a kind has.
const (
	Product = "product"
	// Form is the form of a product that is on the person's list; empty for
	// words alone.
	Form = "form"
)

// envelopeColumns stand first in every row: date and time as the person lived
// them, and beside them the instant with its offset. contentColumns say what a
// dose held.
var (
	envelopeColumns = []string{"id", "kind", "date", "time", "at", "recorded", "back_dated"}
	contentColumns  = slices.Concat(alkaloidColumns("mitragynine"), alkaloidColumns("seven_oh"))
)

// alkaloidColumns are how much of an alkaloid a dose held, in mg, and how that
// is known, each for itself: a label may tell of one and not of the other.
func alkaloidColumns(name string) []string {
	return []string{name + "_mg", name + "_mg_low", name + "_mg_high", name + "_basis"}
}

// columnsFirst and columnsLast are where the columns stand that several kinds
// share; those of one kind stand in the order of the kinds and their fields.
var (
	columnsFirst = []string{Product, Form, "amount", "unit"}
	columnsLast  = []string{"text"}
)

// EntryColumns are the columns that say what an entry is, in the order of the
// table.
func EntryColumns() []string {
	var middle []string
	for _, k := range journal.EntryKinds() {
		for _, f := range journal.Describe(k).Fields {
			for _, c := range f.Columns() {
				if !slices.Contains(columnsFirst, c) && !slices.Contains(columnsLast, c) && !slices.Contains(middle, c) {
					middle = append(middle, c)
				}
			}
		}
	}
	return slices.Concat(columnsFirst, middle, columnsLast)
}

// Columns of the table, in its order.
func Columns() []string {
	rest := EntryColumns()
	return slices.Concat(envelopeColumns, rest[:len(columnsFirst)], contentColumns, rest[len(columnsFirst):])
}

// Label is the key of the catalogue that names a column to people. A question of
// a scale has its own name already.
func Label(column string) string {
	for _, k := range journal.EntryKinds() {
		for _, f := range journal.Describe(k).Fields {
			if f.Type != journal.FieldScales {
				continue
			}
			for _, o := range f.Options {
				if column == f.ScaleColumn(o) {
					return f.Words + o
				}
			}
		}
	}
	return "csv." + column
}

// plainName is what a table with a kind column may call a figure of one kind:
// the amount of money, of another substance, of use before the journal.
var plainName = map[string]string{"substance": Product, "substance_amount": "amount", "money": "amount", "per_day": "amount"}

// cell is the content of a field's column, or of the column by its plain name.
func cell(cells map[string]string, column string) string {
	if c := cells[column]; c != "" {
		return c
	}
	return cells[plainName[column]]
}

// scales gathers the columns of a field's questions into the text that it reads.
func scales(f *journal.Field, cells map[string]string) string {
	list := []string{cells[f.Column]}
	for _, o := range f.Options {
		if v := cells[f.ScaleColumn(o)]; v != "" {
			list = append(list, o+"="+v)
		}
	}
	return strings.TrimSpace(strings.Join(list, " "))
}
