package quick

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/journal"
)

// TestVocabularyWords: every word of the grammar and every role has words in
// English, and every word is in the form that tokens have.
func TestVocabularyWords(t *testing.T) {
	var words wordSet
	var roles role
	for language, load := range vocabularies {
		for w, e := range load().entries {
			if plainToken(w) != w {
				t.Errorf("%s: no token is spelled %q", language, w)
			}
			if language == "en" {
				roles |= e.begins
				for k := range words {
					words[k] |= e.words[k]
				}
			}
			for _, s := range e.senses {
				for _, r := range s.rest {
					if plainToken(r) != r {
						t.Errorf("%s: no token is spelled %q", language, r)
					}
				}
			}
		}
	}
	for name, w := range wordNames {
		if !words.has(w) && w != wLastNight && w != wSpokenHour { // English says these in other ways
			t.Errorf("English has no word for %q", name)
		}
	}
	for name, r := range roleNames {
		if roles&r != r && r != roleMinutes {
			t.Errorf("English has no phrase for %q", name)
		}
	}
	if len(wordNames) != int(firstMark) || len(markWords) != int(wordCount-firstMark) {
		t.Errorf("%d words and %d marks have names, of %d and %d", len(wordNames), len(markWords), firstMark, wordCount-firstMark)
	}
}

// plainToken is the text of the only token that a word becomes.
func plainToken(w string) string {
	if w == "7-oh" || w == "mgm-15" || w == "mit45" || w == "feel-free" || w == "k-shot" || w == "b/c" { // joined
		return w
	}
	p := tokens{line: w, voc: &vocabulary{}}
	p.lex()
	if len(p.toks) != 1 {
		return ""
	}
	return p.toks[0].text
}

// TestVocabulary: no phrase has two meanings of one role, and every value is
// one that the journal knows.
func TestVocabulary(t *testing.T) {
	for language, load := range vocabularies {
		for w, e := range load().entries {
			seen := map[string]string{}
			for _, s := range e.senses {
				key := fmt.Sprint(s.role, s.rest)
				if old, ok := seen[key]; ok && old != s.value {
					t.Errorf("%s: %q %v means %q and %q", language, w, s.rest, old, s.value)
				}
				seen[key] = s.value
				switch s.role {
				case roleChange:
					if !slices.Contains(journal.Changes, journal.Change(s.value)) {
						t.Errorf("%q: no body change is called %q", w, s.value)
					}
				case roleSymptom:
					if !slices.Contains(journal.Symptoms, journal.Symptom(s.value)) {
						t.Errorf("%q: no symptom is called %q", w, s.value)
					}
				case roleReason:
					if !slices.Contains(journal.Reasons, journal.Reason(s.value)) {
						t.Errorf("%q: no reason is called %q", w, s.value)
					}
				case roleDay, roleWeekday, roleMonth, roleNoon:
					if _, err := strconv.Atoi(s.value); err != nil {
						t.Errorf("%q: %q is no number of a day or month", w, s.value)
					}
				case roleLife:
					if !slices.Contains(journal.LifeAreas, journal.LifeArea(s.value)) {
						t.Errorf("%q: no part of life is called %q", w, s.value)
					}
				case roleSubstance:
					class, _, _ := strings.Cut(s.value, "|")
					if !slices.Contains(journal.SubstanceClasses, journal.SubstanceClass(class)) {
						t.Errorf("%q: no class is called %q", w, class)
					}
				}
			}
		}
	}
	for _, u := range openUnits {
		if !english().units[u] {
			t.Errorf("the open unit %q is no unit", u)
		}
	}
}

// What the reader itself writes into a note is in the language of the line.
func TestEveryLanguageHasTheNotes(t *testing.T) {
	want := []string{"about", "each"}
	for _, r := range journal.Reasons {
		want = append(want, "for_"+string(r))
	}
	slices.Sort(want)
	english, spanish := vocabularyOf("en").notes, vocabularyOf("es").notes
	if got := slices.Sorted(maps.Keys(english)); !slices.Equal(got, want) {
		t.Errorf("English has %v, want %v", got, want)
	}
	for name, text := range english {
		if spanish[name] == text || spanish[name] == "" {
			t.Errorf("Spanish says %q for %s", spanish[name], name)
		}
	}
}
