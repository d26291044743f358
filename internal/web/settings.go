package web

import (
	"bytes"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/evenkeel/evenkeel/directory"
	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/app/transfer"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

// settingsPage is everything the person can choose.
type settingsPage struct {
	form    url.Values
	status  app.Status
	version string
	err     error
	// part is the form that err is about.
	part string
}

func (v *visit) showSettings(status int, p settingsPage) error {
	var err error
	if p.status, err = v.App.Status(v.Ctx()); err != nil {
		return err
	}
	p.version = v.pages.version
	if p.form == nil {
		p.form = v.fillSettings()
	}
	v.Notify()
	return v.Show(status, settingsTempl(v, &p))
}

func (v *visit) settingsHome() error { return v.showSettings(http.StatusOK, settingsPage{}) }

func (v *view) fillSettings() url.Values {
	s := v.Settings
	f := url.Values{"clock": {journal.Or(s.Clock, "")}, "units": {journal.Or(s.Units, "metric")}, "language": {journal.Or(s.Language, v.Tag())},
		"country": {journal.Or(s.Country, "US")}, "currency": {journal.Or(s.Currency, record.DefaultCurrency)},
		"auto_lock_min": {strconv.Itoa(v.AutoLock)}, "goal": {journal.Or(s.Goal, "")}}
	if v.Hides() {
		f.Set("hide_curve", "1")
	}
	return f
}

// choose saves the plain choices.
func (v *visit) choose() error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	s := journal.Settings{Clock: new(f.Get("clock")), Units: new(f.Get("units")), Language: new(f.Get("language")), Country: new(f.Get("country")),
		Currency: new(strings.ToUpper(kit.Trimmed(f, "currency"))), HideCurve: new(f.Get("hide_curve") == "1"), Goal: new(f.Get("goal"))}
	minutes, ok, err := kit.Decimal(f, "auto_lock_min")
	if err == nil && ok {
		s.AutoLockMinutes = new(int(minutes))
	}
	if err == nil {
		err = record.Settings(v.Ctx(), v.App, s)
	}
	if err != nil {
		return v.refusedSettings("choices", f, err)
	}
	v.Speak(*s.Language)
	return v.Done("/settings", &kit.Notice{Text: v.T("saved.settings")})
}

// refusedSettings shows the page again with what went wrong at its place.
func (v *visit) refusedSettings(part string, f url.Values, err error) error {
	if fault.Is(err, fault.Locked) {
		return err
	}
	p := settingsPage{err: err, part: part}
	if part == "choices" {
		p.form = f
	}
	return v.showSettings(shell.StatusOf(err), p)
}

func (v *visit) setPassphrase() error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	if f.Get("passphrase") != f.Get("again") {
		return v.refusedSettings("passphrase", f, kit.FieldError("again", "web.passphrases_differ"))
	}
	had, err := v.App.Status(v.Ctx())
	if err != nil {
		return err
	}
	err = v.Guess(func() error { return v.App.SetPassphrase(v.Ctx(), f.Get("present"), f.Get("passphrase")) })
	if err != nil {
		return v.refusedSettings("passphrase", f, err)
	}
	if !had.Recovery {
		return v.Done("/settings/recovery", &kit.Notice{Text: v.T("welcome.passphrase_set")})
	}
	return v.Done("/settings#lock", &kit.Notice{Text: v.T("passphrase.changed")})
}

func (v *visit) removePassphrase() error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	err = v.Guess(func() error { return v.App.RemovePassphrase(v.Ctx(), f.Get("present")) })
	if err != nil {
		return v.refusedSettings("remove", f, err)
	}
	return v.Done("/settings#lock", &kit.Notice{Text: v.T("passphrase.removed")})
}

// recoveryPage offers a code, or shows a fresh one, once.
type recoveryPage struct {
	status app.Status
	code   string
	err    error
}

func (v *visit) askRecovery() error { return v.showRecovery(http.StatusOK, recoveryPage{}) }

func (v *visit) showRecovery(status int, p recoveryPage) error {
	var err error
	if p.status, err = v.App.Status(v.Ctx()); err != nil {
		return err
	}
	v.Notify()
	return v.Show(status, recoveryTempl(v, &p))
}

