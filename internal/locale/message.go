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

// readMessage reads a plain string, or an object of plural forms. It takes tokens,
// since thousands of texts are read before the first page.
func readMessage(d *json.Decoder) (message, error) {
	token, err := d.Token()
	if text, ok := token.(string); ok || err != nil {
		return message{plural.Other: text}, err
	}
	if token != json.Delim('{') {
		return nil, fmt.Errorf("must be a text or its plural forms")
	}
	m := message{}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, err
		}
		form, ok := pluralForms[fmt.Sprint(name)]
		if !ok {
			return nil, fmt.Errorf("no plural form is called %q", name)
		}
		if token, err = d.Token(); err != nil {
			return nil, err
		}
		if m[form], ok = token.(string); !ok {
			return nil, fmt.Errorf("the plural form %q must be a text", name)
		}
	}
	if _, ok := m[plural.Other]; !ok {
		return nil, fmt.Errorf("the plural form \"other\" is missing")
	}
	_, err = d.Token()
	return m, err
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
