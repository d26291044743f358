package settings

import (
	"encoding/base64"

	"github.com/evenkeel/evenkeel/internal/app/keys"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
)

func (h Home) addPasskey(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	credential, err := base64.StdEncoding.DecodeString(f.Get("credential"))
	if err != nil {
		return h.refused(v, "passkey", nil, fault.New(fault.Invalid, "vault.passkey_unusable"))
	}
	secret, err := shell.PasskeyAnswer(f)
	if err == nil {
		err = v.Guess(func() error { return keys.SetPasskey(v.Ctx(), v.App, f.Get("present"), credential, secret) })
	}
	clear(secret[:])
	if err != nil {
		return h.refused(v, "passkey", nil, err)
	}
	return v.Done("/settings#lock", &kit.Notice{Text: v.T("passkey.added")})
}

func (h Home) removePasskey(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	err = v.Guess(func() error { return keys.RemovePasskey(v.Ctx(), v.App, f.Get("present")) })
	if err != nil {
		return h.refused(v, "passkey", nil, err)
	}
	return v.Done("/settings#lock", &kit.Notice{Text: v.T("passkey.removed")})
}
