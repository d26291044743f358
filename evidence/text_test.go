package evidence

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Every claim says everything, in every language.
func TestTextsAreWhole(t *testing.T) {
	if !slices.Equal(Languages(), []string{"en", "es"}) {
		t.Fatalf("languages: %v", Languages())
	}
	for _, language := range []string{"en", "es"} {
		for _, c := range All() {
			x := c.Text(language)
			if x.Language != language {
				t.Errorf("%s has no text in %s", c.ID, language)
				continue
			}
			for what, s := range map[string]string{"question": x.Question, "statement": x.Statement, "answer": x.Answer, "why": x.Why, "changes": x.Changes} {
				if s == "" || s != strings.TrimSpace(s) || !strings.ContainsRune(".?", rune(s[len(s)-1])) {
					t.Errorf("%s, %s: its %s is no sentence: %q", c.ID, language, what, s)
				}
			}
			if (x.Looked == "") != (c.Looked == nil) {
				t.Errorf("%s, %s: what was looked for stands where a look is recorded, and only there", c.ID, language)
			}
			if n := len(sentence.FindAllString(x.Answer, -1)); n < 2 || n > 4 {
				t.Errorf("%s, %s: the answer has %d sentences: %s", c.ID, language, n, x.Answer)
			}
			if strings.HasSuffix(x.Statement, "?") || !strings.HasSuffix(x.Question, "?") {
				t.Errorf("%s, %s: a question asks, a statement does not", c.ID, language)
			}
		}
	}
}

func TestNotesInEveryLanguage(t *testing.T) {
	used := map[string]bool{}
	for _, c := range All() {
		for _, n := range c.Safety {
			used[n] = true
		}
	}
	for _, language := range Languages() {
		if got := slices.Sorted(maps.Keys(book().notes[language])); !slices.Equal(got, SafetyNotes()) {
			t.Errorf("%s has the notes %v", language, got)
		}
	}
	if len(All()) < 200 {
		return
	}
	for _, n := range SafetyNotes() {
		if !used[n] {
			t.Errorf("no claim has the safety note %s", n)
		}
	}
}

// everyText is all that people can be shown, by where it stands.
func everyText() map[string]string {
	all := map[string]string{}
	for language, texts := range book().texts {
		for id, x := range texts {
			for what, s := range map[string]string{"question": x.Question, "statement": x.Statement, "answer": x.Answer, "why": x.Why, "looked": x.Looked, "changes": x.Changes} {
				all[language+"/"+id+"/"+what] = s
			}
		}
	}
	for language, notes := range book().notes {
		for id, s := range notes {
			all[language+"/"+id] = s
		}
	}
	return all
}

var (
	sentence = regexp.MustCompile(`[.?](\s|$)`)
	// tells is an order to take, with an amount or a substance behind it.
	tells = regexp.MustCompile(`(?i)\b(take|use|start (with|on|at)|try|drink|cut (by|down by)|lower (it|your dose) by|reduce by|toma|usa|prueba|empieza con|baja|reduce)\s+(about |up to |at most |only |unos |hasta )?(\d|one |two |half |a (few )?(gram|capsule|tablet|spoon)|un |dos |medio )`)
	loud  = regexp.MustCompile(`[!¡]`)
	label = regexp.MustCompile(`(?i)\b(users?|usuari[oa]s?|addicts?|abusers?|junkies?|drug abuse|clean time|adictos?|drogadictos?|yonquis?)\b`)
)

// No text shouts, puts people down or says how much to take.
func TestTextsAreCalm(t *testing.T) {
	for where, s := range everyText() {
		if loud.MatchString(s) || label.MatchString(s) || strings.Contains(s, "  ") {
			t.Errorf("%s: %s", where, s)
		}
		if tells.MatchString(s) {
			t.Errorf("%s tells a dose: %s", where, s)
		}
	}
}

func TestTellsADose(t *testing.T) {
	for s, want := range map[string]bool{
		"Take 2 grams before bed.":                   true,
		"Start with half a tablet.":                  true,
		"Toma dos gramos.":                           true,
		"People who take 35 grams a day were asked.": true, // words a rule cannot tell apart are written otherwise
		"Two grams of tea raised a test medicine.":   false,
		"Ask a pharmacist what you can take.":        false,
	} {
		if tells.MatchString(s) != want {
			t.Errorf("%q: want %v", s, want)
		}
	}
}
