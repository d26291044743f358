// Package unlock opens a locked journal, with the passphrase or the recovery
// code, and locks it.
package unlock

import (
	"net/http"

	"github.com/evenkeel/evenkeel/internal/app/keys"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
)

// Routes are for whoever was let in, whatever state the journal is in.
func Routes() []shell.Route {
	return []shell.Route{
		{Pattern: "GET /unlock", Do: askPassphrase, Needs: shell.Let},
		{Pattern: "POST /unlock", Do: unlock, Needs: shell.Let},
		{Pattern: "POST /unlock/passkey", Do: usePasskey, Needs: shell.Let},
		{Pattern: "GET /unlock/recovery", Do: askCode, Needs: shell.Let},
		{Pattern: "POST /unlock/recovery", Do: useCode, Needs: shell.Let},
		{Pattern: "POST /lock", Do: lock, Needs: shell.Let},
		{Pattern: "GET /state", Do: state, Needs: shell.Let, Idle: true},
		{Pattern: "POST /state", Do: state, Needs: shell.Let},
	}
}

// page asks for the passphrase, or for the recovery code.
type page struct {
	next     string
	recover  bool
	err      error
	code     string
	kept     bool // forms wait to be saved
	shared   bool // what waits is a text that was shared, which is shown
	again    bool // a form was not kept
	recovery bool // a code was given out
	passkey  []byte
}

func askPassphrase(v *shell.Visit) error { return ask(v, page{}) }

func askCode(v *shell.Visit) error { return ask(v, page{recover: true}) }

func ask(v *shell.Visit, p page) error {
	if v.Open {
		return v.Unlocked("/")
	}
	q := v.R.URL.Query()
	p.next, p.again = shell.Ours(q.Get("next")), q.Has("again")
	return show(v, http.StatusOK, p)
}

func show(v *shell.Visit, status int, p page) error {
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
	p.recovery, p.passkey = st.Recovery, st.Passkey
	p.kept = v.Session.HasPending()
	p.shared = v.Session.PendingOnlyAt("/share")
	return v.Show(status, whole(v, &p))
}

func unlock(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	p := page{next: shell.Ours(f.Get("next"))}
	if v.Open {
		return v.Unlocked(p.next)
	}
	err = v.Guess(func() error { return keys.Unlock(v.Ctx(), v.App, f.Get("passphrase")) })
	if err != nil {
		p.err = err
		return show(v, shell.StatusOf(err), p)
	}
	return v.Unlocked(p.next)
}

func useCode(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	p := page{next: "/", recover: true, code: f.Get("code")}
	if f.Get("passphrase") != f.Get("again") {
		p.err = kit.FieldError("again", "web.passphrases_differ")
		return show(v, shell.StatusOf(p.err), p)
	}
	err = v.Guess(func() error { return keys.Recover(v.Ctx(), v.App, f.Get("code"), f.Get("passphrase")) })
	if err != nil {
		p.err = err
		return show(v, shell.StatusOf(err), p)
	}
	v.Session.SetNotice(&kit.Notice{Text: v.T("unlock.recovered")})
	return v.Unlocked("/")
}
