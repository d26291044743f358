package safety

import (
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed en.json es.json
var files embed.FS

// languages whose phrases are looked for, whatever the language of the page.
var languages = []string{"en", "es"}

// file is one language's phrases as people write them; docs/safety.md explains it.
type file struct {
	Language string            `json:"language"`
	Updated  string            `json:"updated"`
	Sets     map[string]string `json:"sets"`
	Signs    []entry           `json:"signs"`
	// What is around a phrase and changes what it means.
	Self    string   `json:"self"`
	Others  string   `json:"others"`
	Denials string   `json:"denials"`
	Far     string   `json:"far"`
	Turns   string   `json:"turns,omitempty"`
	Carry   string   `json:"carry"`
	Or      string   `json:"or"`
	But     string   `json:"but"`
	After   string   `json:"after"`
	Still   string   `json:"still"`
	Past    []string `json:"past"`
}

type entry struct {
	Sign    Sign   `json:"sign"`
	Urgency string `json:"urgency"`
	Source  string `json:"source"`
	Note    string `json:"note"`
	// OnlySelf drops what is about somebody else, NotPast what is long ago.
	OnlySelf bool `json:"only_self,omitempty"`
	NotPast  bool `json:"not_past,omitempty"`
	// AboutSelf is for what others do to the person.
	AboutSelf bool     `json:"about_self,omitempty"`
	Phrases   []string `json:"phrases"`
	// Others are phrases whose form says that they are about somebody else.
	Others []string `json:"others,omitempty"`
	// Idioms are everyday phrases that hold the same words.
	Idioms []string `json:"idioms,omitempty"`
}

// trait is what a word does to a phrase near it.
type trait uint16

const (
	isSelf trait = 1 << iota
	isOther
	denies
	deniesFar
	turnsDenial
	carries
	joins
	cancels
	deniesAfter
	isStill
)

// book is every phrase of every language, made for looking words up.
type book struct {
	numbers map[string]word
	// first lists the phrases that can begin with a word.
	first [][]*phrase
	// around lists idioms and words of the past, needed only when something was found.
	around [][]*phrase
	traits [][]trait // by language, then word
}

var theBook = sync.OnceValue(func() *book {
	b := &book{numbers: map[string]word{}}
	b.number("") // 0 is every word that no phrase knows
	var first, around []*phrase
	for i, lang := range languages {
		raw, err := files.ReadFile(lang + ".json")
		if err == nil {
			err = b.read(i, raw, &first, &around)
		}
		if err != nil {
			panic(fmt.Sprintf("safety: the embedded %s.json is broken: %v", lang, err))
		}
	}
	b.first, b.around = b.index(first), b.index(around)
	return b
})

// index lists phrases under every word they can begin with. A number that some
// phrase names, such as the "7" of "7 hydroxy", may stand wherever any may.
func (b *book) index(phrases []*phrase) [][]*phrase {
	var named []word
	for s, n := range b.numbers {
		if s != "" && strings.Trim(s, "0123456789") == "" {
			named = append(named, n)
		}
	}
	list := make([][]*phrase, len(b.numbers))
	for _, p := range phrases {
		for i := range p.steps {
			s := &p.steps[i]
			if slices.Contains(s.words, b.numbers[anyNumber]) {
				s.words = append(s.words, named...)
			}
			slices.Sort(s.words)
			s.words = slices.Compact(s.words)
		}
		for _, w := range p.steps[0].words {
			list[w] = append(list[w], p)
		}
	}
	return list
}

// read takes in one language: the phrases that are looked for and those around
// them.
func (b *book) read(lang int, raw []byte, first, around *[]*phrase) error {
	var f file
	d := json.NewDecoder(strings.NewReader(string(raw)))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		return err
	}
	c := compiler{book: b, lang: lang, sets: f.Sets, first: first, around: around}
	for _, e := range f.Signs {
		if err := c.entry(&e); err != nil {
			return fmt.Errorf("%s: %w", e.Sign, err)
		}
	}
	for _, p := range f.Past {
		if err := c.add(around, phrase{past: true}, p); err != nil {
			return err
		}
	}
	b.traits = append(b.traits, nil)
	for _, g := range []struct {
		words string
		trait trait
	}{{f.Self, isSelf}, {f.Others, isOther}, {f.Denials, denies}, {f.Far, denies | deniesFar}, {f.Turns, turnsDenial}, {f.Carry, carries}, {f.Or, joins}, {f.But, cancels}, {f.After, deniesAfter}, {f.Still, isStill}} {
		for _, w := range strings.Fields(g.words) {
			n := int(b.number(w))
			b.traits[lang] = append(b.traits[lang], make([]trait, max(0, n+1-len(b.traits[lang])))...)
			b.traits[lang][n] |= g.trait
		}
	}
	return nil
}

// number gives a word of the data its number.
func (b *book) number(s string) word {
	s = strings.Map(plain, s)
	n, ok := b.numbers[s]
	if !ok {
		n = word(len(b.numbers))
		b.numbers[s] = n
	}
	return n
}

func (b *book) is(lang int, w word, t trait) bool {
	return int(w) < len(b.traits[lang]) && b.traits[lang][w]&t != 0
}

// Numbers in a text are all the same word, but for years.
const (
	anyNumber = "#"
	anyYear   = "#year"
)

// look finds the number of a folded word: as written, with digits and signs
// read as the letters they stand for, and with letters that were drawn out.
func (b *book) look(s []byte) word {
	if n, ok := b.numbers[string(s)]; ok {
		return n
	}
	digits, signs := 0, 0
	for _, c := range s {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case c == '@' || c == '$':
			signs++
		}
	}
	switch {
	case digits == len(s) && digits > 0:
		if digits == 4 && (string(s[:2]) == "19" || string(s[:2]) == "20") {
			return b.numbers[anyYear]
		}
		return b.numbers[anyNumber]
	case digits+signs > 0:
		var buf [longest]byte
		t := buf[:copy(buf[:], s)]
		for i, c := range t {
			if k := strings.IndexByte("0134578@$", c); k >= 0 {
				t[i] = "oieastbas"[k]
			}
		}
		if n, ok := b.numbers[string(t)]; ok {
			return n
		}
		if s[0] >= '0' && s[0] <= '9' {
			return b.numbers[anyNumber] // an amount with its unit: 2g, 15mg
		}
		return 0
	}
	for keep := 2; keep > 0; keep-- {
		var buf [longest]byte
		t, run := buf[:0], 0
		for i, c := range s {
			if i > 0 && s[i-1] == c {
				run++
			} else {
				run = 1
			}
			if run <= keep {
				t = append(t, c)
			}
		}
		if len(t) > len(s)-2+keep-1 {
			return 0 // nothing was drawn out
		}
		if n, ok := b.numbers[string(t)]; ok {
			return n
		}
	}
	return 0
}

// Known reports that the sign is one of those above.
func (s Sign) Known() bool { return slices.Contains(order, s) }
