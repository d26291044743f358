package today

import (
	"strconv"

	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

// tapped logs a usual dose with one tap.
func tapped(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	d := journal.Dose{ProductName: f.Get("name"), Unit: f.Get("unit")}
	if d.Amount, err = strconv.ParseFloat(f.Get("amount"), 64); err != nil {
		return fault.Wrap(err, fault.Invalid, "web.tap_without_amount")
	}
	if s := f.Get("product"); s != "" {
		if d.Product, err = journal.ParseID(s); err != nil {
			return fault.Wrap(err, fault.Invalid, "web.tap_without_product")
		}
	}
	saved, err := record.New(v.Ctx(), v.App, journal.Event{Body: &d})
	if err != nil {
		return err
	}
	return v.Done("/", &kit.Notice{Text: v.T("saved.dose", "dose", v.Dose(d.Amount, d.Unit, d.ProductName), "time", v.Clock(v.Now)), Undo: saved.IDs, Edit: saved.IDs[0], Found: saved.Found})
}

func none(v *shell.Visit) error {
	saved, err := record.New(v.Ctx(), v.App, journal.Event{Body: &journal.None{}})
	if err != nil {
		return err
	}
	return v.Done("/", &kit.Notice{Text: v.T("saved.none"), Undo: saved.IDs})
}
