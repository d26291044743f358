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
	Known   bool    `json:"known"`
	Other   int     `json:"other"`
	Planned float64 `json:"planned"`
	Taken   float64 `json:"taken"`
	Left    float64 `json:"left"`
	Over    float64 `json:"over"`
	Days    int     `json:"days_known"`
	AtPlan  int     `json:"days_at_or_under"`
	// OverDays are the days over plan since it began, Between the mean number of
	// days from one to the next, and Gap the longest known time between two doses.
	OverDays int     `json:"days_over"`
	Between  float64 `json:"days_between_over,omitempty"`
	Gap      float64 `json:"longest_gap_h,omitempty"`
	// Lived is the middle amount of the last LivedDays known days, where it is
	// another than the plan has; Slow that it may be slowed down.
	Lived     float64      `json:"lived,omitempty"`
	LivedDays int          `json:"lived_days,omitempty"`
	Slow      bool         `json:"offers_slower"`
	Kept      *moneyAnswer `json:"not_spent,omitempty"`
	Sleep     *planPair    `json:"sleep_h,omitempty"`
	Mood      *planPair    `json:"mood,omitempty"`
	Says      []string     `json:"says"`
}

// planPair is a mean over the first seven days of a plan, and over the last.
type planPair struct {
	First     float64 `json:"first_days"`
	Last      float64 `json:"last_days"`
	FirstDays int     `json:"first_answered"`
	LastDays  int     `json:"last_answered"`
}

func planPairOf(p plan.Pair) *planPair {
	if !p.Known() {
		return nil
	}
	return &planPair{p.Then, p.Now, p.ThenDays, p.NowDays}
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
	for _, p := range slices.Concat(plan.SayNow(n), plan.SayProgress(n), plan.SayLived(n), plan.SayHard(n)) {
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
	out := planNowAnswer{Plan: n.Plan, Flags: []taper.Flag{}, Begun: n.Begun, Known: n.Day.Known, Planned: n.Planned, Taken: n.Taken, Left: n.Left, Over: n.Day.Over,
		Other: n.Day.Other, Days: n.Progress.Known, AtPlan: n.AtOrUnder, OverDays: n.OverDays, Between: n.Between, Gap: figures(n.Gap.Hours()),
		Lived: n.Lived, LivedDays: n.LivedDays, Slow: n.Slow, Sleep: planPairOf(n.Felt.Sleep), Mood: planPairOf(n.Felt.Mood), Says: says}
	if n.Kept.N != 0 {
		out.Kept = &moneyAnswer{n.Kept.N, n.Kept.Currency}
	}
	return c.printJSON(out)
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
