package transfer

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/evenkeel/evenkeel/internal/app/transfer/sheet"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
)

// CSVFields are the fields that a column of somebody's table can be read as,
// in the order in which a form offers them. "" leaves a column out.
func CSVFields() []string {
	return slices.Concat([]string{"", "at", "date", "time", "kind"}, sheet.EntryColumns(), symptomLists(), []string{"id", "recorded"})
}

// symptomLists are the columns that hold all questions of a scale in one cell.
func symptomLists() (list []string) {
	for _, k := range journal.EntryKinds() {
		for _, f := range journal.Describe(k).Fields {
			if f.Type == journal.FieldScales {
				list = append(list, f.Column)
			}
		}
	}
	return list
}

// CSVPlan is how a table would be read, shown before anything is written.
type CSVPlan struct {
	Columns []string `json:"columns"`
	// Fields says for each column what it is read as; "" for left out.
	Fields []string `json:"fields"`
	// DayFirst reads 03/04/2026 as the third of April.
	DayFirst bool `json:"day_first"`
	// DaysUnclear is true when no date of the table tells the two orders apart.
	DaysUnclear bool `json:"days_unclear,omitempty"`
	Rows        int  `json:"rows"`
	// Sample holds the first rows, at most five.
	Sample [][]string `json:"sample"`
}

// otherNames are headings of other apps and spreadsheets for our fields, in
// lower case with everything but letters and digits taken out.
var otherNames = map[string]string{
	"at": "at", "datetime": "at", "timestamp": "at", "taken": "at", "takenat": "at", "when": "at", "logged": "at", "loggedat": "at", "created": "at", "createdat": "at", "dateandtime": "at",
	"date": "date", "day": "date", "time": "time", "hour": "time",
	"kind": "kind", "type": "kind", "entry": "kind",
	"product": "product", "productname": "product", "name": "product", "strain": "product", "substance": "product", "brand": "product", "vein": "product", "item": "product", "drug": "product",
	"amount": "amount", "dose": "amount", "dosage": "amount", "quantity": "amount", "qty": "amount", "value": "amount", "grams": "amount", "g": "amount", "mg": "amount", "ml": "amount", "capsules": "amount", "amountg": "amount", "doseg": "amount", "dosemg": "amount", "amountmg": "amount", "amountml": "amount", "doseml": "amount",
	"unit": "unit", "units": "unit", "measure": "unit",
	"reason": "reasons", "reasons": "reasons", "why": "reasons", "trigger": "reasons", "triggers": "reasons",
	"helped": "helped", "rough": "rough", "withdrawal": "rough", "craving": "craving", "cravings": "craving", "urge": "craving", "mood": "mood", "calm": "calm", "energy": "energy",
	"pain": "pain", "sleep": "sleep_h", "sleeph": "sleep_h", "sleephours": "sleep_h", "hoursofsleep": "sleep_h", "sleepquality": "sleep_quality", "symptoms": "symptoms",
	"class": "class", "change": "change", "since": "since", "ongoing": "ongoing", "area": "area", "effect": "effect", "currency": "currency", "days": "days", "timesperday": "times_per_day",
	"text": "text", "note": "text", "notes": "text", "comment": "text", "comments": "text", "memo": "text", "journal": "text", "id": "id", "recorded": "recorded",
}

// unitInHeading is the unit that a heading such as "grams" or "dose (mg)"
// gives to a whole column.
var unitInHeading = map[string]string{"grams": "g", "g": "g", "amountg": "g", "doseg": "g", "mg": "mg", "amountmg": "mg", "dosemg": "mg", "ml": "mL", "amountml": "mL", "doseml": "mL", "capsules": "capsule"}

func plainHeading(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(s))
}

// ProposeCSV looks at a table and proposes how to read it. It writes nothing.
func ProposeCSV(r io.Reader) (CSVPlan, error) {
	table, err := readTable(r)
	if err != nil {
		return CSVPlan{}, err
	}
	p := CSVPlan{Columns: table[0], Fields: make([]string, len(table[0])), Rows: len(table) - 1, Sample: table[1:min(6, len(table))]}
	for i, c := range p.Columns {
		f := otherNames[plainHeading(c)]
		if slices.Contains(CSVFields(), c) {
			f = c // a heading of our own table
		}
		if f == "kind" && plainHeading(c) != f && !allKinds(table[1:], i) {
			f = "" // "Type" is a colour or a brand as often as a kind of entry
		}
		if !slices.Contains(p.Fields[:i], f) {
			p.Fields[i] = f
		}
	}
	var dates []string
	for i, f := range p.Fields {
		if f == "at" || f == "date" {
			for _, row := range table[1:] {
				dates = append(dates, row[i])
			}
		}
	}
	p.DayFirst, p.DaysUnclear = dayFirst(dates)
	return p, nil
}

// allKinds tells that a column holds nothing but kinds of entries.
func allKinds(rows [][]string, column int) bool {
	kinds := journal.EntryKinds()
	for _, row := range rows {
		if v := strings.TrimSpace(row[column]); v != "" && !slices.Contains(kinds, journal.Kind(v)) {
			return false
		}
	}
	return true
}

// maxCSVRows keeps a table that is no journal from filling memory.
const maxCSVRows = 1_000_000

// readTable reads a whole CSV file, its headings first: comma, semicolon or
// tab, with or without a byte order mark. Every row is as long as the first.
func readTable(r io.Reader) ([][]string, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	if mark, err := in.Peek(3); err == nil && bytes.Equal(mark, []byte("\ufeff")) {
		_, _ = in.Discard(3)
	}
	head, err := in.Peek(1 << 12)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fault.Wrap(err, fault.Invalid, "transfer.unreadable")
	}
	line, _, _ := bytes.Cut(head, []byte("\n"))
	d := csv.NewReader(in)
	d.Comma = ','
	for _, c := range ";\t" {
		if bytes.Count(line, []byte(string(c))) > bytes.Count(line, []byte(string(d.Comma))) {
			d.Comma = c
		}
	}
	var table [][]string
	for {
		row, err := d.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			var at *csv.ParseError
			n := len(table) + 1
			if errors.As(err, &at) {
				n = at.Line
			}
			return nil, fault.Wrap(err, fault.Invalid, "transfer.line", "n", n)
		}
		if len(table) > maxCSVRows {
			return nil, fault.New(fault.Invalid, "transfer.too_many_rows")
		}
		table = append(table, row)
	}
	if len(table) == 0 {
		return nil, fault.New(fault.Invalid, "transfer.empty")
	}
	return table, nil
}
