package plan

import (
	"bytes"
	"io"
	"net/http"

	"github.com/evenkeel/evenkeel/internal/app/plan/copies"
	"github.com/evenkeel/evenkeel/internal/app/summary/print"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/shell"
)

// sheet is the page of what can be taken along, with the sheet of paper on it.
func sheet(v *shell.Visit) error {
	p, err := copyOf(v)
	if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Invalid) {
		return v.Show(shell.StatusOf(err), nothing(&v.View, v.T("copies.page"), err))
	}
	if err != nil {
		return err
	}
	d := p.Sheet()
	return v.Show(http.StatusOK, copiesPage(&v.View, &d))
}

func copyOf(v *shell.Visit) (*copies.Copy, error) {
	j, err := v.Read()
	if err != nil {
		return nil, err
	}
	return copies.Of(j, v.Now, v.Catalogue)
}

// saved sends one of the files.
func saved(kind, name string, write func(*copies.Copy, io.Writer) error) func(*shell.Visit) error {
	return func(v *shell.Visit) error {
		p, err := copyOf(v)
		if err != nil {
			return err
		}
		var b bytes.Buffer
		if err := write(p, &b); err != nil {
			return err
		}
		return v.Download(b.Bytes(), kind, name)
	}
}

// copyRoutes are the page and its files; their names are neutral.
func copyRoutes() []shell.Route {
	return []shell.Route{
		{Pattern: "GET /plan/sheet", Do: sheet, Part: "today"},
		{Pattern: "GET /plan/sheet.pdf", Part: "today", Back: "/plan/sheet", Do: saved("application/pdf", "sheet.pdf", func(p *copies.Copy, w io.Writer) error {
			d := p.Sheet()
			return print.PDF(w, &d)
		})},
		{Pattern: "GET /plan/calendar.ics", Part: "today", Back: "/plan/sheet", Do: saved("text/calendar; charset=utf-8", "calendar.ics", func(p *copies.Copy, w io.Writer) error { return p.Calendar(w) })},
		{Pattern: "GET /plan/table.csv", Part: "today", Back: "/plan/sheet", Do: saved("text/csv; charset=utf-8", "table.csv", func(p *copies.Copy, w io.Writer) error { return p.CSV(w) })},
	}
}
