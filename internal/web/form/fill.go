package form

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/journal/number"
)

// Fill is the form of what an entry holds; Read gives it back unchanged.
func Fill(style number.Style, kind journal.Kind, p journal.Payload) url.Values {
	f := url.Values{}
	d := journal.Describe(kind)
	for i := range d.Fields {
		field := &d.Fields[i]
		value := field.Get(p)
		if value == "" {
			continue
		}
		switch field.Type {
		case journal.FieldNumber:
			f.Set(field.Name, figure(style, value))
		case journal.FieldSpan:
			fillSpan(f, style, field.Name, value)
		case journal.FieldScales:
			for _, pair := range strings.Fields(value) {
				option, n, _ := strings.Cut(pair, "=")
				f.Set(scaleName(option), n)
			}
		case journal.FieldChoices:
			f[field.Name] = strings.Fields(value)
		case journal.FieldTick:
			f.Set(field.Name, "1")
		default:
			f.Set(field.Name, value)
		}
	}
	return f
}

// figure writes a field's number into a form; the field's own text always has
// a point.
func figure(style number.Style, value string) string {
	n, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return value
	}
	return kit.Written(style, n)
}

// fillSpan writes a number of days in the largest unit that fits it evenly.
func fillSpan(f url.Values, style number.Style, name, value string) {
	f.Set(spanName, "days")
	f.Set(name, figure(style, value))
	days, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return
	}
	for _, u := range locale.Spans {
		if n := days / u.Days; n >= 1 && n == float64(int(n*2))/2 {
			f.Set(spanName, u.Name)
			f.Set(name, kit.Written(style, n))
			return
		}
	}
}

// presets is what a form for a new entry begins with.
func presets(v *kit.View, d *journal.Descriptor, products []journal.Entry) url.Values {
	f := url.Values{}
	for i := range d.Fields {
		field := &d.Fields[i]
		switch {
		case field.Type == journal.FieldCurrency:
			f.Set(field.Name, journal.Or(v.Settings.Currency, record.DefaultCurrency))
		case field.Preset == "":
		case field.Type == journal.FieldProduct:
			if len(products) > 0 {
				f.Set(field.Name, products[0].ID.String())
			}
		case field.Type == journal.FieldSpan:
			f.Set(spanName, field.Preset)
		case field.Type == journal.FieldTick:
			f.Set(field.Name, "1")
		default:
			f.Set(field.Name, field.Preset)
		}
	}
	return f
}
