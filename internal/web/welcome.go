package web

import (
	"net/http"
	"net/url"

	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

// welcomePage is one of the three calm steps of the first run.
type welcomePage struct {
	step int
	form url.Values
	err  error
}

func (v *visit) welcome() error {
	steps := map[string]int{"": 1, "2": 2, "3": 3}
	step, ok := steps[v.R.PathValue("step")]
	if !ok {
		return fault.New(fault.NotFound, "web.no_such_step")
	}
	v.Notify()
	return v.Show(http.StatusOK, welcomeTempl(v, &welcomePage{step: step, form: url.Values{"form": {string(journal.LeafPowder)}, "span": {"years"}}}))
}

// welcomeProduct saves what the second step was told: a product, and how it
// was until now. Both may be left out.
func (v *visit) welcomeProduct() error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	again := func(err error) error {
		if fault.Is(err, fault.Locked) {
			return err
		}
		return v.Show(shell.StatusOf(err), welcomeTempl(v, &welcomePage{step: 2, form: f, err: err}))
	}
	var id journal.ID
	name := kit.Trimmed(f, "name")
	if name != "" {
		p := journal.Product{Name: name, Form: journal.Form(f.Get("form"))}
		if u := kit.Trimmed(f, "unit"); u != "" {
			p.Units = []journal.Unit{{Name: u}}
		}
		if p.UsualAmount, _, err = kit.Decimal(f, "usual_amount"); err != nil {
			return again(err)
		}
		if p.UsualAmount > 0 && len(p.Units) == 0 {
			return again(kit.FieldError("unit", "web.say_unit"))
		}
		old, err := v.productNamed(name)
		if err != nil {
			return again(err)
		}
		if id, _, err = record.Product(v.Ctx(), v.App, old, p); err != nil {
			return again(err)
		}
		v.Reading = nil // the product is new in it
	}
	if kit.Trimmed(f, "per_day") != "" {
		f.Set("product_name", name)
		if !id.IsZero() {
			f.Set("product", id.String())
		}
		h, err := v.readHistory(f)
		if err != nil {
			return again(err)
		}
		if _, err := record.New(v.Ctx(), v.App, journal.Event{Body: h}); err != nil {
			return again(err)
		}
	}
	return v.Done("/welcome/3", nil)
}

// productNamed finds a product by its name, so that sending the step again
// corrects the product and does not double it; zero when there is none.
func (v *visit) productNamed(name string) (journal.ID, error) {
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

// welcomeEnd takes the goal and, if one was chosen, the passphrase.
func (v *visit) welcomeEnd() error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	again := func(err error) error {
		if fault.Is(err, fault.Locked) {
			return err
		}
		return v.Show(shell.StatusOf(err), welcomeTempl(v, &welcomePage{step: 3, form: url.Values{"goal": f["goal"]}, err: err}))
	}
	pass := f.Get("passphrase")
	if pass != f.Get("again") {
		return again(kit.FieldError("again", "web.first_passphrases_differ"))
	}
	if pass != "" {
		if err := v.App.SetPassphrase(v.Ctx(), "", pass); err != nil {
			return again(err)
		}
	}
	s := journal.Settings{Welcomed: ptr(true)}
	if g := f.Get("goal"); g != "" {
		s.Goal = &g
	}
	if err := record.Settings(v.Ctx(), v.App, s); err != nil {
		return again(err)
	}
	if pass != "" {
		return v.Done("/settings/recovery", &kit.Notice{Text: v.T("welcome.passphrase_set")})
	}
	return v.Done("/", nil)
}

func (v *visit) skipWelcome() error {
	if err := record.Settings(v.Ctx(), v.App, journal.Settings{Welcomed: ptr(true)}); err != nil {
		return err
	}
	return v.Done("/", nil)
}

func ptr[T any](v T) *T { return &v }

// enterDemo opens the journal of a made-up person in this browser alone.
func (v *visit) enterDemo() error {
	if v.pages.newDemo == nil {
		return fault.New(fault.NotFound, "web.no_demo")
	}
	a, err := v.pages.newDemo(v.Ctx())
	if err != nil {
		return err
	}
	if err := v.Session.SetDemo(a); err != nil {
		return err
	}
	http.Redirect(v.W, v.R, "/", http.StatusSeeOther)
	return nil
}

func (v *visit) leaveDemo() error {
	if err := v.Session.SetDemo(nil); err != nil {
		return err
	}
	http.Redirect(v.W, v.R, "/", http.StatusSeeOther)
	return nil
}
