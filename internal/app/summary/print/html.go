// Package print puts a summary on a page: as HTML, as PDF, as plain text.
package print

import (
	_ "embed"
	"html"
	"io"
	"strings"

	"github.com/evenkeel/evenkeel/internal/app/summary"
)

// sheetCSS is the look of a sheet that stands alone; the pages of the app have
// the same classes in their own style.
//
//go:embed sheet.css
var sheetCSS string

// HTML writes a sheet as a file that stands alone: no script, nothing from
// elsewhere, made for paper.
func HTML(w io.Writer, d *summary.Document) error {
	paper := "A4"
	if d.Letter {
		paper = "letter"
	}
	var b strings.Builder
	b.WriteString("<!DOCTYPE html>\n<html lang=\"" + html.EscapeString(d.Lang) + "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>" +
		html.EscapeString(d.Title) + "</title><style>@page { size: " + paper + " }\n" + sheetCSS + "</style></head><body><main class=\"sheet-page\">\n")
	b.WriteString("<h1>" + html.EscapeString(d.Title) + "</h1>\n")
	b.WriteString(Fragment(d, 2))
	b.WriteString("</main></body></html>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// Fragment is what stands below the title, for a page that has a frame of its
// own. Sections have headings of the given level.
func Fragment(d *summary.Document, level int) string {
	var b strings.Builder
	for _, s := range d.Intro {
		b.WriteString("<p>" + html.EscapeString(s) + "</p>\n")
	}
	h := "h" + string(rune('0'+level))
	for _, s := range d.Sections {
		id := "sheet-" + s.Name
		b.WriteString("<section aria-labelledby=\"" + id + "\"><" + h + " id=\"" + id + "\">" + html.EscapeString(s.Title) + "</" + h + ">\n")
		for _, x := range s.Blocks {
			block(&b, x, s.Title)
		}
		b.WriteString("</section>\n")
	}
	b.WriteString("<p class=\"sheet-foot\">" + html.EscapeString(d.Foot) + "</p>\n")
	return b.String()
}

func block(b *strings.Builder, x summary.Block, title string) {
	if x.Text != "" {
		b.WriteString("<p class=\"sheet-note\">" + html.EscapeString(x.Text) + "</p>\n")
	}
	if x.List != nil {
		b.WriteString("<ul>")
		for _, item := range x.List {
			b.WriteString("<li>" + html.EscapeString(item) + "</li>")
		}
		b.WriteString("</ul>\n")
	}
	if x.Table == nil {
		return
	}
	// Narrow screens scroll the table, not the page; who has no mouse gets there
	// by the keyboard.
	b.WriteString("<div class=\"sheet-table\" tabindex=\"0\" role=\"group\" aria-label=\"" + html.EscapeString(title) + "\"><table><thead><tr>")
	for i, c := range x.Table.Columns {
		if i == 0 && c == "" {
			b.WriteString("<td></td>")
			continue
		}
		b.WriteString("<th scope=\"col\">" + html.EscapeString(c) + "</th>")
	}
	b.WriteString("</tr></thead><tbody>\n")
	for _, row := range x.Table.Rows {
		b.WriteString("<tr>")
		for i, c := range row {
			if i == 0 {
				b.WriteString("<th scope=\"row\">" + html.EscapeString(c) + "</th>")
			} else {
				b.WriteString("<td>" + html.EscapeString(c) + "</td>")
			}
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</tbody></table></div>\n")
}
