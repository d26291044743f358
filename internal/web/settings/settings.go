// Package settings is what a person can choose: words and numbers, the
// passphrase, the recovery code.
package settings

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

// Home is the page that everything else here is reached from.
type Home struct {
	// Version is shown at its end.
	Version string
	// Carry draws the panel that takes a journal along and brings one back;
	// failed is what went wrong with the form called part, if it is its.
	Carry func(v *shell.Visit, part string, failed error) templ.Component
}

// Routes are the page and its forms.
func (h Home) Routes() []shell.Route {
	list := []shell.Route{
		{Pattern: "GET /settings", Do: h.show},
		{Pattern: "POST /settings", Do: h.choose, Back: "/settings"},
		{Pattern: "POST /settings/passphrase", Do: h.setPassphrase, Back: "/settings"},
		{Pattern: "POST /settings/passphrase/remove", Do: h.removePassphrase, Back: "/settings"},
		{Pattern: "POST /settings/passkey", Do: h.addPasskey, Back: "/settings"},
		{Pattern: "POST /settings/passkey/remove", Do: h.removePasskey, Back: "/settings"},
		{Pattern: "GET /settings/recovery", Do: askRecovery},
		{Pattern: "POST /settings/recovery", Do: makeRecovery, Back: "/settings/recovery"},
	}
	for i := range list {
		list[i].Part = "settings"
	}
	return list
}

// page is everything the person can choose.
type page struct {
	form   url.Values
	status app.Status
	err    error
	// part is the form that err is about.
	part string
}

func (h Home) draw(v *shell.Visit, status int, p page) error {
	var err error
	if p.status, err = v.App.Status(v.Ctx()); err != nil {
		return err
	}
	if p.form == nil {
		p.form = choices(v)
	}
	v.Notify()
	return v.Show(status, whole(v, h, &p))
}

// show opens the fold that the address names.
func (h Home) show(v *shell.Visit) error {
	return h.draw(v, http.StatusOK, page{part: v.R.URL.Query().Get("open")})
}

// choices are the form as the journal has it.
func choices(v *shell.Visit) url.Values {
	s := v.Settings
	f := url.Values{"clock": {journal.Or(s.Clock, "")}, "units": {journal.Or(s.Units, "metric")}, "language": {journal.Or(s.Language, v.Tag())},
		"country": {journal.Or(s.Country, "")}, "currency": {journal.Or(s.Currency, record.DefaultCurrency)},
		"auto_lock_min": {strconv.Itoa(v.AutoLock)}, "goal": {journal.Or(s.Goal, "")}}
	v.FillDaily(f, s.Daily)
	if v.Hides() {
		f.Set("hide_curve", "1")
	}
	if journal.Or(s.BackupReminders, true) {
		f.Set("backup_reminders", "1")
	}
	if journal.Or(s.HideInsights, false) {
		f.Set("hide_insights", "1")
	}
	return f
}

// choose saves the plain choices.
func (h Home) choose(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	s := journal.Settings{Clock: new(f.Get("clock")), Units: new(f.Get("units")), Language: new(f.Get("language")), Country: new(f.Get("country")),
		Currency: new(strings.ToUpper(kit.Trimmed(f, "currency"))), HideCurve: new(f.Get("hide_curve") == "1"), HideInsights: new(f.Get("hide_insights") == "1"), Goal: new(f.Get("goal"))}
	if v.Framed {
		s.BackupReminders = new(f.Get("backup_reminders") == "1")
	}
	minutes, ok, err := kit.Decimal(v.NumberStyle(), f, "auto_lock_min")
	if err == nil && ok {
		s.AutoLockMinutes = new(int(minutes))
	}
	if err == nil && f.Has("daily_amount") {
		var d journal.Daily
		d, err = v.ReadDaily(f)
		s.Daily = &d
	}
	if err == nil {
		err = record.Settings(v.Ctx(), v.App, s)
	}
	if err != nil {
		return h.refused(v, "choices", f, err)
	}
	v.Speak(*s.Language)
	return v.Done("/settings", &kit.Notice{Text: v.T("saved.settings")})
}

// Refused shows the page again with what went wrong at the form called part.
func (h Home) Refused(v *shell.Visit, part string, err error) error {
	return h.refused(v, part, nil, err)
}

// refused shows the page again with what the person chose in f; nil for what
// stands in the journal.
func (h Home) refused(v *shell.Visit, part string, f url.Values, err error) error {
	if fault.Is(err, fault.Locked) {
		return err
	}
	return h.draw(v, shell.StatusOf(err), page{form: f, err: err, part: part})
}
