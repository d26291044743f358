package cli

import (
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/screen"
	"github.com/evenkeel/evenkeel/internal/app/standing"
	"github.com/evenkeel/evenkeel/journal"
)

// The answer of `standing --json`.
type (
	standingJSON struct {
		Signs   []signAnswer     `json:"signs"`
		Use     []standingAnswer `json:"use"`
		Beside  []standingAnswer `json:"beside"`
		Holds   []standingAnswer `json:"holds"`
		Harder  []reasonAnswer   `json:"harder"`
		Reasons []reasonAnswer   `json:"reasons"`
	}
	signAnswer struct {
		Sign string `json:"sign"`
		// Known false: too little is known, and Missing says how many more days,
		// doses or gaps it takes.
		Known   bool           `json:"known"`
		Missing int            `json:"missing,omitempty"`
		Count   int            `json:"count"`
		Of      int            `json:"of"`
		Line    float64        `json:"line"`
		On      []journal.Date `json:"on"`
		Says    string         `json:"says"`
	}
	reasonAnswer struct {
		Reason string     `json:"reason"`
		Says   string     `json:"says"`
		At     *time.Time `json:"at,omitempty"`
	}
)

func (c *commands) standingCommand() *cobra.Command {
	return &cobra.Command{
		Use: "standing", Short: c.t("standing.short"), Long: c.t("standing.long"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.look(cmd.Context(), func(a *app.App) error {
				j, err := a.Read(cmd.Context())
				if err != nil {
					return err
				}
				s := standing.Of(j, a.Now(cmd.Context()))
				if c.json {
					return c.printJSON(c.standingAnswer(j, &s))
				}
				return c.print(c.standingText(&s))
			})
		},
	}
}

func (c *commands) standingAnswer(j *journal.Journal, s *standing.Standing) standingJSON {
	a := standingJSON{Signs: []signAnswer{}, Harder: c.reasons(s.Harder), Reasons: c.reasons(s.Reasons)}
	for _, x := range s.Signs {
		on := x.On
		if on == nil {
			on = []journal.Date{}
		}
		a.Signs = append(a.Signs, signAnswer{string(x.Kind), x.Known, max(x.Days, x.More), x.Count, x.Of, x.Line, on, c.text.Sign(x)})
	}
	halves := func(list []screen.Standing) []standingAnswer {
		out := []standingAnswer{}
		for i := range list {
			out = append(out, c.standing(j, &list[i]))
		}
		return out
	}
	a.Use, a.Beside, a.Holds = halves(s.Use), halves(s.Beside), halves(s.Holds)
	return a
}

func (c *commands) reasons(list []standing.Reason) []reasonAnswer {
	out := []reasonAnswer{}
	for _, r := range list {
		a := reasonAnswer{Reason: r.Key[strings.LastIndex(r.Key, ".")+1:], Says: c.t(r.Key, r.Args...)}
		if !r.At.IsZero() {
			a.At = &r.At
		}
		out = append(out, a)
	}
	return out
}

func (c *commands) standingText(s *standing.Standing) string {
	lines := []string{c.t("standing.lead"), "", c.t("standing.signs"), c.t("standing.signs_explain")}
	for _, x := range s.Signs {
		lines = append(lines, "  "+c.text.Sign(x))
	}
	for _, half := range []struct {
		key  string
		list []screen.Standing
	}{{"standing.use", s.Use}, {"standing.beside", s.Beside}, {"standing.holds", s.Holds}} {
		lines = append(lines, "", c.t(half.key))
		for _, st := range half.list {
			said := c.t("screen.never")
			if st.Last != nil {
				said = c.t("screen.last", "day", st.Last.At.Format(time.DateOnly))
				for i, sc := range st.Last.Scores() {
					said = c.text.Score(st.Instrument, &st.Instrument.Scores[i], sc) + " " + said
				}
			}
			lines = append(lines, "  "+st.Instrument.Words(c.text.Tag()).Title+". "+said)
		}
	}
	for _, part := range []struct {
		title, none string
		list        []standing.Reason
	}{{"standing.harder", "standing.harder.none", s.Harder}, {"standing.reasons", s.NoReason(), s.Reasons}} {
		lines = append(lines, "", c.t(part.title))
		if len(part.list) == 0 {
			lines = append(lines, "  "+c.t(part.none))
		}
		for _, r := range part.list {
			lines = append(lines, "  "+c.t(r.Key, r.Args...))
		}
	}
	return strings.Join(lines, "\n")
}
