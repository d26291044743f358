package web

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/evenkeel/evenkeel/directory"
	"github.com/evenkeel/evenkeel/journal"
)

// helpPage lists where to turn in one country, the others behind it, so that
// the page is whole without a network.
type helpPage struct {
	country directory.Country
	others  []directory.Country
}

// help needs no session and no open journal. It shows nothing personal: the
// country comes from the address, or from the settings of an open journal.
func (s *Server) help(w http.ResponseWriter, r *http.Request) {
	view := s.stranger(r)
	if v := s.arrive(w, r); v != nil {
		// Help must come up whatever state the journal is in.
		if err := v.meet(0); err == nil {
			view = &v.view
			view.notice = nil
		} else {
			v.access = accessLocked
			view = &v.view
		}
	}
	code := r.URL.Query().Get("country")
	if code == "" {
		code = journal.Or(view.settings.Country, "")
	}
	p := helpPage{}
	p.country, _ = directory.Find(code)
	for _, c := range directory.Countries() {
		if c.Code != p.country.Code {
			p.others = append(p.others, c)
		}
	}
	// A page that could not be written has nobody left to read it.
	_ = render(r.Context(), w, r, http.StatusOK, helpTempl(view, &p))
}

// sms is the address that begins a text message, with the word to send.
func sms(l directory.Line) string {
	to := "sms:" + l.SMS()
	if l.TextBody != "" {
		to += "?body=" + url.QueryEscape(l.TextBody)
	}
	return to
}

// site is the name of a web address as people read it.
func site(address string) string {
	s := strings.TrimPrefix(strings.TrimPrefix(address, "https://"), "http://")
	return strings.TrimSuffix(strings.TrimPrefix(s, "www."), "/")
}
