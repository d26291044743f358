package print

import (
	"io"
	"strconv"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"

	"github.com/evenkeel/evenkeel/internal/app/summary"
)

// Sides is how many pages a sheet has at most: one leaf of paper.
const Sides = 2

// sizes are the letter sizes that are tried, in points, until the sheet fits on
// its two sides.
var sizes = []float64{10, 9.5, 9, 8.5, 8, 7.5, 7}

const (
	margin = 14.0 // mm
	family = "sheet"
	ptToMM = 25.4 / 72
	// pages stands for the number of pages until that is known.
	pages = "{pages}"
)

// PDF writes a sheet as a PDF of at most Sides pages: text that can be searched
// and read out, in the order of the page, with a bookmark for each section, its
// language and a neutral title.
func PDF(w io.Writer, d *summary.Document) error {
	var p *page
	for _, size := range sizes {
		if p = draw(d, size); p.Err() || p.PageCount() <= Sides {
			break
		}
	}
	return p.Output(w)
}

// page is a PDF in the making.
type page struct {
	*fpdf.Fpdf
	size  float64 // of letters, pt
	width float64 // between the margins, mm
}

func draw(d *summary.Document, size float64) *page {
	paper := "A4"
	if d.Letter {
		paper = "Letter"
	}
	p := &page{Fpdf: fpdf.New("P", "mm", paper, ""), size: size}
	p.SetTitle(d.Title, true)
	p.SetLang(d.Lang)
	p.SetProducer("Evenkeel", true)
	p.SetCreator("Evenkeel", true)
	p.SetCreationDate(d.Made)
	p.SetModificationDate(d.Made)
	p.SetCatalogSort(true)
	p.AliasNbPages(pages)
	p.AddUTF8FontFromBytes(family, "", goregular.TTF)
	p.AddUTF8FontFromBytes(family, "B", gobold.TTF)
	p.SetMargins(margin, margin, margin)
	p.SetCellMargin(0)
	p.SetAutoPageBreak(true, margin)
	full, _ := p.GetPageSize()
	p.width = full - 2*margin
	p.SetDrawColor(170, 170, 170)
	p.SetLineWidth(0.15)
	p.SetFooterFunc(func() {
		p.SetY(-margin + 3)
		p.font("", 0.8)
		p.CellFormat(p.width, p.line(0.8), strconv.Itoa(p.PageNo())+" / "+pages, "", 0, "R", false, 0, "")
	})
	p.AddPage()
	p.font("B", 1.5)
	p.words(d.Title, 1.5)
	for _, s := range d.Intro {
		p.paragraph(s, 1)
	}
	for _, s := range d.Sections {
		p.section(s)
	}
	p.Ln(p.line(0.5))
	p.paragraph(d.Foot, 0.9)
	return p
}

// font chooses letters of a style ("" or "B"), at a share of the page's size.
func (p *page) font(style string, share float64) { p.SetFont(family, style, p.size*share) }

// line is the height of a line of letters at a share of the page's size, mm.
func (p *page) line(share float64) float64 { return p.size * share * 1.25 * ptToMM }

// words writes text in the present font over the width of the page.
func (p *page) words(s string, share float64) {
	p.MultiCell(p.width, p.line(share), shown(s), "", "L", false)
}

func (p *page) paragraph(s string, share float64) {
	p.font("", share)
	p.words(s, share)
}

func (p *page) section(s summary.Section) {
	p.Ln(p.line(0.55))
	// A heading stays with the first lines below it.
	p.keep(p.line(1.2) + 3*p.line(1))
	p.Bookmark(shown(s.Title), 0, -1)
	p.font("B", 1.2)
	p.words(s.Title, 1.2)
	for _, b := range s.Blocks {
		switch {
		case b.Text != "":
			p.paragraph(b.Text, 0.92)
		case b.List != nil:
			p.list(b.List)
		case b.Table != nil:
			p.table(b.Table)
		}
	}
}

// keep begins a new page when less than so much is left of this one, in mm.
func (p *page) keep(height float64) {
	_, full := p.GetPageSize()
	if p.GetY()+height > full-margin {
		p.AddPage()
	}
}

func (p *page) list(items []string) {
	for _, item := range items {
		p.font("", 1)
		p.SetX(margin + 1)
		p.CellFormat(3, p.line(1), "•", "", 0, "L", false, 0, "")
		p.MultiCell(p.width-4, p.line(1), shown(item), "", "L", false)
	}
}
