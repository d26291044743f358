package cli

import (
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/internal/app/plan"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/taper"
)

// planNowAnswer is the answer of `plan show --json`; plan is null without one,
// and no amount is said beside a flag.
type planNowAnswer struct {
	Plan  *journal.Plan `json:"plan"`
	Flags []taper.Flag  `json:"flags"`
	Begun bool          `json:"begun"`
	// Planned, Taken, Left and Over are of today, in the plan's unit; Known is
	// false while nothing is written of it; Other counts doses that Taken cannot.
	Known   bool     `json:"known"`
	Other   int      `json:"other"`
	Planned float64  `json:"planned"`
	Taken   float64  `json:"taken"`
	Left    float64  `json:"left"`
	Over    float64  `json:"over"`
	Days    int      `json:"days_known"`
	AtPlan  int      `json:"days_at_or_under"`
	Says    []string `json:"says"`
}

func (c *commands) planShowCommand() *cobra.Command {
	return &cobra.Command{Use: "show", Short: c.t("cli.plan.show.short"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.look(cmd.Context(), func(a *app.App) error {
				j, err := a.Read(cmd.Context())
				if err != nil {
					return err
				}
				now := a.Now(cmd.Context())
				return c.showPlan(plan.Today(j, now), now)
			})
		}}
}

func (c *commands) showPlan(n *plan.Now, now time.Time) error {
	if n == nil {
		if c.json {
			return c.printJSON(planNowAnswer{Flags: []taper.Flag{}, Says: []string{c.t("way.none")}})
		}
		return c.print(c.t("way.none"))
	}
	var says []string
	for _, p := range slices.Concat(plan.SayNow(n), plan.SayProgress(n), plan.SayHard(n)) {
		says = append(says, c.text.Phrase(p, now))
	}
	if n.Slow {
		says = append(says, c.t("way.slow"))
	}
	if !c.json {
		return c.print(strings.Join(says, "\n"))
	}
	if len(n.Flags) > 0 {
		return c.printJSON(planNowAnswer{Flags: n.Flags, Begun: n.Begun, Says: says})
	}
	return c.printJSON(planNowAnswer{Plan: n.Plan, Flags: []taper.Flag{}, Begun: n.Begun, Known: n.Day.Known, Planned: n.Planned, Taken: n.Taken, Left: n.Left, Over: n.Day.Over,
		Other: n.Day.Other, Days: n.Progress.Known, AtPlan: n.AtOrUnder, Says: says})
}

// planChangeCommand asks for one change of the plan.
func (c *commands) planChangeCommand(use, short, what string) *cobra.Command {
	return &cobra.Command{Use: use, Short: short, Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.look(cmd.Context(), func(a *app.App) error {
				j, err := a.Read(cmd.Context())
				if err != nil {
					return err
				}
				now := a.Now(cmd.Context())
				if _, err := plan.Change(cmd.Context(), a, j, now, what, 0); err != nil {
					return err
				}
				if j, err = a.Read(cmd.Context()); err != nil {
					return err
				}
				return c.showPlan(plan.Today(j, now), now)
			})
		}}
}

func (c *commands) planNewCommand() *cobra.Command {
	var o planOptions
	var begins string
	var seen bool
	cmd := &cobra.Command{Use: "new", Short: c.t("cli.plan.new.short"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.write(cmd.Context(), func(a *app.App) error {
				j, err := a.Read(cmd.Context())
				if err != nil {
					return err
				}
				now := a.Now(cmd.Context())
				q, err := c.planQuestion(j, now, &o)
				if err != nil {
					return err
				}
				if len(q.Paces) > 1 {
					return fault.New(fault.Invalid, "cli.plan.one_pace")
				}
				switch begins {
				case "today":
					begins = string(journal.DateOf(now))
				case "tomorrow":
					begins = string(journal.DateOf(now).Add(1))
				}
				if _, err := plan.Use(cmd.Context(), a, outlook.New(a), j, now, &plan.Choice{Question: q, Begins: journal.Date(begins), Seen: seen}); err != nil {
					return err
				}
				if j, err = a.Read(cmd.Context()); err != nil {
					return err
				}
				return c.showPlan(plan.Today(j, now), now)
			})
		}}
	c.planFlags(cmd, &o)
	cmd.Flags().StringVar(&begins, "begins", "", c.t("cli.plan.begins"))
	cmd.Flags().BoolVar(&seen, "seen", false, c.t("cli.plan.seen"))
	return cmd
}
