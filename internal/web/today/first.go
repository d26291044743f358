package today

import (
	"net/url"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

// firstDays is how long after the last dose Today has a place for one's own line,
// one thing for tonight and one person to call. Assumed.
const firstDays = 14

// inFirstDays reports that somebody who wants to quit is in them, or wrote
// something for them.
func inFirstDays(v *shell.Visit, p *page) bool {
	if !quits(v) {
		return false
	}
	return ownLine(v) != "" || tonight(v) != "" || p.LastDose != nil && v.Now.Sub(p.LastDose.At) < firstDays*24*time.Hour
}

func ownLine(v *shell.Visit) string { return journal.Or(v.Settings.Line, "") }

// tonight is what they want to do on this evening; yesterday's is gone.
func tonight(v *shell.Visit) string {
	if n := v.Settings.Tonight; n != nil && n.On == v.Today() {
		return n.Text
	}
	return ""
}

// firstForm is what was sent, or what is kept.
func firstForm(v *shell.Visit, p *page) url.Values {
	if p.first != nil {
		return p.first
	}
	f := url.Values{"line": {ownLine(v)}, "tonight": {tonight(v)}}
	if who := v.Settings.Someone; who != nil {
		f.Set("someone_name", who.Name)
		f.Set("someone_number", who.Number)
	}
	return f
}

// setFirst keeps the three.
func setFirst(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	s := journal.Settings{Line: new(kit.Trimmed(f, "line")), Tonight: &journal.Tonight{Text: kit.Trimmed(f, "tonight"), On: v.Today()},
		Someone: &journal.Someone{Name: kit.Trimmed(f, "someone_name"), Number: kit.Trimmed(f, "someone_number")}}
	if err = record.Settings(v.Ctx(), v.App, s); err == nil {
		return v.Done("/", &kit.Notice{Text: v.T("first.kept"), Found: v.Found})
	}
	if fault.Is(err, fault.Locked) {
		return err
	}
	return show(v, shell.StatusOf(err), page{first: f, err: err})
}
