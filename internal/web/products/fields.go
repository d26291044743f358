package products

import (
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/journal/number"
	"net/url"
	"strings"
)

// at is the i-th value of a repeated field.
func at(f url.Values, name string, i int) string {
	if i < len(f[name]) {
		return strings.TrimSpace(f[name][i])
	}
	return ""
}

func decimalAt(style number.Style, f url.Values, name string, i int) (float64, error) {
	n, _, err := kit.Decimal(style, url.Values{name: {at(f, name, i)}}, name)
	return n, err
}

// readProduct turns the form into a product. A unit block without a name is
// left out.
func readProduct(style number.Style, f url.Values) (journal.Product, error) {
	p := journal.Product{Name: kit.Trimmed(f, "name"), Form: journal.Form(f.Get("form")), Note: kit.Trimmed(f, "note"), Currency: strings.ToUpper(kit.Trimmed(f, "currency"))}
	if p.Name == "" {
		return p, kit.FieldError("name", "web.name_product")
	}
	for _, n := range []struct {
		name string
		dst  *float64
	}{{"units_per_pack", &p.UnitsPerPack}, {"servings_per_pack", &p.ServingsPerPack}, {"price", &p.Price}, {"usual_amount", &p.UsualAmount}} {
		var err error
		if *n.dst, _, err = kit.Decimal(style, f, n.name); err != nil {
			return p, err
		}
	}
	if p.Price == 0 {
		p.Currency = ""
	}
	for s := range strings.SplitSeq(f.Get("other_alkaloids"), ",") {
		if s = strings.TrimSpace(s); s != "" {
			p.OtherAlkaloids = append(p.OtherAlkaloids, s)
		}
	}
	for i := range f["unit_name"] {
		u, err := readUnit(style, f, i)
		if err != nil {
			return p, err
		}
		if u.Name != "" {
			p.Units = append(p.Units, u)
		}
	}
	return p, nil
}

func readUnit(style number.Style, f url.Values, i int) (journal.Unit, error) {
	u := journal.Unit{Name: at(f, "unit_name", i)}
	var err error
	if u.Grams, err = decimalAt(style, f, "unit_grams", i); err != nil {
		return u, err
	}
	if u.Servings, err = decimalAt(style, f, "unit_servings", i); err != nil {
		return u, err
	}
	if u.Mitragynine, err = readContent(style, f, "mit", i); err != nil {
		return u, err
	}
	u.SevenOH, err = readContent(style, f, "soh", i)
	return u, err
}

// readContent reads what one unit holds. Without a figure it stays unknown,
// and the domain's published range for the form applies, if there is one.
func readContent(style number.Style, f url.Values, prefix string, i int) (journal.Content, error) {
	c := journal.Content{Basis: journal.Basis(at(f, prefix+"_basis", i)), Source: at(f, prefix+"_source", i)}
	var err error
	if c.Mg, err = decimalAt(style, f, prefix+"_mg", i); err != nil {
		return c, err
	}
	if c.Low, err = decimalAt(style, f, prefix+"_low", i); err != nil {
		return c, err
	}
	if c.High, err = decimalAt(style, f, prefix+"_high", i); err != nil {
		return c, err
	}
	if c.Basis == journal.Unknown && at(f, prefix+"_mg", i) != "" {
		return c, kit.FieldError(prefix+"_basis", "web.say_basis")
	}
	if c.Basis != journal.Unknown && at(f, prefix+"_mg", i) == "" {
		return c, kit.FieldError(prefix+"_mg", "web.say_mg")
	}
	return c, nil
}

func fillProduct(style number.Style, p *journal.Product) url.Values {
	f := url.Values{"name": {p.Name}, "form": {string(p.Form)}, "note": {p.Note}, "currency": {p.Currency}, "other_alkaloids": {strings.Join(p.OtherAlkaloids, ", ")}}
	num := func(name string, n float64) {
		s := ""
		if n != 0 {
			s = kit.Written(style, n)
		}
		f.Add(name, s)
	}
	num("units_per_pack", p.UnitsPerPack)
	num("servings_per_pack", p.ServingsPerPack)
	num("price", p.Price)
	num("usual_amount", p.UsualAmount)
	for _, u := range p.Units {
		f.Add("unit_name", u.Name)
		num("unit_grams", u.Grams)
		num("unit_servings", u.Servings)
		for _, c := range []struct {
			prefix string
			journal.Content
		}{{"mit", u.Mitragynine}, {"soh", u.SevenOH}} {
			f.Add(c.prefix+"_basis", string(c.Basis))
			if c.Basis == journal.Unknown {
				f.Add(c.prefix+"_mg", "")
			} else {
				f.Add(c.prefix+"_mg", kit.Written(style, c.Mg))
			}
			num(c.prefix+"_low", c.Low)
			num(c.prefix+"_high", c.High)
			f.Add(c.prefix+"_source", c.Source)
		}
	}
	return f
}
