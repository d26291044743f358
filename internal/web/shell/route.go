package shell

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/internal/web/kit"
)

// Need is what a route needs before its handler runs.
type Need int

const (
	// Journal needs a session and an open journal; a locked one asks to be
	// unlocked first.
	Journal Need = iota
	// Let needs to be let in, whatever state the journal is in.
	Let
	// Nobody needs nothing, and never waits for the journal.
	Nobody
)

// Limits on what a request may bring, in bytes.
const (
	Small = 64 << 10
	Large = 64 << 20
)

// Route is an address with what it needs. What changes something is a POST.
type Route struct {
	// Pattern is of net/http.ServeMux, such as "POST /entries/{id}".
	Pattern string
	Do      func(*Visit) error
	Needs   Need
	// Part is the item of the navigation that the page belongs to, and Nav
	// says that it is where that item leads.
	Part string
	Nav  bool
	// Kept forms that meet a locked journal are saved once it is open: what a
	// person writes is kept. Keys and passphrases are not, and neither is what
	// takes something away: that is for the one who unlocked to do.
	Kept bool
	// Back is where the person goes on when this address is no place to come
	// back to: a part of a page, a download, a form. Empty for the page itself,
	// and for Today after a form.
	Back string
	// Body is the most that a request may bring; Small when 0.
	Body int64
	// Idle requests come from a page that is merely open and do not put off
	// the auto-lock.
	Idle bool
}

func (r *Route) limit() int64 {
	if r.Body == 0 {
		return Small
	}
	return r.Body
}

// path is the address of a route without a method.
func (r *Route) path() string {
	_, path, _ := strings.Cut(r.Pattern, " ")
	return strings.TrimSuffix(path, "{$}")
}

// Mount adds the routes of an area, in the order of the navigation.
func (s *Server) Mount(routes ...Route) {
	for _, r := range routes {
		if r.Nav {
			s.nav = append(s.nav, kit.NavItem{Name: r.Part, Path: r.path(), Always: r.Needs == Nobody})
			s.places[r.path()] = true
		}
		s.mux.HandleFunc(r.Pattern, s.serve(&r))
	}
}

// serve does what a route needs before its handler, and answers for it when it
// fails.
func (s *Server) serve(route *Route) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v := s.arrive(w, r, route)
		if v.Session == nil && route.Needs != Nobody {
			s.Outside(w, r)
			return
		}
		if err := v.run(route.Do); err != nil {
			v.fail(err)
		}
	}
}

// run takes the request through everything its route needs.
func (v *Visit) run(do func(*Visit) error) error {
	v.R.Body = http.MaxBytesReader(v.W, v.R.Body, v.route.limit())
	if v.route.Needs == Nobody {
		v.glance()
		return do(v)
	}
	body, err := v.readForm()
	if err != nil {
		return err
	}
	if err := v.meet(); err != nil {
		return err
	}
	if !v.Open && v.route.Needs == Journal {
		v.held = v.route.Kept && body != nil && v.Session.hold(pending{path: v.R.URL.RequestURI(),
			contentType: v.R.Header.Get("Content-Type"), body: body, asked: v.Now, at: time.Now()})
		return locked()
	}
	if v.once == (once{}) {
		return do(v)
	}
	prior, failed := v.Session.answerOnce(v.Ctx(), v.once, func() (string, *kit.Notice, bool) {
		err = do(v)
		return v.ledTo, v.said, err == nil && v.ledTo != ""
	})
	if failed != nil {
		return failed
	}
	if prior != nil {
		return v.Done(prior.to, prior.notice)
	}
	return err
}

// noSuchPage answers an address that is none of ours: with a page to somebody
// who was let in, and like every other address to somebody who was not.
func (s *Server) noSuchPage(w http.ResponseWriter, r *http.Request) {
	v := s.arrive(w, r, &Route{})
	if v.Session == nil {
		s.Outside(w, r)
		return
	}
	if err := v.meet(); err != nil {
		v.fail(err)
		return
	}
	if !v.Open {
		http.Redirect(w, r, "/unlock", http.StatusSeeOther)
		return
	}
	status := http.StatusNotFound
	if s.otherMethod(r) {
		status = http.StatusMethodNotAllowed
	}
	_ = v.Show(status, kit.LostPage(&v.View))
}

// otherMethod reports that the address is ours, with another method.
func (s *Server) otherMethod(r *http.Request) bool {
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		if _, pattern := s.mux.Handler(&http.Request{Method: method, URL: r.URL, Host: r.Host}); pattern != "" {
			return true
		}
	}
	return false
}

// back is where a visit that was stopped by a locked journal goes on.
func (v *Visit) back() string {
	switch {
	case v.route.Back != "":
		return v.route.Back
	case v.R.Method == http.MethodGet && v.Path != "/":
		return v.Path
	}
	return ""
}

// unlockAt is the page that asks to unlock, with where to go on.
func (v *Visit) unlockAt() string {
	q := url.Values{}
	if to := v.back(); to != "" {
		q.Set("next", to)
	}
	if v.R.Method == http.MethodPost && !v.held {
		q.Set("again", "1")
	}
	if len(q) == 0 {
		return "/unlock"
	}
	return "/unlock?" + q.Encode()
}
