package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/exposure"
	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/chart"
	"github.com/evenkeel/evenkeel/internal/web/form"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/reading"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/journal/quick"
)

// todayPage is the home page with what a refused form left on it.
type todayPage struct {
	outlook.Today
	// unread counts the records that cannot be read.
	unread int
	line   *chart.Strip
	// weakest is the product whose strength would help most; nil for none.
	weakest *reading.Weakest
	// typed is a line of quick entry that was not saved, with what was
	// understood of it.
	typed  string
	read   *quick.Result
	checks url.Values
	err    error
}

func (v *visit) today() error {
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
	v.Notify()
	return v.showToday(http.StatusOK, todayPage{Today: t})
}

// showToday completes a page and shows it.
func (v *visit) showToday(status int, p todayPage) error {
	if p.Now.IsZero() {
		j, err := v.Read()
		if err != nil {
			return err
		}
		p.Today = v.Look.Today(j, v.Now)
	}
	if v.Reading != nil {
		p.unread = v.Reading.Newer() + v.Reading.Damaged()
	}
	if v.Reading != nil {
		p.weakest = reading.WeakestOf(v.Reading, v.Now)
	}
	p.line = v.dayLine(&p.Today)
	return v.Show(status, todayTempl(v, &p))
}

// tapped logs a usual dose with one tap.
func (v *visit) tapped() error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	d := journal.Dose{ProductName: f.Get("name"), Unit: f.Get("unit")}
	if d.Amount, err = strconv.ParseFloat(f.Get("amount"), 64); err != nil {
		return fault.Wrap(err, fault.Invalid, "web.tap_without_amount")
	}
	if s := f.Get("product"); s != "" {
		if d.Product, err = journal.ParseID(s); err != nil {
			return fault.Wrap(err, fault.Invalid, "web.tap_without_product")
		}
	}
	saved, err := record.New(v.Ctx(), v.App, journal.Event{Body: &d})
	if err != nil {
		return err
	}
	return v.Done("/", &kit.Notice{Text: v.T("saved.dose", "dose", v.Dose(d.Amount, d.Unit, d.ProductName), "time", v.Clock(v.Now)), Undo: saved.IDs, Edit: saved.IDs[0], Found: saved.Found})
}

func (v *visit) none() error {
	saved, err := record.New(v.Ctx(), v.App, journal.Event{Body: &journal.None{}})
	if err != nil {
		return err
	}
	return v.Done("/", &kit.Notice{Text: v.T("saved.none"), Undo: saved.IDs})
}

// quickAdd saves a line of quick entry, or asks about it.
func (v *visit) quickAdd() error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	line := strings.TrimSpace(f.Get("line"))
	if line == "" {
		return v.Done("/", nil)
	}
	added, err := record.Add(v.Ctx(), v.App, record.Line{Text: line})
	if fault.Is(err, fault.Locked) {
		return err
	}
	if err != nil {
		return v.showToday(shell.StatusOf(err), todayPage{typed: line, err: err})
	}
	if len(added.IDs) == 0 {
		return v.showToday(http.StatusUnprocessableEntity, todayPage{typed: line, read: &added.Result})
	}
	var words []string
	for _, r := range added.Entries {
		s := v.Describe(&r.Event)
		words = append(words, v.T("saved.one", "entry", s.All(), "time", v.When(r.Event.At)))
	}
	text := v.T("saved.list", "list", strings.Join(words, "; "))
	if len(added.NewProducts) > 0 {
		text += " " + v.T("saved.product_too", "n", len(added.NewProducts))
	}
	return v.Done("/", &kit.Notice{Text: text, Undo: slices.Concat(added.IDs, added.NewProducts), Edit: added.IDs[0], Found: added.Found})
}

// preview shows what a line is understood as, below the field.
func (v *visit) preview() error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	line := strings.TrimSpace(f.Get("line"))
	if line == "" {
		v.W.WriteHeader(http.StatusNoContent)
		return nil
	}
	r, err := record.Understand(v.Ctx(), v.App, record.Line{Text: line})
	if err != nil {
		return err
	}
	return v.Show(http.StatusOK, previewPart(v, &r))
}

// quickCheckIn saves the ten-second check-in.
func (v *visit) quickCheckIn() error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	j, err := v.Read()
	if err != nil {
		return err
	}
	c, err := form.Read(v.NumberStyle(), j, journal.KindCheckIn, f, nil)
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
	return v.showToday(shell.StatusOf(err), todayPage{checks: f, err: err})
}

func (v *visit) undo() error {
	ids, err := v.ids()
	if err != nil {
		return err
	}
	if err := record.Delete(v.Ctx(), v.App, ids...); err != nil {
		return err
	}
	return v.Done(v.From(), &kit.Notice{Text: v.T("undone"), Bring: ids})
}

func (v *visit) undelete() error {
	ids, err := v.ids()
	if err != nil {
		return err
	}
	if _, err := record.Undelete(v.Ctx(), v.App, ids...); err != nil {
		return err
	}
	return v.Done(v.From(), &kit.Notice{Text: v.T("brought_back")})
}

// ids are the entries that a form names.
func (v *visit) ids() ([]journal.ID, error) {
	f, err := v.Form()
	if err != nil {
		return nil, err
	}
	var ids []journal.ID
	for _, s := range f["id"] {
		id, err := journal.ParseID(s)
		if err != nil {
			return nil, fault.Wrap(err, fault.NotFound, "web.entry_gone")
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// since says how long ago the last dose was, in words.
func (v *view) since(t *outlook.Today) string {
	if t.LastDose == nil {
		return ""
	}
	return v.Lasted(t.Now.Sub(t.LastDose.At).Truncate(time.Minute))
}

// sinceKey is the text beside the time: "since" fits a span, not "just now".
func sinceKey(t *outlook.Today) string {
	if t.Now.Sub(t.LastDose.At) < time.Minute {
		return "today.just"
	}
	return "today.since"
}

// totals says what today's doses held, as far as it is known.
func (v *view) totals(t *outlook.Today) []string {
	if t.Doses == 0 {
		return nil
	}
	var list []string
	one := func(key string, r exposure.Total) {
		if r.Known() {
			list = append(list, v.T("total."+key+"."+string(r.Basis), "span", v.Span(r.Range)))
		}
	}
	// Leaf holds some 7-OH too; a trace beside the mitragynine says nothing.
	one("mitragynine", t.Mitragynine)
	if t.SevenOH.High >= 1 {
		one("seven_oh", t.SevenOH)
	}
	if n := min(t.Mitragynine.Unknown, t.SevenOH.Unknown); n > 0 {
		list = append(list, v.T("total.unknown", "n", n))
	}
	return list
}
