package web

import (
	"net/http"

	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
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

func (v *visit) askUnlock() error { return v.ask(unlockPage{}) }

func (v *visit) askRecoveryCode() error { return v.ask(unlockPage{recover: true}) }

func (v *visit) ask(p unlockPage) error {
	if v.Open {
		return v.Unlocked("/")
	}
	q := v.R.URL.Query()
	p.next, p.again = shell.Ours(q.Get("next")), q.Has("again")
	return v.showUnlock(http.StatusOK, p)
}

func (v *visit) showUnlock(status int, p unlockPage) error {
	st, err := v.App.Status(v.Ctx())
	if err != nil {
		return err
	}
	if !st.Passphrase {
		// Another process removed the passphrase: the journal opens by itself.
		if err := v.App.Open(v.Ctx()); err != nil {
			return err
		}
		http.Redirect(v.W, v.R, "/", http.StatusSeeOther)
		return nil
	}
	p.recovery = st.Recovery
	p.kept = v.Session.HasPending()
	return v.Show(status, unlockTempl(v, &p))
}

func (v *visit) unlock() error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	p := unlockPage{next: shell.Ours(f.Get("next"))}
	if v.Open {
		return v.Unlocked(p.next)
	}
	err = v.Guess(func() error { return v.App.Unlock(v.Ctx(), f.Get("passphrase")) })
	if err != nil {
		p.err = err
		return v.showUnlock(shell.StatusOf(err), p)
	}
	return v.Unlocked(p.next)
}

func (v *visit) recover() error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	p := unlockPage{next: "/", recover: true, code: f.Get("code")}
	if f.Get("passphrase") != f.Get("again") {
		p.err = kit.FieldError("again", "web.passphrases_differ")
		return v.showUnlock(shell.StatusOf(p.err), p)
	}
	err = v.Guess(func() error { return v.App.Recover(v.Ctx(), f.Get("code"), f.Get("passphrase")) })
	if err != nil {
		p.err = err
		return v.showUnlock(shell.StatusOf(err), p)
	}
	v.Session.SetNotice(&kit.Notice{Text: v.T("unlock.recovered")})
	return v.Unlocked("/")
}

func (v *visit) lock() error {
	v.App.Lock()
	v.ForgetWords()
	// Without a passphrase there is nothing to lock with.
	st, err := v.App.Status(v.Ctx())
	if err != nil {
		return err
	}
	if !st.Passphrase {
		if err := v.App.Open(v.Ctx()); err != nil {
			return err
		}
		return v.Done("/settings#lock", &kit.Notice{Text: v.T("lock.needs_passphrase")})
	}
	http.Redirect(v.W, v.R, "/unlock", http.StatusSeeOther)
	return nil
}

// state tells an idle page whether its journal is still open.
func (v *visit) state() error {
	if !v.Open {
		v.W.WriteHeader(http.StatusForbidden)
		return nil
	}
	v.W.WriteHeader(http.StatusNoContent)
	return nil
}
