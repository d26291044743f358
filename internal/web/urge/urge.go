// Package urge is the page for a moment in which it pulls: waiting together,
// breathing, one's own reasons, somebody to call.
package urge

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/evenkeel/evenkeel/directory"
	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

// Routes are the page and its form.
func Routes() []shell.Route {
	return []shell.Route{
		{Pattern: "GET /urge", Do: show, Part: "today"},
		{Pattern: "POST /urge", Do: keep, Part: "today", Kept: true, Back: "/urge"},
		{Pattern: "POST /urge/end", Do: end, Part: "today", Kept: true, Back: "/urge"},
	}
}

// page is the moment, with what the person has for it.
type page struct {
	// since is when they came; the page needs no script to know how long they
	// have waited.
	since time.Time
	form  url.Values
	lines []directory.Line
	// helped is what helped before, the latest first.
	helped []string
	// ended is how it ended, where that was refused.
	ended url.Values
	err   error
}

// longest is how old a beginning may be that an address names.
const longest = 12 * time.Hour

func show(v *shell.Visit) error {
	v.Notify()
	return draw(v, http.StatusOK, &page{})
}

func draw(v *shell.Visit, status int, p *page) error {
	j, err := v.Read()
	if err != nil {
		return err
	}
	p.helped = j.Helped()
	if at, ok := sinceOf(v, v.R.URL.Query().Get("since")); ok {
		p.since = at
	} else if p.since, ok = sinceOf(v, p.ended.Get("since")); !ok {
		p.since = v.Now
	}
	if p.form == nil {
		p.form = url.Values{"reasons": {journal.Or(v.Settings.Reasons, "")}}
		if who := v.Settings.Someone; who != nil {
			p.form.Set("someone_name", who.Name)
			p.form.Set("someone_number", who.Number)
		}
	}
	// One line is enough to choose from now; Help has the others.
	if c, known := directory.Local(v.Country()); known {
		if l, ok := c.Crisis(v.Tag()); ok {
			p.lines = append(p.lines, l)
		}
	}
	return v.Show(status, whole(v, p))
}

// sinceOf is when somebody came, as an address or a form says it.
func sinceOf(v *shell.Visit, text string) (time.Time, bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	at := time.Unix(n, 0).In(v.Now.Location())
	return at, err == nil && !at.After(v.Now) && v.Now.Sub(at) < longest
}

// end writes down how it ended. Who used finds Today, where a dose can be written
// down: that is theirs to do or to leave.
func end(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	u := &journal.Urge{End: f.Get("end"), Helped: kit.Trimmed(f, "helped")}
	if at, ok := sinceOf(v, f.Get("since")); ok && v.Now.Sub(at) >= time.Minute {
		u.Minutes = new(float64(int(v.Now.Sub(at).Minutes())))
	}
	var saved app.Saved
	if !slices.Contains(journal.UrgeEnds, u.End) {
		err = kit.FieldError("end", "urge.end.needed")
	} else {
		saved, err = record.New(v.Ctx(), v.App, journal.Event{Body: u})
	}
	if err != nil {
		if fault.Is(err, fault.Locked) {
			return err
		}
		return draw(v, shell.StatusOf(err), &page{ended: f, err: err})
	}
	said := "urge.passed_done"
	if u.End == "used" {
		said = "urge.used_done"
	}
	return v.Done("/", &kit.Notice{Text: v.T(said), Undo: saved.IDs, Edit: saved.IDs[0], Found: saved.Found})
}

// keep saves the reasons and whom to call.
func keep(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	s := journal.Settings{Reasons: new(kit.Trimmed(f, "reasons")), Someone: &journal.Someone{Name: kit.Trimmed(f, "someone_name"), Number: kit.Trimmed(f, "someone_number")}}
	if err := record.Settings(v.Ctx(), v.App, s); err != nil {
		if fault.Is(err, fault.Locked) {
			return err
		}
		return draw(v, shell.StatusOf(err), &page{form: f, err: err})
	}
	return v.Done("/urge", &kit.Notice{Text: v.T("urge.kept"), Found: v.Found})
}

// waited says how long they have been here.
func waited(v *shell.Visit, p *page) string {
	d := v.Now.Sub(p.since)
	switch {
	case d >= 10*time.Minute:
		return v.T("urge.tenth")
	case d >= time.Minute:
		return v.T("urge.waited", "span", v.Lasted(d.Truncate(time.Minute)))
	}
	return v.T("urge.wait", "now", v.Clock(v.Now), "then", v.Clock(v.Now.Add(wait)))
}

// wait is how long they are asked to decide nothing. Assumed.
const wait = 10 * time.Minute

// done is how much of it is over, in seconds.
func done(v *shell.Visit, p *page) string {
	return strconv.Itoa(int(min(v.Now.Sub(p.since), wait).Seconds()))
}
