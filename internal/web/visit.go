package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/a-h/templ"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/safety"
)

// access says what the one who asks may see.
type access int

const (
	// Nobody without a session sees more than Help.
	_ access = iota
	// accessLocked has a session, but the journal is locked.
	accessLocked
	accessOpen
)

// view is what every page needs besides its own data.
type view struct {
	*locale.Catalogue
	path     string
	access   access
	demo     bool
	settings journal.Settings
	// now is the journal's time.
	now    time.Time
	notice *notice
	// found are the words of danger in what the person just wrote; foundSaved
	// that it was saved all the same.
	found      []safety.Finding
	foundSaved bool
	assets     *assets
	// autoLock is after how many idle minutes the journal locks; 0 for never.
	autoLock int
	// languages to choose from.
	languages []option
}

// visit is one request of somebody who was let in.
type visit struct {
	view
	s       *Server
	w       http.ResponseWriter
	r       *http.Request
	session *session
	app     *app.App
	look    *outlook.Reader
	// reading is the one state of the journal that the request works on; nil while locked.
	reading *journal.Journal
	// held says that the form is kept until the journal is unlocked.
	held bool
}

func (v *visit) ctx() context.Context { return v.r.Context() }

// Limits on what a request may bring.
const (
	smallBody = 64 << 10
	largeBody = 64 << 20
)

// inside wraps a handler that needs a session. The journal may be locked:
// then app's methods say so and fail sends the person to unlock it.
func (s *Server) inside(limit int64, f func(*visit) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v := s.arrive(w, r)
		if v == nil {
			s.outside(w, r)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, limit)
		if err := v.meet(limit); err != nil {
			v.fail(err)
			return
		}
		if err := f(v); err != nil {
			v.fail(err)
		}
	}
}

// arrive finds the session of a request and the journal it looks at; nil
// without a session.
func (s *Server) arrive(w http.ResponseWriter, r *http.Request) *visit {
	one := s.sessions.find(r, s.cookie)
	if one == nil {
		return nil
	}
	v := &visit{s: s, w: w, r: r, session: one, app: s.app, look: s.look}
	v.view = view{path: r.URL.Path, assets: s.assets, languages: languageOptions(s.texts)}
	if d := one.demoOf(); d != nil {
		v.app, v.look, v.demo = d.app, d.look, true
	}
	v.now = v.app.Now()
	v.Catalogue = s.texts.Match(r.Header.Get("Accept-Language"))
	return v
}

// meet looks whether the journal is open, locks it when it was left alone too
// long, and reads what every page needs of it. A form that meets a locked
// journal is kept until it is open again.
func (v *visit) meet(limit int64) error {
	v.access = accessLocked
	var body []byte
	if v.r.Method == http.MethodPost && limit == smallBody {
		var err error
		if body, err = io.ReadAll(v.r.Body); err != nil {
			return tooLarge(err)
		}
		v.r.Body = io.NopCloser(bytes.NewReader(body))
	}
	settings, err := v.settle()
	if fault.Is(err, fault.Locked) || fault.Is(err, fault.NotFound) {
		// None of these may quote the journal to somebody who cannot open it,
		// or one that is gone.
		v.session.setNotice(nil)
		v.session.setUpload(nil)
		if settings, err = v.reopen(err); fault.Is(err, fault.Locked) {
			v.held = body != nil && keeps(v.path) &&
				v.session.hold(pending{path: v.r.URL.RequestURI(), contentType: v.r.Header.Get("Content-Type"), body: body, at: time.Now()})
			return nil
		}
	}
	if err != nil {
		return err
	}
	v.access, v.settings = accessOpen, settings
	if v.path != "/state" || v.r.Method == http.MethodPost {
		v.app.Touch()
	}
	v.Catalogue = v.s.texts.Match(journal.Or(settings.Language, ""), v.r.Header.Get("Accept-Language"))
	v.autoLock = journal.Or(settings.AutoLockMinutes, int(app.DefaultAutoLock/time.Minute))
	return nil
}

