package shell

import (
	"net/http"
	"time"
)

// Gate is the door that requests come through: it alone knows of hosts,
// origins, cookies and links. Pages behind it run as they are behind another
// door, such as a worker inside the page, which has neither port nor process.
type Gate interface {
	// Look says how far a request may go, before anything else looks at it.
	Look(r *http.Request) Standing
	// Session finds the session of a request that may go all the way; nil for
	// somebody who was not let in.
	Session(r *http.Request) *Session
	// Enter lets a browser in that brings what it takes, and gives it its
	// session with the answer's headers. It writes no answer; false when what
	// was brought is wrong, old or used.
	Enter(w http.ResponseWriter, r *http.Request) bool
	// Sessions are all who are in.
	Sessions() []*Session
	// Expire ends what is over.
	Expire(now time.Time)
}

// Standing is how far a request may go.
type Standing int

const (
	// Own comes from our own pages, or from nowhere, and may have a session.
	Own Standing = iota
	// Stranger may see what nobody needs a session for.
	Stranger
	// ForeignHost names another host, and ForeignOrigin comes from another
	// page in a way that a person does not: both are refused.
	ForeignHost
	ForeignOrigin
)
