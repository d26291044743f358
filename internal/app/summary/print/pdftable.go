package print

import (
	"slices"
	"strings"

	"github.com/evenkeel/evenkeel/internal/app/summary"
)

const (
	small = 0.95 // letters of a table, as a share of the page's
	gap   = 2.0  // mm between columns
)

// table draws rows with a line below each. A cell that is too long for its
// column goes on below; a table that goes on overleaf has its headings again.
func (p *page) table(t *summary.Table) {
	widths := p.columns(t)
	p.row(t.Columns, widths, "B")
	for _, row := range t.Rows {
		before := p.PageNo()
		p.font("", small)
		if p.keep(p.height(row, widths)); p.PageNo() > before {
			p.row(t.Columns, widths, "B")
		}
		p.row(row, widths, "")
	}
	p.Ln(p.line(0.25))
}

// columns are the widths in mm: each as wide as its longest cell, and where that
// is too much together, the widest ones narrower until they fit.
func (p *page) columns(t *summary.Table) []float64 {
	widths := make([]float64, len(t.Columns))
	for r, row := range append([][]string{t.Columns}, t.Rows...) {
		style := ""
		if r == 0 {
			style = "B"
		}
		p.font(style, small)
		for i, c := range row {
			widths[i] = max(widths[i], p.GetStringWidth(shown(c))+gap+0.5)
		}
	}
	for sum(widths) > p.width {
		i := slices.Index(widths, slices.Max(widths))
		widths[i] = max(widths[i]-1, 1)
	}
	rest := (p.width - sum(widths)) / float64(len(widths))
	for i := range widths {
		widths[i] += rest
	}
	return widths
}

func sum(list []float64) (s float64) {
	for _, v := range list {
		s += v
	}
	return s
}

// padding is above and below the letters of a row, together, mm.
const padding = 0.8

// lines are a cell as it is broken in its column, in the present font.
func (p *page) lines(cell string, width float64) []string { return p.SplitText(shown(cell), width-gap) }

// height of a row in the present font, mm.
func (p *page) height(cells []string, widths []float64) float64 {
	most := 1
	for i, c := range cells {
		most = max(most, len(p.lines(c, widths[i])))
	}
	return float64(most)*p.line(small) + padding
}

func (p *page) row(cells []string, widths []float64, style string) {
	p.font(style, small)
	height := p.height(cells, widths)
	p.keep(height)
	x, y := margin, p.GetY()
	for i, c := range cells {
		p.SetXY(x, y+padding/2)
		p.MultiCell(widths[i], p.line(small), strings.Join(p.lines(c, widths[i]), "\n"), "", "L", false)
		x += widths[i]
	}
	p.Line(margin, y+height, margin+p.width, y+height)
	p.SetXY(margin, y+height)
}

// shown is text with a box in place of each character that the font does not
// have, such as a picture: it must not vanish.
func shown(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || letters().has(r) {
			return r
		}
		return '□'
	}, s)
}
