package locale

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// message is a sentence with {placeholders}, in the plural forms it needs.
type message map[plural.Form]string

var pluralForms = map[string]plural.Form{"zero": plural.Zero, "one": plural.One, "two": plural.Two, "few": plural.Few, "many": plural.Many, "other": plural.Other}

// UnmarshalJSON reads a plain string, or an object of plural forms.
func (m *message) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil {
		*m = message{plural.Other: one}
		return nil
	}
	var forms map[string]string
	if err := json.Unmarshal(data, &forms); err != nil {
		return err
	}
	*m = message{}
	for name, text := range forms {
		form, ok := pluralForms[name]
		if !ok {
			return fmt.Errorf("no plural form is called %q", name)
		}
		(*m)[form] = text
	}
	if _, ok := (*m)[plural.Other]; !ok {
		return fmt.Errorf("the plural form \"other\" is missing")
	}
	return nil
}

// pluralForm follows the CLDR rules through the operands of the number's text.
func pluralForm(tag language.Tag, n any) plural.Form {
	text := fmt.Sprint(n)
	if f, ok := n.(float64); ok {
		text = strconv.FormatFloat(f, 'f', -1, 64)
	}
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	i, err := strconv.Atoi(whole)
	if err != nil {
		return plural.Other
	}
	f, err := strconv.Atoi("0" + fraction)
	if err != nil {
		return plural.Other
	}
	v := len(fraction)
	return plural.Cardinal.MatchPlural(tag, i, v, v, f, f)
}
