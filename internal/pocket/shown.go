package pocket

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
)

// A browser keeps the body of a form in its profile, unsealed, when a page
// answers it directly: for a reload, and for a session that is restored. So the
// frame is led on to an address of its own for that answer, which waits here, in
// memory, until the journal locks.

// mostShown is how many answers wait: as many as somebody goes back to.
const mostShown = 8

// shownAt is the query by which an answer is asked for.
const shownAt = "shown"

// shown is the answers that wait.
type shown struct {
	mu   sync.Mutex
	last int
	kept map[string]Answer
}

// ledOn keeps an answer to a form and leads on to it, where it is a page.
func (s *shown) ledOn(q Request, u *url.URL, a Answer) Answer {
	page := strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") && a.Header.Get("Content-Disposition") == ""
	if q.Method != http.MethodPost || q.Destination != "iframe" || !page || a.Status >= 300 && a.Status < 400 {
		return a
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == nil {
		s.kept = map[string]Answer{}
	}
	s.last++
	name := strconv.Itoa(s.last)
	s.kept[name] = a
	delete(s.kept, strconv.Itoa(s.last-mostShown))
	h := a.Header.Clone()
	h.Del("Content-Type")
	h.Del("Content-Length")
	h.Set("Location", u.Path+"?"+url.Values{shownAt: {name}}.Encode())
	return Answer{Status: http.StatusSeeOther, Header: h}
}

// find gives an answer that waits.
func (s *shown) find(u *url.URL) (a Answer, asked, there bool) {
	name := u.Query().Get(shownAt)
	s.mu.Lock()
	defer s.mu.Unlock()
	a, there = s.kept[name]
	return a, name != "", there
}

// Forget drops every answer that waits: the journal was locked.
func (d *Door) Forget() {
	d.shown.mu.Lock()
	defer d.shown.mu.Unlock()
	clear(d.shown.kept)
}
