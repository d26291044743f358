package desk

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"strconv"
	"strings"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/care/caseload"
	"github.com/evenkeel/evenkeel/internal/fault"
)

// flagWords names a red flag in the words of who reads.
func (v *visit) flagWords(f *care.Flag) string {
	r := caseload.SignSaid(f)
	return v.Phrase(r, v.Now)
}

// sheet is one person on paper. That it was printed is in the record.
func sheet(v *visit) error {
	found, err := v.desk.Export(v.r.Context(), v.r.PathValue("id"), "print")
	if err != nil {
		return err
	}
	page := &personPage{Person: found, p: found.Shown}
	page.draw(v)
	page.score(v)
	return v.show(http.StatusOK, printedPage(v, page))
}

// fhirFile hands out a FHIR document of what was shared.
func fhirFile(v *visit) error {
	if v.server.bundle == nil {
		return fault.New(fault.NotFound, "program.lost.what")
	}
	found, err := v.desk.Export(v.r.Context(), v.r.PathValue("id"), "fhir")
	if err != nil {
		return err
	}
	data, err := v.server.bundle(*found.Shown)
	if err != nil {
		return err
	}
	return v.file(data, "application/fhir+json", "evenkeel-"+short(found.ID)+".json")
}

// csvFile hands out the days as a table.
func csvFile(v *visit) error {
	found, err := v.desk.Export(v.r.Context(), v.r.PathValue("id"), "csv")
	if err != nil {
		return err
	}
	data, err := table(found.Shown.Trends)
	if err != nil {
		return fault.Wrap(err, fault.Internal, "fault.unknown")
	}
	return v.file(data, "text/csv; charset=utf-8", "evenkeel-"+short(found.ID)+".csv")
}

func short(id string) string { return id[:min(8, len(id))] }

// table is the days as CSV: what is unknown is an empty cell, and none is 0.
func table(days []care.Day) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.Write([]string{"date", "state", "doses", "taken", "mitragynine_mg", "seven_oh_mg", "rough", "craving", "sleep_h", "planned"}); err != nil {
		return nil, err
	}
	for _, d := range days {
		doses := ""
		if d.State != "unknown" {
			doses = strconv.Itoa(d.Doses)
		}
		var taken []string
		for _, a := range d.Amounts {
			taken = append(taken, strconv.FormatFloat(a.Amount, 'f', -1, 64)+" "+a.Unit+" "+a.Product)
		}
		row := []string{string(d.Date), d.State, doses, plain(strings.Join(taken, "; ")), cell(d.Mitragynine), cell(d.SevenOH), cell(d.Rough), cell(d.Craving), cell(d.SleepHours), cell(d.Planned)}
		row[0], row[1] = plain(row[0]), plain(row[1])
		if err := w.Write(row); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

func cell(f *float64) string {
	if f == nil {
		return ""
	}
	return strconv.FormatFloat(*f, 'f', -1, 64)
}

// plain keeps a spreadsheet from taking somebody's word for a formula.
func plain(s string) string {
	if strings.HasPrefix(s, "=") || strings.HasPrefix(s, "+") || strings.HasPrefix(s, "-") || strings.HasPrefix(s, "@") || strings.HasPrefix(s, "\t") || strings.HasPrefix(s, "\r") {
		return "'" + s
	}
	return s
}
