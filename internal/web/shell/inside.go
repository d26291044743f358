package shell

import (
	"net/http"
	"time"
)

// Inside is the gate of an app that runs in a worker of its own page: there is
// no port, no host, no cookie, and nobody else who could ask. What carries the
// requests there says with Sec-Fetch-Site whether one comes from our own pages.
// All tabs look at the one session, as they would at the desk.
type Inside struct{ one Session }

// Look lets our own pages through and nobody else.
func (*Inside) Look(r *http.Request) Standing {
	if r.Header.Get("Sec-Fetch-Site") != "same-origin" {
		return ForeignOrigin
	}
	return Own
}

// Session is the one there is.
func (g *Inside) Session(*http.Request) *Session { return &g.one }

// Enter lets nobody in: whoever can ask is in already.
func (*Inside) Enter(http.ResponseWriter, *http.Request) bool { return false }

// Sessions is the one there is.
func (g *Inside) Sessions() []*Session { return []*Session{&g.one} }

// Expire ends nothing: the session lasts as long as the worker.
func (*Inside) Expire(time.Time) {}
