package transfer

import (
	"context"
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/exposure"
	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
)

// envelopeColumns stand first in every row, contentColumns say what a dose
// held; the columns of the kinds follow.
var (
	envelopeColumns = []string{"id", "kind", "at", "recorded", "back_dated"}
	contentColumns  = []string{"mitragynine_mg", "mitragynine_mg_low", "mitragynine_mg_high", "seven_oh_mg", "seven_oh_mg_low", "seven_oh_mg_high", "content_basis"}
)

// columnsFirst and columnsLast are where the columns stand that several kinds
// share; those of one kind stand in the order of the kinds and their fields.
var (
	columnsFirst = []string{"product", "amount", "unit"}
	columnsLast  = []string{"currency", "days", "times_per_day", "text"}
)

// kindColumns are the columns that the kinds of entries have.
func kindColumns() []string {
	var middle []string
	for _, k := range journal.EntryKinds() {
		for _, f := range journal.Describe(k).Fields {
			if f.Column != "" && !slices.Contains(columnsFirst, f.Column) && !slices.Contains(columnsLast, f.Column) && !slices.Contains(middle, f.Column) {
				middle = append(middle, f.Column)
			}
		}
	}
	return slices.Concat(columnsFirst, middle, columnsLast)
}

// csvColumns of the flat export, one row per live entry. Products and
// settings are in the JSON export only.
func csvColumns() []string {
	rest := kindColumns()
	return slices.Concat(envelopeColumns, rest[:len(columnsFirst)], contentColumns, rest[len(columnsFirst):])
}

// ExportCSV writes the live entries as a flat table for a spreadsheet.
func ExportCSV(ctx context.Context, a *app.App, w io.Writer) error {
	j, err := a.Read(ctx)
	if err != nil {
		return err
	}
	columns := csvColumns()
	out := csv.NewWriter(w)
	if err := out.Write(columns); err != nil {
		return writeFailed(err)
	}
	row := make([]string, len(columns))
	for _, e := range j.All() {
		cells := csvCells(j, e)
		for i, c := range columns {
			row[i] = inert(cells[c])
		}
		if err := out.Write(row); err != nil {
			return writeFailed(err)
		}
	}
	out.Flush()
	return writeFailed(out.Error())
}

// inert keeps a spreadsheet from running a cell that begins like a formula. A cell
// that begins with the mark itself gets a second one, so that it comes back whole.
func inert(s string) string {
	if strings.HasPrefix(s, "'") {
		return "'" + s
	}
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		if _, err := strconv.ParseFloat(s, 64); err != nil {
			return "'" + s
		}
	}
	return s
}

func csvCells(j *journal.Journal, e *journal.Entry) map[string]string {
	c := map[string]string{
		"id": e.ID.String(), "kind": string(e.Kind), "at": e.At.Format(time.RFC3339Nano), "recorded": e.Recorded.Format(time.RFC3339Nano),
	}
	if e.BackDated() {
		c["back_dated"] = "yes"
	}
	for _, f := range journal.Describe(e.Kind).Fields {
		if f.Column != "" {
			c[f.Column] = f.Get(e.Body)
		}
	}
	if d := e.Dose(); d != nil {
		content(c, j, d)
	}
	return c
}

// content says what a dose held, under its product's present name.
func content(c map[string]string, j *journal.Journal, d *journal.Dose) {
	if p, ok := j.Product(d.Product); ok {
		c["product"] = p.Name
	}
	held := exposure.Held(j, d)
	span := func(key string, r journal.Range) {
		if r.Known() {
			c[key], c[key+"_low"], c[key+"_high"] = three(r.Mid), three(r.Low), three(r.High)
			c["content_basis"] = string(r.Basis)
		}
	}
	span("mitragynine_mg", held.Mitragynine)
	span("seven_oh_mg", held.SevenOH)
}

// three is v to three figures; empty for 0.
func three(v float64) string {
	if v == 0 {
		return ""
	}
	return strconv.FormatFloat(pkpd.Round(v, 3), 'g', -1, 64)
}
