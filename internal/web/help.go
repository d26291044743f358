package web

import (
	"net/http"

	"github.com/evenkeel/evenkeel/directory"
	"github.com/evenkeel/evenkeel/journal"
)

// helpPage lists where to turn in one country, the others behind it, so that
// the page is whole without a network.
type helpPage struct {
	country directory.Country
	others  []directory.Country
}

// help needs no session and no open journal, and waits for neither. It shows
// nothing personal: the country comes from the address, or from the settings
// that were seen last.
func (v *visit) help() error {
	code := v.R.URL.Query().Get("country")
	if code == "" {
		code = journal.Or(v.Settings.Country, "")
	}
	p := helpPage{}
	p.country, _ = directory.Find(code)
	for _, c := range directory.Countries() {
		if c.Code != p.country.Code {
			p.others = append(p.others, c)
		}
	}
	return v.Show(http.StatusOK, helpTempl(v, &p))
}
