package transfer

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"

	"github.com/evenkeel/evenkeel/internal/app/transfer"
	"github.com/evenkeel/evenkeel/internal/app/transfer/batch"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

// importPage asks for a file, and lists what was imported.
type importPage struct {
	err     error
	batches []journal.Entry
}

// previewPage shows what importing a file would do.
type previewPage struct {
	err     error
	preview *batch.Preview
	// choices are the person's own; shown is what they were when the page was
	// drawn, so that nothing is written that was not shown.
	choices batch.Choices
	shown   string
	// again says that the choices changed and this is what they give.
	again bool
}

func askImport(v *shell.Visit) error {
	v.Notify()
	return showImport(v, nil)
}

func showImport(v *shell.Visit, err error) error {
	if fault.Is(err, fault.Locked) {
		return err
	}
	j, bad := v.Read()
	if bad != nil {
		return bad
	}
	status := http.StatusOK
	if err != nil {
		status = shell.StatusOf(err)
	}
	return v.Show(status, importing(v, &importPage{err, j.Imports()}))
}

func importFile(v *shell.Visit) error {
	name, data, _, err := v.Multipart()
	if err != nil {
		return showImport(v, err)
	}
	if transfer.IsExport(data[:min(len(data), 512)]) {
		r, err := transfer.ImportJSON(v.Ctx(), v.App, bytes.NewReader(data))
		v.Found = r.Found
		if err != nil {
			return showImport(v, err)
		}
		return v.Done("/journal", &kit.Notice{Text: brought(v, r), Found: r.Found})
	}
	p, err := batch.Look(v.Ctx(), v.App, batch.File{Name: name, Data: data}, batch.Choices{})
	if err != nil && p.Plan == nil {
		return showImport(v, err)
	}
	v.Session.SetUpload(&shell.Upload{Name: name, Data: data})
	return showPreview(v, &previewPage{err: err, preview: p})
}

func showPreview(v *shell.Visit, p *previewPage) error {
	if fault.Is(p.err, fault.Locked) {
		return p.err
	}
	if plan := p.preview.Plan; plan != nil {
		p.choices.Columns, p.choices.Year = plan.Columns, plan.Year
	}
	p.shown = fingerprint(p.choices)
	status := http.StatusOK
	if p.err != nil {
		status = shell.StatusOf(p.err)
	}
	return v.Show(status, preview(v, p))
}

// importTable shows the file again as the person chose, or writes it once it was
// shown so.
func importTable(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	u := v.Session.Uploaded()
	if u == nil {
		return showImport(v, fault.New(fault.NotFound, "web.file_gone"))
	}
	file := batch.File{Name: u.Name, Data: u.Data}
	page := &previewPage{}
	if page.choices, err = choicesOf(v, f); err != nil {
		page.preview, _ = batch.Look(v.Ctx(), v.App, file, batch.Choices{})
		page.err = err
		return showPreview(v, page)
	}
	shown := f.Get("shown") == fingerprint(page.choices)
	if f.Get("do") == "look" || !shown {
		page.preview, page.err = batch.Look(v.Ctx(), v.App, file, page.choices)
		page.again = !shown && f.Get("do") != "look"
		return lookAgain(v, file, page)
	}
	done, err := batch.Write(v.Ctx(), v.App, file, page.choices)
	v.Found = done.Found
	if err != nil {
		page.preview, page.err = done.Preview, err
		return lookAgain(v, file, page)
	}
	v.Session.SetUpload(nil)
	to := "/journal"
	if done.Kept > 0 {
		to = batchURL(done.Batch)
	}
	return v.Done(to, &kit.Notice{Text: sentences(v, done.Says()), Found: done.Found})
}

// lookAgain shows a preview that may have been refused before there was a plan.
func lookAgain(v *shell.Visit, file batch.File, page *previewPage) error {
	if page.err != nil && page.preview.Plan == nil && !fault.Is(page.err, fault.Locked) {
		again, err := batch.Look(v.Ctx(), v.App, file, batch.Choices{})
		if err != nil {
			return showImport(v, page.err)
		}
		page.preview = again
	}
	return showPreview(v, page)
}

// fingerprint tells choices apart.
func fingerprint(c batch.Choices) string {
	f := url.Values{}
	writeChoices(f, c)
	sum := sha256.Sum256([]byte(f.Encode()))
	return hex.EncodeToString(sum[:8])
}
