package journal

import (
	"fmt"
	"slices"
	"strconv"
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

func numberText(v float64) string {
	if v == 0 {
		return ""
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// zeroText is numberText where 0 is an answer.
func zeroText(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func readNumber(name, s string) (float64, error) {
	if s == "" {
		return 0, nil
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0, bad(name, "event.not_a_number")
	}
	return v, nil
}

// numberField is a figure that is 0 when not known.
func numberField[P any](name string, at func(*P) *float64, check func(field string, v float64) error) Field {
	return Field{Name: name, Column: name, Type: FieldNumber,
		get: func(p Payload) string { return numberText(*at(any(p).(*P))) },
		set: func(p Payload, s string) (err error) { *at(any(p).(*P)), err = readNumber(name, s); return err },
		check: func(p Payload) error {
			return check(name, *at(any(p).(*P)))
		}}
}

// maybeField is a figure that is nil when not known: 0 is an answer.
func maybeField[P any](name string, at func(*P) **float64, low, high float64) Field {
	return Field{Name: name, Column: name, Type: FieldNumber,
		get: func(p Payload) string {
			if v := *at(any(p).(*P)); v != nil {
				return strconv.FormatFloat(*v, 'f', -1, 64)
			}
			return ""
		},
		set: func(p Payload, s string) error {
			if s == "" {
				*at(any(p).(*P)) = nil
				return nil
			}
			v, err := readNumber(name, s)
			*at(any(p).(*P)) = &v
			return err
		},
		check: func(p Payload) error {
			if v := *at(any(p).(*P)); v != nil {
				return between(name, *v, low, high)
			}
			return nil
		}}
}

func readScore(name, s string) (*int, error) {
	if s == "" {
		return nil, nil
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || v != float64(int(v)) {
		return nil, bad(name, "event.not_whole")
	}
	n := int(v)
	return &n, nil
}

func scaleField[P any](name string, top int, at func(*P) **int) Field {
	return Field{Name: name, Column: name, Type: FieldScale, Top: top,
		get: func(p Payload) string {
			if v := *at(any(p).(*P)); v != nil {
				return strconv.Itoa(*v)
			}
			return ""
		},
		set: func(p Payload, s string) (err error) { *at(any(p).(*P)), err = readScore(name, s); return err },
		check: func(p Payload) error {
			if v := *at(any(p).(*P)); v != nil {
				return between(name, float64(*v), 0, float64(top))
			}
			return nil
		}}
}

func scalesField[P any, T ~string](name string, top int, options []T, at func(*P) *map[T]int) Field {
	return Field{Name: name, Column: name, Type: FieldScales, Top: top, Options: plain(options),
		get: func(p Payload) string {
			var list []string
			for _, o := range options {
				if v, ok := (*at(any(p).(*P)))[o]; ok {
					list = append(list, string(o)+"="+strconv.Itoa(v))
				}
			}
			return strings.Join(list, " ")
		},
		set: func(p Payload, s string) error {
			var m map[T]int
			for _, pair := range strings.Fields(s) {
				o, value, _ := strings.Cut(pair, "=")
				n, err := readScore(name, value)
				if err != nil || n == nil {
					return bad(name, "event.scales_form", "example", fmt.Sprintf("%s=%d", options[0], top/2))
				}
				if m == nil {
					m = map[T]int{}
				}
				m[T(o)] = *n
			}
			*at(any(p).(*P)) = m
			return nil
		},
		check: func(p Payload) error {
			for o, v := range *at(any(p).(*P)) {
				if err := first(oneOf(name, o, options), between(name+"."+string(o), float64(v), 0, float64(top))); err != nil {
					return err
				}
			}
			return nil
		}}
}

// choiceField is one of the options; an empty one is allowed where optional.
func choiceField[P any, T ~string](name string, options []T, optional bool, at func(*P) *T) Field {
	return Field{Name: name, Column: name, Type: FieldChoice, Options: plain(options), Needed: !optional,
		get: func(p Payload) string { return string(*at(any(p).(*P))) },
		set: func(p Payload, s string) error { *at(any(p).(*P)) = T(s); return nil },
		check: func(p Payload) error {
			v := *at(any(p).(*P))
			if v == "" && optional {
				return nil
			}
			if v == "" {
				return bad(name, "event.choose")
			}
			return oneOf(name, v, options)
		}}
}

func choicesField[P any, T ~string](name string, options []T, at func(*P) *[]T) Field {
	return Field{Name: name, Column: name, Type: FieldChoices, Options: plain(options),
		get: func(p Payload) string { return strings.Join(plain(*at(any(p).(*P))), " ") },
		set: func(p Payload, s string) error {
			var list []T
			for _, w := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" ,;|", r) }) {
				if !slices.Contains(list, T(w)) {
					list = append(list, T(w))
				}
			}
			*at(any(p).(*P)) = list
			return nil
		},
		check: func(p Payload) error {
			for _, v := range *at(any(p).(*P)) {
				if err := oneOf(name, v, options); err != nil {
					return err
				}
			}
			return nil
		}}
}

// wordField is a short text; needed ones cannot be empty.
func wordField[P any](name string, needed bool, at func(*P) *string) Field {
	return Field{Name: name, Column: name, Type: FieldWord, Needed: needed,
		get: func(p Payload) string { return *at(any(p).(*P)) },
		set: func(p Payload, s string) error { *at(any(p).(*P)) = s; return nil },
		check: func(p Payload) error {
			if needed {
				return word(name, *at(any(p).(*P)))
			}
			return text(name, *at(any(p).(*P)), MaxWord)
		}}
}

// noteField is free text that is said after everything else.
func noteField[P any](name string, at func(*P) *string) Field {
	return Field{Name: name, Column: "text", Type: FieldWords, Aside: true,
		get:   func(p Payload) string { return *at(any(p).(*P)) },
		set:   func(p Payload, s string) error { *at(any(p).(*P)) = s; return nil },
		check: func(p Payload) error { return text(name, *at(any(p).(*P)), MaxText) }}
}

func dayField[P any](name string, at func(*P) *Date) Field {
	return Field{Name: name, Column: name, Type: FieldDay,
		get: func(p Payload) string { return string(*at(any(p).(*P))) },
		set: func(p Payload, s string) error { *at(any(p).(*P)) = Date(s); return nil },
		check: func(p Payload) error {
			if d := *at(any(p).(*P)); d != "" {
				if _, err := ParseDate(string(d)); err != nil {
					return bad(name, "event.date_form")
				}
			}
			return nil
		}}
}

func tickField[P any](name string, at func(*P) *bool) Field {
	return Field{Name: name, Column: name, Type: FieldTick,
		get: func(p Payload) string {
			if *at(any(p).(*P)) {
				return "yes"
			}
			return ""
		},
		set:   func(p Payload, s string) error { *at(any(p).(*P)) = s == "yes" || s == "1" || s == "true"; return nil },
		check: func(Payload) error { return nil }}
}

func plain[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}

// beside puts a field on one line with the one before it.
func beside(f Field) Field { return with(f, func(f *Field) { f.Beside = true }) }

// with lays choices over a field: with(f, func(f *Field) { f.Beside = true }).
func with(f Field, change func(*Field)) Field {
	change(&f)
	return f
}
