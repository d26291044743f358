package welcome

import (
	"context"
	"net/http"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/shell"
)

// demo opens the journal of a made-up person, in memory; nil where there is
// none.
type demo func(context.Context) (*app.App, error)

// enter opens the journal of a made-up person in this browser alone.
func (d demo) enter(v *shell.Visit) error {
	if d == nil {
		return fault.New(fault.NotFound, "web.no_demo")
	}
	a, err := d(v.Ctx())
	if err != nil {
		return err
	}
	if err := v.Session.SetDemo(a); err != nil {
		return err
	}
	http.Redirect(v.W, v.R, "/", http.StatusSeeOther)
	return nil
}

func leave(v *shell.Visit) error {
	if err := v.Session.SetDemo(nil); err != nil {
		return err
	}
	http.Redirect(v.W, v.R, "/", http.StatusSeeOther)
	return nil
}
