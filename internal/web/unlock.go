package web

import (
	"net/http"
	"strings"
	"time"
	"unicode"

	"github.com/evenkeel/evenkeel/internal/fault"
)

// unlockPage asks for the passphrase, or for the recovery code.
type unlockPage struct {
	next     string
	recover  bool
	err      error
	code     string
	kept     bool // forms wait to be saved
	again    bool // a form was not kept
	recovery bool // a code was given out
}

func (v *visit) askUnlock() error {
	if v.access == accessOpen {
		return v.unlocked("/")
	}
	q := v.r.URL.Query()
	return v.showUnlock(http.StatusOK, unlockPage{next: ours(q.Get("next")), again: q.Has("again"), recover: v.path == "/unlock/recovery"})
}

func (v *visit) showUnlock(status int, p unlockPage) error {
	st, err := v.app.Status(v.ctx())
	if err != nil {
		return err
	}
	if !st.Passphrase {
		// Another process removed the passphrase: the journal opens by itself.
		if err := v.app.Open(v.ctx()); err != nil {
			return err
		}
		http.Redirect(v.w, v.r, "/", http.StatusSeeOther)
		return nil
	}
	p.recovery = st.Recovery
	p.kept = v.session.hasPending()
	return v.show(status, unlockTempl(&v.view, &p))
}

// ours keeps a redirect on our own pages. Browsers drop tabs and line ends
// from an address and read a backslash as a slash, and two slashes at the
// start name another site.
func ours(path string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.Contains(path, "\\") || strings.ContainsFunc(path, unicode.IsControl) {
		return "/"
	}
	return path
}

func (v *visit) unlock() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	p := unlockPage{next: ours(f.Get("next"))}
	if v.access == accessOpen {
		return v.unlocked(p.next)
	}
	err = v.guess(func() error { return v.app.Unlock(v.ctx(), f.Get("passphrase")) })
	if err != nil {
		p.err = err
		return v.showUnlock(statusOf(err), p)
	}
	return v.unlocked(p.next)
}

func (v *visit) recover() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	p := unlockPage{next: "/", recover: true, code: f.Get("code")}
	if f.Get("passphrase") != f.Get("again") {
		p.err = fieldError("again", "web.passphrases_differ")
		return v.showUnlock(statusOf(p.err), p)
	}
	err = v.guess(func() error { return v.app.Recover(v.ctx(), f.Get("code"), f.Get("passphrase")) })
	if err != nil {
		p.err = err
		return v.showUnlock(statusOf(err), p)
	}
	v.session.setNotice(&notice{text: v.T("unlock.recovered")})
	return v.unlocked("/")
}

// guess runs something that a wrong secret fails, and slows down repeats.
func (v *visit) guess(f func() error) error {
	if d := v.s.tries.wait(time.Now()); d > 0 {
		seconds := int((d + time.Second - 1) / time.Second)
		return fault.New(fault.WrongPassphrase, "web.wait", "n", seconds)
	}
	err := f()
	switch {
	case fault.Is(err, fault.WrongPassphrase):
		v.s.tries.failed(time.Now())
	case err == nil:
		v.s.tries.passed()
	}
	return err
}

func (v *visit) lock() error {
	v.app.Lock()
	v.s.sessions.forget()
	// Without a passphrase there is nothing to lock with.
	st, err := v.app.Status(v.ctx())
	if err != nil {
		return err
	}
	if !st.Passphrase {
		if err := v.app.Open(v.ctx()); err != nil {
			return err
		}
		return v.done("/settings#lock", &notice{text: v.T("lock.needs_passphrase")})
	}
	http.Redirect(v.w, v.r, "/unlock", http.StatusSeeOther)
	return nil
}

// state tells an idle page whether its journal is still open.
func (v *visit) state() error {
	if v.access != accessOpen {
		v.w.WriteHeader(http.StatusForbidden)
		return nil
	}
	v.w.WriteHeader(http.StatusNoContent)
	return nil
}
