package table

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"strings"
)

// delimiters that tables are written with.
var delimiters = []rune{',', ';', '\t', '|'}

// delimiterOf finds what separates the cells, and whether the first line does
// nothing but say so, as in Excel's "sep=;". Otherwise it is the one that
// divides the most of the first lines into the same number of cells.
func delimiterOf(in *bufio.Reader) (delimiter rune, said bool) {
	head, _ := in.Peek(1 << 14) // what is short is looked at as it is
	first, _, _ := bytes.Cut(head, []byte("\n"))
	line := strings.Trim(strings.TrimSpace(string(first)), `"`)
	if rest, ok := strings.CutPrefix(strings.ToLower(line), "sep="); ok {
		for _, d := range delimiters {
			if rest == string(d) || rest == "" && d == '\t' {
				return d, true
			}
		}
	}
	best, most := ',', 0
	for _, d := range delimiters {
		if n := agreement(head, d); n > most {
			best, most = d, n
		}
	}
	return best, false
}

// agreement is how many cells stand in those lines that have as many as most
// others have, and more than one.
func agreement(head []byte, d rune) int {
	r := csv.NewReader(bytes.NewReader(head))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = d, true, -1, true
	lines := map[int]int{}
	for range 60 {
		row, err := r.Read()
		if err != nil {
			break
		}
		lines[len(row)]++
	}
	best := 0
	for cells, n := range lines {
		if cells > 1 {
			best = max(best, n*min(cells, 8)+n) // many lines before many cells
		}
	}
	return best
}
