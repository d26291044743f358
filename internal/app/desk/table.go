package desk

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/fault"
)

// Table is the days that a share shows as CSV: what is unknown is an empty cell, and
// none is 0. Without days it is the columns' names alone.
func Table(p *care.Projection) ([]byte, error) {
	rows := [][]string{{"date", "state", "doses", "taken", "mitragynine_mg", "seven_oh_mg", "rough", "craving", "sleep_h", "planned"}}
	for i := range p.Trends {
		d := &p.Trends[i]
		doses := ""
		if d.State != "unknown" {
			doses = strconv.Itoa(d.Doses)
		}
		taken := make([]string, len(d.Amounts))
		for k, a := range d.Amounts {
			taken[k] = strconv.FormatFloat(a.Amount, 'f', -1, 64) + " " + a.Unit + " " + a.Product
		}
		rows = append(rows, []string{noFormula(string(d.Date)), noFormula(d.State), doses, noFormula(strings.Join(taken, "; ")),
			figure(d.Mitragynine), figure(d.SevenOH), figure(d.Rough), figure(d.Craving), figure(d.SleepHours), figure(d.Planned)})
	}
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
		return nil, fault.Wrap(err, fault.Internal, "desk.not_written")
	}
	return b.Bytes(), nil
}

func figure(f *float64) string {
	if f == nil {
		return ""
	}
	return strconv.FormatFloat(*f, 'f', -1, 64)
}

// noFormula keeps a spreadsheet from taking somebody's words for a formula.
func noFormula(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
