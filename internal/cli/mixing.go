package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/safety/rule"
)

// pairAnswer is one answer of `mixing --json`.
type pairAnswer struct {
	Pair      string         `json:"pair"`
	Says      string         `json:"says"`
	Strength  string         `json:"strength"` // deaths, trial, cases, warning, unknown
	Sources   []string       `json:"sources"`
	Days      []journal.Date `json:"days"`
	Medicines []string       `json:"medicines"`
}

// mixingDays is how far back the command looks.
const mixingDays = 14

func (c *commands) mixingCommand() *cobra.Command {
	return &cobra.Command{
		Use: "mixing", Short: c.t("pair.short"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.look(cmd.Context(), func(a *app.App) error {
				j, err := a.Read(cmd.Context())
				if err != nil {
					return err
				}
				today := journal.DateOf(a.Now(cmd.Context()))
				return c.sayMixing(rule.CoUse(j, today.Add(1-mixingDays), today))
			})
		},
	}
}

func (c *commands) sayMixing(list []rule.Together) error {
	answers := []pairAnswer{}
	lines := []string{c.t("pair.lead")}
	for _, t := range list {
		a := pairAnswer{Pair: t.ID, Says: c.t("pair." + t.ID), Strength: t.Strength, Sources: t.Sources, Days: t.Days, Medicines: []string{}}
		if a.Days == nil {
			a.Days = []journal.Date{}
		}
		for _, e := range t.Taken {
			a.Medicines = append(a.Medicines, e.Medicine().Name)
		}
		lines = append(lines, "", a.Says)
		if len(t.Days) > 0 {
			lines = append(lines, "  "+c.t("pair.days", "n", len(t.Days), "hours", int(rule.MixingWindow().Hours())))
		}
		if len(a.Medicines) > 0 {
			lines = append(lines, "  "+oneLine(c.t("pair.taken", "names", strings.Join(a.Medicines, ", "))))
		}
		lines = append(lines, "  "+c.t("pair.strength."+t.Strength))
		answers = append(answers, a)
	}
	if c.json {
		return c.printJSON(answers)
	}
	return c.print(strings.Join(append(lines, "", c.t("pair.do")), "\n"))
}
