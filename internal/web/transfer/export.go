package transfer

import (
	"bytes"

	"github.com/evenkeel/evenkeel/internal/app/transfer"
	"github.com/evenkeel/evenkeel/internal/web/shell"
)

// download sends a file whose name says the day and nothing else.
func download(v *shell.Visit, data []byte, kind, ending string) error {
	return v.Download(data, kind, "evenkeel-"+string(v.Today())+ending)
}

// The files are made whole before the first byte is sent: a download that
// stops in the middle would look like a file.

func exportJSON(v *shell.Visit) error {
	var b bytes.Buffer
	if err := transfer.ExportJSON(v.Ctx(), v.App, &b); err != nil {
		return err
	}
	return download(v, b.Bytes(), "application/json", ".json")
}

func exportCSV(v *shell.Visit) error {
	var b bytes.Buffer
	if err := transfer.ExportCSV(v.Ctx(), v.App, &b, v.R.URL.Query().Get("bom") != ""); err != nil {
		return err
	}
	return download(v, b.Bytes(), "text/csv; charset=utf-8", ".csv")
}

func exportDataset(v *shell.Visit) error {
	var b bytes.Buffer
	if err := transfer.ExportDataset(v.Ctx(), v.App, &b); err != nil {
		return err
	}
	return v.Download(b.Bytes(), "text/csv; charset=utf-8", "evenkeel-dataset-"+string(v.Today())+".csv")
}
