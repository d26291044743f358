package locale

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/feature/plural"

	"github.com/evenkeel/evenkeel/internal/fault"
)

var placeholder = regexp.MustCompile(`\{[A-Za-z0-9_]+\}`)

func placeholders(s string) []string {
	list := placeholder.FindAllString(s, -1)
	slices.Sort(list)
	return slices.Compact(list)
}

func texts(t *testing.T) *Texts {
	t.Helper()
	all, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestEveryLanguageSaysEverything(t *testing.T) {
	all := texts(t).All()
	en := all[0]
	if en.Tag() != "en" || len(all) < 2 {
		t.Fatalf("%d languages, %s first", len(all), en.Tag())
	}
	for _, c := range all {
		for key, m := range en.messages {
			other, ok := c.messages[key]
			if !ok {
				t.Errorf("%s lacks %q", c.Tag(), key)
				continue
			}
			for form, text := range other {
				// A form for one may leave the figure out: "the record".
				got, want := placeholders(text), placeholders(m[plural.Other])
				if !slices.Equal(got, want) && (form == plural.Other || !slices.Equal(append(got, "{n}"), want)) {
					t.Errorf("%s %q (%v): placeholders %v, want %v", c.Tag(), key, form, got, want)
				}
				if strings.ContainsAny(text, "!¡") {
					t.Errorf("%s %q raises its voice: %s", c.Tag(), key, text)
				}
				if text == "" || strings.TrimSpace(text) != text {
					t.Errorf("%s %q is empty or has space around it", c.Tag(), key)
				}
			}
			if (len(m) > 1) != (len(other) > 1) {
				t.Errorf("%s %q: one has plural forms and the other has not", c.Tag(), key)
			}
		}
		for key := range c.messages {
			if !en.Has(key) {
				t.Errorf("%s has %q, which English has not", c.Tag(), key)
			}
		}
	}
}

func TestMatch(t *testing.T) {
	all := texts(t)
	for _, c := range []struct {
		wanted []string
		want   string
	}{
		{[]string{"es-MX,es;q=0.9"}, "es"}, {[]string{"xx"}, "en"}, {[]string{"", "es"}, "es"}, {[]string{"fr, en;q=0.5"}, "en"},
		{nil, "en"}, {[]string{"es_MX"}, "es"}, {[]string{"not a tag;;", "es"}, "es"},
	} {
		if got := all.Match(c.wanted...).Tag(); got != c.want {
			t.Errorf("%q: %s, want %s", c.wanted, got, c.want)
		}
	}
}

func TestNumbers(t *testing.T) {
	en, es := texts(t).English(), texts(t).Match("es")
	for _, c := range []struct {
		f      float64
		en, es string
	}{
		{0, "0", "0"}, {3, "3", "3"}, {2.7, "2.7", "2,7"}, {0.031, "0.031", "0,031"}, {1234.5, "1234.5", "1234,5"}, {12000, "12000", "12000"},
		{1e6, "1000000", "1000000"}, {-0.5, "-0.5", "-0,5"}, {0.30000000000000004, "0.30000000000000004", "0,30000000000000004"},
	} {
		if got := en.Number(c.f); got != c.en {
			t.Errorf("English writes %q, want %q", got, c.en)
		}
		if got := es.Number(c.f); got != c.es {
			t.Errorf("Spanish writes %q, want %q", got, c.es)
		}
	}
	if got := es.Fixed(4.5, 2); got != "4,50" {
		t.Errorf("money in Spanish is %q", got)
	}
}

func folder(files map[string]string) fstest.MapFS {
	m := fstest.MapFS{}
	for name, text := range files {
		m[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}

func TestPlaceholdersAndPlurals(t *testing.T) {
	all, err := load(folder(map[string]string{
		"en/a.json": `{"a.dog": {"one": "{n} dog", "other": "{n} dogs"}, "a.name": "{name} of {dog}"}`,
		"en/b.json": `{"b.said": "It said: {problem}"}`,
		"ru/a.json": `{"a.dog": {"one": "{n} dog1", "few": "{n} dog2", "many": "{n} dog5", "other": "{n} dogs"}, "a.name": "{name} / {dog}", "b.said": "!"}`,
	}))
	if err != nil {
		t.Fatal(err)
	}
	en, ru := all.English(), all.Match("ru")
	for _, c := range []struct{ got, want string }{
		{en.T("a.dog", "n", 1), "1 dog"}, {en.T("a.dog", "n", 0), "0 dogs"}, {en.T("a.dog", "n", 1.5), "1.5 dogs"}, {en.T("a.dog", "n", -1), "-1 dog"},
		{ru.T("a.dog", "n", 1), "1 dog1"}, {ru.T("a.dog", "n", 3), "3 dog2"}, {ru.T("a.dog", "n", 5), "5 dog5"}, {ru.T("a.dog", "n", 1.5), "1,5 dogs"},
		{en.T("a.name", "name", "{dog}", "dog", "Rex"), "{dog} of Rex"}, // a name that looks like a placeholder
		{en.T("a.missing", "n", 1), "a.missing"},
		{en.T("b.said", "problem", fault.New(fault.Invalid, "a.dog", "n", 2)), "It said: 2 dogs"},
		{en.T("b.said", "problem", word{}), "It said: 3 dogs"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

type word struct{}

func (word) Text() (string, []any) { return "a.dog", []any{"n", 3} }
func (word) Error() string         { return "word" }

func TestTextsThatCannotBeRead(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"a key in two files":     {"en/a.json": `{"a.b": "x"}`, "en/b.json": `{"a.b": "y"}`},
		"a key twice in a file":  {"en/a.json": `{"a.b": "x", "a.b": "y"}`},
		"no object":              {"en/a.json": `["x"]`},
		"a form that is no form": {"en/a.json": `{"a.b": {"ones": "x", "other": "y"}}`},
		"no form for the rest":   {"en/a.json": `{"a.b": {"one": "x"}}`},
		"cut short":              {"en/a.json": `{"a.b": "x"`},
		"a folder of no tongue":  {"1x/a.json": `{}`},
	} {
		if _, err := load(folder(files)); err == nil {
			t.Errorf("%s: was read", name)
		}
	}
}

func TestFaultsSpeak(t *testing.T) {
	en, es := texts(t).English(), texts(t).Match("es")
	unknown := "Something went wrong inside Evenkeel. Nothing was changed. Run “evenkeel doctor” to look for the cause."
	for _, c := range []struct {
		name   string
		err    error
		en, es string
	}{
		{"none", nil, "", ""},
		{"a key", fmt.Errorf("x: %w", fault.New(fault.Invalid, "demo.name")), "Demo", "Demostración"},
		{"of the domain", fmt.Errorf("x: %w", fixed{"today.doses", []any{"n", 2}}), "2 doses today.", "2 dosis hoy."},
		{"of nobody", errors.New("disk says: my secret"), unknown, es.T("fault.unknown")},
	} {
		if got := en.Fault(c.err); got != c.en {
			t.Errorf("%s: %q, want %q", c.name, got, c.en)
		}
		if got := es.Fault(c.err); got != c.es {
			t.Errorf("%s: %q, want %q", c.name, got, c.es)
		}
	}
}

type fixed struct {
	key  string
	args []any
}

func (f fixed) Error() string         { return f.key }
func (f fixed) Text() (string, []any) { return f.key, f.args }

// A file that a translator got wrong is refused with what is wrong.
func TestBrokenTexts(t *testing.T) {
	for file, want := range map[string]string{
		`[]`:                             "one object",
		`{"a": "b"`:                      "EOF",
		`{"a": "b", "a": "c"}`:           "stands twice",
		`{"a": 1}`:                       "plural forms",
		`{"a": ["b"]}`:                   "plural forms",
		`{"a": {"one": "b"}}`:            `"other" is missing`,
		`{"a": {"ones": "b"}}`:           `no plural form is called "ones"`,
		`{"a": {"other": {"one": "b"}}}`: "must be a text",
		`{"a": {"other": "b"`:            "EOF",
	} {
		if _, err := load(folder(map[string]string{"en/a.json": file})); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", file, err, want)
		}
	}
}

// BenchmarkLoad reads every text, which each start waits for.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := load(files); err != nil {
			b.Fatal(err)
		}
	}
}
