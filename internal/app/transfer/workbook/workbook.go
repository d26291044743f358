// Package workbook reads the rows of an .xlsx workbook, as a reader of
// comma-separated values gives them.
package workbook

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"

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
	rows chan xlsxreader.Row
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
	return &Rows{x.ReadRows(x.Sheets[0])}, nil
}

// Next is the next row, with empty cells where the sheet has gaps; io.EOF after
// the last.
func (r *Rows) Next() ([]string, error) {
	row, ok := <-r.rows
	if !ok {
		return nil, io.EOF
	}
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
	}
	return cells, nil
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
