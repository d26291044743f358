// Package help shows where to turn, to everybody and at once.
package help

import (
	"net/http"

	"github.com/evenkeel/evenkeel/directory"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

// Routes is the page.
func Routes() []shell.Route {
	return []shell.Route{{Pattern: "GET /help", Do: show, Needs: shell.Nobody, Part: "help", Nav: true}}
}

// page lists where to turn in one country, the others behind it, so that
// the page is whole without a network.
type page struct {
	country directory.Country
	others  []directory.Country
	// crisis is the checked line for when it is too much; known says that there
	// is one.
	crisis directory.Line
	known  bool
}

// show needs no session and no open journal, and waits for neither. It shows
// nothing personal: the country comes from the address, or from the settings
// that were seen last.
func show(v *shell.Visit) error {
	code := v.R.URL.Query().Get("country")
	if code == "" {
		code = journal.Or(v.Settings.Country, "")
	}
	p := page{}
	p.country, _ = directory.Find(code)
	p.crisis, p.known = p.country.Crisis(v.Tag())
	for _, c := range directory.Countries() {
		if c.Code != p.country.Code {
			p.others = append(p.others, c)
		}
	}
	return v.Show(http.StatusOK, whole(v, &p))
}
