package transfer

import (
	"net/http"
	"strconv"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/transfer/batch"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

// batchPage is one import: what it brought, and the rows that wait.
type batchPage struct {
	err    error
	entry  journal.Entry
	stands batch.Standing
	// row is the one that err is about, with the cells as they were typed.
	row   int
	cells []string
}

func showBatch(v *shell.Visit) error {
	v.Notify()
	return drawBatch(v, &batchPage{})
}

func drawBatch(v *shell.Visit, p *batchPage) error {
	if fault.Is(p.err, fault.Locked) {
		return p.err
	}
	j, err := v.Read()
	if err != nil {
		return err
	}
	id, err := journal.ParseID(v.R.PathValue("id"))
	if err != nil {
		return app.Gone()
	}
	for _, e := range j.Imports() {
		if e.ID == id {
			p.entry = e
		}
	}
	if p.entry.Body == nil {
		return app.Gone()
	}
	p.stands = batch.Stands(j, id)
	status := http.StatusOK
	if p.err != nil {
		status = shell.StatusOf(p.err)
	}
	return v.Show(status, batchOf(v, p))
}

func undoBatch(v *shell.Visit) error {
	if _, err := v.Form(); err != nil {
		return err
	}
	id, err := journal.ParseID(v.R.PathValue("id"))
	if err != nil {
		return app.Gone()
	}
	done, err := batch.Undo(v.Ctx(), v.App, id)
	if err != nil {
		return err
	}
	text := v.T("batch.undone", "n", done.Removed)
	if done.Back > 0 {
		text += " " + v.T("batch.back", "n", done.Back)
	}
	if done.Products > 0 {
		text += " " + v.T("batch.products_out", "n", done.Products)
	}
	return v.Done("/import", &kit.Notice{Text: text})
}

// mendRow reads a kept row again, or takes it off the list.
func mendRow(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	id, err := journal.ParseID(v.R.PathValue("id"))
	if err != nil {
		return app.Gone()
	}
	row, err := strconv.Atoi(f.Get("row"))
	if err != nil {
		return app.Gone()
	}
	if f.Get("do") == "drop" {
		if err := batch.Drop(v.Ctx(), v.App, id, row); err != nil {
			return drawBatch(v, &batchPage{err: err})
		}
		return v.Done(batchURL(id), &kit.Notice{Text: v.T("import.dropped", "n", row)})
	}
	found, err := batch.Mend(v.Ctx(), v.App, id, row, f["cell"], f.Get("odd") == "1")
	v.Found = found
	if err != nil {
		return drawBatch(v, &batchPage{err: err, row: row, cells: f["cell"]})
	}
	return v.Done(batchURL(id), &kit.Notice{Text: v.T("import.mended", "n", row), Found: found})
}

// batchLine is an import in one line.
func batchLine(v *shell.Visit, e *journal.Entry) string {
	im := e.Import()
	text := v.T("batch.one", "source", v.T("batch.source."+im.Source), "when", v.When(e.At), "n", im.Added)
	if im.Name != "" {
		text += " (" + clip(im.Name, 40) + ")"
	}
	return text
}

// heading is the name of a kept row's cell.
func heading(im *journal.Import, i int) string {
	if i < len(im.Columns) {
		return clip(im.Columns[i], 60)
	}
	return strconv.Itoa(i + 1)
}

// cellsOf are the cells of a kept row, as they were typed last.
func cellsOf(p *batchPage, k journal.KeptRow) []string {
	if p.row == k.Row && len(p.cells) == len(k.Cells) {
		return p.cells
	}
	return k.Cells
}
