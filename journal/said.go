package journal

import (
	"strconv"
	"strings"
)

// Phrase is something to say: a key of the catalogue, with arguments in pairs
// of a placeholder's name and its value. Besides numbers and plain text a
// value may be one of the types below, which the languages write in their own
// way. A phrase without a key is its one argument.
type Phrase struct {
	Key  string
	Args []any
}

type (
	// Amount is a figure with its unit.
	Amount struct {
		N    float64
		Unit string
	}
	// DoseOf is an amount of a product; Product may be empty.
	DoseOf struct {
		Amount
		Product string
	}
	// Money is an amount in an ISO 4217 currency.
	Money struct {
		N        float64
		Currency string
	}
	// Days is a span in days, said in the largest unit that fits it evenly.
	Days float64
	// Option is the word for a choice: its key in the catalogue.
	Option string
)

// Said is an entry in words: a title, what else it says, and the person's own
// note.
type Said struct {
	Title Phrase
	Parts []Phrase
	Note  string
}

// Say puts the event into phrases.
func (e *Event) Say() Said {
	d := Describe(e.Kind)
	if d == nil || e.Body == nil {
		return Said{Title: Phrase{Key: "kind." + string(e.Kind)}}
	}
	var s Said
	for i := range d.Fields {
		f := &d.Fields[i]
		if f.Titled {
			continue
		}
		if f.Aside {
			s.Note = f.Get(e.Body)
			continue
		}
		s.Parts = append(s.Parts, f.say(e.Body)...)
	}
	switch {
	case d.Title != nil:
		s.Title = d.Title(e.Body)
	case len(s.Parts) > 0:
		s.Title, s.Parts = s.Parts[0], s.Parts[1:]
	default:
		s.Title = Phrase{Key: "kind." + string(e.Kind)}
	}
	return s
}

// say is the field in words; nothing for what was not answered.
func (f *Field) say(p Payload) []Phrase {
	v := f.Get(p)
	if v == "" {
		return nil
	}
	switch f.Type {
	case FieldChoice:
		return []Phrase{f.of(v, Option(f.Words+v))}
	case FieldChoices:
		var list []Phrase
		for _, o := range strings.Fields(v) {
			list = append(list, f.of(o, Option(f.Words+o)))
		}
		return list
	case FieldScales:
		var list []Phrase
		for _, pair := range strings.Fields(v) {
			o, n, _ := strings.Cut(pair, "=")
			if top, err := strconv.Atoi(n); err == nil && top > 0 {
				list = append(list, Phrase{f.Said, []any{"name", Option(f.Words + o), "n", top}})
			}
		}
		return list
	case FieldScale:
		n, err := strconv.Atoi(v)
		if err != nil {
			return nil
		}
		if f.Words != "" {
			return []Phrase{f.of(n, Option(f.Words+v))}
		}
		return []Phrase{f.of(n, n)}
	case FieldNumber, FieldSpan:
		n, err := strconv.ParseFloat(v, 64)
		if err != nil {
			return nil
		}
		if f.Type == FieldSpan {
			return []Phrase{f.of(n, Days(n))}
		}
		return []Phrase{f.of(n, n)}
	case FieldDay:
		return []Phrase{f.of(v, Date(v))}
	case FieldTick:
		return []Phrase{{Key: f.Said}}
	}
	return []Phrase{f.of(v, v)}
}

// of is the field's phrase about one value: n is what chooses a plural, shown
// what is written.
func (f *Field) of(n, shown any) Phrase {
	if f.Said == "" {
		return Phrase{Args: []any{"n", shown}}
	}
	if n == shown {
		return Phrase{f.Said, []any{"n", n}}
	}
	return Phrase{f.Said, []any{"n", n, "value", shown}}
}
