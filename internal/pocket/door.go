package pocket

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"slices"
)

// Request is what the router caught.
type Request struct {
	Method string
	// URL is the whole address, of our own origin.
	URL string
	// Destination is what the answer is for, as the browser names it: "iframe"
	// for a page, "document" for a whole tab, "" for a script that asks.
	Destination string
	Header      http.Header
	Body        []byte
}

// Answer is what the page gets.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// Door hands requests to the pages.
type Door struct {
	pages  http.Handler
	origin string
	// Failed is told where a page panicked, without anything a person wrote.
	Failed func(page string)
	// Turns, where there are any, are taken by every request.
	Turns *Turns
	shown shown
}

// NewDoor makes the door of pages at an origin, such as "https://example.org".
func NewDoor(pages http.Handler, origin string) *Door { return &Door{pages: pages, origin: origin} }

// carried are the headers that mean something behind the door.
var carried = []string{"Accept-Language", "Content-Type", "Evenkeel-In-Place"}

// Serve gives the answer of the pages.
func (d *Door) Serve(ctx context.Context, q Request) Answer {
	if d.Turns != nil {
		d.Turns.begin()
		defer d.Turns.end()
	}
	u, err := url.Parse(q.URL)
	if err != nil {
		return Answer{Status: http.StatusBadRequest}
	}
	if q.Method == http.MethodGet {
		if a, asked, there := d.shown.find(u); there {
			return a
		} else if asked {
			// It was dropped: the page itself, or Today where there was only a form.
			return d.instead(ctx, q, u)
		}
	}
	return d.shown.ledOn(q, u, d.ask(ctx, q, u))
}

func (d *Door) instead(ctx context.Context, q Request, u *url.URL) Answer {
	bare := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}
	if a := d.ask(ctx, q, bare); a.Status != http.StatusNotFound && a.Status != http.StatusMethodNotAllowed {
		return a
	}
	return Answer{Status: http.StatusSeeOther, Header: http.Header{"Location": {"/"}}}
}

// ask has the pages answer.
func (d *Door) ask(ctx context.Context, q Request, u *url.URL) (a Answer) {
	r, err := http.NewRequestWithContext(ctx, q.Method, u.String(), bytes.NewReader(q.Body))
	if err != nil {
		return Answer{Status: http.StatusBadRequest}
	}
	r.RequestURI = u.RequestURI()
	for _, name := range carried {
		if v := q.Header.Get(name); v != "" {
			r.Header.Set(name, v)
		}
	}
	r.Header.Set("Sec-Fetch-Site", d.site(q, u))
	w := &answer{header: http.Header{}}
	defer func() {
		if v := recover(); v != nil {
			if d.Failed != nil {
				d.Failed(r.Pattern)
			}
			a = Answer{Status: http.StatusInternalServerError}
		}
	}()
	d.pages.ServeHTTP(w, r)
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return Answer{w.status, w.header, w.body.Bytes()}
}

// site says where a request comes from, in the browser's own words, which do
// not reach a router. Only our own pages show in the frame and only they can
// ask by script; another site can send a form to a whole tab, and one that
// names no origin of ours is not ours either.
func (d *Door) site(q Request, u *url.URL) string {
	own := u.Scheme+"://"+u.Host == d.origin
	safe := slices.Contains([]string{http.MethodGet, http.MethodHead}, q.Method)
	origin := q.Header.Get("Origin")
	switch {
	case !own, origin != "" && origin != d.origin:
	case q.Destination == "document" && !safe:
	default:
		return "same-origin"
	}
	return "cross-site"
}

// answer keeps what the pages write.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
}

func (a *answer) Write(b []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(b)
}
