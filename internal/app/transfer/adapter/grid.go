package adapter

import (
	"slices"
	"strconv"
	"strings"

	"github.com/evenkeel/evenkeel/internal/app/transfer/table"
)

// grid is a table being made.
type grid struct {
	columns []string
	rows    []table.Row
}

// add adds a row by the names of its columns; one that is new is added at the
// end.
func (g *grid) add(n int, cells map[string]string) {
	row := make([]string, len(g.columns))
	for i, c := range g.columns {
		row[i] = cells[c]
	}
	g.rows = append(g.rows, table.Row{N: n, Cells: row})
}

func (g *grid) table() *table.Table { return table.Of(g.columns, g.rows) }

// named reads the rows of a table by the names of its columns, in small letters.
// ok is false where it has not all of those that are needed.
func named(t *table.Table, needed ...string) (at map[string]int, ok bool) {
	at = map[string]int{}
	for i, c := range t.Columns {
		at[strings.ToLower(c)] = i
	}
	for _, n := range needed {
		if _, has := at[n]; !has {
			return nil, false
		}
	}
	return at, true
}

// joined are texts that hold something, each on a line of its own.
func joined(parts ...string) string {
	parts = slices.DeleteFunc(parts, func(s string) bool { return strings.TrimSpace(s) == "" })
	return strings.Join(parts, "\n")
}

func figure(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// kratom tells the name of a product of kratom or 7-OH from that of another
// substance.
func kratom(name string) bool {
	name = strings.ToLower(name)
	for _, w := range []string{"kratom", "mitragyn", "7-oh", "7oh", "7 oh", "7-hydroxy", "maeng da", "bali", "ketum", "biak"} {
		if strings.Contains(name, w) {
			return true
		}
	}
	return false
}
