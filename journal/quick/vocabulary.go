package quick

import (
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

//go:embed vocabulary/*.json
var vocabularyFiles embed.FS

// vocabulary is every word that the reader knows, in one language or in two.
type vocabulary struct {
	entries map[string]*entry
	// official is the one way to write some names.
	official map[string]string
	// spellings are slips and short forms of a word.
	spellings map[string]string
	// joined words are written as a digit and letters, hyphened ones with or
	// without a hyphen, slashed ones with a slash.
	joined, hyphened, slashed map[pair]string
	// brands are names of products and the units in which each is sold.
	brands map[string][]string
	// units are the names under which units are stored.
	units map[string]bool
	// notes are the words that the reader itself writes into a note, by what they
	// say.
	notes map[string]string
	// dayFirst reads 5/11 as the fifth of November.
	dayFirst bool
	// correctable are the words in which one wrong letter is forgiven.
	correctable []spelling
}

// pair is two words in a row; the second may be missing.
type pair [2]string

// entry is what one word means.
type entry struct {
	senses []sense
	words  wordSet
	roles  role // of the word by itself
	begins role // of the phrases that begin with it, too
	number float64
	counts bool // number is its value
}

// sense is one reading of a word, or of a phrase that the word begins.
type sense struct {
	role  role
	value string
	rest  []string // the words that must follow
}

// spelling is a word in which one wrong letter is forgiven. Its meaning tells
// whether two neighbours would be read in the same way.
type spelling struct{ word, meaning string }

// vocabularyFile is the form of a language's file. The keys of words are the
// names of the grammar's words, the keys of phrases are roles.
type vocabularyFile struct {
	Language  string                     `json:"language"`
	DayFirst  bool                       `json:"day_first"`
	Replaces  []string                   `json:"replaces"` // English words that mean something else here
	Words     map[string][]string        `json:"words"`
	Numbers   map[string]float64         `json:"numbers"`
	Official  map[string]string          `json:"official"`
	Spellings map[string][]string        `json:"spellings"`
	Joined    map[string]string          `json:"joined"`
	Hyphened  map[string]string          `json:"hyphened"`
	Slashed   map[string]string          `json:"slashed"`
	Brands    map[string][]string        `json:"brands"`
	Phrases   map[string]json.RawMessage `json:"phrases"`
	Notes     map[string]string          `json:"notes"` // each, about, for_<reason>
}

// vocabularyOf is the vocabulary of those who write a language: its own words
// and the English ones, which products and units are named in everywhere.
func vocabularyOf(tag string) *vocabulary {
	language, _, _ := strings.Cut(strings.ToLower(tag), "-")
	if load, ok := vocabularies[language]; ok {
		return load()
	}
	return vocabularies["en"]()
}

var vocabularies = map[string]func() *vocabulary{
	"en": sync.OnceValue(func() *vocabulary { return mustLoad("en") }),
	"es": sync.OnceValue(func() *vocabulary { return mustLoad("en", "es") }),
}

// mustLoad panics when a file that is built in cannot be read, which a test
// would have found.
func mustLoad(languages ...string) *vocabulary {
	v, err := loadVocabulary(languages...)
	if err != nil {
		panic(err)
	}
	return v
}

func loadVocabulary(languages ...string) (*vocabulary, error) {
	v := &vocabulary{entries: map[string]*entry{}, official: map[string]string{}, spellings: map[string]string{},
		joined: map[pair]string{}, hyphened: map[pair]string{}, slashed: map[pair]string{}, units: map[string]bool{}, notes: map[string]string{}, brands: map[string][]string{}}
	for _, language := range languages {
		raw, err := vocabularyFiles.ReadFile("vocabulary/" + language + ".json")
		if err != nil {
			return nil, err
		}
		var f vocabularyFile
		d := json.NewDecoder(strings.NewReader(string(raw)))
		d.DisallowUnknownFields()
		if err := d.Decode(&f); err != nil {
			return nil, fmt.Errorf("vocabulary %s: %w", language, err)
		}
		if err := v.learnFile(&f); err != nil {
			return nil, fmt.Errorf("vocabulary %s: %w", language, err)
		}
	}
	v.learnCorrectable()
	return v, nil
}

func (v *vocabulary) learnFile(f *vocabularyFile) error {
	for _, w := range f.Replaces {
		delete(v.entries, w)
	}
	maps.Copy(v.notes, f.Notes)
	for name, list := range f.Words {
		w, ok := wordNames[name]
		if !ok {
			return fmt.Errorf("the grammar has no word called %q", name)
		}
		for _, s := range list {
			v.at(s).words.add(w)
		}
	}
	for s, n := range f.Numbers {
		e := v.at(s)
		e.number, e.counts = n, true
		v.learn(roleNumber, s, s)
	}
	for name, raw := range f.Phrases {
		r, ok := roleNames[name]
		if !ok {
			return fmt.Errorf("no role is called %q", name)
		}
		var list []string
		if json.Unmarshal(raw, &list) == nil {
			for _, phrase := range list {
				v.learn(r, "", phrase)
			}
			continue
		}
		var table map[string][]string
		if err := json.Unmarshal(raw, &table); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		for value, list := range table {
			for _, phrase := range list {
				v.learn(r, value, phrase)
			}
			if r == roleUnit {
				v.units[value] = true
			}
		}
	}
	for right, list := range f.Spellings {
		for _, s := range list {
			v.spellings[s] = right
		}
	}
	maps.Copy(v.official, f.Official)
	maps.Copy(v.brands, f.Brands)
	for _, t := range []struct {
		to   map[pair]string
		from map[string]string
	}{{v.joined, f.Joined}, {v.hyphened, f.Hyphened}, {v.slashed, f.Slashed}} {
		for from, to := range t.from {
			first, second, _ := strings.Cut(from, " ")
			t.to[pair{first, second}] = to
		}
	}
	v.dayFirst = f.DayFirst
	return nil
}

// at is the entry of a word, begun if it is new.
func (v *vocabulary) at(w string) *entry {
	e := v.entries[w]
	if e == nil {
		e = &entry{}
		v.entries[w] = e
	}
	return e
}

// learn adds a phrase that has a role and stands for a value.
func (v *vocabulary) learn(r role, value, phrase string) {
	words := strings.Fields(phrase)
	if r == roleName || r == roleTint || r == roleNumber {
		value = phrase
	}
	e := v.at(words[0])
	e.senses = append(e.senses, sense{role: r, value: value, rest: words[1:]})
	e.begins |= r
	if len(words) == 1 {
		e.roles |= r
	}
}

// knows reports that a word has a meaning as such: not only as a part that the
// grammar looks for inside a phrase.
func (v *vocabulary) knows(w string) bool {
	e := v.entries[w]
	return e != nil && len(e.senses) > 0
}

// does reports that a word of a name has a part in the grammar.
func (v *vocabulary) does(name string, w word) bool {
	e := v.entries[strings.ToLower(name)]
	return e != nil && e.words.has(w)
}

// A wrong letter is forgiven in words of this length and more: shorter ones
// have too many neighbours.
const minCorrected = 6

// learnCorrectable gathers units and words of time: an unread one would leave
// an amount or a time wrong.
func (v *vocabulary) learnCorrectable() {
	for w, e := range v.entries {
		for _, s := range e.senses {
			if len(w) >= minCorrected && len(s.rest) == 0 && s.role&(roleUnit|roleDay|roleWeekday|rolePart|roleMonth|roleSpan) != 0 {
				v.correctable = append(v.correctable, spelling{w, s.value})
				break
			}
		}
	}
	slices.SortFunc(v.correctable, func(a, b spelling) int { return strings.Compare(a.word, b.word) })
}

// correct finds the known word that is a single slip away: a letter too many,
// one too few, another one, or two swapped; "" when no word or more than one
// meaning is that near.
func (v *vocabulary) correct(word string) string {
	var found spelling
	for _, s := range v.correctable {
		if d := len(s.word) - len(word); d < -1 || d > 1 || !oneSlip(word, s.word) {
			continue
		}
		if found.word != "" && found.meaning != s.meaning {
			return ""
		}
		found = s
	}
	return found.word
}
