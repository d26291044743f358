package settings

import (
	"net/http"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/keys"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
)

// recoveryPage offers a code, or shows a fresh one, once.
type recoveryPage struct {
	status app.Status
	code   string
	err    error
}

func askRecovery(v *shell.Visit) error { return showRecovery(v, http.StatusOK, recoveryPage{}) }

func showRecovery(v *shell.Visit, status int, p recoveryPage) error {
	var err error
	if p.status, err = v.App.Status(v.Ctx()); err != nil {
		return err
	}
	v.Notify()
	return v.Show(status, recovery(v, &p))
}

func makeRecovery(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	var code string
	err = v.Guess(func() error {
		var err error
		code, err = keys.NewRecoveryCode(v.Ctx(), v.App, f.Get("present"))
		return err
	})
	if fault.Is(err, fault.Locked) {
		return err
	}
	if err != nil {
		return showRecovery(v, shell.StatusOf(err), recoveryPage{err: err})
	}
	v.Again("/settings/recovery", &kit.Notice{Text: v.T("recovery.already")})
	return showRecovery(v, http.StatusOK, recoveryPage{code: code})
}
