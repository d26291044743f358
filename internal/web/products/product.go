package products

import (
	"net/http"
	"net/url"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

// page is the form of a product.
type page struct {
	id   journal.ID
	form url.Values
	err  error
	// saved is the product as it stands; nil for a new one.
	saved *journal.Product
	// units is how many unit blocks the form shows.
	units int
	// ask opens what a unit holds: somebody comes to say it.
	ask bool
}

func list(v *shell.Visit) error {
	j, err := v.Read()
	if err != nil {
		return err
	}
	v.Notify()
	return v.Show(http.StatusOK, listPage(&v.View, j.Products()))
}

func begin(v *shell.Visit) error {
	f := url.Values{"form": {string(journal.LeafPowder)}, "currency": {journal.Or(v.Settings.Currency, "USD")}}
	return v.Show(http.StatusOK, productPage(&v.View, &page{form: f, units: 1}))
}

func find(v *shell.Visit) (journal.Entry, error) {
	e, err := v.Entry()
	if err == nil && e.Product() == nil {
		return e, fault.New(fault.NotFound, "web.product_gone")
	}
	return e, err
}

func edit(v *shell.Visit) error {
	e, err := find(v)
	if err != nil {
		return err
	}
	return v.Show(http.StatusOK, productPage(&v.View, &page{id: e.ID, form: fillProduct(v.NumberStyle(), e.Product()), saved: e.Product(), units: len(e.Product().Units) + 1, ask: v.R.URL.Query().Has("ask")}))
}

func save(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	p := page{form: f, units: max(1, len(f["unit_name"]))}
	old := journal.Product{}
	if v.R.PathValue("id") != "" {
		e, err := find(v)
		if err != nil {
			return err
		}
		p.id, p.saved, old = e.ID, e.Product(), *e.Product()
	}
	next, err := readProduct(v.NumberStyle(), f)
	next.PutAway = old.PutAway
	if err == nil {
		var saved app.Saved
		if _, saved, err = record.Product(v.Ctx(), v.App, p.id, next); err == nil {
			return v.Done("/products", &kit.Notice{Text: v.T("saved.product", "product", next.Name), Found: saved.Found})
		}
	}
	if fault.Is(err, fault.Locked) || fault.Is(err, fault.NotFound) {
		return err
	}
	p.err = err
	return v.Show(shell.StatusOf(err), productPage(&v.View, &p))
}

// putAway takes a product off the lists that offer it, or brings it back.
func putAway(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	e, err := find(v)
	if err != nil {
		return err
	}
	next := *e.Product()
	next.PutAway = f.Get("away") == "1"
	if _, _, err := record.Product(v.Ctx(), v.App, e.ID, next); err != nil {
		return err
	}
	key := "product.brought_back"
	if next.PutAway {
		key = "product.put_away_done"
	}
	return v.Done("/products", &kit.Notice{Text: v.T(key, "product", next.Name)})
}

func remove(v *shell.Visit) error {
	e, err := find(v)
	if err != nil {
		return err
	}
	if err := record.Delete(v.Ctx(), v.App, e.ID); err != nil {
		return err
	}
	return v.Done("/products", &kit.Notice{Text: v.T("product.deleted", "product", e.Product().Name)})
}
