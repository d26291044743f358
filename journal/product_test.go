package journal

import (
	"math"
	"testing"
)

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-9*math.Max(1, math.Abs(want)) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// 1.0-2.7 % mitragynine in dried leaf, mean 16.0 mg/g (science: Manwill 2022
// and the Thai survey).
func TestLeafWithoutALabelUsesThePublishedRange(t *testing.T) {
	p := Product{Name: "green leaf", Form: LeafPowder}
	a := p.Alkaloids(3, "g")
	near(t, "low", a.Mitragynine.Low, 30)
	near(t, "mid", a.Mitragynine.Mid, 48)
	near(t, "high", a.Mitragynine.High, 81)
	if a.Mitragynine.Basis != Assumed || a.Mitragynine.Source == "" {
		t.Errorf("basis %q source %q", a.Mitragynine.Basis, a.Mitragynine.Source)
	}
	near(t, "500 mg of leaf", p.Alkaloids(500, "mg").Mitragynine.Mid, 8)
}

// "7-OH" products held 5-28 % more than the label (Brown 2026).
func TestSevenOHLabelIsWidenedByWhatLaboratoriesFound(t *testing.T) {
	p := Product{Name: "blue tablet", Form: SevenOH, Units: []Unit{{Name: "tablet", SevenOH: Content{Basis: Label, Mg: 20}}}}
	a := p.Alkaloids(0.5, "tablet")
	near(t, "low", a.SevenOH.Low, 10.5)
	near(t, "high", a.SevenOH.High, 12.8)
	if a.Mitragynine.Known() {
		t.Error("mitragynine is on no label and must stay unknown")
	}
	// People who write "15 mg" of a 7-OH product mean the alkaloid.
	near(t, "15 mg", p.Alkaloids(15, "mg").SevenOH.Low, 15*1.05)
}

func TestLaboratoryFigureStands(t *testing.T) {
	p := Product{Name: "tested", Form: SevenOH, Units: []Unit{{Name: "tablet", SevenOH: Content{Basis: Laboratory, Mg: 20, Low: 19, High: 21}}}}
	a := p.Alkaloids(2, "tablet")
	near(t, "low", a.SevenOH.Low, 38)
	near(t, "mid", a.SevenOH.Mid, 40)
	near(t, "high", a.SevenOH.High, 42)
}

// "This tablet is 4 servings. You took 1 serving."
func TestServingsAndPack(t *testing.T) {
	p := Product{Name: "tablet", Form: SevenOH, UnitsPerPack: 4, ServingsPerPack: 16, Units: []Unit{{Name: "tablet", SevenOH: Content{Basis: Laboratory, Mg: 60}}}}
	near(t, "servings per tablet", p.ServingsPerUnit(), 4)
	near(t, "one serving", p.Alkaloids(1, "serving").SevenOH.Mid, 15)
}

func TestUnknownStaysUnknown(t *testing.T) {
	for _, c := range []struct {
		p    Product
		unit string
	}{
		{Product{Name: "drink", Form: Drink}, "oz"},
		{Product{Name: "extract", Form: ExtractLiquid}, "shot"},
		{Product{Name: "tablets", Form: SevenOH}, "tablet"},
		{Product{Name: "leaf", Form: LeafPowder}, "scoop"},
		{Product{Name: "tea", Form: Tea}, "oz"},
	} {
		a := c.p.Alkaloids(1, c.unit)
		if a.Mitragynine.Known() || a.SevenOH.Known() {
			t.Errorf("1 %s of %s: %+v", c.unit, c.p.Name, a)
		}
	}
}

func TestOtherAlkaloidsAreNeverConverted(t *testing.T) {
	p := Product{Name: "x", Form: SevenOH, OtherAlkaloids: []string{"pseudoindoxyl", "MGM-15"}}
	a := p.Alkaloids(2, "tablet")
	if len(a.Other) != 2 || a.SevenOH.Known() || a.Mitragynine.Known() {
		t.Errorf("got %+v", a)
	}
}

func TestWeighedScoop(t *testing.T) {
	p := Product{Name: "leaf", Form: LeafPowder, Units: []Unit{{Name: "scoop", Grams: 2.5}}}
	near(t, "a scoop", p.Alkaloids(1, "scoop").Mitragynine.Mid, 40)
	near(t, "a gram by the scoop", p.Alkaloids(1, "g").Mitragynine.Mid, 16)
}

// Every default says where it comes from.
func TestContentFileIsSourced(t *testing.T) {
	n := 0
	for _, list := range [][]Figure{contents.PerGram, contents.UnknownStrength, contents.LabelError, contents.Weights} {
		for _, f := range list {
			n++
			if f.Source == "" || f.Grade == "" || !(f.Low > 0 && f.Low <= f.Mid && f.Mid <= f.High) {
				t.Errorf("%+v", f)
			}
		}
	}
	if n == 0 {
		t.Error("the file is empty")
	}
}
