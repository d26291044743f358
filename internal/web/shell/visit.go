package shell

import (
	"context"
	"net/http"
	"time"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/internal/app/recalls"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/journal"
)

// Visit is one request on its way through a route. Its Session is nil only
// where the route needs nobody.
type Visit struct {
	kit.View
	W       http.ResponseWriter
	R       *http.Request
	Session *Session
	// App is the journal that the visit looks at: the person's, or a made-up
	// one.
	App *app.App
	// Look foretells from it.
	Look *outlook.Reader
	// Reading is the one state of the journal that the visit works on; nil
	// while it is locked, and after a write that the same visit must see.
	Reading *journal.Journal

	server *Server
	route  *Route
	// held says that the form is kept until the journal is unlocked.
	held bool
	once once
	// ledTo and said are how a form that worked ended.
	ledTo string
	said  *kit.Notice
}

// arrivalKey is under which a kept form carries the time it came.
type arrivalKey struct{}

// arrive finds the session of a request and the journal it looks at.
func (s *Server) arrive(w http.ResponseWriter, r *http.Request, route *Route) *Visit {
	v := &Visit{View: *s.stranger(r), W: w, R: r, App: s.app, Look: s.look, server: s, route: route}
	v.Part = route.Part
	if s.gate.Look(r) == Own {
		v.Session = s.gate.Session(r)
	}
	if v.Session != nil {
		if d := v.Session.demoOf(); d != nil {
			v.App, v.Look, v.Demo = d.app, d.look, true
		}
	}
	if at, ok := r.Context().Value(arrivalKey{}).(time.Time); ok {
		v.Now = at
	} else {
		v.Now = v.App.Now(v.R.Context())
	}
	return v
}

// Notices are the products in use that public notices name, or may; none before
// the journal was read.
func (v *Visit) Notices() ([]recalls.Named, error) {
	if v.server.notices == nil || v.Reading == nil || v.Demo {
		return nil, nil
	}
	return v.server.notices.Of(v.Ctx(), v.Reading)
}

// Ctx carries what is known of the request to the use cases.
func (v *Visit) Ctx() context.Context { return v.R.Context() }

// glance fills the view of a page that waits for nothing with what the session
// last saw of the journal.
func (v *Visit) glance() {
	if v.Session == nil {
		return
	}
	if seen := v.Session.lastSeen(); seen != nil {
		v.opened(seen)
	}
}

func (v *Visit) opened(seen *seen) {
	v.Open, v.Settings, v.AutoLock = true, seen.settings, seen.autoLock
	v.Catalogue = v.server.texts.Match(journal.Or(seen.settings.Language, ""), v.R.Header.Get("Accept-Language"))
}

// meet looks whether the journal is open, locks it when it was left alone too
// long, and reads what every page needs of it.
func (v *Visit) meet() error {
	settings, err := v.settle()
	if fault.Is(err, fault.Locked) || fault.Is(err, fault.NotFound) {
		// None of these may quote the journal to somebody who cannot open it,
		// or one that is gone.
		v.Session.SetNotice(nil)
		v.Session.SetUpload(nil)
		v.Session.see(nil)
		if settings, err = v.reopen(err); fault.Is(err, fault.Locked) {
			return nil
		}
	}
	if err != nil {
		return err
	}
	seen := &seen{settings, journal.Or(settings.AutoLockMinutes, int(app.DefaultAutoLock/time.Minute))}
	v.opened(seen)
	v.Session.see(seen)
	if !v.route.Idle {
		v.App.Touch()
	}
	return nil
}

// settle reads the journal, and locks it first when it was left alone too
// long.
func (v *Visit) settle() (journal.Settings, error) {
	if _, err := v.App.LockIfIdle(v.Ctx()); err != nil {
		return journal.Settings{}, err
	}
	return v.choices()
}

// choices are the person's, of a journal that is read anew.
func (v *Visit) choices() (journal.Settings, error) {
	j, err := v.App.Read(v.Ctx())
	if err != nil {
		return journal.Settings{}, err
	}
	v.Reading, v.Lost = j, v.App.Problem()
	return j.Settings(), nil
}

// Read gives the visit's reading of the journal; a locked one says so.
func (v *Visit) Read() (*journal.Journal, error) {
	if v.Reading != nil {
		return v.Reading, nil
	}
	return v.App.Read(v.Ctx())
}

// reopen opens a journal that needs no passphrase: another process took the
// passphrase away, or deleted everything and this is the beginning of a new
// one. Any other stays locked, and the error says so.
func (v *Visit) reopen(why error) (journal.Settings, error) {
	if fault.Is(why, fault.NotFound) {
		v.App.Lock()
		v.server.forget()
		if err := v.App.Open(v.Ctx()); err != nil {
			return journal.Settings{}, err
		}
		return v.choices()
	}
	st, err := v.App.Status(v.Ctx())
	if err != nil {
		return journal.Settings{}, err
	}
	if st.Passphrase {
		return journal.Settings{}, why
	}
	if err := v.App.Open(v.Ctx()); err != nil {
		return journal.Settings{}, err
	}
	return v.choices()
}

// ForgetWords drops what every session keeps of a person's words.
func (v *Visit) ForgetWords() { v.server.forget() }

// Guess runs something that a wrong secret fails, and slows down repeats.
func (v *Visit) Guess(f func() error) error { return v.server.Guess(f) }
