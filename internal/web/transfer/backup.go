package transfer

import (
	"bytes"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/app/transfer"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

func (again refused) backup(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	if f.Get("passphrase") != f.Get("again") {
		return again(v, "backup", kit.FieldError("again", "web.backup_passphrases_differ"))
	}
	var b bytes.Buffer
	if err := transfer.Backup(v.Ctx(), v.App, &b, f.Get("passphrase")); err != nil {
		return again(v, "backup", err)
	}
	if err := record.Settings(v.Ctx(), v.App, journal.Settings{BackupMade: new(v.Today())}); err != nil {
		return again(v, "backup", err)
	}
	return download(v, b.Bytes(), "application/octet-stream", ".age")
}

func (again refused) restore(v *shell.Visit) error {
	_, data, fields, err := v.Multipart()
	if err != nil {
		return again(v, "restore", err)
	}
	r, err := transfer.Restore(v.Ctx(), v.App, bytes.NewReader(data), fields.Get("passphrase"))
	if err != nil {
		return again(v, "restore", err)
	}
	return v.Done("/journal", &kit.Notice{Text: brought(v, r)})
}

// brought says what an import or a backup added.
func brought(v *shell.Visit, r app.Merged) string {
	text := v.T("import.added", "n", r.Added)
	if r.Known > 0 {
		text += " " + v.T("import.known", "n", r.Known)
	}
	if r.Missing > 0 {
		text += " " + v.T("import.missing", "n", r.Missing)
	}
	return text
}
