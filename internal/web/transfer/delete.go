package transfer

import (
	"net/http"
	"strings"

	"github.com/evenkeel/evenkeel/internal/app/keys"
	"github.com/evenkeel/evenkeel/internal/app/share"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
)

func (e Elsewhere) askDelete(v *shell.Visit) error { return e.showDelete(v, http.StatusOK, nil) }

func (e Elsewhere) showDelete(v *shell.Visit, status int, failed error) error {
	if fault.Is(failed, fault.Locked) {
		return failed
	}
	st, err := v.App.Status(v.Ctx())
	if err != nil {
		return err
	}
	return v.Show(status, deleteEverything(v, st.Passphrase, e.Host(v), failed))
}

func (e Elsewhere) deleteAll(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	if !strings.EqualFold(kit.Trimmed(f, "word"), v.T("delete_all.word")) {
		return e.showDelete(v, http.StatusUnprocessableEntity, kit.FieldError("word", "web.word_not_typed"))
	}
	host := e.Host(v)
	if host != "" && f.Get("host") == "1" {
		// The copy first: nothing here could ask for it afterwards.
		err = v.Guess(func() error { return keys.Prove(v.Ctx(), v.App, f.Get("present")) })
		if err == nil {
			err = e.Destroy(v)
		}
		if err != nil {
			return e.showDelete(v, shell.StatusOf(err), err)
		}
		host = ""
	}
	if host != "" {
		// What is shared lies there, and nobody could end it afterwards.
		if err := share.NoneLies(v.Ctx(), v.App); err != nil {
			return e.showDelete(v, shell.StatusOf(err), err)
		}
	}
	err = v.Guess(func() error { return keys.DeleteEverything(v.Ctx(), v.App, f.Get("present")) })
	if err != nil {
		return e.showDelete(v, shell.StatusOf(err), err)
	}
	v.ForgetWords()
	if err := e.Drop(v); err != nil {
		return err
	}
	text := v.T("delete_all.done")
	if host != "" {
		text += " " + v.T("delete_all.host_left", "host", host)
	}
	return v.Done("/welcome", &kit.Notice{Text: text})
}
