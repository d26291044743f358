package web

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/transfer"
	"github.com/evenkeel/evenkeel/internal/fault"
)

// importPage asks for a file, then shows how its table would be read.
type importPage struct {
	err  error
	plan *transfer.CSVPlan
}

func (v *visit) askImport() error {
	if err := v.needsOpen(); err != nil {
		return err
	}
	v.takeNotice()
	return v.show(http.StatusOK, importTempl(&v.view, &importPage{}))
}

// file reads the one file and the small fields of an upload, in memory: what
// a person wrote does not go through a temporary file.
func (v *visit) file() (name string, data []byte, fields url.Values, err error) {
	parts, err := v.r.MultipartReader()
	if err != nil {
		return "", nil, nil, tooLarge(err)
	}
	fields = url.Values{}
	for {
		p, err := parts.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return "", nil, nil, largeFile(err)
		}
		body, err := io.ReadAll(p)
		if err != nil {
			return "", nil, nil, largeFile(err)
		}
		if p.FormName() == "file" {
			name, data = p.FileName(), body
		} else {
			fields.Add(p.FormName(), string(body))
		}
	}
	if len(data) == 0 {
		return "", nil, nil, fieldError("file", "web.no_file")
	}
	return name, data, fields, nil
}

func largeFile(err error) error {
	return fault.Wrap(err, fault.Invalid, "web.file_cut")
}

func (v *visit) importFile() error {
	if err := v.needsOpen(); err != nil {
		return err
	}
	name, data, _, err := v.file()
	if err != nil {
		return v.refusedImport(&importPage{err: err})
	}
	if strings.HasPrefix(string(bytes.TrimSpace(data[:min(len(data), 200)])), "{") {
		r, err := transfer.ImportJSON(v.ctx(), v.app, bytes.NewReader(data))
		v.found = r.Found
		if err != nil {
			return v.refusedImport(&importPage{err: err})
		}
		return v.done("/journal", &notice{text: v.brought(r), found: r.Found})
	}
	plan, err := transfer.ProposeCSV(bytes.NewReader(data))
	if err != nil {
		return v.refusedImport(&importPage{err: err})
	}
	v.session.setUpload(&upload{name: name, data: data, at: time.Now()})
	return v.show(http.StatusOK, importTempl(&v.view, &importPage{plan: &plan}))
}

func (v *visit) refusedImport(p *importPage) error {
	if fault.Is(p.err, fault.Locked) {
		return p.err
	}
	return v.show(statusOf(p.err), importTempl(&v.view, p))
}

// importTable writes the table that was shown, read as the person chose.
func (v *visit) importTable() error {
	if err := v.needsOpen(); err != nil {
		return err
	}
	f, err := v.form()
	if err != nil {
		return err
	}
	u := v.session.uploaded()
	if u == nil {
		return v.refusedImport(&importPage{err: fault.New(fault.NotFound, "web.file_gone")})
	}
	dayFirst := f.Get("day_first") == "1"
	r, err := transfer.ImportCSV(v.ctx(), v.app, bytes.NewReader(u.data), f["field"], dayFirst)
	v.found = r.Found
	if err != nil {
		plan, again := transfer.ProposeCSV(bytes.NewReader(u.data))
		if again != nil {
			return again
		}
		if len(f["field"]) == len(plan.Fields) {
			plan.Fields, plan.DayFirst = f["field"], dayFirst
		}
		return v.refusedImport(&importPage{err: err, plan: &plan})
	}
	v.session.setUpload(nil)
	return v.done("/journal", &notice{text: v.brought(r), found: r.Found})
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

func fieldOptions(v *view) []option {
	list := make([]option, len(transfer.CSVFields()))
	for i, f := range transfer.CSVFields() {
		key := "csv." + f
		if f == "" {
			key = "csv.leave_out"
		}
		list[i] = option{f, v.T(key)}
	}
	return list
}
