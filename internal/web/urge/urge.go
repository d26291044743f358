// Package urge is the page for a moment in which it pulls: waiting together,
// breathing, one's own reasons, somebody to call.
package urge

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/evenkeel/evenkeel/directory"
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
	}
}

// page is the moment, with what the person has for it.
type page struct {
	// since is when they came; the page needs no script to know how long they
	// have waited.
	since time.Time
	form  url.Values
	lines []directory.Line
	err   error
}

// longest is how old a beginning may be that an address names.
const longest = 12 * time.Hour

func show(v *shell.Visit) error {
	v.Notify()
	return draw(v, http.StatusOK, &page{})
}

func draw(v *shell.Visit, status int, p *page) error {
	p.since = v.Now
	if n, err := strconv.ParseInt(v.R.URL.Query().Get("since"), 10, 64); err == nil {
		if at := time.Unix(n, 0).In(v.Now.Location()); at.Before(v.Now) && v.Now.Sub(at) < longest {
			p.since = at
		}
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
	if d := v.Now.Sub(p.since); d >= time.Minute {
		return v.T("urge.waited", "span", v.Lasted(d.Truncate(time.Minute)))
	}
	return v.T("urge.wait", "now", v.Clock(v.Now), "then", v.Clock(v.Now.Add(10*time.Minute)))
}
