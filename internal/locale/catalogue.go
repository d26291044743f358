package locale

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	printer "golang.org/x/text/message"
	"golang.org/x/text/number"
)

// Catalogue is every text in one language. It is safe for many goroutines.
type Catalogue struct {
	tag      language.Tag
	messages map[string]message
	printer  *printer.Printer
}

// Tag is the language, in BCP 47, such as "en".
func (c *Catalogue) Tag() string { return c.tag.String() }

// Has reports whether the catalogue has the key.
func (c *Catalogue) Has(key string) bool {
	_, ok := c.messages[key]
	return ok
}

// T is the text of a key; the key itself when there is none. Arguments come in
// pairs of a placeholder's name and its value; the number called "n" chooses
// the plural form. A value that speaks for itself (a Speaker, an error) is put
// into words of this language first.
func (c *Catalogue) T(key string, args ...any) string {
	m, ok := c.messages[key]
	if !ok {
		return key
	}
	text := m[plural.Other]
	var pairs []string
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == "n" {
			if form, ok := m[pluralForm(c.tag, args[i+1])]; ok {
				text = form
			}
		}
		pairs = append(pairs, "{"+fmt.Sprint(args[i])+"}", c.written(args[i+1]))
	}
	if pairs == nil {
		return text
	}
	// One pass over the text: braces inside a value stay as they are.
	return strings.NewReplacer(pairs...).Replace(text)
}

func (c *Catalogue) written(v any) string {
	switch v := v.(type) {
	case float64:
		return c.Number(v)
	case Speaker:
		key, args := v.Text()
		return c.T(key, args...)
	case error:
		return c.Fault(v)
	}
	return fmt.Sprint(v)
}

// Number writes a figure as people of the language do, with every digit it has
// and no zeros behind. Thousands are not grouped: 1.500 in Spanish is 1,500 in
// English and one and a half elsewhere, and people copy figures into forms.
func (c *Catalogue) Number(f float64) string {
	_, fraction, _ := strings.Cut(strconv.FormatFloat(f, 'f', -1, 64), ".")
	return c.Fixed(f, len(fraction))
}

// Fixed writes a figure with so many decimals, such as 2 for money.
func (c *Catalogue) Fixed(f float64, decimals int) string {
	return c.printer.Sprint(number.Decimal(f, number.NoSeparator(), number.Scale(decimals)))
}
