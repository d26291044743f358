package check

import (
	"slices"
	"strings"
	"sync"

	"github.com/evenkeel/evenkeel/evidence"
	"github.com/evenkeel/evenkeel/evidence/check/markup"
	"github.com/evenkeel/evenkeel/evidence/check/sentence"
	"github.com/evenkeel/evenkeel/evidence/patterns"
)

// Languages are those that the checker can read.
func Languages() []string { return patterns.Languages() }

// english is read where another language is asked for that is not known.
const english = "en"

// In is the checker of a language, against the claims of the evidence base; of
// English for one that is not known. It is made once.
func In(language string) *Checker {
	if slices.Contains(Languages(), language) {
		return made(language)
	}
	return made(english)
}

var (
	mu       sync.Mutex
	checkers = map[string]*Checker{}
)

// made panics where the data of the program itself are wrong; a test reads all
// of them.
func made(language string) *Checker {
	mu.Lock()
	defer mu.Unlock()
	if c := checkers[language]; c != nil {
		return c
	}
	c, err := New(language, Claims(language))
	if err != nil {
		panic("evidence/patterns: " + err.Error())
	}
	checkers[language] = c
	return c
}

// Claims are those of the evidence base, with their wordings in a language.
func Claims(language string) []Known {
	var list []Known
	for _, c := range evidence.All() {
		t := c.Text(language)
		list = append(list, Known{ID: c.ID, Verdict: string(c.Verdict), Said: t.Said, Denied: t.Denied})
	}
	return list
}

// Text checks a text. Without a language it takes the one whose common words
// stand in the text most often.
func Text(text, language string) Report {
	if language == "" {
		language = Language(text)
	}
	r, _ := In(language).Read(strings.NewReader(text), markup.Guess) // a string has no errors
	return r
}

// Head is how many bytes of a text its language is told from.
const Head = 20 << 10

// Language tells the language of a text from its first Head bytes, among those
// that the checker can read.
func Language(text string) string {
	var f sentence.Folder
	words := sentence.Words(nil, []byte(text[:min(len(text), Head)]), &f)
	best, most := english, 0
	for _, l := range Languages() {
		c := In(l)
		n := 0
		for _, w := range words {
			if c.stop[w.Text] {
				n++
			}
		}
		if n > most {
			best, most = l, n
		}
	}
	return best
}
