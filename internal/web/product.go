package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

// productPage is the form of a product.
type productPage struct {
	id   journal.ID
	form url.Values
	err  error
	// saved is the product as it stands; nil for a new one.
	saved *journal.Product
	// units is how many unit blocks the form shows.
	units int
}

func (v *visit) products() error {
	j, err := v.Read()
	if err != nil {
		return err
	}
	v.Notify()
	return v.Show(http.StatusOK, productsTempl(v, j.Products()))
}

func (v *visit) newProduct() error {
	f := url.Values{"form": {string(journal.LeafPowder)}, "currency": {journal.Or(v.Settings.Currency, "USD")}}
	return v.Show(http.StatusOK, productTempl(v, &productPage{form: f, units: 1}))
}

func (v *visit) productEntry() (journal.Entry, error) {
	e, err := v.entry()
	if err == nil && e.Product() == nil {
		return e, fault.New(fault.NotFound, "web.product_gone")
	}
	return e, err
}

func (v *visit) editProduct() error {
	e, err := v.productEntry()
	if err != nil {
		return err
	}
	return v.Show(http.StatusOK, productTempl(v, &productPage{id: e.ID, form: fillProduct(e.Product()), saved: e.Product(), units: len(e.Product().Units) + 1}))
}

func (v *visit) saveProduct() error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	p := productPage{form: f, units: max(1, len(f["unit_name"]))}
	old := journal.Product{}
	if v.R.PathValue("id") != "" {
		e, err := v.productEntry()
		if err != nil {
			return err
		}
		p.id, p.saved, old = e.ID, e.Product(), *e.Product()
	}
	next, err := readProduct(f)
	next.PutAway = old.PutAway
	if err == nil {
		var saved app.Saved
		if _, saved, err = record.Product(v.Ctx(), v.App, p.id, next); err == nil {
			return v.Done("/products", &kit.Notice{Text: v.T("saved.product", "product", next.Name), Found: saved.Found})
		}
	}
	if fault.Is(err, fault.Locked) || fault.Is(err, fault.NotFound) {
		return err
	}
	p.err = err
	return v.Show(shell.StatusOf(err), productTempl(v, &p))
}

// putAway takes a product off the lists that offer it, or brings it back.
func (v *visit) putAway() error {
	f, err := v.Form()
	if err != nil {
		return err
	}
	e, err := v.productEntry()
	if err != nil {
		return err
	}
	next := *e.Product()
	next.PutAway = f.Get("away") == "1"
	if _, _, err := record.Product(v.Ctx(), v.App, e.ID, next); err != nil {
		return err
	}
	key := "product.brought_back"
	if next.PutAway {
		key = "product.put_away_done"
	}
	return v.Done("/products", &kit.Notice{Text: v.T(key, "product", next.Name)})
}

func (v *visit) deleteProduct() error {
	e, err := v.productEntry()
	if err != nil {
		return err
	}
	if err := record.Delete(v.Ctx(), v.App, e.ID); err != nil {
		return err
	}
	return v.Done("/products", &kit.Notice{Text: v.T("product.deleted", "product", e.Product().Name)})
}

// at is the i-th value of a repeated field.
func at(f url.Values, name string, i int) string {
	if i < len(f[name]) {
		return strings.TrimSpace(f[name][i])
	}
	return ""
}

func decimalAt(f url.Values, name string, i int) (float64, error) {
	n, _, err := kit.Decimal(url.Values{name: {at(f, name, i)}}, name)
	return n, err
}

