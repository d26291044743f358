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
	"github.com/evenkeel/evenkeel/internal/locale"
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
	if err := v.needsOpen(); err != nil {
		return err
	}
	var err error
	if p.status, err = v.app.Status(v.ctx()); err != nil {
		return err
	}
	p.version = v.s.version
	if p.form == nil {
		p.form = v.fillSettings()
	}
	v.takeNotice()
	return v.show(status, settingsTempl(&v.view, &p))
}

func (v *visit) settingsHome() error { return v.showSettings(http.StatusOK, settingsPage{}) }

func (v *view) fillSettings() url.Values {
	s := v.settings
	f := url.Values{"clock": {journal.Or(s.Clock, "")}, "units": {journal.Or(s.Units, "metric")}, "language": {journal.Or(s.Language, v.Tag())},
		"country": {journal.Or(s.Country, "US")}, "currency": {journal.Or(s.Currency, record.DefaultCurrency)},
		"auto_lock_min": {strconv.Itoa(v.autoLock)}, "goal": {journal.Or(s.Goal, "")}}
	if v.hides() {
		f.Set("hide_curve", "1")
	}
	return f
}

// choose saves the plain choices.
func (v *visit) choose() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	s := journal.Settings{Clock: ptr(f.Get("clock")), Units: ptr(f.Get("units")), Language: ptr(f.Get("language")), Country: ptr(f.Get("country")),
		Currency: ptr(strings.ToUpper(trimmed(f, "currency"))), HideCurve: ptr(f.Get("hide_curve") == "1"), Goal: ptr(f.Get("goal"))}
	minutes, ok, err := decimal(f, "auto_lock_min")
	if err == nil && ok {
		s.AutoLockMinutes = ptr(int(minutes))
	}
	if err == nil {
		err = record.Settings(v.ctx(), v.app, s)
	}
	if err != nil {
		return v.refusedSettings("choices", f, err)
	}
	v.Catalogue = v.s.texts.Match(*s.Language)
	return v.done("/settings", &notice{text: v.T("saved.settings")})
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
	return v.showSettings(statusOf(err), p)
}

func (v *visit) setPassphrase() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	if f.Get("passphrase") != f.Get("again") {
		return v.refusedSettings("passphrase", f, fieldError("again", "web.passphrases_differ"))
	}
	had, err := v.app.Status(v.ctx())
	if err != nil {
		return err
	}
	err = v.guess(func() error { return v.app.SetPassphrase(v.ctx(), f.Get("present"), f.Get("passphrase")) })
	if err != nil {
		return v.refusedSettings("passphrase", f, err)
	}
	if !had.Recovery {
		return v.done("/settings/recovery", &notice{text: v.T("welcome.passphrase_set")})
	}
	return v.done("/settings#lock", &notice{text: v.T("passphrase.changed")})
}

func (v *visit) removePassphrase() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	err = v.guess(func() error { return v.app.RemovePassphrase(v.ctx(), f.Get("present")) })
	if err != nil {
		return v.refusedSettings("remove", f, err)
	}
	return v.done("/settings#lock", &notice{text: v.T("passphrase.removed")})
}

// recoveryPage offers a code, or shows a fresh one, once.
type recoveryPage struct {
	status app.Status
	code   string
	err    error
}

func (v *visit) askRecovery() error { return v.showRecovery(http.StatusOK, recoveryPage{}) }

func (v *visit) showRecovery(status int, p recoveryPage) error {
	if err := v.needsOpen(); err != nil {
		return err
	}
	var err error
	if p.status, err = v.app.Status(v.ctx()); err != nil {
		return err
	}
	v.takeNotice()
	return v.show(status, recoveryTempl(&v.view, &p))
}

func (v *visit) makeRecovery() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	var code string
	err = v.guess(func() error {
		var err error
		code, err = v.app.NewRecoveryCode(v.ctx(), f.Get("present"))
		return err
	})
	if fault.Is(err, fault.Locked) {
		return err
	}
	if err != nil {
		return v.showRecovery(statusOf(err), recoveryPage{err: err})
	}
	return v.showRecovery(http.StatusOK, recoveryPage{code: code})
}

