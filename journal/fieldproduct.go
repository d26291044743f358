package journal

import "strings"

func productField[P any](name string, at func(*P) *ID) Field {
	return Field{Name: name, Type: FieldProduct, Titled: true,
		get: func(p Payload) string {
			if id := *at(any(p).(*P)); !id.IsZero() {
				return id.String()
			}
			return ""
		},
		set: func(p Payload, s string) error {
			if at(any(p).(*P)).UnmarshalText([]byte(s)) != nil {
				return bad(name, "event.not_a_product")
			}
			return nil
		},
		check: func(Payload) error { return nil }}
}

// productNameField says what was taken in the words of the moment.
func productNameField[P any](name string, at func(*P) *string) Field {
	return with(wordField(name, false, at), func(f *Field) { f.Type, f.Column, f.Titled = FieldProductName, "product", true })
}

// unitField is what the amount before it is counted in.
func unitField[P any](name string, at func(*P) *string) Field {
	return with(wordField(name, true, at), func(f *Field) { f.Type, f.Beside, f.Titled = FieldUnit, true, true })
}

// currencyField is the currency of the money before it.
func currencyField[P any](name string, at func(*P) *string) Field {
	return with(wordField(name, true, at), func(f *Field) {
		f.Type, f.Beside, f.Titled = FieldCurrency, true, true
		f.set = func(p Payload, s string) error { *at(any(p).(*P)) = strings.ToUpper(s); return nil }
		f.check = func(p Payload) error { return currency(name, *at(any(p).(*P))) }
	})
}
