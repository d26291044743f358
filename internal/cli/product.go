package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

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
	o.flags(c, cmd.Flags())
	return cmd
}

func (c *commands) productEditCommand() *cobra.Command {
	var o productOptions
	var name string
	cmd := &cobra.Command{
		Use: "edit NAME", Short: c.t("cli.product.edit.short"), Args: cobra.MinimumNArgs(1),
		Long: c.t("cli.product.edit.long"),
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
	o.flags(c, cmd.Flags())
	cmd.Flags().StringVar(&name, "name", "", c.t("cli.flag.name"))
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
