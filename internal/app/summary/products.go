package summary

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/evenkeel/evenkeel/journal"
)

// Product is something that was taken in the last 90 days.
type Product struct {
	Name string       `json:"name"`
	Form journal.Form `json:"form,omitempty"`
	// Doses of the last 90 days, today among them.
	Doses int `json:"doses"`
	// Label and Tested are mg in one unit, as the label and a laboratory say.
	Label  []Strength `json:"label,omitempty"`
	Tested []Strength `json:"tested,omitempty"`
	// Others are alkaloids that the label names without an amount.
	Others []string `json:"other_alkaloids,omitempty"`
}

// Strength is how much of an alkaloid one unit holds.
type Strength struct {
	Alkaloid string  `json:"alkaloid"` // mitragynine, seven_oh
	Mg       float64 `json:"mg"`
	Unit     string  `json:"unit"`
}

const (
	mostProducts = 6
	// nameWidth is how many characters of a name or a unit the sheet shows.
	nameWidth = 40
)

// clip shortens a text of the person's to what the sheet has room for, on one
// line, without signs that move a cursor or turn its direction.
func clip(s string, n int) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return ' '
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > n {
		return strings.TrimSpace(string(r[:n-1])) + "…"
	}
	return s
}

// nameOf is the present name of what a dose was of.
func (l *look) nameOf(d *journal.Dose) string {
	name := d.ProductName
	if p, ok := l.j.Product(d.Product); ok {
		name = p.Name
	}
	if name == "" {
		return l.T("summary.no_name")
	}
	return clip(name, nameWidth)
}

func products(l *look) (any, []Block) {
	list := l.productsTaken()
	if len(list) == 0 {
		return list, []Block{{Text: l.T("summary.no_products", "n", long)}}
	}
	t := &Table{Columns: []string{l.T("summary.product"), l.T("summary.form"), l.T("summary.label"), l.T("summary.tested"), l.T("summary.doses_in", "n", long)}}
	for _, p := range list[:min(len(list), mostProducts)] {
		form := l.T("summary.not_known")
		if p.Form != "" {
			form = l.T("form." + string(p.Form))
		}
		t.Rows = append(t.Rows, []string{p.Name, form, l.strengths(p.Label, p.Others), l.strengths(p.Tested, nil), l.Number(float64(p.Doses))})
	}
	blocks := []Block{{Table: t}}
	if n := len(list) - mostProducts; n > 0 {
		blocks = append(blocks, Block{Text: l.T("summary.more_products", "n", n)})
	}
	return list, append(blocks, Block{Text: l.T("summary.products_note")})
}

func (l *look) productsTaken() []Product {
	list := []Product{}
	index := map[string]int{}
	for _, e := range l.recent(long) {
		d := e.Dose()
		if d == nil {
			continue
		}
		name := l.nameOf(d)
		i, ok := index[name]
		if !ok {
			i = len(list)
			index[name] = i
			list = append(list, Product{Name: name})
			if p, known := l.j.Product(d.Product); known {
				list[i].describe(p)
			}
		}
		list[i].Doses++
	}
	slices.SortStableFunc(list, func(a, b Product) int { return cmp.Compare(b.Doses, a.Doses) })
	return list
}

// describe takes over what the person wrote of a product.
func (p *Product) describe(from *journal.Product) {
	p.Form = from.Form
	for _, o := range from.OtherAlkaloids {
		p.Others = append(p.Others, clip(o, nameWidth))
	}
	for _, u := range from.Units[:min(len(from.Units), 2)] {
		for _, c := range []struct {
			alkaloid string
			journal.Content
		}{{"mitragynine", u.Mitragynine}, {"seven_oh", u.SevenOH}} {
			s := Strength{c.alkaloid, c.Mg, clip(u.Name, nameWidth)}
			switch c.Basis {
			case journal.Label:
				p.Label = append(p.Label, s)
			case journal.Laboratory:
				p.Tested = append(p.Tested, s)
			}
		}
	}
}

// strengths says them, and what else a label names.
func (l *look) strengths(list []Strength, others []string) string {
	var said []string
	for _, s := range list {
		said = append(said, l.T("summary.strength", "mg", s.Mg, "alkaloid", l.T("alkaloid."+s.Alkaloid), "unit", l.Amount(1, s.Unit)))
	}
	if len(others) > 0 {
		said = append(said, l.T("summary.names_too", "list", strings.Join(others[:min(len(others), 3)], ", ")))
	}
	if len(said) == 0 {
		return l.T("summary.not_known")
	}
	return strings.Join(said, "; ")
}
