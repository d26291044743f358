package transfer

import (
	"bytes"
	"net/http"
	"strings"

	"github.com/evenkeel/evenkeel/internal/app/transfer"
	"github.com/evenkeel/evenkeel/internal/app/transfer/sheet"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
)

// importPage asks for a file, then shows how its table would be read.
type importPage struct {
	err  error
	plan *transfer.CSVPlan
}

func askImport(v *shell.Visit) error {
	v.Notify()
	return v.Show(http.StatusOK, importing(v, &importPage{}))
}

func importFile(v *shell.Visit) error {
	name, data, _, err := v.Multipart()
	if err != nil {
		return refuseImport(v, &importPage{err: err})
	}
	if strings.HasPrefix(string(bytes.TrimSpace(data[:min(len(data), 200)])), "{") {
		r, err := transfer.ImportJSON(v.Ctx(), v.App, bytes.NewReader(data))
		v.Found = r.Found
		if err != nil {
			return refuseImport(v, &importPage{err: err})
		}
		return v.Done("/journal", &kit.Notice{Text: brought(v, r), Found: r.Found})
	}
	plan, err := transfer.ProposeCSV(bytes.NewReader(data))
	if err != nil {
		return refuseImport(v, &importPage{err: err})
	}
	v.Session.SetUpload(&shell.Upload{Name: name, Data: data})
	return v.Show(http.StatusOK, importing(v, &importPage{plan: &plan}))
}

func refuseImport(v *shell.Visit, p *importPage) error {
	if fault.Is(p.err, fault.Locked) {
		return p.err
	}
	return v.Show(shell.StatusOf(p.err), importing(v, p))
}

// importTable writes the table that was shown, read as the person chose.
func importTable(v *shell.Visit) error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	u := v.Session.Uploaded()
	if u == nil {
		return refuseImport(v, &importPage{err: fault.New(fault.NotFound, "web.file_gone")})
	}
	dayFirst := f.Get("day_first") == "1"
	r, err := transfer.ImportCSV(v.Ctx(), v.App, bytes.NewReader(u.Data), f["field"], dayFirst)
	v.Found = r.Found
	if err != nil {
		plan, again := transfer.ProposeCSV(bytes.NewReader(u.Data))
		if again != nil {
			return again
		}
		if len(f["field"]) == len(plan.Fields) {
			plan.Fields, plan.DayFirst = f["field"], dayFirst
		}
		return refuseImport(v, &importPage{err: err, plan: &plan})
	}
	v.Session.SetUpload(nil)
	return v.Done("/journal", &kit.Notice{Text: brought(v, r), Found: r.Found})
}

// cell is a value of the sample, cut to what a preview needs.
func cell(row []string, i int) string {
	if i >= len(row) {
		return ""
	}
	if r := []rune(row[i]); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return row[i]
}

func fieldOptions(v *shell.Visit) []kit.Option {
	list := make([]kit.Option, len(transfer.CSVFields()))
	for i, f := range transfer.CSVFields() {
		key := sheet.Label(f)
		if f == "" {
			key = "csv.leave_out"
		}
		list[i] = kit.Option{Value: f, Label: v.T(key)}
	}
	return list
}
