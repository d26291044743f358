package print

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/evenkeel/evenkeel/internal/app/summary"
)

// Text writes a sheet for a terminal.
func Text(w io.Writer, d *summary.Document) error {
	var b strings.Builder
	b.WriteString(d.Title + "\n" + strings.Join(d.Intro, "\n") + "\n")
	for _, s := range d.Sections {
		b.WriteString("\n" + s.Title + "\n")
		for _, x := range s.Blocks {
			if x.Text != "" {
				b.WriteString("  " + x.Text + "\n")
			}
			for _, item := range x.List {
				b.WriteString("  - " + item + "\n")
			}
			if x.Table == nil {
				continue
			}
			t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
			for _, row := range append([][]string{x.Table.Columns}, x.Table.Rows...) {
				fmt.Fprintln(t, "  "+strings.Join(row, "\t"))
			}
			if err := t.Flush(); err != nil {
				return err
			}
		}
	}
	b.WriteString("\n" + d.Foot + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}
