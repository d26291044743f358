package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
)

// productAnswer is a product as the export has it, with its id.
type productAnswer struct {
	ID journal.ID `json:"id"`
	*journal.Product
}

func (c *commands) productCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "product",
		Short: c.t("cli.product.short"),
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return c.listProducts(cmd.Context()) },
	}
	cmd.AddCommand(
		&cobra.Command{Use: "list", Short: c.t("cli.product.list.short"), Args: cobra.NoArgs, RunE: cmd.RunE},
		c.productAddCommand(),
		c.productEditCommand(),
		&cobra.Command{Use: "show NAME", Short: c.t("cli.product.show.short"), Args: cobra.MinimumNArgs(1),
			RunE: func(cmd *cobra.Command, args []string) error {
				return c.withProduct(cmd.Context(), args, func(_ *app.App, e journal.Entry) error { return c.sayProduct(e) })
			}},
		c.awayCommand("away", c.t("cli.product.away.short"), true),
		c.awayCommand("back", c.t("cli.product.back.short"), false),
	)
	return cmd
}

func (c *commands) listProducts(ctx context.Context) error {
	return c.look(ctx, func(a *app.App) error {
		j, err := a.Read(ctx)
		if err != nil {
			return err
		}
		list := j.Products()
		if c.json {
			answer := struct {
				Products []productAnswer `json:"products"`
			}{[]productAnswer{}}
			for _, e := range list {
				answer.Products = append(answer.Products, productAnswer{e.ID, e.Product()})
			}
			return c.printJSON(answer)
		}
		if len(list) == 0 {
			return c.say("cli.product.none")
		}
		for _, e := range list {
			key := "cli.product.row"
			if e.Product().PutAway {
				key = "cli.product.row_away"
			}
			if err := c.say(key, "id", short(e.ID), "name", oneLine(e.Product().Name), "form", c.t("form."+string(e.Product().Form))); err != nil {
				return err
			}
		}
		return nil
	})
}

// withProduct finds a product by name, by id or by the first digits of it.
func (c *commands) withProduct(ctx context.Context, args []string, f func(*app.App, journal.Entry) error) error {
	name := strings.TrimSpace(strings.Join(args, " "))
	return c.look(ctx, func(a *app.App) error {
		j, err := a.Read(ctx)
		if err != nil {
			return err
		}
		list := j.Products()
		i := slices.IndexFunc(list, func(e journal.Entry) bool { return strings.EqualFold(e.Product().Name, name) })
		if i < 0 && len(name) >= 4 {
			i = slices.IndexFunc(list, func(e journal.Entry) bool { return strings.HasPrefix(e.ID.String(), strings.ToLower(name)) })
		}
		if i < 0 {
			return fault.New(fault.NotFound, "cli.product.unknown")
		}
		return f(a, list[i])
	})
}

func (c *commands) awayCommand(name, about string, away bool) *cobra.Command {
	return &cobra.Command{Use: name + " NAME", Short: about, Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			return c.withProduct(ctx, args, func(a *app.App, e journal.Entry) error {
				p := *e.Product()
				p.PutAway = away
				return c.saveProduct(ctx, a, e.ID, p)
			})
		}}
}

func (c *commands) productAddCommand() *cobra.Command {
	var o productOptions
	cmd := &cobra.Command{
		Use: "add NAME", Short: c.t("cli.product.add.short"), Args: cobra.MinimumNArgs(1),
		Example: `  evenkeel product add "green leaf" --form leaf_powder
  evenkeel product add "blue tablet" --form seven_oh --unit tablet --seven-oh 15 --servings 4 --units-per-pack 5`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.form == "" {
				return usage("cli.product.say_form", "list", words(journal.Forms))
			}
			p := journal.Product{Name: strings.TrimSpace(strings.Join(args, " "))}
			if err := o.lay(&p, cmd.Flags()); err != nil {
				return err
			}
			return c.write(cmd.Context(), func(a *app.App) error { return c.saveProduct(cmd.Context(), a, journal.ID{}, p) })
		},
	}
	o.flags(cmd.Flags())
	return cmd
}

