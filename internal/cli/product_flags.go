package cli

import (
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/journal"
)

// productOptions are the flags that describe a product.
type productOptions struct {
	form, unit             string
	grams, servings        float64
	mitragynine, sevenOH   contentOptions
	unitsPerPack           float64
	servingsPerPack, price float64
	currency, note         string
	usual                  float64
	others                 []string
}

type contentOptions struct {
	mg, low, high float64
	basis, source string
}

func (o *productOptions) flags(c *commands, f *pflag.FlagSet) {
	f.StringVar(&o.form, "form", "", c.t("cli.flag.form", "list", words(journal.Forms)))
	f.StringVar(&o.unit, "unit", "", c.t("cli.flag.unit"))
	f.Float64Var(&o.grams, "grams", 0, c.t("cli.flag.grams"))
	f.Float64Var(&o.servings, "servings", 0, c.t("cli.flag.servings"))
	o.mitragynine.flags(c, f, "mitragynine", c.t("alkaloid.mitragynine"))
	o.sevenOH.flags(c, f, "seven-oh", "7-OH")
	f.Float64Var(&o.unitsPerPack, "units-per-pack", 0, c.t("cli.flag.units_per_pack"))
	f.Float64Var(&o.servingsPerPack, "servings-per-pack", 0, c.t("cli.flag.servings_per_pack"))
	f.Float64Var(&o.price, "price", 0, c.t("cli.flag.price"))
	f.StringVar(&o.currency, "currency", "", c.t("cli.flag.currency"))
	f.Float64Var(&o.usual, "usual", 0, c.t("cli.flag.usual"))
	f.StringArrayVar(&o.others, "other-alkaloid", nil, c.t("cli.flag.other_alkaloid"))
	f.StringVar(&o.note, "note", "", c.t("cli.flag.note"))
}

func (o *contentOptions) flags(c *commands, f *pflag.FlagSet, flag, what string) {
	f.Float64Var(&o.mg, flag, 0, c.t("cli.flag.mg", "what", what))
	f.StringVar(&o.basis, flag+"-basis", "label", c.t("cli.flag.basis"))
	f.Float64Var(&o.low, flag+"-low", 0, c.t("cli.flag.low"))
	f.Float64Var(&o.high, flag+"-high", 0, c.t("cli.flag.high"))
	f.StringVar(&o.source, flag+"-source", "", c.t("cli.flag.source"))
}

// lay puts what the flags name over a product.
func (o *productOptions) lay(p *journal.Product, f *pflag.FlagSet) error {
	changed := func(flags ...string) bool { return slices.ContainsFunc(flags, f.Changed) }
	if changed("form") {
		p.Form = journal.Form(o.form)
		if !slices.Contains(journal.Forms, p.Form) {
			return usage("cli.product.no_such_form", "form", o.form, "list", words(journal.Forms))
		}
	}
	for _, x := range []struct {
		flag string
		to   *float64
		v    float64
	}{{"units-per-pack", &p.UnitsPerPack, o.unitsPerPack}, {"servings-per-pack", &p.ServingsPerPack, o.servingsPerPack}, {"price", &p.Price, o.price}, {"usual", &p.UsualAmount, o.usual}} {
		if changed(x.flag) {
			*x.to = x.v
		}
	}
	if changed("currency") {
		p.Currency = strings.ToUpper(o.currency)
	}
	if p.Price > 0 && p.Currency == "" {
		p.Currency = record.DefaultCurrency
	}
	if changed("note") {
		p.Note = o.note
	}
	if changed("other-alkaloid") {
		p.OtherAlkaloids = o.others
	}
	about := []string{"unit", "grams", "servings"}
	for _, x := range []string{"mitragynine", "seven-oh"} {
		about = append(about, x, x+"-basis", x+"-low", x+"-high", x+"-source")
	}
	if !changed(about...) {
		return nil
	}
	u, err := unitOf(p, o.unit)
	if err != nil {
		return err
	}
	if changed("grams") {
		u.Grams = o.grams
	}
	if changed("servings") {
		u.Servings = o.servings
	}
	if err := o.mitragynine.lay(&u.Mitragynine, f, "mitragynine"); err != nil {
		return err
	}
	return o.sevenOH.lay(&u.SevenOH, f, "seven-oh")
}

// usualUnits are what a kind of product is counted in when the person does
// not say.
var usualUnits = map[journal.Form]string{
	journal.LeafPowder: "g", journal.Capsule: "capsule", journal.Tea: "g", journal.ExtractLiquid: "mL",
	journal.ExtractTablet: "tablet", journal.SevenOH: "tablet", journal.Drink: "serving",
}

// unitOf finds the unit to describe, or adds it.
func unitOf(p *journal.Product, name string) (*journal.Unit, error) {
	if name == "" {
		if len(p.Units) > 0 {
			return &p.Units[0], nil
		}
		if name = usualUnits[p.Form]; name == "" {
			return nil, usage("cli.product.say_unit")
		}
	}
	for i := range p.Units {
		if strings.EqualFold(p.Units[i].Name, name) {
			return &p.Units[i], nil
		}
	}
	u := journal.Unit{Name: name}
	if name == "g" {
		u.Grams = 1
	}
	p.Units = append(p.Units, u)
	return &p.Units[len(p.Units)-1], nil
}

func (o *contentOptions) lay(content *journal.Content, f *pflag.FlagSet, flag string) error {
	figure := f.Changed(flag)
	if figure || f.Changed(flag+"-basis") {
		switch b := journal.Basis(o.basis); b {
		case journal.Label, journal.Laboratory, journal.Assumed:
			content.Basis = b
		case "unknown":
			*content = journal.Content{}
			return nil
		default:
			return usage("cli.product.no_such_basis", "basis", o.basis)
		}
	}
	if figure {
		content.Mg, content.Low, content.High = o.mg, 0, 0
	}
	if f.Changed(flag+"-low") || f.Changed(flag+"-high") {
		content.Low, content.High = o.low, o.high
	}
	if f.Changed(flag + "-source") {
		content.Source = o.source
	}
	if content.Basis == journal.Unknown && *content != (journal.Content{}) {
		return usage("cli.product.say_mg", "flag", flag)
	}
	return nil
}