// readProduct turns the form into a product. A unit block without a name is
// left out.
func readProduct(f url.Values) (journal.Product, error) {
	p := journal.Product{Name: kit.Trimmed(f, "name"), Form: journal.Form(f.Get("form")), Note: kit.Trimmed(f, "note"), Currency: strings.ToUpper(kit.Trimmed(f, "currency"))}
	if p.Name == "" {
		return p, kit.FieldError("name", "web.name_product")
	}
	for _, n := range []struct {
		name string
		dst  *float64
	}{{"units_per_pack", &p.UnitsPerPack}, {"servings_per_pack", &p.ServingsPerPack}, {"price", &p.Price}, {"usual_amount", &p.UsualAmount}} {
		var err error
		if *n.dst, _, err = kit.Decimal(f, n.name); err != nil {
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
		u, err := readUnit(f, i)
		if err != nil {
			return p, err
		}
		if u.Name != "" {
			p.Units = append(p.Units, u)
		}
	}
	return p, nil
}

func readUnit(f url.Values, i int) (journal.Unit, error) {
	u := journal.Unit{Name: at(f, "unit_name", i)}
	var err error
	if u.Grams, err = decimalAt(f, "unit_grams", i); err != nil {
		return u, err
	}
	if u.Servings, err = decimalAt(f, "unit_servings", i); err != nil {
		return u, err
	}
	if u.Mitragynine, err = readContent(f, "mit", i); err != nil {
		return u, err
	}
	u.SevenOH, err = readContent(f, "soh", i)
	return u, err
}

// readContent reads what one unit holds. Without a figure it stays unknown,
// and the domain's published range for the form applies, if there is one.
func readContent(f url.Values, prefix string, i int) (journal.Content, error) {
	c := journal.Content{Basis: journal.Basis(at(f, prefix+"_basis", i)), Source: at(f, prefix+"_source", i)}
	var err error
	if c.Mg, err = decimalAt(f, prefix+"_mg", i); err != nil {
		return c, err
	}
	if c.Low, err = decimalAt(f, prefix+"_low", i); err != nil {
		return c, err
	}
	if c.High, err = decimalAt(f, prefix+"_high", i); err != nil {
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

func fillProduct(p *journal.Product) url.Values {
	f := url.Values{"name": {p.Name}, "form": {string(p.Form)}, "note": {p.Note}, "currency": {p.Currency}, "other_alkaloids": {strings.Join(p.OtherAlkaloids, ", ")}}
	num := func(name string, n float64) {
		s := ""
		if n != 0 {
			s = kit.Number(n)
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
				f.Add(c.prefix+"_mg", kit.Number(c.Mg))
			}
			num(c.prefix+"_low", c.Low)
			num(c.prefix+"_high", c.High)
			f.Add(c.prefix+"_source", c.Source)
		}
	}
	return f
}

// packSentence says servings and pack out loud, where both are known.
func (v *view) packSentence(p *journal.Product) string {
	s := p.ServingsPerUnit()
	if s == 0 || len(p.Units) == 0 {
		return ""
	}
	unit := p.Units[0].Name
	each := v.T("product.unit_servings", "unit", v.Amount(1, unit), "n", two3(s))
	if p.UnitsPerPack == 0 || p.ServingsPerPack == 0 || p.Units[0].Servings > 0 && p.Units[0].Servings != p.ServingsPerPack/p.UnitsPerPack {
		return each
	}
	return v.T("product.pack_servings", "units", v.Amount(p.UnitsPerPack, unit), "servings", v.Amount(p.ServingsPerPack, "serving"), "each", each)
}

// two3 keeps three figures, for a quotient said in a sentence.
func two3(f float64) float64 {
	n, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 3, 64), 64)
	if err != nil {
		return f
	}
	return n
}

// holds says what one of the usual unit holds, with where the figure is from.
func (v *view) holds(p *journal.Product) []string {
	unit := "g"
	if len(p.Units) > 0 {
		unit = p.Units[0].Name
	}
	a := p.Alkaloids(1, unit)
	u, _ := p.Unit(unit)
	var list []string
	for _, x := range []struct {
		name  string
		given journal.Content
		journal.Range
	}{{"mitragynine", u.Mitragynine, a.Mitragynine}, {"seven_oh", u.SevenOH, a.SevenOH}} {
		if !x.Known() || x.name == "seven_oh" && x.High < 0.5 && a.Mitragynine.Known() {
			continue // a trace of 7-OH beside the mitragynine of leaf says nothing
		}
		key := "product.holds." + string(x.Basis)
		if x.Basis == journal.Assumed && x.given.Basis == journal.Unknown {
			key = "product.holds.usual"
		}
		list = append(list, v.T(key, "unit", v.Amount(1, unit), "span", v.Span(x.Range), "alkaloid", v.T("alkaloid."+x.name)))
	}
	if len(list) == 0 {
		list = append(list, v.T("product.holds_unknown"))
	}
	if len(p.OtherAlkaloids) > 0 {
		list = append(list, v.T("product.also", "list", strings.Join(p.OtherAlkaloids, ", ")))
	}
	return list
}

func basisOptions(v *view) []kit.Option {
	return []kit.Option{{Value: "", Label: v.T("basis.unknown")}, {Value: string(journal.Label), Label: v.T("basis.label")}, {Value: string(journal.Laboratory), Label: v.T("basis.laboratory")}, {Value: string(journal.Assumed), Label: v.T("basis.assumed")}}
}

// away splits the list into products in use and products put away.
func away(list []journal.Entry) (use, put []journal.Entry) {
	i := slices.IndexFunc(list, func(e journal.Entry) bool { return e.Product().PutAway })
	if i < 0 {
		return list, nil
	}
	return list[:i], list[i:]
}
