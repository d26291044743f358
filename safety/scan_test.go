package safety

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func FuzzScan(f *testing.F) {
	for _, s := range []string{"I want to kill myself", "no quiero vivir", "ye\u0301llow eyes", "\xff\xfe", "Yell0w eYe\x80", "kill\u200bmyself", "...!!!", "2g + xanax", strings.Repeat("want to ", 50)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) { wellFormed(t, text) })
}

// wellFormed holds whatever the text.
func wellFormed(t interface{ Errorf(string, ...any) }, text string) {
	last := 0
	for _, f := range Scan(text) {
		if f.Start < last || f.End <= f.Start || f.End > len(text) {
			t.Errorf("%q: span %d-%d", text, f.Start, f.End)
			return
		}
		last = f.Start
		if !onRune(text, f.Start) || !onRune(text, f.End) {
			t.Errorf("%q: span %d-%d cuts a letter", text, f.Start, f.End)
		}
		if f.Urgency != Soon && f.Urgency != Now || !f.Sign.Known() || f.About > Past {
			t.Errorf("%q: %+v", text, f)
		}
	}
}

// onRune goes through the text as Scan does: a stray byte is a rune of its own.
func onRune(s string, i int) bool {
	for k := range s {
		if k >= i {
			return k == i
		}
	}
	return i == len(s)
}

// What surrounds a phrase in a sentence of its own does not hide it, and
// neither case nor accents matter.
func TestAPhraseIsFoundWhereverItStands(t *testing.T) {
	phrases := []string{"I want to kill myself", "quiero morir", "he's not breathing", "no quiero vivir", "dolor en el pecho", "yellow eyes"}
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SampledFrom(phrases).Draw(t, "phrase")
		before := rapid.StringMatching(`([a-z0-9 ,]{0,40}\. )?`).Draw(t, "before")
		after := rapid.StringMatching(`(\. [a-z0-9 ,]{0,40})?`).Draw(t, "after")
		said := strings.Map(func(r rune) rune {
			if rapid.Bool().Draw(t, "upper") {
				return unicode.ToUpper(r)
			}
			return r
		}, p)
		text := before + said + after
		at, end := len(before), len(before)+len(said)
		if !slices.ContainsFunc(Scan(text), func(f Finding) bool { return f.Start < end && f.End > at }) {
			t.Fatalf("%q: nothing found", text)
		}
	})
}

func TestNothingFoundCostsNothing(t *testing.T) {
	for _, text := range []string{"", "2 g green leaf at 8, rough 4", "dormí bien, 3 g de verde con jugo de naranja"} {
		Scan(text) // the phrases are read at the first call
		if n := testing.AllocsPerRun(100, func() { Scan(text) }); n != 0 {
			t.Errorf("%q: %v allocations", text, n)
		}
	}
}

// The work for a word is bounded, so that no note is slow: steps are counted,
// not seconds.
func TestPhrasesAreBounded(t *testing.T) {
	b := theBook()
	for _, index := range [][][]*phrase{b.first, b.around} {
		for _, list := range index {
			for _, p := range list {
				ways := 1
				for _, s := range p.steps {
					ways *= s.gap + 1
				}
				if ways > 400 {
					t.Errorf("a phrase of %d steps can be laid in %d ways", len(p.steps), ways)
				}
			}
		}
	}
}

func TestFoldedWritingIsFound(t *testing.T) {
	for text, want := range map[string]string{
		"I WANT TO DIE":           "WANT TO DIE",
		"i don’t want to live":    "don’t want to live",
		"quiero mor\u0069\u0301r": "quiero mor\u0069\u0301r",
		"ＫＩＬＬ ＭＹＳＥＬＦ":             "ＫＩＬＬ ＭＹＳＥＬＦ",
		"k1ll mys3lf":             "k1ll mys3lf",
		"su\u00adicide":           "su\u00adicide",
		"sui\u200bcide":           "sui\u200bcide",
		"kill-myself":             "kill-myself",
		"want to dieeee":          "want to dieeee",
		"want to... die":          "want to... die",
		"want to\ndie":            "want to\ndie",
	} {
		found := Scan(text)
		if !slices.ContainsFunc(found, func(f Finding) bool { return f.Sign == SelfHarm && text[f.Start:f.End] == want }) {
			t.Errorf("%q: %v", text, found)
		}
	}
}

func TestWhatToShowFirst(t *testing.T) {
	found := Scan("Pregnant. Want to die. He is not breathing. I want to die again. Yellow eyes.")
	var got []Sign
	for _, f := range Order(found) {
		got = append(got, f.Sign)
	}
	if want := []Sign{NotBreathing, SelfHarm, Liver, Pregnancy}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	var plan []Sign
	for _, f := range Order(Scan("I want to die. 2 g green leaf to kill myself")) {
		plan = append(plan, f.Sign)
	}
	if want := []Sign{SuicidePlan}; !slices.Equal(plan, want) {
		t.Errorf("a plan with a wish is answered as %v, want %v", plan, want)
	}
	if len(Order(nil)) > 0 {
		t.Error("an answer to nothing")
	}
}

// Every finding can be said in both languages, and no text stands without use.
func TestEveryFindingHasItsTexts(t *testing.T) {
	want := map[string]bool{"safety.saved": true, "safety.no_line": true, "safety.no_country": true, "safety.card": true, "safety.your_emergency_number": true}
	for _, s := range order {
		for _, u := range []Urgency{Soon, Now} {
			for _, a := range []About{Self, Other, Past} {
				if a == Past && u == Now {
					continue
				}
				f := Finding{Sign: s, Urgency: u, About: a, End: 1}
				want[f.Say()], want[f.Do()] = true, true
				want[Answered(s).Say()] = true
			}
		}
	}
	for _, lang := range languages {
		raw, err := os.ReadFile("../internal/locale/" + lang + "/safety.json")
		if err != nil {
			t.Fatal(err)
		}
		var texts map[string]string
		if err := json.Unmarshal(raw, &texts); err != nil {
			t.Fatal(err)
		}
		for k := range want {
			if texts[k] == "" {
				t.Errorf("%s: no text %s", lang, k)
			}
		}
		for k, s := range texts {
			if !want[k] {
				t.Errorf("%s: %s is never shown", lang, k)
			}
			if strings.ContainsAny(s, "!¡") {
				t.Errorf("%s: %s calls out", lang, k)
			}
		}
	}
}

func BenchmarkScan(b *testing.B) {
	for _, bm := range []struct{ name, text string }{
		{"line", "2 g green leaf at 8, rough 4"},
		{"note20000", strings.Repeat("slept badly, legs kicking, took 3 g of green at noon and felt fine after. ", 275)},
		{"worst20000", strings.Repeat("want to want to kill ", 950)},
		{"found20000", strings.Repeat("I want to kill myself ", 900)},
	} {
		b.Run(bm.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Scan(bm.text)
			}
		})
	}
}
