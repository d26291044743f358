// Package summary is the page for the doctor: what it shows is ticked and seen
// before it is printed or saved.
package summary

import (
	"bytes"
	"net/http"
	"net/url"
	"strconv"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/app/summary"
	"github.com/evenkeel/evenkeel/internal/app/summary/print"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

// Routes are the page, its file, and the questions on it.
func Routes() []shell.Route {
	list := []shell.Route{
		{Pattern: "GET /summary", Do: show},
		{Pattern: "GET /summary.pdf", Do: savePDF, Back: "/summary"},
		{Pattern: "POST /summary/questions", Do: ask, Kept: true, Back: "/summary"},
		{Pattern: "POST /summary/questions/{id}/asked", Do: asked, Kept: true, Back: "/summary"},
	}
	for i := range list {
		list[i].Part = "journal"
	}
	return list
}

// page is the sheet with what it is made of.
type page struct {
	form url.Values
	// chosen are the parts that are ticked; a first visit shows all.
	chosen []string
	sheet  summary.Document
	open   []journal.Entry
	err    error
}

func show(v *shell.Visit) error {
	v.Notify()
	return draw(v, http.StatusOK, &page{form: url.Values{}})
}

// chosen are the parts that an address names: all, unless it says that they were
// ticked.
func chosen(v *shell.Visit) []string {
	q := v.R.URL.Query()
	if !q.Has("ticked") {
		return summary.Names()
	}
	if q["show"] == nil {
		return []string{}
	}
	return q["show"]
}

func draw(v *shell.Visit, status int, p *page) error {
	j, err := v.Read()
	if err != nil {
		return err
	}
	p.chosen = chosen(v)
	if p.sheet, err = summary.Make(j, v.Now, v.Catalogue, p.chosen); err != nil {
		return err
	}
	for _, e := range j.All() {
		if q := e.Question(); q != nil && !q.Asked {
			p.open = append(p.open, *e)
		}
	}
	return v.Show(status, summaryPage(v, p))
}

func savePDF(v *shell.Visit) error {
	j, err := v.Read()
	if err != nil {
		return err
	}
	d, err := summary.Make(j, v.Now, v.Catalogue, chosen(v))
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := print.PDF(&b, &d); err != nil {
		return err
	}
	return v.Download(b.Bytes(), "application/pdf", "summary-"+string(v.Today())+".pdf")
}

func ask(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	e := journal.Event{Kind: journal.KindQuestion, At: v.Now, Body: &journal.Question{Text: kit.Trimmed(f, "text")}}
	saved, err := record.New(v.Ctx(), v.App, e)
	if err != nil {
		if fault.Is(err, fault.Locked) {
			return err
		}
		return draw(v, shell.StatusOf(err), &page{form: f, err: err})
	}
	return v.Done("/summary", &kit.Notice{Text: v.T("saved.list", "list", v.Describe(&e).All()), Undo: saved.IDs, Edit: saved.IDs[0], Found: saved.Found})
}

func asked(v *shell.Visit) error {
	e, err := v.Entry()
	if err != nil {
		return err
	}
	q := e.Question()
	if q == nil {
		return fault.New(fault.NotFound, "web.no_such_form")
	}
	next := e.Event
	next.Body = &journal.Question{Text: q.Text, Asked: true}
	var saved app.Saved
	if saved, err = record.Correct(v.Ctx(), v.App, e.ID, next); err != nil {
		return err
	}
	return v.Done("/summary", &kit.Notice{Text: v.T("saved.changed", "entry", v.Describe(&next).All()), Edit: e.ID, Found: saved.Found})
}

// maxQuestion is the longest question, for the field.
var maxQuestion = strconv.Itoa(journal.MaxQuestion)

// file is the address of the PDF with the same parts.
func (p *page) file() string {
	q := url.Values{"ticked": {"1"}, "show": p.chosen}
	return "/summary.pdf?" + q.Encode()
}
