package instrument

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
)

//go:embed data/*.json words/*/*.json
var files embed.FS

// Words are an instrument's texts in one language.
type Words struct {
	Title string `json:"title"`
	About string `json:"about"` // what it asks, and why, in a sentence or two
	// Stem is said before every item: "Over the last 2 weeks, ...". Items that
	// stand alone have none.
	Stem    string              `json:"stem,omitempty"`
	Items   map[string]string   `json:"items"`
	Options map[string][]string `json:"options"` // in the order of the values
	// Own are the options of one item where its words differ from the list's.
	Own         map[string][]string `json:"own,omitempty"`
	Scores      map[string]string   `json:"scores"`
	Bands       map[string]string   `json:"bands,omitempty"` // score.band
	Populations map[string]string   `json:"populations,omitempty"`
	// Note is said beside the result.
	Note string `json:"note,omitempty"`
}

// Answer is the word for a value of an item.
func (in *Instrument) Answer(w *Words, i Item, value int) string {
	at := slices.Index(in.Values(i), value)
	list := w.Options[i.Options]
	if own, ok := w.Own[i.ID]; ok {
		list = own
	}
	if at < 0 || at >= len(list) {
		return ""
	}
	return list[at]
}

type shelf struct {
	list  []*Instrument
	words map[string]map[string]*Words // language, id
}

var all = sync.OnceValue(func() shelf {
	s, err := read(files)
	if err != nil {
		panic("instrument: the embedded files are broken: " + err.Error()) // a test keeps this from shipping
	}
	return s
})

// All lists the instruments by topic, then by name. They must not be changed.
func All() []*Instrument { return all().list }

// Find returns the instrument of an id.
func Find(id string) (*Instrument, bool) {
	at := slices.IndexFunc(all().list, func(in *Instrument) bool { return in.ID == id })
	if at < 0 {
		return nil, false
	}
	return all().list[at], true
}

// Words are the instrument's texts in a language, or in English where that has
// none.
func (in *Instrument) Words(language string) *Words {
	if w := all().words[language][in.ID]; w != nil {
		return w
	}
	return all().words["en"][in.ID]
}

func read(dir fs.FS) (shelf, error) {
	s := shelf{words: map[string]map[string]*Words{}}
	data, err := fs.Glob(dir, "data/*.json")
	if err != nil {
		return s, err
	}
	for _, name := range data {
		in := new(Instrument)
		if err := decode(dir, name, in); err != nil {
			return s, err
		}
		s.list = append(s.list, in)
	}
	texts, err := fs.Glob(dir, "words/*/*.json")
	if err != nil {
		return s, err
	}
	for _, name := range texts {
		parts := strings.Split(name, "/")
		w := new(Words)
		if err := decode(dir, name, w); err != nil {
			return s, err
		}
		if s.words[parts[1]] == nil {
			s.words[parts[1]] = map[string]*Words{}
		}
		s.words[parts[1]][strings.TrimSuffix(parts[2], ".json")] = w
	}
	slices.SortFunc(s.list, func(a, b *Instrument) int {
		if d := slices.Index(Topics, a.Topic) - slices.Index(Topics, b.Topic); d != 0 {
			return d
		}
		return strings.Compare(a.ID, b.ID)
	})
	return s, nil
}

func decode(dir fs.FS, name string, into any) error {
	b, err := fs.ReadFile(dir, name)
	if err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