// settle reads the journal, and locks it first when it was left alone too
// long.
func (v *visit) settle() (journal.Settings, error) {
	if _, err := v.app.LockIfIdle(v.ctx()); err != nil {
		return journal.Settings{}, err
	}
	return v.choices()
}

// choices are the person's, of a journal that is read anew.
func (v *visit) choices() (journal.Settings, error) {
	j, err := v.app.Read(v.ctx())
	if err != nil {
		return journal.Settings{}, err
	}
	v.reading = j
	return j.Settings(), nil
}

// read gives the request's reading of the journal; a locked one says so.
func (v *visit) read() (*journal.Journal, error) {
	if v.reading != nil {
		return v.reading, nil
	}
	return v.app.Read(v.ctx())
}

// reopen opens a journal that needs no passphrase: another process took the
// passphrase away, or deleted everything and this is the beginning of a new
// one. Any other stays locked, and the error says so.
func (v *visit) reopen(why error) (journal.Settings, error) {
	if fault.Is(why, fault.NotFound) {
		v.app.Lock()
		v.s.sessions.forget()
		if err := v.app.Open(v.ctx()); err != nil {
			return journal.Settings{}, err
		}
		return v.choices()
	}
	st, err := v.app.Status(v.ctx())
	if err != nil {
		return journal.Settings{}, err
	}
	if st.Passphrase {
		return journal.Settings{}, why
	}
	if err := v.app.Open(v.ctx()); err != nil {
		return journal.Settings{}, err
	}
	return v.choices()
}

// form reads the fields of the request.
func (v *visit) form() (url.Values, error) {
	if err := v.r.ParseForm(); err != nil {
		return nil, tooLarge(err)
	}
	v.found = scanned(v.r.PostForm)
	return v.r.PostForm, nil
}

// secretFields are the fields that hold no words to anyone.
var secretFields = []string{"passphrase", "present", "again", "code"}

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

// takeNotice takes what the last form has to say to the next page.
func (v *visit) takeNotice() {
	v.notice = v.session.takeNotice()
	if v.notice != nil && len(v.notice.found) > 0 {
		v.found, v.foundSaved = v.notice.found, true
	}
}

// done ends a form that worked: the next page shows the notice.
func (v *visit) done(to string, n *notice) error {
	v.session.setNotice(n)
	http.Redirect(v.w, v.r, to, http.StatusSeeOther)
	return nil
}

// show renders a page.
func (v *visit) show(status int, page templ.Component) error {
	return render(v.ctx(), v.w, v.r, status, page)
}

// title of every page is neutral: the page's own name and the app's.
func (v *view) title(name string) string {
	if name == "" {
		return "Evenkeel"
	}
	return name + " — Evenkeel"
}

// country is the person's own, "" where it is not known.
func (v *view) country() string { return journal.Or(v.settings.Country, "") }

// hides reports that curves are hidden.
func (v *view) hides() bool { return journal.Or(v.settings.HideCurve, false) }

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

var zippers = sync.Pool{New: func() any {
	z, err := gzip.NewWriterLevel(io.Discard, 5)
	if err != nil {
		panic(err) // 5 is a level
	}
	return z
}}

// render writes a whole page or nothing of it.
func render(ctx context.Context, w http.ResponseWriter, r *http.Request, status int, page templ.Component) error {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	if err := page.Render(ctx, b); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Vary", "Accept-Encoding, Cookie, Accept-Language")
	if !takesGzip(r) {
		h.Set("Content-Length", strconv.Itoa(b.Len()))
		w.WriteHeader(status)
		_, err := w.Write(b.Bytes())
		return gone(err)
	}
	h.Set("Content-Encoding", "gzip")
	w.WriteHeader(status)
	z := zippers.Get().(*gzip.Writer)
	defer zippers.Put(z)
	z.Reset(w)
	if _, err := z.Write(b.Bytes()); err != nil {
		return gone(err)
	}
	return gone(z.Close())
}

// gone drops the error of writing to a browser that left: there is nobody to
// tell.
func gone(error) error { return nil }
