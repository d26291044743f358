package welcome

import (
	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/form"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/safety"
)

// begin saves what the second step was told: a product, and how it was
// until now. Both may be left out.
func begin(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	again := func(err error) error {
		if fault.Is(err, fault.Locked) {
			return err
		}
		return v.Show(shell.StatusOf(err), whole(v, &page{step: 2, form: f, err: err}))
	}
	var id journal.ID
	var found []safety.Finding
	p, err := productOf(v, f)
	if err != nil {
		return again(err)
	}
	name := p.Name
	if log := f.Get("log") == "1"; log && name == "" {
		return again(kit.FieldError("form", "welcome.choose_form"))
	} else if log && p.UsualAmount == 0 {
		return again(kit.FieldError("usual_amount", "dose.amount.needed"))
	}
	if name != "" {
		old, err := productNamed(v, name)
		if err != nil {
			return again(err)
		}
		var saved app.Saved
		if id, saved, err = record.Product(v.Ctx(), v.App, old, p); err != nil {
			return again(err)
		}
		found = append(found, saved.Found...)
	}
	if kit.Trimmed(f, "per_day") != "" {
		if kit.Trimmed(f, "unit") == "" && len(p.Units) > 0 {
			f.Set("unit", p.Units[0].Name)
		}
		body, err := form.Read(v.Tag(), nil, journal.KindPriorUse, f, nil)
		if err != nil {
			return again(err)
		}
		u := body.(*journal.PriorUse)
		u.Product, u.ProductName = id, name
		saved, err := record.New(v.Ctx(), v.App, journal.Event{Body: u})
		if err != nil {
			return again(err)
		}
		found = append(found, saved.Found...)
	}
	notice := &kit.Notice{Text: v.T("saved.product", "product", name), Found: found}
	switch {
	case f.Get("log") == "1":
		d := journal.Dose{Product: id, ProductName: name, Amount: p.UsualAmount, Unit: p.Units[0].Name}
		saved, err := record.New(v.Ctx(), v.App, journal.Event{Body: &d})
		if err != nil {
			return again(err)
		}
		notice.Text = v.T("saved.dose", "dose", v.Dose(d.Amount, d.Unit, d.ProductName), "time", v.Clock(v.Now))
		notice.Undo, notice.Found = saved.IDs, append(found, saved.Found...)
	case len(found) == 0:
		notice = nil
	}
	return v.Done("/welcome/3", notice)
}

// productNamed finds a product by its name, so that sending the step again
// corrects the product and does not double it; zero when there is none.
func productNamed(v *shell.Visit, name string) (journal.ID, error) {
	j, err := v.Read()
	if err != nil {
		return journal.ID{}, err
	}
	for _, e := range j.Products() {
		if e.Product().Name == name {
			return e.ID, nil
		}
	}
	return journal.ID{}, nil
}
