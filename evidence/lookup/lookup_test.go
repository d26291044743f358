package lookup

import (
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/evenkeel/evenkeel/evidence"
)

func TestTerms(t *testing.T) {
	for text, want := range map[string][]string{
		"Is 7-OH the strongest?":          {"is", "7oh", "the", "strongest"},
		"7-hydroxymitragynine, 7 OH, 7oh": {"7oh", "7oh", "7oh"},
		"¿La adicción EXISTE?":            {"la", "adiccion", "existe"},
		"7-hidroximitraginina":            {"7oh"},
		"seizures, glass, gas":            {"seizure", "glass", "gas"},
		"":                                {},
	} {
		if got := terms(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestAkin(t *testing.T) {
	for pair, want := range map[[2]string]bool{
		{"taper", "tapering"}:      true,
		{"addicted", "addiction"}:  true,
		{"stop", "stopping"}:       true,
		{"heart", "hearing"}:       false,
		{"sun", "sunny"}:           false,
		{"sleep", "sleeplessness"}: false,
	} {
		if akin(pair[0], pair[1]) != want || akin(pair[1], pair[0]) != want {
			t.Errorf("%v: want %v", pair, want)
		}
	}
}

// By hand: two texts of 2 and 4 words, mean 3; "liver" stands once in the first
// only. ln(1 + (2-1+0.5)/(1+0.5)) = ln 2 = 0.6931; 2.2/(1+1.2(0.25+0.75x2/3)) =
// 2.2/1.9 = 1.1579; together 0.8026.
func TestScoreByHand(t *testing.T) {
	x := &index{posts: map[string]map[int]float64{}}
	x.put(x.open("a"), "liver hurts", 1)
	x.put(x.open("b"), "hair does fall out", 1)
	x.close()
	got := x.search("liver")
	if len(got) != 1 || got[0].id != "a" || math.Abs(got[0].score-0.8026) > 0.0001 {
		t.Errorf("%+v", got)
	}
	// A form of the word counts 0.4: 0.6931 x 0.4 x 2.2/(0.4+0.9) = 0.4692.
	if got = x.search("hurting"); len(got) != 1 || math.Abs(got[0].score-0.4692) > 0.0001 {
		t.Errorf("%+v", got)
	}
}

// What people type, and the claim they look for.
var asked = map[string]string{
	"is it addictive":                          "addictive",
	"hair loss":                                "hair-loss",
	"will my hair grow back":                   "hair-regrow",
	"how long does withdrawal last":            "wd-timeline",
	"xanax":                                    "benzos",
	"pregnant":                                 "pregnancy",
	"7oh stronger than morphine":               "13x-morphine",
	"heavy metals lead":                        "heavy-metals",
	"suboxone":                                 "buprenorphine",
	"does kratom show up on a drug test":       "drugtest-panel",
	"is kratom legal in my state":              "legal-state",
	"can i die from it":                        "od-alone",
	"restless legs":                            "wd-rls",
	"liver damage":                             "liver-rare",
	"maeng da":                                 "maengda",
	"is it a weakness of will":                 "weakness",
	"grapefruit":                               "grapefruit",
	"tell the surgeon":                         "surgery",
	"how fast should i taper":                  "taper-speed",
	"PAWS":                                     "paws",
	"does naloxone work":                       "naloxone-works",
	"can I breastfeed":                         "breastfeeding",
	"telehealth":                               "telehealth",
	"kratom and alcohol":                       "od-alcohol",
	"is kratom natural so it is safe":          "natural-safe",
	"skin getting darker":                      "skin-dark",
	"wd-rls":                                   "wd-rls",
	"what is pseudoindoxyl":                    "pseudoindoxyl",
	"sleep while stopping":                     "wd-insomnia",
	"will a doctor call the police":            "stigma",
	"does kratom build up in the body":         "steady-state",
	"are kratom and adderall dangerous":        "modafinil",
	"how many people in america use kratom":    "how-many-users",
	"tolerance break":                          "tolerance-break",
	"does vitamin c help":                      "vitaminc",
	"does gabapentin help with withdrawal":     "gabapentin-tx",
	"can i take gabapentin with kratom safely": "gabapentinoids",
}

// The same in Spanish, with and without accents.
var askedInSpanish = map[string]string{
	"¿es adictivo el kratom?":      "addictive",
	"caída del pelo":               "hair-loss",
	"cuanto dura la abstinencia":   "wd-timeline",
	"embarazo":                     "pregnancy",
	"dar el pecho":                 "breastfeeding",
	"sale en una prueba de drogas": "drugtest-panel",
	"es legal en mi estado":        "legal-state",
	"metales pesados plomo":        "heavy-metals",
	"higado":                       "liver-rare",
	"naloxona":                     "naloxone-works",
	"alcohol":                      "od-alcohol",
	"toronja":                      "grapefruit",
	"un médico me denunciará a la policía": "stigma",
	"vuelve la gente a usarlo":             "relapse",
	"convulsiones":                         "seizure",
}

// Nine of ten questions find their claim among the first three, and most find
// it first.
func TestAskedFinds(t *testing.T) { find(t, asked, 7) }

// Those of them that have a Spanish text are found as well as in English.
func TestAskedInSpanishFinds(t *testing.T) {
	translated := maps.Clone(askedInSpanish)
	maps.DeleteFunc(translated, func(_, id string) bool {
		c, _ := evidence.ByID(id)
		return c.Text("es").Language != "es"
	})
	if len(translated) < len(askedInSpanish) {
		t.Skipf("%d of %d claims have no Spanish yet", len(askedInSpanish)-len(translated), len(askedInSpanish))
	}
	find(t, translated, 6)
}

// find asks each question: nine of ten of the claims looked for are to be among
// the first three, and so many of ten the first.
func find(t *testing.T, questions map[string]string, atLeast int) {
	t.Helper()
	first, near := 0, 0
	for words, want := range questions {
		hits := Search(words, 3)
		at := slices.IndexFunc(hits, func(h Hit) bool { return h.Claim.ID == want })
		if at >= 0 {
			near++
		}
		if at == 0 {
			first++
			continue
		}
		var got []string
		for _, h := range hits {
			got = append(got, h.Claim.ID)
		}
		t.Logf("%q: %v, looked for %s", words, got, want)
	}
	t.Logf("%d questions: %d first, %d among three", len(questions), first, near)
	if 10*near < 9*len(questions) || 10*first < atLeast*len(questions) {
		t.Errorf("%d of %d first, %d among the first three", first, len(questions), near)
	}
}

func TestNothingFound(t *testing.T) {
	for _, words := range []string{"", "  ", "!?", "zzzzqqqq"} {
		if hits := Search(words, 5); len(hits) != 0 {
			t.Errorf("%q: %d hits", words, len(hits))
		}
	}
	if hits := Search("kratom", 5); len(hits) != 5 {
		t.Errorf("%d hits", len(hits))
	}
}

func FuzzSearch(f *testing.F) {
	for words := range asked {
		f.Add(words)
	}
	f.Add("\xff\xfe 7-\u0301")
	f.Fuzz(func(t *testing.T, words string) {
		last := math.Inf(1)
		for _, h := range Search(words, 10) {
			if h.Score <= 0 || h.Score > last || math.IsNaN(h.Score) || h.Claim.ID == "" {
				t.Fatalf("%q: %+v after %g", words, h, last)
			}
			last = h.Score
		}
	})
}

func BenchmarkSearch(b *testing.B) {
	for b.Loop() {
		Search("how long does withdrawal last", 10)
	}
}
