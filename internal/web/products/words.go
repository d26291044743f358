package products

import (
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/journal"
	"slices"
	"strconv"
	"strings"
)

// packSentence says servings and pack out loud, where both are known.
func packSentence(v *kit.View, p *journal.Product) string {
	s := p.ServingsPerUnit()
	if s == 0 || len(p.Units) == 0 {
		return ""
	}
	unit := p.Units[0].Name
	each := v.T("product.unit_servings", "unit", v.Amount(1, unit), "n", two3(s))
	if p.UnitsPerPack == 0 || p.ServingsPerPack == 0 || p.Units[0].Servings > 0 && p.Units[0].Servings != p.ServingsPerPack/p.UnitsPerPack {
		return each
	}
	return v.T("product.pack_servings", "units", v.Amount(p.UnitsPerPack, unit), "servings", v.Amount(p.ServingsPerPack, "serving"), "each", each)
}

// two3 keeps three figures, for a quotient said in a sentence.
func two3(f float64) float64 {
	n, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 3, 64), 64)
	if err != nil {
		return f
	}
	return n
}

// holds says what one of the usual unit holds, with where the figure is from.
func holds(v *kit.View, p *journal.Product) []string {
	unit := "g"
	if len(p.Units) > 0 {
		unit = p.Units[0].Name
	}
	a := p.Alkaloids(1, unit)
	u, _ := p.Unit(unit)
	var list []string
	for _, x := range []struct {
		name  string
		given journal.Content
		journal.Range
	}{{"mitragynine", u.Mitragynine, a.Mitragynine}, {"seven_oh", u.SevenOH, a.SevenOH}} {
		if !x.Known() || x.name == "seven_oh" && x.High < 0.5 && a.Mitragynine.Known() {
			continue // a trace of 7-OH beside the mitragynine of leaf says nothing
		}
		key := "product.holds." + string(x.Basis)
		if x.Basis == journal.Assumed && x.given.Basis == journal.Unknown {
			key = "product.holds.usual"
		}
		list = append(list, v.T(key, "unit", v.Amount(1, unit), "span", v.Span(x.Range), "alkaloid", v.T("alkaloid."+x.name)))
	}
	if len(list) == 0 {
		list = append(list, v.T("product.holds_unknown"))
	}
	if len(p.OtherAlkaloids) > 0 {
		list = append(list, v.T("product.also", "list", strings.Join(p.OtherAlkaloids, ", ")))
	}
	return list
}

func basisOptions(v *kit.View) []kit.Option {
	return []kit.Option{{Value: "", Label: v.T("basis.unknown")}, {Value: string(journal.Label), Label: v.T("basis.label")}, {Value: string(journal.Laboratory), Label: v.T("basis.laboratory")}, {Value: string(journal.Assumed), Label: v.T("basis.assumed")}}
}

// away splits the list into products in use and products put away.
func away(list []journal.Entry) (use, put []journal.Entry) {
	i := slices.IndexFunc(list, func(e journal.Entry) bool { return e.Product().PutAway })
	if i < 0 {
		return list, nil
	}
	return list[:i], list[i:]
}
