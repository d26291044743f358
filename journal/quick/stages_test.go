package quick

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestStages follows one line through all five.
func TestStages(t *testing.T) {
	c := Context{Now: time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)}
	want := func(stage, got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", stage, got, want)
		}
	}
	toks := tokensOf("Took 2½ caps of Green Leaf at 8am for pain, rough 11", &c)
	var said []string
	for i := range toks.toks {
		said = append(said, toks.toks[i].text)
	}
	want("tokens", strings.Join(said, "|"), "took|2|½|caps|of|green|leaf|at|8|am|for|pain|,|rough|11")

	phrases := phrasesOf(toks, &c)
	said = nil
	for i := range phrases {
		said = append(said, fmt.Sprintf("%s “%s”", kindNames[phrases[i].kind], toks.words(phrases[i].from, phrases[i].to)))
	}
	want("phrases", strings.Join(said, ", "), "filler “Took”, intake “2½ caps of Green Leaf”, when “at 8am”, reason “for pain”, break “,”, check “rough 11”")

	facts := factsOf(toks, phrases)
	said = nil
	for _, f := range facts.list {
		said = append(said, fmt.Sprintf("%s with %d times, reasons %v, %d answers", kindNames[f.head.kind], len(f.times), f.reasons, len(f.answers)))
	}
	want("facts", strings.Join(said, "; "), "intake with 1 times, reasons [pain], 0 answers; check with 0 times, reasons [], 1 answers")

	entries := entriesOf(facts, &c)
	if len(entries.reads) != 1 || len(entries.doubts) != 1 {
		t.Fatalf("entries: %+v, %+v", entries.reads, entries.doubts)
	}
	e := entries.reads[0].Event
	want("entries", fmt.Sprintf("%s of %v %s %s at %s for %v", e.Kind, e.Dose().Amount, e.Dose().Unit, e.Dose().ProductName, e.At.Format(time.TimeOnly), e.Dose().Reasons), "dose of 2.5 capsule green leaf at 08:00:00 for [pain]")

	last := questions{entries, facts}
	r := last.result()
	if len(r.Asks) != 1 {
		t.Fatalf("questions: %+v", r.Asks)
	}
	key, args := r.Asks[0].Text()
	want("questions", catalogue("es").say(key, args...), "He leído «rough 11»; en una escala de 0 a 10, ¿qué número entero le das a: lo mal que estás?")
}

var kindNames = map[phraseKind]string{unknownPhrase: "unknown", fillerPhrase: "filler", breakPhrase: "break", intakePhrase: "intake", nonePhrase: "none", checkPhrase: "check",
	barePhrase: "bare", changePhrase: "change", lifePhrase: "life", spendPhrase: "spend", notePhrase: "note", whenPhrase: "when", sincePhrase: "since", lengthPhrase: "length",
	reasonPhrase: "reason", asidePhrase: "aside", guardPhrase: "guard", stillPhrase: "still", perDayPhrase: "per day"}

func said(t *tokens) string {
	var out []string
	for i := range t.toks {
		k := &t.toks[i]
		s := k.text
		switch {
		case k.kind == numberToken && k.bad:
			s = "?" + s
		case k.kind == numberToken:
			s = fmt.Sprint(k.val)
		case k.kind == dateToken:
			s = "date " + s
		case k.kind == markToken:
			s = "‹" + s + "›"
		case k.brand:
			s = "brand " + s
		}
		if k.glued {
			s = "+" + s
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func TestTokens(t *testing.T) {
	for line, want := range map[string]string{
		"3g Green":            "3 +g green",
		"3 g":                 "3 g",
		"  ":                  "",
		"1,500 mg":            "1500 mg",
		"2,5 g":               "2.5 g",
		".5g":                 "0.5 +g",
		"1e9":                 "?1",
		"1.2.3":               "?1.2.3",
		"2-3 g":               "2 +‹-› +3 g",
		"7-OH 15mg":           "7-oh 15 +mg",
		"7 OH":                "7-oh",
		"MIT45 shot":          "mit45 shot",
		"7tabz":               "brand 7tabz",
		"2day":                "today",
		"w/o food":            "without food",
		"2 Tbsp. red":         "2 tbsp red",
		"2 caps. then":        "2 caps +‹.› then",
		"didn't":              "didnt",
		"café":                "cafe",
		"tablt":               "tablet",
		"tonite":              "tonight",
		"2026-11-22T08:00":    "date 2026-11-22T08:00",
		"2026-02-30":          "?2026-02-30",
		"３ｇ":                  "3 +g",
		"3 g 🍃, ok!":          "3 g ‹,› ok +‹;›",
		"8:30pm":              "8 +‹:› +30 +pm",
		"1½":                  "1 +0.5",
		"3 g\n2 caps":         "3 g +‹;› +2 caps",
		"green-leaf ～ ‘red’ ": "green +‹-› +leaf ‹~› red",
	} {
		if got := said(tokensOf(line, &Context{})); got != want {
			t.Errorf("%q: got %s, want %s", line, got, want)
		}
	}
}

// TestFacts: what stands around a thing said is bound to the right one.
func TestFacts(t *testing.T) {
	c := Context{Now: time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC), Currency: "USD"}
	for _, k := range []struct{ line, want string }{
		{"3 g at 8am and 2 caps at noon", "3 g at 8am[at 8am] + 2 caps at noon[at noon]"},
		{"3 g and 2 beers at 8 pm", "3 g[at 8 pm] + 2 beers at 8 pm[at 8 pm]"},
		{"yesterday: 3 g at 8am", "yesterday: 3 g at 8am[at 8am]"},
		{"3 g at 7, 11 and 15:00", "3 g at 7, 11 and 15:00[at 7][11][15:00]"},
		{"green leaf at 8 am 3 g", "green leaf at 8 am 3 g[at 8 am]"},
		{"rough 6, craving 8", "rough 6, craving 8[]"},
		{"2 pills hydrocodone 10mg", "2 pills hydrocodone 10mg[]"},
		{"not 3 g", "not 3 g[]?"},
		{"3 g?", "3 g?[]?"},
		{"itchy since tuesday, 3 g", "itchy since tuesday[] + 3 g[]"},
	} {
		toks := tokensOf(k.line, &c)
		var out []string
		for _, f := range factsOf(toks, phrasesOf(toks, &c)).list {
			s := toks.words(f.from, f.to)
			for _, w := range f.times {
				s += "[" + toks.words(w.from, w.to) + "]"
			}
			if len(f.times) == 0 {
				s += "[]"
			}
			if f.guarded {
				s += "?"
			}
			out = append(out, s)
		}
		if got := strings.Join(out, " + "); got != k.want {
			t.Errorf("%q:\ngot  %s\nwant %s", k.line, got, k.want)
		}
	}
}
