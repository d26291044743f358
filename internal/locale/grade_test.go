package locale

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Words that have no shorter name count as two syllables: their length says
// nothing about how hard a sentence is.
var termsOfTheField = regexp.MustCompile(`(?i)\b(mitragynine|pseudoindoxyl|buprenorphine|naltrexone|naloxone|methadone|benzodiazepines?|gabapentin|pregabalin|evenkeel|medicaid|samhsa|directory|alkaloids?|kratom|7-oh)\b`)

// forOthers are texts that people do not read as sentences of the app, or that
// are not ours to write: notices of authors, the help of commands, figures of
// the fit.
var forOthers = []string{"cli.", "sources.number.", "fit.", "csv.", "store.", "vault.", "core.", "doctor.", "pkpd.", "fault.", "summary.", "keep."}

// Every sentence of the pages is of grade 8 or lower by Flesch and Kincaid
// (Kincaid et al. 1975, Research Branch Report 8-75): 0.39 words a sentence +
// 11.8 syllables a word - 15.59. A text is measured when it has twenty words;
// shorter ones jump by grades with a single word.
func TestGrade(t *testing.T) {
	measured := 0
	for key, text := range englishTexts(t) {
		if slices.ContainsFunc(forOthers, func(p string) bool { return strings.HasPrefix(key, p) }) {
			continue
		}
		if g, ok := grade(text); ok {
			measured++
			if g > 8.05 {
				t.Errorf("%s is of grade %.1f: %s", key, g, text)
			}
		}
	}
	if measured < 80 {
		t.Errorf("only %d texts were measured", measured)
	}
}

// englishTexts are the texts of the catalogue, of our own questionnaires and of
// the evidence, with the plain form of what is counted.
func englishTexts(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("en/*.json")
	commands, bad := filepath.Glob("en/command/*.json")
	if err != nil || bad != nil {
		t.Fatal(err, bad)
	}
	files = append(files, commands...)
	texts := map[string]string{}
	for _, f := range files {
		for key, v := range readAny(t, f) {
			switch v := v.(type) {
			case string:
				texts[key] = v
			case map[string]any:
				texts[key], _ = v["other"].(string)
			}
		}
	}
	words, err := filepath.Glob("../../instrument/words/en/*.json")
	if err != nil || len(words) == 0 {
		t.Fatal("no words of questionnaires", err)
	}
	for _, f := range words {
		name := strings.TrimSuffix(filepath.Base(f), ".json")
		for key, v := range readAny(t, f) {
			if s, ok := v.(string); ok && key != "stem" {
				texts["instrument."+name+"."+key] = s
			}
			own := slices.Contains([]string{"pattern", "signs", "sleep", "withdrawal"}, name)
			if m, ok := v.(map[string]any); ok && (own || key == "populations" || key == "bands") {
				for k, s := range m {
					if s, ok := s.(string); ok {
						texts["instrument."+name+"."+key+"."+k] = s
					}
				}
			}
		}
	}
	addEvidence(t, texts)
	return texts
}

// addEvidence adds what people read of a claim; the ways in which it is met are
// for searching, and nobody is shown them.
func addEvidence(t *testing.T, texts map[string]string) {
	t.Helper()
	files, err := filepath.Glob("../../evidence/text/en/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no texts of the evidence", err)
	}
	for _, f := range files {
		for id, v := range readAny(t, f) {
			switch v := v.(type) {
			case string:
				texts["evidence."+id] = v
			case map[string]any:
				for what, s := range v {
					if s, ok := s.(string); ok {
						texts["evidence."+id+"."+what] = s
					}
				}
			}
		}
	}
}

func readAny(t *testing.T, file string) map[string]any {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

var (
	fillIns      = regexp.MustCompile(`\{[a-z_]+\}`)
	sentenceEnds = regexp.MustCompile(`[.!?:;]+(\s|$)`)
	wordShape    = regexp.MustCompile(`[A-Za-z']+`)
)

// grade is the grade of a text; false when it is too short to have one.
func grade(text string) (float64, bool) {
	text = fillIns.ReplaceAllString(termsOfTheField.ReplaceAllString(text, "table"), "nine")
	list := wordShape.FindAllString(text, -1)
	sentences := max(1, len(sentenceEnds.FindAllString(text+" ", -1)))
	if len(list) < 20 {
		return 0, false
	}
	syllables := 0
	for _, w := range list {
		syllables += syllablesOf(w)
	}
	n := float64(len(list))
	return 0.39*n/float64(sentences) + 11.8*float64(syllables)/n - 15.59, true
}

var vowels = regexp.MustCompile(`[aeiouy]+`)

// syllablesOf counts groups of vowels, without a silent e.
func syllablesOf(w string) int {
	w = strings.ToLower(w)
	n := len(vowels.FindAllString(w, -1))
	if strings.HasSuffix(w, "e") && !strings.HasSuffix(w, "le") || strings.HasSuffix(w, "es") && !strings.HasSuffix(w, "ses") || strings.HasSuffix(w, "ed") && !strings.HasSuffix(w, "ted") && !strings.HasSuffix(w, "ded") {
		n--
	}
	return max(1, n)
}

// By hand: "The cat sat on the mat." six times is 36 words in 6 sentences, a
// syllable each: 0.39 x 6 + 11.8 - 15.59 = -1.45.
func TestGradeOfAKnownText(t *testing.T) {
	if g, ok := grade(strings.Repeat("The cat sat on the mat. ", 6)); !ok || g < -1.46 || g > -1.44 {
		t.Errorf("%g", g)
	}
	for w, want := range map[string]int{"cat": 1, "table": 2, "alone": 2, "taken": 2, "wanted": 2, "asked": 1, "anything": 3, "medicine": 3} {
		if got := syllablesOf(w); got != want {
			t.Errorf("%s: %d syllables, want %d", w, got, want)
		}
	}
}
