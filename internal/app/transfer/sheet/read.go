package sheet

import (
	"slices"

	"github.com/evenkeel/evenkeel/journal"
)

// Own reports that the cells of a row, by column, are one that Write wrote: it
// names its kind and its id, and its words are taken as they stand.
func Own(cells map[string]string) bool {
	d := journal.Describe(journal.Kind(cells["kind"]))
	_, err := journal.ParseID(cells["id"])
	return err == nil && d != nil && d.Entry() && !d.Apart
}

// Body reads what a row of the kind says. number reads a figure into the form
// that fields take; nil leaves it as it is. An error is number's or a
// *journal.FieldError.
func Body(d *journal.Descriptor, cells map[string]string, number func(string) (string, error)) (journal.Payload, error) {
	p := d.New()
	for _, f := range d.Fields {
		v := ""
		switch f.Type {
		case journal.FieldProduct:
			continue // by its name, which is the importer's to find
		case journal.FieldScales:
			v = scales(&f, cells)
		case journal.FieldNumber, journal.FieldScale, journal.FieldSpan:
			v = cell(cells, f.Column)
			if v != "" && number != nil {
				var err error
				if v, err = number(v); err != nil {
					return nil, err
				}
			}
		default:
			v = cell(cells, f.Column)
		}
		if err := f.Set(p, v); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// ProductForm is the form that a row gives its product; false where the row has
// none that is known.
func ProductForm(cells map[string]string) (journal.Form, bool) {
	f := journal.Form(cells[Form])
	return f, slices.Contains(journal.Forms, f)
}

// SetProduct names the product of what a row says, where the kind has one.
func SetProduct(p journal.Payload, id journal.ID) error {
	for _, f := range journal.Describe(p.Kind()).Fields {
		if f.Type == journal.FieldProduct {
			return f.Set(p, id.String())
		}
	}
	return nil
}

// HasProduct reports that entries of the payload's kind may name a product.
func HasProduct(p journal.Payload) bool {
	return slices.ContainsFunc(journal.Describe(p.Kind()).Fields, func(f journal.Field) bool { return f.Type == journal.FieldProduct })
}
