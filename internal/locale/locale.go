// Package locale is every text that people read, in every language: of pages,
// commands and faults. Each room of the house has its own file of texts, a
// flat object of keys in en/<room>.json and in es/<room>.json; what only commands
// or a program's desk say, and a browser need not load, stands in en/command and
// es/command.
//
// Numbers, plurals and the choice of a language follow golang.org/x/text.
package locale

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"
	printer "golang.org/x/text/message"
)

//go:embed */*.json
var files embed.FS

// Texts are the catalogues of all languages, English first.
type Texts struct {
	list    []*Catalogue
	matcher language.Matcher
}

// Load reads the texts that are built in.
func Load() (*Texts, error) { return loadOnce() }

var loadOnce = sync.OnceValues(func() (*Texts, error) { return load(builtIn()...) })

// load reads one folder a language, and every file in it and in its folder of
// commands. The first root has every language.
func load(roots ...fs.FS) (*Texts, error) {
	folders, err := fs.Glob(roots[0], "*")
	if err != nil {
		return nil, err
	}
	t := &Texts{}
	for _, folder := range folders {
		tag, err := language.Parse(folder)
		if err != nil {
			return nil, fmt.Errorf("locale: %s: %w", folder, err)
		}
		c := &Catalogue{tag: tag, messages: map[string]message{}, printer: printer.NewPrinter(tag)}
		for _, root := range roots {
			if err := c.readFolder(root, folder); err != nil {
				return nil, err
			}
		}
		t.list = append(t.list, c)
	}
	slices.SortFunc(t.list, func(a, b *Catalogue) int {
		switch {
		case a.tag == b.tag:
			return 0
		case a.tag == language.English:
			return -1
		case b.tag == language.English:
			return 1
		}
		return strings.Compare(a.Tag(), b.Tag())
	})
	var tags []language.Tag
	for _, c := range t.list {
		tags = append(tags, c.tag)
	}
	t.matcher = language.NewMatcher(tags)
	return t, nil
}

// readFolder adds the texts of a language's folder, and of the folder of commands
// in it.
func (c *Catalogue) readFolder(root fs.FS, folder string) error {
	for _, pattern := range []string{"*.json", "command/*.json"} {
		names, err := fs.Glob(root, path.Join(folder, pattern))
		if err != nil {
			return err
		}
		for _, name := range names {
			if err := c.read(root, name); err != nil {
				return fmt.Errorf("locale: %s: %w", name, err)
			}
		}
	}
	return nil
}

// read adds the texts of one file. It goes through the object by itself,
// because a map would silently keep the last of two equal keys.
func (c *Catalogue) read(root fs.FS, name string) error {
	f, err := root.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	d := json.NewDecoder(f)
	if begin, err := d.Token(); err != nil || begin != json.Delim('{') {
		return fmt.Errorf("must be one object of texts")
	}
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return err
		}
		key := fmt.Sprint(token)
		if c.Has(key) {
			return fmt.Errorf("the key %q stands twice", key)
		}
		if c.messages[key], err = readMessage(d); err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
	}
	_, err = d.Token()
	return err
}

// inPocket begins the keys of texts for the pocket.
const inPocket = "in_pocket."

// InPocket are the texts for a browser without a server: where one speaks of
// commands, folders or accounts, what a person can do there stands in its place.
func (t *Texts) InPocket() *Texts {
	p := &Texts{matcher: t.matcher}
	for _, c := range t.list {
		of := *c
		of.messages = maps.Clone(c.messages)
		for key, m := range c.messages {
			if desk, ok := strings.CutPrefix(key, inPocket); ok {
				of.messages[desk] = m
			}
		}
		p.list = append(p.list, &of)
	}
	return p
}

// All are the catalogues, English first.
func (t *Texts) All() []*Catalogue { return slices.Clone(t.list) }

// English is the catalogue that has every text first.
func (t *Texts) English() *Catalogue { return t.list[0] }

// Match finds the best catalogue for language tags or Accept-Language headers,
// the first that is not empty and fits; English when nothing fits.
func (t *Texts) Match(wanted ...string) *Catalogue {
	for _, w := range wanted {
		if c, ok := t.Find(w); ok {
			return c
		}
	}
	return t.list[0]
}

// Find is Match for one wish; ok is false when no language fits it.
func (t *Texts) Find(wanted string) (c *Catalogue, ok bool) {
	if wanted == "" {
		return nil, false
	}
	tags, _, err := language.ParseAcceptLanguage(wanted)
	if err != nil {
		return nil, false
	}
	_, i, sure := t.matcher.Match(tags...)
	return t.list[i], sure != language.No
}
