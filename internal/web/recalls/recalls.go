// Package recalls shows which public notices name a product of the journal, and
// takes the notices in.
package recalls

import (
	"bytes"
	"net/http"

	"github.com/evenkeel/evenkeel/evidence/recall"
	"github.com/evenkeel/evenkeel/internal/app/recalls"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
)

// Area is the pages on one shelf.
type Area struct{ shelf *recalls.Shelf }

// On makes the area.
func On(shelf *recalls.Shelf) Area { return Area{shelf} }

// Routes are the page, and the form that brings a file.
func (a Area) Routes() []shell.Route {
	return []shell.Route{
		{Pattern: "GET /recalls", Do: a.show, Part: "products"},
		{Pattern: "POST /recalls/import", Do: a.bring, Part: "products", Back: "/recalls", Body: shell.Large},
	}
}

// page is what was brought, and what it names.
type page struct {
	book  *recall.Book // nil while there is none
	named []recalls.Named
	err   error
}

func (a Area) show(v *shell.Visit) error { return a.draw(v, nil) }

func (a Area) draw(v *shell.Visit, failed error) error {
	j, err := v.Read()
	if err != nil {
		return err
	}
	p := page{err: failed}
	p.book, err = a.shelf.Book(v.Ctx())
	switch {
	case fault.Is(err, fault.NotFound):
	case err != nil && p.err == nil:
		p.err = err // a damaged list can be brought again here
	case err == nil:
		if p.named, err = a.shelf.Of(v.Ctx(), j); err != nil {
			return err
		}
	}
	v.Notify()
	status := http.StatusOK
	if p.err != nil {
		status = shell.StatusOf(p.err)
	}
	return v.Show(status, whole(&v.View, &p))
}

func (a Area) bring(v *shell.Visit) error {
	_, data, _, err := v.Multipart()
	if err == nil {
		f, failed := a.shelf.Import(v.Ctx(), bytes.NewReader(data))
		if err = failed; err == nil {
			return v.Done("/recalls", &kit.Notice{Text: v.T("recalls.imported."+string(f.Kind), "n", len(f.Notices), "records", f.Records, "broken", len(f.Broken))})
		}
	}
	if fault.Is(err, fault.Locked) {
		return err
	}
	return a.draw(v, err)
}
