package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/plan"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/journal/number"
	"github.com/evenkeel/evenkeel/taper"
)

// planChangeCommands ask for one change of the plan each.
func (c *commands) planChangeCommands() []*cobra.Command {
	plain := func(use, short, what string) *cobra.Command {
		return c.planChangeCommand(use, short, cobra.NoArgs, func(_ *journal.Journal, a *plan.Asked, _ []string) error {
			a.What = what
			return nil
		})
	}
	var days int
	stretch := c.planChangeCommand("stretch", c.t("cli.plan.stretch.short"), cobra.NoArgs, func(_ *journal.Journal, a *plan.Asked, _ []string) error {
		a.What, a.Days = "stretched", days
		return nil
	})
	stretch.Flags().IntVar(&days, "days", 0, c.t("cli.plan.stretch.days"))

	var seen bool
	jump := c.planChangeCommand("jump", c.t("cli.plan.jump.short"), cobra.ExactArgs(1), func(_ *journal.Journal, a *plan.Asked, args []string) error {
		n, err := number.Parse(args[0], number.StyleOf(c.text.Tag()))
		if err != nil {
			return fault.New(fault.Invalid, "cli.plan.jump.amount")
		}
		a.What, a.Amount, a.Seen = "jumped", n, seen
		return nil
	})
	jump.Use = "jump AMOUNT"
	jump.Flags().BoolVar(&seen, "seen", false, c.t("cli.plan.seen"))
	var seenAgain bool
	replan := c.planChangeCommand("replan", c.t("cli.plan.replan.short"), cobra.NoArgs, func(_ *journal.Journal, a *plan.Asked, _ []string) error {
		a.What, a.Seen = "replanned", seenAgain
		return nil
	})
	replan.Flags().BoolVar(&seenAgain, "seen", false, c.t("cli.plan.seen"))
	return []*cobra.Command{
		plain("pause", c.t("cli.plan.pause.short"), "held"), plain("resume", c.t("cli.plan.resume.short"), "resumed"), plain("gentle", c.t("cli.plan.gentle.short"), "gentle"),
		stretch, jump, replan, c.planSwitchCommand(), plain("end", c.t("cli.plan.end.short"), "ended"),
	}
}

// planSwitchCommand goes on with another product.
func (c *commands) planSwitchCommand() *cobra.Command {
	var s taper.Start
	var day string
	var clinician bool
	cmd := c.planChangeCommand("switch", c.t("cli.plan.switch.short"), cobra.NoArgs, func(j *journal.Journal, a *plan.Asked, _ []string) error {
		to := s
		if e, ok := j.ProductByName(to.ProductName); ok {
			to.Product, to.ProductName = e.ID, e.Product().Name
		}
		if to.ProductName == "" || to.Unit == "" || !(to.Grain > 0) || day == "" {
			return fault.New(fault.Invalid, "cli.plan.switch.needs")
		}
		var err error
		if to.Day, err = taper.ReadDay(day, &to, number.StyleOf(c.text.Tag())); err != nil {
			return plan.Refused(err)
		}
		a.What, a.To, a.Clinician = "switched", &to, clinician
		return nil
	})
	cmd.Long = c.t("way.switch_how") + "\n\n" + c.t("way.switch_known") + "\n\n" + c.t("way.switch_break")
	f := cmd.Flags()
	f.StringVar(&s.ProductName, "product", "", c.t("cli.plan.product"))
	f.StringVar(&s.Unit, "unit", "", c.t("cli.plan.unit"))
	f.Float64Var(&s.Grain, "grain", 0, c.t("cli.plan.grain"))
	f.StringVar(&day, "day", "", c.t("cli.plan.switch.day"))
	f.BoolVar(&clinician, "clinician", false, c.t("cli.plan.switch.clinician"))
	return cmd
}

// planChangeCommand reads what is asked of the plan, asks, and shows the plan.
func (c *commands) planChangeCommand(use, short string, args cobra.PositionalArgs, read func(*journal.Journal, *plan.Asked, []string) error) *cobra.Command {
	return &cobra.Command{Use: use, Short: short, Args: args,
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.write(cmd.Context(), func(a *app.App) error {
				return c.changePlan(cmd.Context(), a, func(j *journal.Journal, asked *plan.Asked) error { return read(j, asked, args) })
			})
		}}
}

func (c *commands) changePlan(ctx context.Context, a *app.App, read func(*journal.Journal, *plan.Asked) error) error {
	j, err := a.Read(ctx)
	if err != nil {
		return err
	}
	var asked plan.Asked
	if err := read(j, &asked); err != nil {
		return err
	}
	now := a.Now(ctx)
	if _, err := plan.Change(ctx, a, j, now, &asked); err != nil {
		return err
	}
	if j, err = a.Read(ctx); err != nil {
		return err
	}
	return c.showPlan(plan.Today(j, now), now)
}

// The answer of `plan lived --json`.
type (
	planLivedAnswer struct {
		// Begins is the plan's first day; null where no forecast came with it.
		Begins *journal.Date  `json:"begins"`
		Days   []planLivedDay `json:"days"`
		Within int            `json:"within"`
		Above  int            `json:"above"`
		Below  int            `json:"below"`
		// Changed is the first day of another plan than the one it was shown for.
		Changed journal.Date `json:"changed,omitempty"`
		Says    []string     `json:"says"`
	}
	planLivedDay struct {
		Day    journal.Date `json:"day"`
		Low    float64      `json:"low"`
		Median float64      `json:"median"`
		High   float64      `json:"high"`
		Lived  float64      `json:"lived"`
		N      int          `json:"check_ins"`
		In     bool         `json:"within"`
	}
)

func (c *commands) planLivedCommand() *cobra.Command {
	return &cobra.Command{Use: "lived", Short: c.t("cli.plan.lived.short"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.look(cmd.Context(), func(a *app.App) error {
				j, err := a.Read(cmd.Context())
				if err != nil {
					return err
				}
				now := a.Now(cmd.Context())
				return c.showLived(plan.BesideOf(j, journal.DateOf(now)), now)
			})
		}}
}

func (c *commands) showLived(b *plan.Beside, now time.Time) error {
	out := planLivedAnswer{Days: []planLivedDay{}, Says: []string{c.t("way.beside.no")}}
	if b != nil {
		out.Begins, out.Within, out.Above, out.Below, out.Changed, out.Says = &b.Begins, b.Within, b.Above, b.Below, b.Changed, nil
		for _, p := range plan.SayBeside(b) {
			out.Says = append(out.Says, c.text.Phrase(p, now))
		}
		for _, d := range b.Days {
			out.Days = append(out.Days, planLivedDay{d.Day, d.Band.Low80, d.Band.Median, d.Band.High80, d.Mean, d.N, d.In})
		}
	}
	if c.json {
		return c.printJSON(out)
	}
	for _, s := range out.Says {
		if err := c.print(s); err != nil {
			return err
		}
	}
	for _, d := range out.Days {
		if err := c.print("  " + c.text.DateShort(d.Day) + ": " + c.t("way.of_10", "low", d.Low, "high", d.High) + "; " + c.t("way.beside.lived_of", "mean", d.Lived)); err != nil {
			return err
		}
	}
	return nil
}
