package unlock

import (
	"net/http"

	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
)

func lock(v *shell.Visit) error {
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
func state(v *shell.Visit) error {
	if !v.Open {
		v.W.WriteHeader(http.StatusForbidden)
		return nil
	}
	v.W.WriteHeader(http.StatusNoContent)
	return nil
}
