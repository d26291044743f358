package settings

import (
	"github.com/evenkeel/evenkeel/internal/app/keys"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
)

func (h Home) setPassphrase(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	if f.Get("passphrase") != f.Get("again") {
		return h.refused(v, "passphrase", nil, kit.FieldError("again", "web.passphrases_differ"))
	}
	had, err := v.App.Status(v.Ctx())
	if err != nil {
		return err
	}
	err = v.Guess(func() error { return keys.SetPassphrase(v.Ctx(), v.App, f.Get("present"), f.Get("passphrase")) })
	if err != nil {
		return h.refused(v, "passphrase", nil, err)
	}
	if !had.Recovery {
		return v.Done("/settings/recovery", &kit.Notice{Text: v.T("welcome.passphrase_set")})
	}
	return v.Done("/settings#lock", &kit.Notice{Text: v.T("passphrase.changed")})
}

func (h Home) removePassphrase(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	err = v.Guess(func() error { return keys.RemovePassphrase(v.Ctx(), v.App, f.Get("present")) })
	if err != nil {
		return h.refused(v, "remove", nil, err)
	}
	return v.Done("/settings#lock", &kit.Notice{Text: v.T("passphrase.removed")})
}
