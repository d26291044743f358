package cli

import (
	"math"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/internal/app/plan"
	"github.com/evenkeel/evenkeel/journal"
)

// planAheadAnswer is the answer of `plan ahead --json`.
type planAheadAnswer struct {
	Basis string       `json:"basis"`
	First journal.Date `json:"first_day"`
	Days  int          `json:"days"`
	Says  []string     `json:"says"`
	// Rough is empty where too much is guessed; day 1 is First.
	Rough []planBandAnswer `json:"rough"`
}

// planAheadCommand forecasts the rest of the plan.
func (c *commands) planAheadCommand() *cobra.Command {
	return &cobra.Command{Use: "ahead", Short: c.t("cli.plan.ahead.short"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.look(cmd.Context(), func(a *app.App) error {
				j, err := a.Read(cmd.Context())
				if err != nil {
					return err
				}
				now := a.Now(cmd.Context())
				answer, err := plan.Ahead(cmd.Context(), outlook.New(a), j, now)
				if err != nil {
					return err
				}
				return c.showAhead(answer, now)
			})
		}}
}

func (c *commands) showAhead(a *plan.Answer, now time.Time) error {
	out := planAheadAnswer{Basis: a.Basis.String(), First: a.First, Days: a.Days, Rough: []planBandAnswer{}}
	for _, p := range slices.Concat(plan.SayAhead(a), plan.Rests(a)) {
		out.Says = append(out.Says, c.text.Phrase(p, now))
	}
	if !a.Guessed {
		for d, b := range a.List[0].Course.Levels[1:] {
			out.Rough = append(out.Rough, planBandAnswer{d + 1, figures(b.Low80), figures(b.Median), figures(b.High80)})
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
	for d := 0; d < len(out.Rough); d += 7 {
		r := out.Rough[d]
		if err := c.print("  " + c.text.DateShort(a.First.Add(d)) + ": " + c.t("way.of_10", "low", math.Round(r.Low), "high", math.Round(r.High))); err != nil {
			return err
		}
	}
	return nil
}
