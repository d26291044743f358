package cli

import (
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/directory"
	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/journal"
)

// urgeAnswer is the answer of `urge --json`: what the person has for it.
type urgeAnswer struct {
	Reasons string           `json:"reasons,omitempty"`
	Helped  []string         `json:"helped"`
	Someone *journal.Someone `json:"someone,omitempty"`
	// Line is the crisis line of the country; null where that is not known.
	Line *urgeLine `json:"line"`
}

type urgeLine struct {
	Name   string `json:"name"`
	Number string `json:"number"`
}

// urgeCommand waits with somebody, and writes down how it ended.
func (c *commands) urgeCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "urge", Short: c.t("urge.title"), Long: c.t("urge.wave"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.look(cmd.Context(), func(a *app.App) error {
				j, err := a.Read(cmd.Context())
				if err != nil {
					return err
				}
				return c.showUrge(j, a.Now(cmd.Context()))
			})
		}}
	cmd.AddCommand(c.urgeEndCommand("passed", c.t("urge_end.passed"), c.t("urge.passed_done")), c.urgeEndCommand("used", c.t("urge_end.used"), c.t("urge.used_done")))
	return cmd
}

func (c *commands) showUrge(j *journal.Journal, now time.Time) error {
	s := j.Settings()
	out := urgeAnswer{Reasons: journal.Or(s.Reasons, ""), Helped: j.Helped(), Someone: s.Someone}
	if local, known := directory.Local(journal.Or(s.Country, "")); known {
		if l, ok := local.Crisis(c.text.Tag()); ok {
			out.Line = &urgeLine{l.NameIn(c.text.Tag()), l.Call}
		}
	}
	if c.json {
		if out.Helped == nil {
			out.Helped = []string{}
		}
		return c.printJSON(out)
	}
	lines := []string{c.t("urge.wait", "now", c.clock(now, s), "then", c.clock(now.Add(10*time.Minute), s)), c.t("urge.wave"), "",
		c.t("urge.breathe_title"), "  " + c.t("urge.in"), "  " + c.t("urge.out"), "  " + c.t("urge.again")}
	part := func(title string, list ...string) {
		lines = append(lines, "", title)
		for _, l := range list {
			lines = append(lines, "  "+strings.ReplaceAll(l, "\n", "\n  "))
		}
	}
	if out.Reasons != "" {
		part(c.t("urge.reasons_title"), out.Reasons)
	}
	if len(out.Helped) > 0 {
		part(c.t("urge.helped_title"), out.Helped...)
	}
	var call []string
	if who := out.Someone; who != nil && who.Number != "" {
		call = append(call, strings.TrimSpace(who.Name+" "+who.Number))
	}
	if out.Line != nil {
		call = append(call, c.t("cli.add.help_line", "name", out.Line.Name, "number", out.Line.Number))
	}
	if len(call) > 0 {
		part(c.t("urge.call_title"), call...)
	}
	return c.print(strings.Join(lines, "\n"))
}

// urgeEndCommand writes down how it ended.
func (c *commands) urgeEndCommand(end, short, said string) *cobra.Command {
	var helped string
	var minutes float64
	cmd := &cobra.Command{Use: end, Short: short, Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.write(cmd.Context(), func(a *app.App) error {
				u := &journal.Urge{End: end, Helped: strings.TrimSpace(helped)}
				if cmd.Flags().Changed("minutes") {
					u.Minutes = &minutes
				}
				saved, err := record.New(cmd.Context(), a, journal.Event{Body: u})
				if err != nil {
					return err
				}
				c.answerDanger(c.choices(cmd.Context(), a), saved.Found)
				if c.json {
					return c.printJSON(u)
				}
				return c.print(said)
			})
		}}
	cmd.Flags().StringVar(&helped, "helped", "", c.t("urge.helped"))
	cmd.Flags().Float64Var(&minutes, "minutes", 0, c.t("urge.minutes"))
	return cmd
}
