package today

import (
	"time"

	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

// quits tells that the person wants to quit: then Today leads with how it is.
func quits(v *shell.Visit) bool { return journal.Or(v.Settings.Goal, "") == "quit" }

// cutsDown tells that they want to take less: then Today compares with what they
// set themselves.
func cutsDown(v *shell.Visit) bool { return journal.Or(v.Settings.Goal, "") == "cut_down" }

// hasDaily tells that Today compares with an amount a day. A plan that has begun
// has one of its own for each day, and takes its place.
func hasDaily(v *shell.Visit, p *page) bool {
	return cutsDown(v) && (p.plan == nil || !p.plan.Begun)
}

// layout is the class of Today's columns.
func layout(v *shell.Visit) string {
	switch {
	case quits(v):
		return "today today-quits"
	case cutsDown(v):
		return "today today-cuts"
	}
	return "today"
}

// without says how long it has been since the last dose that was written down, in
// whole days once there is one.
func without(v *shell.Visit, t *outlook.Today) string {
	d := t.Now.Sub(t.LastDose.At)
	if d >= 24*time.Hour {
		d = d.Truncate(24 * time.Hour)
	}
	return v.Lasted(d.Truncate(time.Minute))
}

// unknownSince says how many of the days since then nothing is known of.
func unknownSince(v *shell.Visit, t *outlook.Today) int {
	if v.Reading == nil {
		return 0
	}
	return outlook.UnknownSince(v.Reading, t.LastDose.At, t.Now)
}

// daily is today beside the amount that the person set; nil while none is.
func daily(v *shell.Visit, p *page) *outlook.Daily {
	if v.Reading == nil {
		return nil
	}
	return outlook.DailyOf(v.Reading, p.Day)
}

// compared says how today stands beside the amount, with no more than is known:
// nothing of how much less it is where a dose could not be counted in.
func compared(v *shell.Visit, p *page, d *outlook.Daily) string {
	switch left := d.Amount - d.Taken; {
	case p.Day.State == journal.DayUnknown:
		return v.T("daily.unknown")
	case left >= 0 && d.Other > 0:
		return ""
	case left > 0:
		return v.T("daily.under", "left", v.Dose(left, d.Unit, ""))
	case left == 0:
		return v.T("daily.even")
	default:
		return v.T("daily.over", "more", v.Dose(-left, d.Unit, ""))
	}
}

// unitProposed is the unit of the last dose: what an amount a day is most likely
// counted in.
func unitProposed(p *page) string {
	if p.LastDose == nil {
		return ""
	}
	return p.LastDose.Dose().Unit
}

// setDaily saves the amount a day; an empty one takes it back.
func setDaily(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	d, err := v.ReadDaily(f)
	if err == nil {
		err = record.Settings(v.Ctx(), v.App, journal.Settings{Daily: &d})
	}
	if err == nil {
		return v.Done("/", &kit.Notice{Text: v.T("saved.settings"), Found: v.Found})
	}
	if fault.Is(err, fault.Locked) {
		return err
	}
	return show(v, shell.StatusOf(err), page{set: f, err: err})
}
