package transfer

import (
	"net/http"
	"strings"

	"github.com/evenkeel/evenkeel/internal/app/keys"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
)

func askDelete(v *shell.Visit) error { return showDelete(v, http.StatusOK, nil) }

func showDelete(v *shell.Visit, status int, failed error) error {
	st, err := v.App.Status(v.Ctx())
	if err != nil {
		return err
	}
	return v.Show(status, deleteEverything(v, st.Passphrase, failed))
}

func deleteAll(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	if !strings.EqualFold(kit.Trimmed(f, "word"), v.T("delete_all.word")) {
		return showDelete(v, http.StatusUnprocessableEntity, kit.FieldError("word", "web.word_not_typed"))
	}
	err = v.Guess(func() error { return keys.DeleteEverything(v.Ctx(), v.App, f.Get("present")) })
	if fault.Is(err, fault.Locked) {
		return err
	}
	if err != nil {
		return showDelete(v, shell.StatusOf(err), err)
	}
	v.ForgetWords()
	return v.Done("/welcome", &kit.Notice{Text: v.T("delete_all.done")})
}