func (c *commands) productEditCommand() *cobra.Command {
	var o productOptions
	var name string
	cmd := &cobra.Command{
		Use: "edit NAME", Short: c.t("cli.product.edit.short"), Args: cobra.MinimumNArgs(1),
		Long: `Changes what the flags name and leaves the rest. The flags about a unit change
the unit that --unit names, or add it; without --unit, the usual one.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			return c.withProduct(ctx, args, func(a *app.App, e journal.Entry) error {
				p := *e.Product()
				p.Units = slices.Clone(p.Units)
				if name != "" {
					p.Name = name
				}
				if err := o.lay(&p, cmd.Flags()); err != nil {
					return err
				}
				return c.saveProduct(ctx, a, e.ID, p)
			})
		},
	}
	o.flags(cmd.Flags())
	cmd.Flags().StringVar(&name, "name", "", "a new `name`")
	return cmd
}

func (c *commands) saveProduct(ctx context.Context, a *app.App, id journal.ID, p journal.Product) error {
	id, saved, err := record.Product(ctx, a, id, p)
	c.answerDanger(c.choices(ctx, a), saved.Found)
	if err != nil {
		return err
	}
	j, err := a.Read(ctx)
	if err != nil {
		return err
	}
	e, ok := j.Entry(id)
	if !ok {
		return app.Gone()
	}
	return c.sayProduct(e)
}

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

func (o *productOptions) flags(f *pflag.FlagSet) {
	f.StringVar(&o.form, "form", "", "what `kind` of product: "+words(journal.Forms))
	f.StringVar(&o.unit, "unit", "", "the `unit` you count it in, in your words: g, capsule, \"blue tablet\"")
	f.Float64Var(&o.grams, "grams", 0, "`grams` of product in one unit")
	f.Float64Var(&o.servings, "servings", 0, "label `servings` in one unit")
	o.mitragynine.flags(f, "mitragynine", "mitragynine")
	o.sevenOH.flags(f, "seven-oh", "7-OH")
	f.Float64Var(&o.unitsPerPack, "units-per-pack", 0, "`number` of the usual unit in one package")
	f.Float64Var(&o.servingsPerPack, "servings-per-pack", 0, "label `servings` in one package")
	f.Float64Var(&o.price, "price", 0, "`price` of one package")
	f.StringVar(&o.currency, "currency", "", "currency of the price, such as `USD`")
	f.Float64Var(&o.usual, "usual", 0, "usual `amount` of the usual unit, for logging it with one tap")
	f.StringArrayVar(&o.others, "other-alkaloid", nil, "another `alkaloid` that the label names; may be repeated")
	f.StringVar(&o.note, "note", "", "your own `words` about it")
}

func (o *contentOptions) flags(f *pflag.FlagSet, flag, what string) {
	f.Float64Var(&o.mg, flag, 0, "`mg` of "+what+" in one unit")
	f.StringVar(&o.basis, flag+"-basis", "label", "where that figure is from: `label`, laboratory, assumed, or unknown")
	f.Float64Var(&o.low, flag+"-low", 0, "the lowest `mg` it may be")
	f.Float64Var(&o.high, flag+"-high", 0, "the highest `mg` it may be")
	f.StringVar(&o.source, flag+"-source", "", "where you `read` it")
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

func (c *commands) sayProduct(e journal.Entry) error {
	p := e.Product()
	if c.json {
		return c.printJSON(productAnswer{e.ID, p})
	}
	lines := []string{c.t("cli.product.head", "name", oneLine(p.Name), "form", c.t("form."+string(p.Form)), "id", short(e.ID))}
	add := func(line string) { lines = append(lines, "  "+line) }
	if p.PutAway {
		add(c.t("cli.product.put_away"))
	}
	for _, u := range p.Units {
		held := p.Alkaloids(1, u.Name)
		unit := c.amount(1, u.Name)
		if u.Grams > 0 && u.Name != "g" {
			unit = c.t("cli.product.weighs", "unit", unit, "grams", u.Grams)
		}
		if u.Servings > 0 {
			unit = c.t("cli.product.label_servings", "unit", unit, "n", u.Servings)
		}
		add(c.t("cli.product.unit", "unit", unit, "mitragynine", c.content(held.Mitragynine), "seven_oh", c.content(held.SevenOH)))
	}
	if p.UnitsPerPack > 0 && len(p.Units) > 0 {
		add(c.t("cli.product.pack", "amount", c.amount(p.UnitsPerPack, p.Units[0].Name)))
	}
	if p.ServingsPerPack > 0 {
		add(c.t("cli.product.pack_servings", "n", p.ServingsPerPack))
	}
	if p.Price > 0 {
		add(c.t("cli.product.price", "money", c.text.Money(p.Price, p.Currency)))
	}
	if p.UsualAmount > 0 && len(p.Units) > 0 {
		add(c.t("cli.product.usual", "amount", c.amount(p.UsualAmount, p.Units[0].Name)))
	}
	if len(p.OtherAlkaloids) > 0 {
		add(c.t("cli.product.others", "list", oneLine(strings.Join(p.OtherAlkaloids, ", "))))
	}
	if p.Note != "" {
		add(oneLine(p.Note))
	}
	return c.print(strings.Join(lines, "\n"))
}

// content is an estimate with what it rests on.
func (c *commands) content(r journal.Range) string {
	if !r.Known() {
		return c.milligrams(r)
	}
	return c.t("cli.product.content", "mg", c.milligrams(r), "basis", c.t("basis."+string(r.Basis)))
}
