package today

import (
	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/form"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

// checkIn saves the ten-second check-in.
func checkIn(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	j, err := v.Read()
	if err != nil {
		return err
	}
	c, err := form.Read(v.Tag(), j, journal.KindCheckIn, f, nil)
	if err == nil {
		var saved app.Saved
		e := journal.Event{Kind: journal.KindCheckIn, Body: c}
		if saved, err = record.New(v.Ctx(), v.App, e); err == nil {
			return v.Done("/", &kit.Notice{Text: v.T("saved.check_in", "entry", v.Describe(&e).All()), Undo: saved.IDs, Edit: saved.IDs[0], Found: saved.Found})
		}
	}
	if fault.Is(err, fault.Locked) {
		return err
	}
	return show(v, shell.StatusOf(err), page{checks: f, err: err})
}
