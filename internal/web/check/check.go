// Package check holds a text that somebody pastes, uploads or shares against the
// evidence, and gives it back with its claims marked. Nothing of it is kept.
package check

import (
	"bytes"
	"net/http"
	"slices"

	"github.com/evenkeel/evenkeel/evidence/check"
	"github.com/evenkeel/evenkeel/evidence/check/markup"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/safety"
)

// mostPasted is the most that a pasted text may hold; a file may hold more.
const mostPasted = 4 << 20

// Routes read no journal: whoever was let in may check a text, also while the
// journal is locked.
func Routes() []shell.Route {
	return []shell.Route{
		{Pattern: "GET /check", Do: begin, Needs: shell.Let, Part: "help"},
		{Pattern: "POST /check", Do: pasted, Needs: shell.Let, Part: "help", Back: "/check", Body: mostPasted},
		{Pattern: "POST /check/file", Do: uploaded, Needs: shell.Let, Part: "help", Back: "/check", Body: shell.Large},
	}
}

func begin(v *shell.Visit) error {
	v.Notify()
	return v.Show(http.StatusOK, askPage(&v.View, "", nil))
}

func pasted(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	// What stands on a page about overdoses or mixing was not written by the person.
	// Words of wanting to die are answered wherever they stand.
	v.Found = slices.DeleteFunc(v.Found, func(f safety.Finding) bool {
		return f.Sign != safety.SelfHarm && f.Sign != safety.SuicidePlan && f.Sign != safety.Despair
	})
	text := f.Get("text")
	if kit.Trimmed(f, "text") == "" {
		err := kit.FieldError("text", "check.no_text")
		return v.Show(shell.StatusOf(err), askPage(&v.View, text, err))
	}
	return answer(v, []byte(text))
}

func uploaded(v *shell.Visit) error {
	_, data, _, err := v.Multipart()
	if err == nil && bytes.HasPrefix(data, []byte("%PDF-")) {
		err = fault.New(fault.Invalid, "check.pdf")
	}
	if err != nil {
		return v.Show(shell.StatusOf(err), askPage(&v.View, "", err))
	}
	return answer(v, data)
}

func answer(v *shell.Visit, text []byte) error {
	language := check.Language(string(text[:min(len(text), check.Head)]))
	r, err := check.In(language).Read(bytes.NewReader(text), markup.Guess)
	if err != nil {
		return fault.Wrap(err, fault.Invalid, "check.unread")
	}
	return v.Show(http.StatusOK, answerPage(&v.View, read(&r, text)))
}
