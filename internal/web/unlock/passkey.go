package unlock

import (
	"github.com/evenkeel/evenkeel/internal/app/keys"
	"github.com/evenkeel/evenkeel/internal/web/shell"
)

// usePasskey opens the journal with what the device answered to a finger or a
// face.
func usePasskey(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	p := page{next: shell.Ours(f.Get("next"))}
	if v.Open {
		return v.Unlocked(p.next)
	}
	secret, err := shell.PasskeyAnswer(f)
	if err == nil {
		err = v.Guess(func() error { return keys.UnlockPasskey(v.Ctx(), v.App, secret) })
	}
	clear(secret[:])
	if err != nil {
		p.err = err
		return show(v, shell.StatusOf(err), p)
	}
	return v.Unlocked(p.next)
}
