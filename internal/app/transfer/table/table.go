// Package table reads the tables that people have: files of separated values in
// any common encoding and delimiter, and .xlsx workbooks, with titles above the
// headings, ragged rows and blank ones. It gives text and knows nothing of its
// meaning.
package table

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/evenkeel/evenkeel/internal/app/transfer/workbook"
	"github.com/evenkeel/evenkeel/internal/fault"
)

const (
	// maxRows keeps a table that is no journal from taking for ever.
	maxRows = 1_000_000
	// maxColumns and maxCell keep a hostile one from filling memory.
	maxColumns = 400
	maxCell    = 64 << 10
)

// Table is a table whose headings were found. Its rows are read from the file
// each time, so that a long one does not stand in memory.
type Table struct {
	data []byte
	rows []Row // of a table that was made; data is nil then
	// Columns are the headings, trimmed; one that is empty is named after its
	// letter, as spreadsheets do.
	Columns []string
	// Titles are the lines above the headings that hold something.
	Titles []string
	// Delimiter is what separates cells; 0 in a workbook.
	Delimiter rune
	// first is the number of the first row below the headings, from 0.
	first int
}

// Of is a table that was made of a file which is none, such as another app's
// list.
func Of(columns []string, rows []Row) *Table { return &Table{Columns: columns, rows: rows} }

// Row is a row with its number as a spreadsheet shows it, from 1. Its cells are
// as many as there are columns, and stand until the next row is read.
type Row struct {
	N     int
	Cells []string
}

// Open finds the headings of a table. known tells the names of columns that the
// reader has a meaning for. The error is a *fault.Error.
func Open(data []byte, known func(heading string) bool) (*Table, error) {
	t := &Table{data: data}
	rows, err := t.open()
	if err != nil {
		return nil, err
	}
	defer rows.close()
	var head [][]string
	widest := 0
	for len(head) < searched {
		row, _, err := rows.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		copied := make([]string, len(row))
		for i, c := range row {
			copied[i] = strings.Clone(strings.TrimSpace(c))
		}
		widest = max(widest, len(copied))
		head = append(head, copied)
	}
	if widest == 0 {
		return nil, fault.New(fault.Invalid, "transfer.empty")
	}
	at := headingOf(head, known)
	t.first = at + 1
	var names []string
	if at >= 0 {
		names = head[at]
		for _, row := range head[:at] {
			if title := strings.Join(strings.Fields(strings.Join(row, " ")), " "); title != "" {
				t.Titles = append(t.Titles, title)
			}
		}
	}
	for i := range max(widest, len(names)) {
		name := ""
		if i < len(names) {
			name = strings.Join(strings.Fields(names[i]), " ")
		}
		t.Columns = append(t.Columns, name)
	}
	t.trim(head[t.first:])
	for i, name := range t.Columns {
		if name == "" {
			t.Columns[i] = letters(i)
		}
	}
	return t, nil
}

// trim takes off columns at the end that have neither a heading nor a cell, as
// a comma at the end of every line leaves them.
func (t *Table) trim(rows [][]string) {
	for len(t.Columns) > 1 && t.Columns[len(t.Columns)-1] == "" {
		last := len(t.Columns) - 1
		for _, row := range rows {
			if len(row) > last && row[last] != "" {
				return
			}
		}
		t.Columns = t.Columns[:last]
	}
}

// letters name a column as a spreadsheet does: A, B, ..., Z, AA.
func letters(i int) string {
	name := string(rune('A' + i%26))
	for i = i/26 - 1; i >= 0; i = i/26 - 1 {
		name = string(rune('A'+i%26)) + name
	}
	return name
}

// Rows yields the rows below the headings until yield returns false. The error
// is a *fault.Error.
func (t *Table) Rows(yield func(Row) bool) error {
	if t.data == nil {
		for _, r := range t.rows {
			if !yield(r) {
				break
			}
		}
		return nil
	}
	rows, err := t.open()
	if err != nil {
		return err
	}
	defer rows.close()
	cells := make([]string, len(t.Columns))
	for n := 0; ; n++ {
		row, line, err := rows.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if n < t.first {
			continue
		}
		if n-t.first >= maxRows {
			return fault.New(fault.Invalid, "transfer.too_many_rows")
		}
		clear(cells)
		copy(cells, row)
		if !yield(Row{line, cells}) {
			return nil
		}
	}
}

// rows is a file being read.
type rows struct {
	csv  *csv.Reader
	book *workbook.Rows
	skip int // lines that were read before the reader began
}

func (t *Table) open() (*rows, error) {
	if workbook.Is(t.data) {
		book, err := workbook.Open(t.data)
		if err != nil {
			return nil, fault.Wrap(err, fault.Invalid, "transfer.workbook")
		}
		return &rows{book: book}, nil
	}
	in := bufio.NewReaderSize(text(t.data), 1<<16)
	delimiter, said := delimiterOf(in)
	r := &rows{}
	if said {
		if _, err := in.ReadString('\n'); err != nil {
			return nil, fault.New(fault.Invalid, "transfer.empty")
		}
		r.skip = 1
	}
	t.Delimiter = delimiter
	r.csv = csv.NewReader(in)
	r.csv.Comma, r.csv.LazyQuotes, r.csv.FieldsPerRecord, r.csv.ReuseRecord = delimiter, true, -1, true
	return r, nil
}

// next is the next row with its number; the error is io.EOF or a *fault.Error.
func (r *rows) next() (cells []string, line int, err error) {
	if r.book != nil {
		cells, err := r.book.Next()
		if err != nil && !errors.Is(err, io.EOF) {
			err = fault.Wrap(err, fault.Invalid, "transfer.workbook")
		}
		return cells, r.book.Line(), err
	}
	cells, err = r.csv.Read()
	if errors.Is(err, io.EOF) {
		return nil, 0, io.EOF
	}
	if err != nil {
		return nil, 0, fault.Wrap(fmt.Errorf("table: %w", withoutText(err)), fault.Invalid, "transfer.unreadable")
	}
	line, _ = r.csv.FieldPos(0)
	line += r.skip
	if len(cells) > maxColumns {
		return nil, 0, fault.New(fault.Invalid, "transfer.too_wide", "n", line, "most", maxColumns)
	}
	for _, c := range cells {
		if len(c) > maxCell {
			return nil, 0, fault.New(fault.Invalid, "transfer.line", "n", line)
		}
	}
	return cells, line, nil
}

// withoutText keeps what a file holds out of errors.
func withoutText(err error) error {
	var at *csv.ParseError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}

func (r *rows) close() {
	if r.book != nil {
		r.book.Close()
	}
}
