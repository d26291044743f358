package evidence

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
)

//go:embed claims/*.json sources.json text
var files embed.FS

// notesFile holds the safety notes of a language, beside the topics.
const notesFile = "safety"

// book is the data, read once and only when it is asked for: most commands and
// pages never do.
var book = sync.OnceValue(func() library {
	l, err := read(files)
	if err != nil {
		panic(fmt.Sprintf("evidence: the embedded data is broken: %v", err))
	}
	return l
})

type library struct {
	claims    []Claim
	claim     map[string]int
	sources   []Source
	source    map[string]int
	texts     map[string]map[string]Text   // language, claim
	notes     map[string]map[string]string // language, note
	noteIDs   []string
	languages []string
}

// read puts the files together. What they must hold beyond that is tested.
func read(dir fs.FS) (library, error) {
	l := library{claim: map[string]int{}, source: map[string]int{}, texts: map[string]map[string]Text{}, notes: map[string]map[string]string{}}
	for _, t := range Topics {
		var claims []Claim
		if err := into(dir, path.Join("claims", string(t)+".json"), &claims); err != nil {
			return l, err
		}
		for _, c := range claims {
			if _, twice := l.claim[c.ID]; twice {
				return l, fmt.Errorf("claim %s stands twice", c.ID)
			}
			c.Topic = t
			l.claim[c.ID] = len(l.claims)
			l.claims = append(l.claims, c)
		}
	}
	if err := into(dir, "sources.json", &l.sources); err != nil {
		return l, err
	}
	for i, s := range l.sources {
		if _, twice := l.source[s.ID]; twice {
			return l, fmt.Errorf("source %s stands twice", s.ID)
		}
		l.source[s.ID] = i
	}
	return l, l.readTexts(dir)
}

func (l *library) readTexts(dir fs.FS) error {
	names, err := fs.Glob(dir, "text/*/*.json")
	if err != nil {
		return err
	}
	for _, name := range names {
		language, file := path.Base(path.Dir(name)), strings.TrimSuffix(path.Base(name), ".json")
		if l.texts[language] == nil {
			l.texts[language] = map[string]Text{}
			l.languages = append(l.languages, language)
		}
		if file == notesFile {
			var notes map[string]string
			if err := into(dir, name, &notes); err != nil {
				return err
			}
			l.notes[language] = notes
			continue
		}
		var texts map[string]Text
		if err := into(dir, name, &texts); err != nil {
			return err
		}
		for id, t := range texts {
			if i, ok := l.claim[id]; !ok || l.claims[i].Topic != Topic(file) {
				return fmt.Errorf("%s has a text for %q, which is no claim of its topic", name, id)
			}
			t.Language = language
			l.texts[language][id] = t
		}
	}
	l.noteIDs = slices.Sorted(maps.Keys(l.notes[english]))
	return nil
}

// into reads a file strictly: a field that nobody knows is a slip of the pen.
func into(dir fs.FS, name string, v any) error {
	f, err := dir.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	d := json.NewDecoder(f)
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// All are the claims, by topic, in the order of their files.
func All() []Claim { return slices.Clone(book().claims) }

// In are the claims of a topic.
func In(t Topic) []Claim {
	return slices.DeleteFunc(All(), func(c Claim) bool { return c.Topic != t })
}

// ByID is one claim; false for an id that is not known.
func ByID(id string) (Claim, bool) {
	i, ok := book().claim[id]
	if !ok {
		return Claim{}, false
	}
	return book().claims[i], true
}

// AllSources are the sources, by id.
func AllSources() []Source { return slices.Clone(book().sources) }

// SourceByID is one source; false for an id that is not known.
func SourceByID(id string) (Source, bool) {
	i, ok := book().source[id]
	if !ok {
		return Source{}, false
	}
	return book().sources[i], true
}
