package web

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

//go:embed locale/*.json
var localeFiles embed.FS

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

// catalogue is every text of the pages in one language.
type catalogue struct {
	tag      language.Tag
	messages map[string]message
}

// T is the text of a key. Arguments come in pairs of a placeholder's name and
// its value; the number called "n" chooses the plural form.
func (c *catalogue) T(key string, args ...any) string {
	m, ok := c.messages[key]
	if !ok {
		return key
	}
	text := m[plural.Other]
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == "n" {
			if form, ok := m[pluralForm(c.tag, args[i+1])]; ok {
				text = form
			}
		}
	}
	for i := 0; i+1 < len(args); i += 2 {
		text = strings.ReplaceAll(text, "{"+fmt.Sprint(args[i])+"}", written(args[i+1]))
	}
	return text
}

// Has reports whether the catalogue has the key.
func (c *catalogue) Has(key string) bool {
	_, ok := c.messages[key]
	return ok
}

func written(v any) string {
	if f, ok := v.(float64); ok {
		return number(f)
	}
	return fmt.Sprint(v)
}

// number writes a figure as people do, without trailing zeros.
func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// pluralForm follows the CLDR rules through the operands of the number's text.
func pluralForm(tag language.Tag, n any) plural.Form {
	text := strings.TrimPrefix(written(n), "-")
	whole, fraction, _ := strings.Cut(text, ".")
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

// texts are the catalogues of all languages, English first.
type texts struct {
	list    []*catalogue
	matcher language.Matcher
}

func loadTexts() (*texts, error) {
	names, err := fs.Glob(localeFiles, "locale/*.json")
	if err != nil {
		return nil, err
	}
	t := &texts{}
	for _, name := range names {
		data, err := localeFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		c := &catalogue{}
		if err := json.Unmarshal(data, &c.messages); err != nil {
			return nil, fmt.Errorf("web: %s: %w", name, err)
		}
		if c.tag, err = language.Parse(strings.TrimSuffix(path.Base(name), ".json")); err != nil {
			return nil, fmt.Errorf("web: %s: %w", name, err)
		}
		t.list = append(t.list, c)
	}
	slices.SortFunc(t.list, func(a, b *catalogue) int {
		if a.tag == language.English {
			return -1
		}
		if b.tag == language.English {
			return 1
		}
		return strings.Compare(a.tag.String(), b.tag.String())
	})
	var tags []language.Tag
	for _, c := range t.list {
		tags = append(tags, c.tag)
	}
	t.matcher = language.NewMatcher(tags)
	return t, nil
}

// match finds the best catalogue for language tags or Accept-Language headers,
// the first that is not empty; English when nothing fits.
func (t *texts) match(wanted ...string) *catalogue {
	for _, w := range wanted {
		if w == "" {
			continue
		}
		tags, _, err := language.ParseAcceptLanguage(w)
		if err != nil {
			continue
		}
		if _, i, sure := t.matcher.Match(tags...); sure != language.No {
			return t.list[i]
		}
	}
	return t.list[0]
}
