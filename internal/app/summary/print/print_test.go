package print_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/evenkeel/evenkeel/internal/app/summary"
	"github.com/evenkeel/evenkeel/internal/app/summary/print"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/journal"
)

var evening = time.Date(2026, 11, 22, 19, 40, 0, 0, time.FixedZone("", -5*3600))

// sheet is one with everything that it can hold: a year of nine products a day
// under long names, every symptom, substance and change, and many questions.
func sheet(t *testing.T, language string) *summary.Document {
	t.Helper()
	var f journal.Fold
	n := uint32(0)
	add := func(at time.Time, p journal.Payload) journal.ID {
		n++
		id := journal.ID{12: byte(n >> 24), 13: byte(n >> 16), 14: byte(n >> 8), 15: byte(n)}
		e := journal.Event{At: at, Body: p}
		e.Stamp(at)
		f.Apply(id, e)
		return id
	}
	begun := evening.AddDate(-1, 0, 0)
	var products []journal.ID
	for i := range 9 {
		products = append(products, add(begun, &journal.Product{Name: fmt.Sprintf("%d maravillosas cápsulas de la niña grande 🌿 del pueblo", i), Form: journal.SevenOH,
			OtherAlkaloids: []string{"pseudoindoxyl", "MGM-15", "speciociliatine", "paynantheine"},
			Units:          []journal.Unit{{Name: "tableta azul de las grandes", SevenOH: journal.Content{Basis: journal.Label, Mg: 14.75}, Mitragynine: journal.Content{Basis: journal.Laboratory, Mg: 0.25}}}}))
		add(begun, &journal.PriorUse{ProductName: strings.Repeat("hoja verde ", 9), PerDay: 22.5, Unit: "g", Days: 900, TimesPerDay: 5})
	}
	for day := range 365 {
		at := evening.AddDate(0, 0, -day)
		ten, hours := (day*7)%11, 3.25+float64(day%5)
		all := map[journal.Symptom]int{}
		for i, s := range journal.Symptoms {
			all[s] = (day + i) % 5
		}
		add(at, &journal.CheckIn{Rough: &ten, Craving: &ten, Pain: &ten, Mood: &ten, Calm: &ten, Energy: &ten, SleepQuality: &ten, SleepHours: &hours, Symptoms: all})
		for i, p := range products {
			add(at.Add(-time.Duration(i)*time.Hour), &journal.Dose{Product: p, Amount: 1.25 + float64((i+day)%4), Unit: "tableta azul de las grandes"})
		}
		add(at, &journal.Dose{ProductName: "without a strength", Amount: 1, Unit: "piece"})
		for i, c := range journal.SubstanceClasses {
			add(at, &journal.Substance{Class: c, Name: fmt.Sprintf("un nombre muy largo, número %d", (i+day)%4)})
		}
	}
	for _, c := range journal.Changes {
		add(evening, &journal.BodyChange{Change: c, Since: "2026-01-01", Ongoing: true, Note: strings.Repeat("picazón ", 30)})
	}
	for range 12 {
		add(evening, &journal.Question{Text: strings.TrimSpace(strings.Repeat("¿Qué significa esto para mi hígado y mi sueño? ", 6))})
	}
	texts, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	d, err := summary.Make(f.Journal(), evening, texts.Match(language), nil)
	if err != nil {
		t.Fatal(err)
	}
	return &d
}

var pageObject = regexp.MustCompile(`/Type /Page\b[^s]`)

// One leaf of paper, whatever a year held, and whatever the paper.
func TestASheetHasTwoSides(t *testing.T) {
	for _, language := range []string{"en", "es"} {
		for _, letter := range []bool{false, true} {
			d := sheet(t, language)
			d.Letter = letter
			var b bytes.Buffer
			if err := print.PDF(&b, d); err != nil {
				t.Fatal(err)
			}
			if n := len(pageObject.FindAll(b.Bytes(), -1)); n < 1 || n > print.Sides {
				t.Errorf("%s, letter %v: %d pages", language, letter, n)
			}
			for _, want := range []string{"/Lang (" + language, "/Title ("} {
				if !bytes.Contains(b.Bytes(), []byte(want)) {
					t.Errorf("%s: the file lacks %q", language, want)
				}
			}
			if b.Len() > 120_000 {
				t.Errorf("%d bytes for two pages", b.Len())
			}
		}
	}
}

// The same sheet makes the same file.
func TestAFileIsTheSameTwice(t *testing.T) {
	d := sheet(t, "en")
	var a, b bytes.Buffer
	if err := print.PDF(&a, d); err != nil {
		t.Fatal(err)
	}
	if err := print.PDF(&b, d); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("two files of one sheet differ")
	}
}

// What a person named their product is text and never markup, and the file asks
// nothing of anybody.
func TestWordsAreNoMarkup(t *testing.T) {
	d := &summary.Document{Title: "a <b> & c", Lang: "en", Intro: []string{`"<script>alert(1)</script>"`}, Sections: []summary.Section{{Name: "x", Title: "<i>",
		Blocks: []summary.Block{{List: []string{"<img src=x>"}}, {Table: &summary.Table{Columns: []string{"", "<u>"}, Rows: [][]string{{"<s>", "&lt;"}}}}}}}}
	var b bytes.Buffer
	if err := print.HTML(&b, d); err != nil {
		t.Fatal(err)
	}
	for _, never := range []string{"<script", "<img", "<i>", "<u>", "<s>", "http:", "https:", "url("} {
		if strings.Contains(b.String(), never) {
			t.Errorf("the file holds %q", never)
		}
	}
	if !strings.Contains(b.String(), "&amp;lt;") {
		t.Error("an escape was lost")
	}
}

// Any words make a file: those that the font lacks are boxes, and one long word
// is broken.
func TestAnyWordsMakeAFile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.OneOf(rapid.String(), rapid.StringN(0, 400, -1), rapid.SampledFrom([]string{"🌿", "ñandú", "שלום", "日本", strings.Repeat("x", 500), "½ ≥ “—”"}))
		d := &summary.Document{Title: word.Draw(t, "title"), Lang: "es", Foot: word.Draw(t, "foot"), Sections: []summary.Section{{Title: word.Draw(t, "section"), Blocks: []summary.Block{
			{Text: word.Draw(t, "text")}, {List: rapid.SliceOfN(word, 0, 5).Draw(t, "list")},
			{Table: &summary.Table{Columns: rapid.SliceOfN(word, 3, 3).Draw(t, "columns"), Rows: [][]string{rapid.SliceOfN(word, 3, 3).Draw(t, "row")}}}}}}}
		var b bytes.Buffer
		if err := print.PDF(&b, d); err != nil || !bytes.HasPrefix(b.Bytes(), []byte("%PDF")) {
			t.Fatalf("%v, %d bytes", err, b.Len())
		}
	})
}
