package form

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/journal/number"
	"github.com/evenkeel/evenkeel/journal/quick"
)

// Read turns a form into what an entry of the kind holds. Numbers are read as
// the page's language writes them, in words too. Old is what the entry held until now, nil
// for a new one: a product of it that was deleted since stays under its name.
// An error names its field (kit.WrongField).
func Read(language string, j *journal.Journal, kind journal.Kind, f url.Values, old journal.Payload) (journal.Payload, error) {
	d := journal.Describe(kind)
	r := reader{d: d, language: language, f: f}
	if err := r.choose(j, old); err != nil {
		return nil, err
	}
	p := d.New()
	for i := range d.Fields {
		field := &d.Fields[i]
		value, err := r.value(field)
		if err != nil {
			return nil, err
		}
		if value == "" && field.Needed {
			return nil, kit.FieldError(field.Name, string(kind)+"."+field.Name+".needed")
		}
		if err := field.Set(p, value); err != nil {
			return nil, inForm(field, err)
		}
	}
	return p, nil
}

// inForm names the field of the form that the domain would not take.
func inForm(field *journal.Field, err error) error {
	var no *journal.FieldError
	if !errors.As(err, &no) {
		return err
	}
	key, args := no.Text()
	return kit.FieldError(field.Name, key, args...)
}

// reader reads the fields of one form.
type reader struct {
	d        *journal.Descriptor
	language string
	f        url.Values
	// product is the one that was chosen, as it is now; nil for none, and for
	// one that is gone, whose name is then kept.
	product *journal.Product
	gone    bool
	name    string
}

// choose finds the product that the form chose.
func (r *reader) choose(j *journal.Journal, old journal.Payload) error {
	field := fieldOf(r.d, journal.FieldProduct)
	if field == nil || r.f.Get(field.Name) == "" {
		return nil
	}
	chosen := r.f.Get(field.Name)
	id, err := journal.ParseID(chosen)
	if err != nil {
		return kit.FieldError(field.Name, "web.not_your_product")
	}
	if j != nil {
		if p, ok := j.Product(id); ok {
			r.product = p
			return nil
		}
	}
	if old == nil || field.Get(old) != chosen {
		return kit.FieldError(field.Name, "web.product_removed")
	}
	r.gone = true
	if name := fieldOf(r.d, journal.FieldProductName); name != nil {
		r.name = name.Get(old)
	}
	return nil
}

// value is the field as journal.Field.Set takes it.
func (r *reader) value(field *journal.Field) (string, error) {
	name := field.Name
	typed := kit.Trimmed(r.f, name)
	switch field.Type {
	case journal.FieldNumber, journal.FieldSpan:
		return r.figure(field)
	case journal.FieldScale:
		return score(r.f, name)
	case journal.FieldScales:
		var list []string
		for _, o := range field.Options {
			s, err := score(r.f, scaleName(o))
			if err != nil {
				return "", err
			}
			if s != "" {
				list = append(list, o+"="+s)
			}
		}
		return strings.Join(list, " "), nil
	case journal.FieldChoices:
		return strings.Join(r.f[name], " "), nil
	case journal.FieldTick:
		if typed == "1" {
			return "yes", nil
		}
		return "", nil
	case journal.FieldProductName:
		switch {
		case r.product != nil:
			return r.product.Name, nil
		case r.gone:
			return r.name, nil
		}
	case journal.FieldUnit:
		if typed == "" && r.product != nil && len(r.product.Units) > 0 {
			return r.product.Units[0].Name, nil
		}
	}
	return typed, nil
}

// figure reads a number, and a span in the unit that was chosen with it.
func (r *reader) figure(field *journal.Field) (string, error) {
	n, ok, err := kit.Decimal(number.StyleOf(r.language), r.f, field.Name)
	if err != nil {
		words, spelled := quick.Number(r.f.Get(field.Name), r.language)
		if !spelled {
			return "", err
		}
		n, ok = words, true
	}
	if !ok {
		return "", nil
	}
	if field.Type == journal.FieldSpan {
		for _, u := range locale.Spans {
			if u.Name == r.f.Get(spanName) {
				n *= u.Days
			}
		}
	}
	return strconv.FormatFloat(n, 'f', -1, 64), nil
}

// score reads one of a row of buttons.
func score(f url.Values, name string) (string, error) {
	s := kit.Trimmed(f, name)
	if s == "" {
		return "", nil
	}
	if _, err := strconv.Atoi(s); err != nil {
		return "", kit.FieldError(name, "web.not_an_answer")
	}
	return s, nil
}

// spanName is the field beside a span's number that holds its unit.
const spanName = "span"

// scaleName is the name of one question among several on one scale.
func scaleName(option string) string { return "s_" + option }

// fieldOf is the kind's field of a type; nil when it has none.
func fieldOf(d *journal.Descriptor, t journal.FieldType) *journal.Field {
	i := slices.IndexFunc(d.Fields, func(f journal.Field) bool { return f.Type == t })
	if i < 0 {
		return nil
	}
	return &d.Fields[i]
}
