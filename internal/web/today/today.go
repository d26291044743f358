// Package today is the page that a person comes home to: the day so far, and
// the quickest ways to log.
package today

import (
	"net/http"
	"net/url"

	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/internal/app/plan"
	"github.com/evenkeel/evenkeel/internal/web/reading"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/journal/quick"
)

// Routes are the page, and the forms on it that log, ask and take back.
func Routes() []shell.Route {
	list := []shell.Route{
		{Pattern: "GET /{$}", Do: home, Nav: true},
		{Pattern: "GET /hero", Do: heroPart, Back: "/"},
		{Pattern: "GET /today/{part}", Do: part, Back: "/"},
		{Pattern: "GET /reading", Do: readingPart, Back: "/"},
		{Pattern: "POST /dose", Do: tapped, Kept: true},
		{Pattern: "POST /quick", Do: quickAdd, Kept: true},
		{Pattern: "POST /keep", Do: putOff, Back: "/"},
		{Pattern: "POST /share", Do: shared, Kept: true},
		{Pattern: "GET /share", Do: nothingShared, Back: "/"},
		{Pattern: "POST /quick/preview", Do: preview},
		{Pattern: "POST /quick/later", Do: answerLater, Kept: true},
		{Pattern: "POST /none", Do: none, Kept: true},
		{Pattern: "POST /check-in", Do: checkIn, Kept: true},
		{Pattern: "POST /daily", Do: setDaily},
		{Pattern: "POST /first-days", Do: setFirst},
		{Pattern: "POST /insight", Do: putAway, Back: "/"},
		{Pattern: "POST /undo", Do: undo},
		{Pattern: "POST /undelete", Do: undelete, Kept: true},
	}
	for i := range list {
		list[i].Part = "today"
	}
	return list
}

// page is the home page with what a refused form left on it.
type page struct {
	outlook.Today
	// unread counts the records that cannot be read.
	unread int
	line   waterline
	// plan is the person's own way down; nil for none.
	plan *plan.Now
	// weakest is the product whose strength would help most; nil for none.
	weakest *reading.Weakest
	// failed is why nothing can be said of the body.
	failed error
	// typed is a line of quick entry that was not saved, with what was
	// understood of it.
	typed string
	read  *quick.Result
	// shared says that it came from another app and was not refused.
	shared bool
	// later is what a saved line left open.
	later  later
	checks url.Values
	// set is an amount a day that was not saved.
	set url.Values
	// first is what was written for the first days and not saved.
	first url.Values
	err   error
}

func home(v *shell.Visit) error {
	j, err := v.Read()
	if err != nil {
		return err
	}
	t := v.Look.Today(j, v.Now)
	if !journal.Or(v.Settings.Welcomed, false) && t.Day.State == journal.DayUnknown && t.LastDose == nil && len(t.Products) == 0 {
		http.Redirect(v.W, v.R, "/welcome", http.StatusSeeOther)
		return nil
	}
	if v.Session.HasPending() {
		http.Redirect(v.W, v.R, "/unlock", http.StatusSeeOther)
		return nil
	}
	p := page{Today: t}
	if t.Said == nil && v.R.URL.Query().Has("wait") { // somebody without scripts
		if err := p.wait(v, j); err != nil {
			return err
		}
	}
	if p.later, err = laterOf(v); err != nil {
		return err
	}
	v.Notify()
	return show(v, http.StatusOK, p)
}

// show completes a page and shows it.
func show(v *shell.Visit, status int, p page) error {
	if p.Now.IsZero() {
		j, err := v.Read()
		if err != nil {
			return err
		}
		p.Today = v.Look.Today(j, v.Now)
	}
	if v.Reading != nil {
		p.unread = v.Reading.Newer() + v.Reading.Damaged()
		p.weakest = reading.WeakestOf(v.Reading, v.Now)
		p.plan = plan.Today(v.Reading, v.Now)
	}
	p.line = waterlineOf(v, &p.Today)
	return v.Show(status, whole(v, &p))
}
