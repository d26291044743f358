package fhir

import (
	"html"
	"strings"

	"github.com/evenkeel/evenkeel/care"
)

// xhtml is what a section shows to somebody who reads it: paragraphs, lists, tables.
type xhtml struct{ strings.Builder }

// words is a text as XHTML.
func words(s string) string { return html.EscapeString(text(s)) }

func (x *xhtml) paragraph(s string) {
	if s = words(s); s != "" {
		x.WriteString("<p>" + s + "</p>")
	}
}

func (x *xhtml) list(items []string) {
	if len(items) == 0 {
		return
	}
	x.WriteString("<ul>")
	for _, i := range items {
		x.WriteString("<li>" + words(i) + "</li>")
	}
	x.WriteString("</ul>")
}

func (x *xhtml) table(columns []string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	x.WriteString("<table>")
	if len(columns) > 0 {
		x.WriteString("<thead><tr>")
		for _, c := range columns {
			if c = words(c); c == "" {
				x.WriteString("<td></td>") // a heading has to say something
				continue
			}
			x.WriteString("<th>" + c + "</th>")
		}
		x.WriteString("</tr></thead>")
	}
	x.WriteString("<tbody>")
	for _, row := range rows {
		x.WriteString("<tr>")
		for _, cell := range row {
			x.WriteString("<td>" + words(cell) + "</td>")
		}
		x.WriteString("</tr>")
	}
	x.WriteString("</tbody></table>")
}

func (x *xhtml) block(b care.Block) {
	x.paragraph(b.Text)
	x.list(b.List)
	x.table(b.Columns, b.Rows)
}

// narrative is what was written, or the fallback where that is nothing: a narrative
// must not be empty.
func (x *xhtml) narrative(fallback string) narrative {
	if x.Len() == 0 {
		x.paragraph(fallback)
	}
	return narrative{Status: "generated", Div: `<div xmlns="http://www.w3.org/1999/xhtml">` + x.String() + "</div>"}
}
