package sheet

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/exposure"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
)

// ByteOrderMark before a table tells Excel that it is UTF-8.
const ByteOrderMark = "\ufeff"

// Write writes the live entries of a journal, in order of time; what is kept
// apart, such as answers to questionnaires, is not in it.
func Write(w io.Writer, j *journal.Journal) error {
	columns := Columns()
	out := csv.NewWriter(w)
	if err := out.Write(columns); err != nil {
		return err
	}
	row := make([]string, len(columns))
	for _, e := range j.All() {
		if journal.Describe(e.Kind).Apart {
			continue // what has no fields has no columns
		}
		cells := cellsOf(j, e)
		for i, c := range columns {
			row[i] = Inert(cells[c])
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func cellsOf(j *journal.Journal, e *journal.Entry) map[string]string {
	c := map[string]string{
		"id": e.ID.String(), "kind": string(e.Kind), "date": string(journal.DateOf(e.At)), "time": e.At.Format(time.TimeOnly),
		"at": e.At.Format(time.RFC3339Nano), "recorded": e.Recorded.Format(time.RFC3339Nano), "back_dated": yesNo(e.BackDated()),
	}
	for _, f := range journal.Describe(e.Kind).Fields {
		fieldCells(c, j, &f, e.Body)
	}
	if d := e.Dose(); d != nil {
		held := exposure.Held(j, d)
		contentCells(c, "mitragynine", held.Mitragynine)
		contentCells(c, "seven_oh", held.SevenOH)
	}
	return c
}

// fieldCells writes a field. A product has its present name, and one that is
// deleted the name that the entry kept.
func fieldCells(c map[string]string, j *journal.Journal, f *journal.Field, p journal.Payload) {
	v := f.Get(p)
	switch f.Type {
	case journal.FieldProduct:
		id, err := journal.ParseID(v)
		if known, ok := j.Product(id); err == nil && ok {
			c[Product], c[Form] = known.Name, string(known.Form)
		}
	case journal.FieldProductName:
		if c[Form] == "" {
			c[Product] = v
		}
	case journal.FieldTick:
		c[f.Column] = yesNo(v == "yes")
	case journal.FieldScales:
		for _, pair := range strings.Fields(v) {
			o, n, _ := strings.Cut(pair, "=")
			c[f.ScaleColumn(o)] = n
		}
	default:
		if f.Column != "" {
			c[f.Column] = v
		}
	}
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// contentCells say how much of an alkaloid a dose held; nothing where that is
// not known, 0 where it held none.
func contentCells(c map[string]string, name string, r journal.Range) {
	if !r.Known() {
		return
	}
	for i, v := range []float64{r.Mid, r.Low, r.High} {
		c[alkaloidColumns(name)[i]] = strconv.FormatFloat(pkpd.Round(v, 3), 'f', -1, 64)
	}
	c[alkaloidColumns(name)[3]] = string(r.Basis)
}

// formulaStarts are what a spreadsheet may take for the beginning of a formula.
const formulaStarts = "=+-@\t\r"

// Inert keeps a spreadsheet from running a cell that begins like a formula. A cell
// that begins with the mark itself gets a second one, so that it comes back whole.
func Inert(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	if strings.HasPrefix(s, "'") {
		return "'" + s
	}
	if s != "" && strings.ContainsRune(formulaStarts, rune(s[0])) {
		if _, err := strconv.ParseFloat(s, 64); err != nil {
			return "'" + s
		}
	}
	return s
}

// Unquoted takes off the mark that Write puts before what a spreadsheet would
// run, and before a mark.
func Unquoted(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && rest != "" && strings.ContainsRune("'"+formulaStarts, rune(rest[0])) {
		return rest
	}
	return s
}