// download sends a file whose name says the day and nothing else.
func (v *visit) download(data []byte, kind, ending string) error {
	h := v.w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", `attachment; filename="evenkeel-`+string(journal.DateOf(v.now))+ending+`"`)
	h.Set("Content-Length", strconv.Itoa(len(data)))
	_, err := v.w.Write(data)
	return gone(err)
}

// The files are made whole before the first byte is sent: a download that
// stops in the middle would look like a file.

func (v *visit) exportJSON() error {
	var b bytes.Buffer
	if err := transfer.ExportJSON(v.ctx(), v.app, &b); err != nil {
		return err
	}
	return v.download(b.Bytes(), "application/json", ".json")
}

func (v *visit) exportCSV() error {
	var b bytes.Buffer
	if err := transfer.ExportCSV(v.ctx(), v.app, &b); err != nil {
		return err
	}
	return v.download(b.Bytes(), "text/csv; charset=utf-8", ".csv")
}

func (v *visit) backup() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	if f.Get("passphrase") != f.Get("again") {
		return v.refusedSettings("backup", f, fieldError("again", "web.backup_passphrases_differ"))
	}
	var b bytes.Buffer
	if err := transfer.Backup(v.ctx(), v.app, &b, f.Get("passphrase")); err != nil {
		return v.refusedSettings("backup", f, err)
	}
	return v.download(b.Bytes(), "application/octet-stream", ".age")
}

func (v *visit) restore() error {
	if err := v.needsOpen(); err != nil {
		return err
	}
	_, data, fields, err := v.file()
	if err != nil {
		return v.refusedSettings("restore", nil, err)
	}
	r, err := transfer.Restore(v.ctx(), v.app, bytes.NewReader(data), fields.Get("passphrase"))
	if err != nil {
		return v.refusedSettings("restore", nil, err)
	}
	return v.done("/journal", &notice{text: v.brought(r)})
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
	if err := v.needsOpen(); err != nil {
		return err
	}
	st, err := v.app.Status(v.ctx())
	if err != nil {
		return err
	}
	return v.show(status, deleteEverythingTempl(&v.view, st.Passphrase, failed))
}

func (v *visit) deleteEverything() error {
	f, err := v.form()
	if err != nil {
		return err
	}
	if !strings.EqualFold(trimmed(f, "word"), v.T("delete_all.word")) {
		return v.showDeleteEverything(http.StatusUnprocessableEntity, fieldError("word", "web.word_not_typed"))
	}
	err = v.guess(func() error { return v.app.DeleteEverything(v.ctx(), f.Get("present")) })
	if fault.Is(err, fault.Locked) {
		return err
	}
	if err != nil {
		return v.showDeleteEverything(statusOf(err), err)
	}
	v.s.sessions.forget()
	return v.done("/welcome", &notice{text: v.T("delete_all.done")})
}

// languageOptions are the languages, each by its own name.
func languageOptions(t *locale.Texts) []option {
	var list []option
	for _, c := range t.All() {
		list = append(list, option{c.Tag(), c.T("language.name")})
	}
	return list
}

func countryOptions() []option {
	var list []option
	for _, c := range directory.Countries() {
		list = append(list, option{c.Code, c.Name})
	}
	return list
}

func lockOptions(v *view, now string) []option {
	list := []option{}
	for _, m := range []int{1, 5, 15, 30, 60} {
		list = append(list, option{strconv.Itoa(m), v.T("span.minutes", "n", m)})
	}
	if !slices.ContainsFunc(list, func(o option) bool { return o.value == now }) && now != "0" {
		if m, err := strconv.Atoi(now); err == nil {
			list = append(list, option{now, v.T("span.minutes", "n", m)})
		}
	}
	return append(list, option{"0", v.T("settings.never")})
}
