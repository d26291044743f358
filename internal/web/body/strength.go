package body

import (
	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/reading"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/journal/number"
)

// strength takes what the label says of one unit, in mg of the alkaloid that
// the kind of product is sold for.
func strength(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	j, err := v.Read()
	if err != nil {
		return err
	}
	id, err := journal.ParseID(f.Get("product"))
	if err != nil {
		return fault.Wrap(err, fault.NotFound, "web.product_gone")
	}
	old, ok := j.Product(id)
	if !ok {
		return app.Gone()
	}
	mg, err := number.Parse(f.Get("mg"), number.StyleOf(v.Tag()))
	if err != nil || !(mg > 0) {
		return fault.Wrap(err, fault.Invalid, "strength.number")
	}
	unit := ""
	if w := reading.WeakestOf(j, v.Now); w != nil && w.ID == id {
		unit = w.Unit
	}
	_, saved, err := record.Product(v.Ctx(), v.App, id, labelled(*old, unit, mg))
	if err != nil {
		return err
	}
	return v.Done(v.From(), &kit.Notice{Text: v.T("saved.product", "product", old.Name), Found: saved.Found})
}

// labelled is the product with a label's figure for one of its units.
func labelled(p journal.Product, unit string, mg float64) journal.Product {
	p.Units = append([]journal.Unit(nil), p.Units...)
	at := -1
	for i, u := range p.Units {
		if unit == "" || u.Name == unit {
			at = i
			break
		}
	}
	if at < 0 {
		p.Units = append(p.Units, journal.Unit{Name: unit})
		at = len(p.Units) - 1
	}
	c := journal.Content{Basis: journal.Label, Mg: mg}
	if p.Form == journal.SevenOH {
		p.Units[at].SevenOH = c
	} else {
		p.Units[at].Mitragynine = c
	}
	return p
}

// setCurve shows or hides the curve.
func setCurve(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	hide := f.Get("hide") == "1"
	if err := record.Settings(v.Ctx(), v.App, journal.Settings{HideCurve: &hide}); err != nil {
		return err
	}
	return v.Done(v.From(), nil)
}
