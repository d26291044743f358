package welcome

import (
	"net/url"

	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

// counted is what a kind of product is mostly counted in, and whether one of it
// is the usual dose of somebody who says no amount.
var counted = map[journal.Form]struct {
	unit string
	one  bool
}{
	journal.LeafPowder: {"g", false}, journal.Capsule: {"capsule", false}, journal.ExtractLiquid: {"shot", true},
	journal.ExtractTablet: {"tablet", true}, journal.SevenOH: {"tablet", true},
}

// called is what a product is called that was given no name.
func called(v *shell.Visit, form journal.Form) string {
	switch form {
	case journal.LeafPowder:
		return v.T("called.leaf_powder")
	case journal.Capsule:
		return v.T("called.capsule")
	case journal.Tea:
		return v.T("called.tea")
	case journal.ExtractLiquid:
		return v.T("called.extract_liquid")
	case journal.ExtractTablet:
		return v.T("called.extract_tablet")
	case journal.SevenOH:
		return v.T("called.seven_oh")
	case journal.Drink:
		return v.T("called.drink")
	}
	return ""
}

// productOf is the product of the second step; one without a name where none was
// chosen. A number beside "mg on the label" means that the label says so.
func productOf(v *shell.Visit, f url.Values) (journal.Product, error) {
	p := journal.Product{Name: kit.Trimmed(f, "name"), Form: journal.Form(f.Get("form"))}
	if p.Name == "" {
		p.Name = called(v, p.Form)
	}
	if p.Name == "" {
		return p, nil
	}
	if p.Form == "" {
		return p, kit.FieldError("form", "welcome.choose_form")
	}
	var err error
	if p.UsualAmount, _, err = kit.Decimal(v.NumberStyle(), f, "usual_amount"); err != nil {
		return p, err
	}
	usual := counted[p.Form]
	u := journal.Unit{Name: kit.Trimmed(f, "unit")}
	if u.Name == "" {
		u.Name = usual.unit
	}
	if p.UsualAmount == 0 && usual.one && u.Name == usual.unit {
		p.UsualAmount = 1
	}
	mg, said, err := kit.Decimal(v.NumberStyle(), f, "label_mg")
	if err != nil {
		return p, err
	}
	if said {
		c := journal.Content{Basis: journal.Label, Mg: mg}
		switch p.Form {
		case journal.SevenOH:
			u.SevenOH = c
		case journal.ExtractLiquid, journal.ExtractTablet:
			u.Mitragynine = c
		}
	}
	if u.Name != "" {
		p.Units = []journal.Unit{u}
	} else if p.UsualAmount > 0 {
		return p, kit.FieldError("unit", "web.say_unit")
	}
	return p, nil
}
