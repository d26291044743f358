package today

import (
	"net/http"

	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

// keepDue reports whether Today reminds of a backup: at the desk the person has
// the files, and backs them up with everything else.
func keepDue(v *shell.Visit) bool {
	return v.Framed && !v.Demo && v.Reading != nil && v.Reading.BackupDue(v.Today())
}

// putOff ends a reminder for a week, or for good.
func putOff(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	s, said := journal.Settings{BackupLater: new(v.Today())}, "keeping.put_off"
	if f.Get("until") == "seen" {
		// The page shows it on, and the next one not for a week.
		if err := record.Settings(v.Ctx(), v.App, s); err != nil {
			return err
		}
		v.W.WriteHeader(http.StatusNoContent)
		return nil
	}
	if f.Get("until") == "never" {
		s, said = journal.Settings{BackupReminders: new(false)}, "keeping.stopped"
	}
	if err := record.Settings(v.Ctx(), v.App, s); err != nil {
		return err
	}
	return v.Done("/", &kit.Notice{Text: v.T(said)})
}
