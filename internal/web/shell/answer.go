package shell

import (
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"github.com/evenkeel/evenkeel/internal/web/kit"
)

// Again says what the same form gets when it comes again, where it worked and
// answers with a page that must not be shown or made twice.
func (v *Visit) Again(to string, n *kit.Notice) { v.ledTo, v.said = to, n }

// Done ends a form that worked: the next page shows the notice, or the page
// that sent it in place does.
func (v *Visit) Done(to string, n *kit.Notice) error {
	v.Again(to, n)
	if v.inPlace() {
		return v.doneInPlace(n)
	}
	v.Session.SetNotice(n)
	http.Redirect(v.W, v.R, to, http.StatusSeeOther)
	return nil
}

// Show renders a page.
func (v *Visit) Show(status int, page templ.Component) error {
	return render(v.Ctx(), v.W, v.R, status, page)
}

// Download sends a file.
func (v *Visit) Download(data []byte, kind, name string) error {
	h := v.W.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	h.Set("Content-Length", strconv.Itoa(len(data)))
	_, err := v.W.Write(data)
	return gone(err)
}

// Notify gives the page what there is to say after the last form.
func (v *Visit) Notify() {
	v.Notice = v.Session.TakeNotice()
	if v.Notice != nil && len(v.Notice.Found) > 0 {
		v.Found, v.FoundSaved = v.Notice.Found, true
	}
}

// From is the page that a person came from, when the form or the address names
// one of the navigation's; else where the route leads back to.
func (v *Visit) From() string {
	if v.route.Back != "" {
		return v.FromOr(v.route.Back)
	}
	return v.FromOr("/")
}

// FromOr is From with another page to lead back to.
func (v *Visit) FromOr(other string) string {
	for _, p := range []string{v.R.PostForm.Get("from"), v.R.URL.Query().Get("from")} {
		if v.server.places[p] {
			return p
		}
	}
	return other
}

// Speak changes the language of what is said.
func (v *Visit) Speak(language string) { v.Catalogue = v.server.texts.Match(language) }
