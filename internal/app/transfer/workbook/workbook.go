// Package workbook reads the rows of an .xlsx workbook, as a reader of
// comma-separated values gives them.
package workbook

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/thedatashed/xlsxreader"
)

// ErrWorkbook says that bytes are no workbook that can be read.
var ErrWorkbook = errors.New("the workbook cannot be read")

// The most that a workbook may unpack to, and columns that a row may have: a
// hostile one unpacks to a thousand times its size.
const (
	mostUnpacked = 512 << 20
	mostColumns  = 2000
)

// Is tells a workbook by how every zip file begins.
func Is(start []byte) bool { return bytes.HasPrefix(start, []byte("PK\x03\x04")) }

// Rows are the rows of its first sheet that has any.
type Rows struct {
	book   *xlsxreader.XlsxFile
	sheets []string // still to be looked into while none had a row
	rows   chan xlsxreader.Row
	line   int
}

// Open reads a workbook. The error is ErrWorkbook.
func Open(data []byte) (*Rows, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, errors.Join(ErrWorkbook, err)
	}
	size := uint64(0)
	for _, f := range z.File {
		size += f.UncompressedSize64
	}
	if size > mostUnpacked {
		return nil, ErrWorkbook
	}
	x, err := xlsxreader.NewReaderZip(z)
	if err != nil {
		return nil, errors.Join(ErrWorkbook, err)
	}
	if len(x.Sheets) == 0 {
		return nil, ErrWorkbook
	}
	return &Rows{book: x, sheets: x.Sheets[1:], rows: x.ReadRows(x.Sheets[0])}, nil
}

// Line is the number of the row that Next gave last, as the spreadsheet shows
// it, from 1.
func (r *Rows) Line() int { return r.line }

// Next is the next row, with empty cells where the sheet has gaps; io.EOF after
// the last.
func (r *Rows) Next() ([]string, error) {
	row, ok := <-r.rows
	for ; !ok; row, ok = <-r.rows {
		if r.line > 0 || len(r.sheets) == 0 {
			return nil, io.EOF
		}
		r.rows, r.sheets = r.book.ReadRows(r.sheets[0]), r.sheets[1:]
	}
	r.line = max(row.Index, r.line+1)
	if row.Error != nil {
		return nil, errors.Join(ErrWorkbook, row.Error)
	}
	var cells []string
	for _, c := range row.Cells {
		at, ok := column(c.Column)
		if !ok {
			return nil, ErrWorkbook
		}
		for len(cells) <= at {
			cells = append(cells, "")
		}
		cells[at] = c.Value
		if c.Type == xlsxreader.TypeDateTime {
			cells[at] = moment(c.Value)
		}
	}
	return cells, nil
}

// moment is a date, a time or both as the sheet shows them. A workbook has no
// zones, and keeps a time as a fraction of a day: minutes come out a moment
// short, and a time without a date lies on the day before all days.
func moment(s string) string {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return s
	}
	if t.Second() == 59 {
		t = t.Add(time.Second)
	}
	if t.Year() < 1900 {
		return t.Format(time.TimeOnly)
	}
	return t.Format("2006-01-02 15:04:05")
}

// Close lets the reader end where not every row was read.
func (r *Rows) Close() {
	for range r.rows {
	}
}

// column counts from letters: A is 0, AA is 26.
func column(letters string) (int, bool) {
	n := 0
	for _, c := range strings.ToUpper(letters) {
		if c < 'A' || c > 'Z' || n > mostColumns {
			return 0, false
		}
		n = n*26 + int(c-'A') + 1
	}
	return n - 1, n > 0 && n <= mostColumns
}