func (v *visit) makeRecovery() error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	var code string
	err = v.Guess(func() error {
		var err error
		code, err = v.App.NewRecoveryCode(v.Ctx(), f.Get("present"))
		return err
	})
	if fault.Is(err, fault.Locked) {
		return err
	}
	if err != nil {
		return v.showRecovery(shell.StatusOf(err), recoveryPage{err: err})
	}
	return v.showRecovery(http.StatusOK, recoveryPage{code: code})
}

// download sends a file whose name says the day and nothing else.
func (v *visit) download(data []byte, kind, ending string) error {
	return v.Download(data, kind, "evenkeel-"+string(v.Today())+ending)
}

// The files are made whole before the first byte is sent: a download that
// stops in the middle would look like a file.

func (v *visit) exportJSON() error {
	var b bytes.Buffer
	if err := transfer.ExportJSON(v.Ctx(), v.App, &b); err != nil {
		return err
	}
	return v.download(b.Bytes(), "application/json", ".json")
}

func (v *visit) exportCSV() error {
	var b bytes.Buffer
	if err := transfer.ExportCSV(v.Ctx(), v.App, &b); err != nil {
		return err
	}
	return v.download(b.Bytes(), "text/csv; charset=utf-8", ".csv")
}

func (v *visit) backup() error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	if f.Get("passphrase") != f.Get("again") {
		return v.refusedSettings("backup", f, kit.FieldError("again", "web.backup_passphrases_differ"))
	}
	var b bytes.Buffer
	if err := transfer.Backup(v.Ctx(), v.App, &b, f.Get("passphrase")); err != nil {
		return v.refusedSettings("backup", f, err)
	}
	return v.download(b.Bytes(), "application/octet-stream", ".age")
}

func (v *visit) restore() error {
	_, data, fields, err := v.Multipart()
	if err != nil {
		return v.refusedSettings("restore", nil, err)
	}
	r, err := transfer.Restore(v.Ctx(), v.App, bytes.NewReader(data), fields.Get("passphrase"))
	if err != nil {
		return v.refusedSettings("restore", nil, err)
	}
	return v.Done("/journal", &kit.Notice{Text: v.brought(r)})
}

// brought says what an import or a backup added.
func (v *view) brought(r app.Merged) string {
	text := v.T("import.added", "n", r.Added)
	if r.Known > 0 {
		text += " " + v.T("import.known", "n", r.Known)
	}
	return text
}

func (v *visit) askDeleteEverything() error { return v.showDeleteEverything(http.StatusOK, nil) }

func (v *visit) showDeleteEverything(status int, failed error) error {
	st, err := v.App.Status(v.Ctx())
	if err != nil {
		return err
	}
	return v.Show(status, deleteEverythingTempl(v, st.Passphrase, failed))
}

func (v *visit) deleteEverything() error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	if !strings.EqualFold(kit.Trimmed(f, "word"), v.T("delete_all.word")) {
		return v.showDeleteEverything(http.StatusUnprocessableEntity, kit.FieldError("word", "web.word_not_typed"))
	}
	err = v.Guess(func() error { return v.App.DeleteEverything(v.Ctx(), f.Get("present")) })
	if fault.Is(err, fault.Locked) {
		return err
	}
	if err != nil {
		return v.showDeleteEverything(shell.StatusOf(err), err)
	}
	v.ForgetWords()
	return v.Done("/welcome", &kit.Notice{Text: v.T("delete_all.done")})
}

func countryOptions() []kit.Option {
	var list []kit.Option
	for _, c := range directory.Countries() {
		list = append(list, kit.Option{Value: c.Code, Label: c.Name})
	}
	return list
}

func lockOptions(v *view, now string) []kit.Option {
	list := []kit.Option{}
	for _, m := range []int{1, 5, 15, 30, 60} {
		list = append(list, kit.Option{Value: strconv.Itoa(m), Label: v.T("span.minutes", "n", m)})
	}
	if !slices.ContainsFunc(list, func(o kit.Option) bool { return o.Value == now }) && now != "0" {
		if m, err := strconv.Atoi(now); err == nil {
			list = append(list, kit.Option{Value: now, Label: v.T("span.minutes", "n", m)})
		}
	}
	return append(list, kit.Option{Value: "0", Label: v.T("settings.never")})
}
