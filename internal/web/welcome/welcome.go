// Package welcome is the first run in three calm steps, and the journal of a
// made-up person to try everything with.
package welcome

import (
	"context"
	"net/http"
	"net/url"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/keys"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

// Routes are the steps, and the way into the journal of a made-up person and
// out of it, which newDemo opens in memory; nil for none.
func Routes(newDemo func(context.Context) (*app.App, error)) []shell.Route {
	return []shell.Route{
		{Pattern: "GET /welcome", Do: show},
		{Pattern: "GET /welcome/{step}", Do: show},
		{Pattern: "POST /welcome/2", Do: begin, Back: "/welcome/2"},
		{Pattern: "POST /welcome/3", Do: finish, Back: "/welcome/3"},
		{Pattern: "POST /welcome/skip", Do: skip},
		{Pattern: "POST /demo/enter", Do: demo(newDemo).enter, Needs: shell.Let},
		{Pattern: "POST /demo/leave", Do: leave, Needs: shell.Let},
	}
}

// page is one of the three calm steps of the first run.
type page struct {
	step int
	form url.Values
	err  error
}

func show(v *shell.Visit) error {
	steps := map[string]int{"": 1, "2": 2, "3": 3}
	step, ok := steps[v.R.PathValue("step")]
	if !ok {
		return fault.New(fault.NotFound, "web.no_such_step")
	}
	v.Notify()
	return v.Show(http.StatusOK, whole(v, &page{step: step, form: url.Values{"span": {"years"}}}))
}

// finish takes the goal and, if one was chosen, the passphrase.
func finish(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	again := func(err error) error {
		if fault.Is(err, fault.Locked) {
			return err
		}
		return v.Show(shell.StatusOf(err), whole(v, &page{step: 3, form: url.Values{"goal": f["goal"], "daily_amount": f["daily_amount"], "daily_unit": f["daily_unit"]}, err: err}))
	}
	daily, err := v.ReadDaily(f)
	if err != nil {
		return again(err)
	}
	pass := f.Get("passphrase")
	if pass != f.Get("again") {
		return again(kit.FieldError("again", "web.first_passphrases_differ"))
	}
	if pass != "" {
		if err := keys.SetPassphrase(v.Ctx(), v.App, "", pass); err != nil {
			return again(err)
		}
	}
	s := journal.Settings{Welcomed: new(true)}
	if g := f.Get("goal"); g != "" {
		s.Goal = &g
	}
	if daily.Amount > 0 {
		s.Daily = &daily
	}
	if err := record.Settings(v.Ctx(), v.App, s); err != nil {
		return again(err)
	}
	if pass != "" {
		return v.Done("/settings/recovery", &kit.Notice{Text: v.T("welcome.passphrase_set")})
	}
	return v.Done("/", nil)
}

func skip(v *shell.Visit) error {
	if err := record.Settings(v.Ctx(), v.App, journal.Settings{Welcomed: new(true)}); err != nil {
		return err
	}
	return v.Done("/", nil)
}
