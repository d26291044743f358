// Package places looks through a directory of treatment places that the person
// brought, and takes one in.
package places

import (
	"bytes"
	"net/http"
	"net/url"

	"github.com/evenkeel/evenkeel/directory/treatment"
	"github.com/evenkeel/evenkeel/internal/app/places"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
)

// shown is how many places a page lists.
const shown = 25

// Area is the pages on one shelf.
type Area struct{ shelf *places.Shelf }

// On makes the area.
func On(shelf *places.Shelf) Area { return Area{shelf} }

// Routes are for whoever was let in, also while the journal is locked: nothing
// of a person's is on them. What somebody looks for is sent in a form, since
// addresses are kept in the browser's history.
func (a Area) Routes() []shell.Route {
	return []shell.Route{
		{Pattern: "GET /places", Do: a.look, Needs: shell.Let, Part: "help"},
		{Pattern: "POST /places", Do: a.look, Needs: shell.Let, Part: "help", Back: "/places"},
		{Pattern: "POST /places/import", Do: a.bring, Needs: shell.Let, Part: "help", Back: "/places", Body: shell.Large},
	}
}

// page is what was looked for, and what was found.
type page struct {
	directory *treatment.Directory // nil while there is none
	form      url.Values
	searched  bool
	hits      []treatment.Hit
	total     int
	near      bool
	err       error
}

func (a Area) look(v *shell.Visit) error {
	p := page{form: url.Values{}}
	d, err := a.shelf.Directory(v.Ctx())
	switch {
	case fault.Is(err, fault.NotFound):
	case err != nil:
		p.err = err // a list that is damaged can be brought again here
	default:
		p.directory = d
	}
	if v.R.Method == http.MethodPost && p.directory != nil {
		f, err := v.Form()
		if err != nil {
			return err
		}
		q := treatment.Query{Where: f.Get("where"), Limit: shown}
		for _, s := range f["need"] {
			if n, ok := treatment.ParseNeed(s); ok {
				q.Needs = append(q.Needs, n)
			}
		}
		p.form, p.searched = f, true
		p.hits, p.total, p.near = d.Search(q)
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
		r, failed := a.shelf.Import(v.Ctx(), v.Now, bytes.NewReader(data))
		if err = failed; err == nil {
			text := v.T("places.imported", "n", len(r.Places)) + " " + v.T("places.imported_rows", "rows", r.Rows, "doubles", r.Doubles, "located", r.Located)
			if len(r.Broken) > 0 {
				text += " " + v.T("places.broken", "n", len(r.Broken))
			}
			return v.Done("/places", &kit.Notice{Text: text})
		}
	}
	p := page{form: url.Values{}, err: err}
	p.directory, _ = a.shelf.Directory(v.Ctx())
	return v.Show(shell.StatusOf(err), whole(&v.View, &p))
}
