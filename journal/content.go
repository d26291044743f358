package journal

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
)

// The defaults and spreads of contents come from one sourced data file.
//
//go:embed content.json
var contentJSON []byte

// Figure is one published figure, or an assumption that says it is one.
type Figure struct {
	Form     Form   `json:"form"`
	Alkaloid string `json:"alkaloid,omitempty"`
	Unit     string `json:"unit,omitempty"`
	// Low, Mid and High in mg per gram for a content, in g for the weight of
	// a unit, as factors on the label for a label's error.
	Low    float64 `json:"low"`
	Mid    float64 `json:"mid"`
	High   float64 `json:"high"`
	Grade  string  `json:"grade"`
	Source string  `json:"source"`
	DOI    string  `json:"doi,omitempty"`
	Note   string  `json:"note,omitempty"`
}

type contentFile struct {
	Version string `json:"version"`
	// PerGram are contents of one gram of product.
	PerGram []Figure `json:"mg_per_g"`
	// UnknownStrength are amounts in mg of products of a kind whose strength
	// nobody knows: for a use, or for each piece.
	UnknownStrength []Figure `json:"unknown_strength_mg"`
	// LabelError are factors between what a label says and what was measured.
	LabelError []Figure `json:"label_error"`
	// Weights of the units that people count leaf in.
	Weights []Figure `json:"unit_grams"`
}

var contents = func() contentFile {
	var f contentFile
	if err := json.Unmarshal(contentJSON, &f); err != nil {
		panic(fmt.Sprintf("journal: the embedded content.json is broken: %v", err))
	}
	return f
}()

const (
	mitragynine = "mitragynine"
	sevenOH     = "7-hydroxymitragynine"
)

func find(list []Figure, form Form, match func(Figure) bool) (Figure, bool) {
	for _, f := range list {
		if f.Form == form && match(f) {
			return f, true
		}
	}
	return Figure{}, false
}

// PerGramDefault is the assumed content in mg per gram of a form, with its
// source; false when no published figure fits the form.
func PerGramDefault(form Form, alkaloid string) (Figure, bool) {
	return find(contents.PerGram, form, func(f Figure) bool { return f.Alkaloid == alkaloid })
}

// unitGrams is the weight of a unit that the person did not weigh.
type unitGrams struct {
	Grams, Low, High float64
	Source           string
}

func unitDefault(form Form, unit string) (unitGrams, bool) {
	f, ok := find(contents.Weights, form, func(f Figure) bool { return f.Unit == unit })
	return unitGrams{Grams: f.Mid, Low: f.Low, High: f.High, Source: f.Source}, ok
}

// estimate turns a content figure into a range in mg per unit.
//
// A laboratory figure stands as it is. A label figure is widened by what
// laboratories found labels to be off by, where anyone measured that. With no
// figure, the form's published range per gram serves if the unit's weight is
// known or usual; otherwise the content stays unknown.
func (c Content) estimate(alkaloid string, form Form, u Unit) Range {
	switch c.Basis {
	case Laboratory, Label, Assumed:
		r := Range{Low: c.Mg, Mid: c.Mg, High: c.Mg, Basis: c.Basis, Source: c.Source}
		if c.High > 0 {
			r.Low, r.High = c.Low, c.High
			return r
		}
		if c.Basis == Label {
			if f, ok := find(contents.LabelError, form, func(f Figure) bool { return f.Alkaloid == alkaloid }); ok {
				r.Low, r.Mid, r.High, r.Source = c.Mg*f.Low, c.Mg*f.Mid, c.Mg*f.High, f.Source
			}
		}
		return r
	}
	f, ok := PerGramDefault(form, alkaloid)
	if !ok {
		return Range{}
	}
	w := unitGrams{Grams: u.Grams, Low: u.Grams, High: u.Grams}
	if d, ok := unitDefault(form, u.Name); ok && (u.Grams == 0 || u.Grams == d.Grams) {
		w = d
	}
	if u.Name == "g" {
		w = unitGrams{Grams: 1, Low: 1, High: 1}
	}
	if w.Grams == 0 {
		return Range{}
	}
	return Range{Low: f.Low * w.Low, Mid: f.Mid * w.Grams, High: f.High * w.High, Basis: Assumed, Source: f.Source}
}

// kindOfStrength is the form whose figure stands for forms that are alike in
// strength.
var kindOfStrength = map[Form]Form{
	Capsule: LeafPowder, Tea: LeafPowder, Drink: LeafPowder, OtherForm: LeafPowder, ExtractLiquid: ExtractTablet,
}

// UnknownStrength is what a dose of a product of that kind holds when nobody
// knows how strong it is: the spread of the kind, of which nine of ten doses lie
// between Low and High. It is a guess to compute with, never one to show as the
// person's own. Amount counts pieces, where the figure is for a piece.
func UnknownStrength(form Form, amount float64) (Alkaloids, Figure) {
	if f, ok := kindOfStrength[form]; ok {
		form = f
	}
	fig, ok := find(contents.UnknownStrength, form, func(Figure) bool { return true })
	if !ok {
		return Alkaloids{}, Figure{}
	}
	n := 1.0
	if fig.Unit == "piece" {
		n = amount
	}
	r := Range{Low: fig.Low, Mid: fig.Mid, High: fig.High, Basis: Assumed, Source: fig.Source}.times(n)
	if fig.Alkaloid == sevenOH {
		return Alkaloids{SevenOH: r}, fig
	}
	return Alkaloids{Mitragynine: r}, fig
}

// NamesSevenOH tells that a product's name says 7-OH, however it is written:
// "7-OH", "7oh", "7-hydroxymitragynine".
func NamesSevenOH(name string) bool {
	plain := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
	return strings.Contains(plain, "7oh") || strings.Contains(plain, "7hydroxy") || strings.Contains(plain, "7hidroxi")
}
