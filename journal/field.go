package journal

import (
	"strings"
)

// FieldType says how a field is asked for and written.
type FieldType int

// The types of fields. The text that Get gives and Set takes is the same on a
// form, in a table's cell and in a line of a command.
const (
	// FieldNumber is a figure with a point: "2.5"; "" for none.
	FieldNumber FieldType = iota
	// FieldScale is a whole number from 0 to Top; "" for not answered.
	FieldScale
	// FieldScales are several questions on one scale, named by Options:
	// "yawning=2 anxiety=0". What is not named is not answered.
	FieldScales
	// FieldChoice is one of Options; "" for none.
	FieldChoice
	// FieldChoices are some of Options, apart by spaces.
	FieldChoices
	// FieldWord is a short text.
	FieldWord
	// FieldWords is free text.
	FieldWords
	// FieldProduct is the id of a product; "" for none.
	FieldProduct
	// FieldDay is a date, "2006-01-02"; "" for not known.
	FieldDay
	// FieldTick is "yes" or "".
	FieldTick
	// FieldSpan is a number of days, which a form asks for in days, weeks, months
	// or years.
	FieldSpan
	// FieldProductName is a product in the person's words: of the one that the
	// kind's FieldProduct names, or of one that is not on their list.
	FieldProductName
	// FieldUnit is a word that an amount is counted in. A form proposes the
	// person's own, and an empty one takes the first unit of the product.
	FieldUnit
	// FieldCurrency is an ISO 4217 code. A form begins with the person's own.
	FieldCurrency
)

// FirstProduct as the Preset of a FieldProduct is the first on the person's
// list.
const FirstProduct = "first"

// Field is one thing that a kind holds. The catalogue has its label under
// "<kind>.<name>" and beside it, where there is one, a ".hint". Scales have
// ".low" and ".high", fields that are needed a ".needed" to say when they are
// empty, and a ".none" is the choice of not answering.
type Field struct {
	Name string
	Type FieldType
	// Column of a table that holds it; "" for none. Columns has those of scales.
	Column string
	// Top of a scale or scales.
	Top int
	// Options of a choice, of choices and scales, in the order of a form.
	Options []string
	// Words is the beginning of the options' keys in the catalogue.
	Words string
	// Needed fields cannot be left empty on a form.
	Needed bool
	// Beside puts the field on one line with the one before it.
	Beside bool
	// Rest fields are about life beyond the body: a form asks for them behind a
	// fold while the symptoms of stopping come first.
	Rest bool
	// Preset is what a form for a new entry begins with: a value, the unit of a
	// span, FirstProduct.
	Preset string
	// Titled fields are said by the kind's Title, others by themselves.
	Titled bool
	// Said is the catalogue's key that puts the value into words, with the
	// value as {n}; "" says the value, or the words of the option, as it is.
	Said string
	// Aside says the field as the entry's note, after everything else.
	Aside bool

	get   func(Payload) string
	set   func(Payload, string) error
	check func(Payload) error
}

// Get is the field's value as text; "" when there is none.
func (f *Field) Get(p Payload) string { return f.get(p) }

// Set reads the value from text; the error is a *FieldError.
func (f *Field) Set(p Payload, s string) error { return f.set(p, strings.TrimSpace(s)) }

// Columns are the columns of a table that holds the field: one number each, so
// that scales have a column for every question.
func (f *Field) Columns() []string {
	switch {
	case f.Column == "":
		return nil
	case f.Type != FieldScales:
		return []string{f.Column}
	}
	list := make([]string, len(f.Options))
	for i, o := range f.Options {
		list[i] = f.ScaleColumn(o)
	}
	return list
}

// ScaleColumn is the column of one question of FieldScales, "symptom_yawning".
func (f *Field) ScaleColumn(option string) string {
	return strings.TrimSuffix(f.Words, ".") + "_" + option
}

// Searched reports that the words of a search may stand in the field.
func (f *Field) Searched() bool {
	switch f.Type {
	case FieldChoice, FieldChoices, FieldCurrency:
		return true
	}
	return f.Worded()
}

// Worded reports that the field holds the person's own words.
func (f *Field) Worded() bool {
	switch f.Type {
	case FieldWord, FieldWords, FieldProductName, FieldUnit:
		return true
	}
	return false
}

// beside puts a field on one line with the one before it.
func beside(f Field) Field { return with(f, func(f *Field) { f.Beside = true }) }

func rest(f Field) Field { return with(f, func(f *Field) { f.Rest = true }) }

// with lays choices over a field: with(f, func(f *Field) { f.Beside = true }).
func with(f Field, change func(*Field)) Field {
	change(&f)
	return f
}
