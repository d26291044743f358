package desk

import (
	"net/http"
	"net/url"
	"time"

	"github.com/a-h/templ"

	"github.com/evenkeel/evenkeel/internal/app/desk"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
)

// route is an address of the desk. What changes something is a POST.
type route struct {
	pattern string
	do      func(*visit) error
	part    string
	// locked routes are served while nobody has the desk open, to whoever was let
	// in.
	locked bool
	// idle requests come from a page that is merely open.
	idle bool
}

var routes = []route{
	{pattern: "GET /{$}", do: list, part: "people"},
	{pattern: "POST /poll", do: poll, part: "people"},
	{pattern: "GET /people/{id}", do: person, part: "people"},
	{pattern: "POST /people/{id}/seen", do: acknowledge, part: "people"},
	{pattern: "POST /people/{id}/notes", do: note, part: "people"},
	{pattern: "GET /people/{id}/sheet", do: sheet, part: "people"},
	{pattern: "POST /people/{id}/fhir", do: fhirFile, part: "people"},
	{pattern: "POST /people/{id}/csv", do: csvFile, part: "people"},
	{pattern: "GET /counts", do: counts, part: "counts"},
	{pattern: "GET /members", do: members, part: "members"},
	{pattern: "POST /members", do: addMember, part: "members"},
	{pattern: "POST /members/{id}/remove", do: removeMember, part: "members"},
	{pattern: "GET /card", do: card, part: "card"},
	{pattern: "GET /audit", do: record, part: "audit"},
	{pattern: "POST /audit/export", do: recordFile, part: "audit"},
	{pattern: "GET /unlock", do: askUnlock, locked: true},
	{pattern: "POST /unlock", do: unlock, locked: true},
	{pattern: "POST /lock", do: lock},
	{pattern: "GET /state", do: state, idle: true},
	{pattern: "POST /state", do: state},
}

// place is an item of the navigation.
type place struct{ name, path, icon string }

var places = []place{{"people", "/", "journal"}, {"counts", "/counts", "trends"}, {"members", "/members", "settings"}, {"card", "/card", "link"}, {"audit", "/audit", "lock"}}

// visit is one request on its way through a route.
type visit struct {
	kit.View
	w       http.ResponseWriter
	r       *http.Request
	session *shell.Session
	server  *Server
	desk    *desk.Desk
}

// mostForm is the most that a form may bring, in bytes: a note of 16 KiB in which
// every letter takes nine in the form's own writing.
const mostForm = 256 << 10

// serve lets in whoever may come, and answers for a handler that fails.
func (s *Server) serve(r route) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		view, session := s.Arrive(req)
		if session == nil {
			s.Outside(w, req)
			return
		}
		req.Body = http.MaxBytesReader(w, req.Body, mostForm)
		v := &visit{View: *view, w: w, r: req, session: session, server: s, desk: s.desk}
		v.Part, v.Demo = r.part, s.demo
		s.lockIfIdle()
		if v.Open = s.desk.IsOpen(); v.Open && !s.demo {
			v.AutoLock = int(idleLock / time.Minute)
		}
		if !v.Open && !r.locked {
			v.toUnlock()
			return
		}
		if v.Open && !r.idle {
			s.touch()
		}
		if err := req.ParseForm(); err != nil {
			v.fail(fault.Wrap(err, fault.Invalid, "web.form_too_long"))
			return
		}
		if err := r.do(v); err != nil {
			v.fail(err)
		}
	}
}

// toUnlock asks to open the desk, and leads back to where somebody was going. A
// form is not kept: what it says is about a person, and who unlocks may be another.
func (v *visit) toUnlock() {
	if v.r.URL.Path == "/state" {
		v.w.WriteHeader(http.StatusForbidden)
		return
	}
	q := url.Values{}
	if v.r.Method == http.MethodGet {
		q.Set("next", v.r.URL.RequestURI())
	} else {
		q.Set("again", "1")
	}
	http.Redirect(v.w, v.r, "/unlock?"+q.Encode(), http.StatusSeeOther)
}

// next is where an unlocked desk leads on.
func (v *visit) next() string {
	to := v.r.FormValue("next")
	if to == "" {
		return "/"
	}
	return shell.Ours(to)
}

func (v *visit) fail(err error) {
	if fault.Is(err, fault.Locked) {
		v.toUnlock()
		return
	}
	_ = v.show(shell.StatusOf(err), errorPage(v, err))
}

// show draws a page, with what the last form has to say.
func (v *visit) show(status int, page templ.Component) error {
	if v.Open {
		v.Notice = v.session.TakeNotice()
	}
	return shell.Render(v.w, v.r, status, page)
}

// done ends a form that worked: the next page says so.
func (v *visit) done(to, said string) error {
	v.session.SetNotice(&kit.Notice{Text: said})
	http.Redirect(v.w, v.r, to, http.StatusSeeOther)
	return nil
}

// file hands out a download.
func (v *visit) file(data []byte, kind, name string) error {
	h := v.w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	_, err := v.w.Write(data)
	_ = err // the browser left: there is nobody to tell
	return nil
}

func lost(v *visit) error {
	if !v.Open {
		v.toUnlock()
		return nil
	}
	return v.show(http.StatusNotFound, lostPage(v))
}

func askUnlock(v *visit) error {
	if v.Open {
		http.Redirect(v.w, v.r, v.next(), http.StatusSeeOther)
		return nil
	}
	return v.show(http.StatusOK, unlockPage(v, "", v.r.FormValue("again") != "", nil))
}

func unlock(v *visit) error {
	name := v.r.PostFormValue("member")
	err := v.server.Guess(func() error { return v.desk.Unlock(v.r.Context(), name, v.r.PostFormValue("passphrase")) })
	if err != nil {
		return v.show(shell.StatusOf(err), unlockPage(v, name, false, err))
	}
	v.server.touch()
	// What an earlier member was told is not for this one.
	v.session.SetNotice(nil)
	http.Redirect(v.w, v.r, v.next(), http.StatusSeeOther)
	return nil
}

func lock(v *visit) error {
	v.desk.Lock()
	http.Redirect(v.w, v.r, "/unlock", http.StatusSeeOther)
	return nil
}

// state tells a page that is merely open whether the desk still is.
func state(v *visit) error {
	v.w.WriteHeader(http.StatusNoContent)
	return nil
}
