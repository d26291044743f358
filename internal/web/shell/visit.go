package shell

import (
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/safety"
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

// Ctx carries what is known of the request to the use cases.
func (v *Visit) Ctx() context.Context { return v.R.Context() }

// readForm reads a form of usual size, so that it can be kept and told from
// others; nil for what is no such form. It also hands what is known of the
// request on.
func (v *Visit) readForm() ([]byte, error) {
	var body []byte
	if v.R.Method == http.MethodPost && v.route.limit() == Small {
		var err error
		if body, err = io.ReadAll(v.R.Body); err != nil {
			return nil, tooLarge(err)
		}
		v.R.Body = io.NopCloser(bytes.NewReader(body))
		v.once = onceOf(v.R, body)
	}
	v.R = v.R.WithContext(app.WithRequest(v.R.Context(), app.Request{At: v.Now, Once: v.once}))
	return body, nil
}

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

// Form reads the fields of the request.
func (v *Visit) Form() (url.Values, error) {
	if err := v.R.ParseForm(); err != nil {
		return nil, tooLarge(err)
	}
	v.Found = scanned(v.R.PostForm)
	return v.R.PostForm, nil
}

// secretFields are the fields that hold no words to anyone.
var secretFields = []string{"passphrase", "present", "again", "code", "once"}

// scanned looks through a form for words of danger before anything is read out
// of it, so that they are answered on a form that is refused as well.
func scanned(f url.Values) []safety.Finding {
	var list []safety.Finding
	for _, name := range slices.Sorted(maps.Keys(f)) {
		if slices.Contains(secretFields, name) {
			continue
		}
		for _, text := range f[name] {
			list = append(list, safety.Scan(text)...)
		}
	}
	return list
}

func tooLarge(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return fault.Wrap(err, fault.Invalid, "web.form_too_long")
	}
	return fault.Wrap(err, fault.Invalid, "web.form_cut")
}

// Multipart reads the one file and the small fields of an upload, in memory:
// what a person wrote does not go through a temporary file.
func (v *Visit) Multipart() (name string, data []byte, fields url.Values, err error) {
	parts, err := v.R.MultipartReader()
	if err != nil {
		return "", nil, nil, tooLarge(err)
	}
	fields = url.Values{}
	for {
		p, err := parts.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return "", nil, nil, fault.Wrap(err, fault.Invalid, "web.file_cut")
		}
		body, err := io.ReadAll(p)
		if err != nil {
			return "", nil, nil, fault.Wrap(err, fault.Invalid, "web.file_cut")
		}
		if p.FormName() == "file" {
			name, data = p.FileName(), body
		} else {
			fields.Add(p.FormName(), string(body))
		}
	}
	if len(data) == 0 {
		return "", nil, nil, kit.FieldError("file", "web.no_file")
	}
	return name, data, fields, nil
}

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

// From is the page that a form stood on, when it names one of the navigation's;
// else where its route leads back to.
func (v *Visit) From() string {
	if p := v.R.PostForm.Get("from"); v.server.places[p] {
		return p
	}
	if v.route.Back != "" {
		return v.route.Back
	}
	return "/"
}

// Speak changes the language of what is said.
func (v *Visit) Speak(language string) { v.Catalogue = v.server.texts.Match(language) }

// ForgetWords drops what every session keeps of a person's words.
func (v *Visit) ForgetWords() { v.server.forget() }

// Guess runs something that a wrong secret fails, and slows down repeats.
func (v *Visit) Guess(f func() error) error {
	if d := v.server.tries.wait(time.Now()); d > 0 {
		return fault.New(fault.WrongPassphrase, "web.wait", "n", int((d+time.Second-1)/time.Second))
	}
	err := f()
	switch {
	case fault.Is(err, fault.WrongPassphrase):
		v.server.tries.failed(time.Now())
	case err == nil:
		v.server.tries.passed()
	}
	return err
}
