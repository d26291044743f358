package cli

import (
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/care/caseload"
	"github.com/evenkeel/evenkeel/internal/app/desk"
	"github.com/evenkeel/evenkeel/journal"
)

// rowAnswer is a row of the list with its reasons in words.
type rowAnswer struct {
	ID      string         `json:"id"`
	Patient string         `json:"patient"`
	State   caseload.State `json:"state"`
	Made    time.Time      `json:"made,omitzero"`
	Until   journal.Date   `json:"until,omitempty"`
	Open    []lookAnswer   `json:"open"`
	Seen    []lookAnswer   `json:"seen"`
	Told    []lookAnswer   `json:"told"`
	Unknown []string       `json:"unknown"`
}

type lookAnswer struct {
	Key  string        `json:"key"`
	Kind caseload.Kind `json:"kind"`
	// Now says that somebody should be called at once.
	Now          bool      `json:"now,omitempty"`
	Says         string    `json:"says"`
	Acknowledged time.Time `json:"acknowledged,omitzero"`
}

func (c *commands) rowOf(r *caseload.Row, now time.Time) rowAnswer {
	a := rowAnswer{ID: r.ID, Patient: r.Patient, State: r.State, Made: r.Made, Until: r.Until,
		Open: c.reasonsOf(r.Open, now), Seen: c.reasonsOf(r.Seen, now), Told: c.reasonsOf(r.Told, now), Unknown: []string{}}
	for _, p := range r.Unknown {
		a.Unknown = append(a.Unknown, c.text.Phrase(p, now))
	}
	return a
}

func (c *commands) reasonsOf(list []caseload.Reason, now time.Time) []lookAnswer {
	out := []lookAnswer{}
	for _, r := range list {
		out = append(out, lookAnswer{r.Key, r.Kind, r.Now, c.text.Phrase(r.Says, now), r.Acknowledged})
	}
	return out
}

func (c *commands) deskListCommand(o *deskOptions) *cobra.Command {
	var all bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: c.t("cli.desk.list.short"),
		Long:  c.t("cli.desk.list.long"),
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.atDesk(cmd.Context(), o, func(d *desk.Desk) error {
				rows, err := d.List(cmd.Context())
				if err != nil {
					return err
				}
				return c.sayList(rows, d.Now(), all)
			})
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, c.t("cli.desk.flag.all"))
	return cmd
}

func (c *commands) sayList(rows []caseload.Row, now time.Time, all bool) error {
	answer := struct {
		Live   string      `json:"live"`
		People []rowAnswer `json:"people"`
	}{c.notLive(), []rowAnswer{}}
	quiet := 0
	for i := range rows {
		if !all && !c.json && len(rows[i].Open) == 0 {
			quiet++
			continue
		}
		answer.People = append(answer.People, c.rowOf(&rows[i], now))
	}
	if c.json {
		return c.printJSON(answer)
	}
	lines := []string{answer.Live}
	for i := range answer.People {
		lines = append(append(lines, ""), c.rowLines(&answer.People[i])...)
	}
	if len(rows) == 0 {
		lines = append(lines, "", c.t("cli.desk.list.nobody"))
	}
	if quiet > 0 {
		lines = append(lines, "", c.t("cli.desk.list.quiet", "n", quiet))
	}
	return c.print(strings.Join(lines, "\n"))
}

func (c *commands) rowLines(r *rowAnswer) []string {
	lines := []string{shareShort(r.ID) + "  " + oneLine(r.Patient)}
	for _, part := range []struct {
		list []lookAnswer
		key  string
	}{{r.Open, "cli.desk.reason.open"}, {r.Seen, "cli.desk.reason.seen"}, {r.Told, "cli.desk.reason.told"}} {
		for _, reason := range part.list {
			key := part.key
			if reason.Now {
				key = "cli.desk.reason.now"
			}
			lines = append(lines, "  "+c.t(key, "says", oneLine(reason.Says), "key", reason.Key, "day", reason.Acknowledged.Format(time.DateOnly)))
		}
	}
	return lines
}

func (c *commands) deskAggregatesCommand(o *deskOptions) *cobra.Command {
	return &cobra.Command{
		Use:   "aggregates",
		Short: c.t("cli.desk.aggregates.short"),
		Long:  c.t("cli.desk.aggregates.long"),
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.atDesk(cmd.Context(), o, func(d *desk.Desk) error {
				a, err := d.Aggregates(cmd.Context())
				if err != nil {
					return err
				}
				return c.sayAggregates(&a)
			})
		},
	}
}

func (c *commands) sayAggregates(a *caseload.Aggregate) error {
	if c.json {
		return c.printJSON(a)
	}
	if a.People < 0 {
		return c.say("cli.desk.aggregates.few", "least", a.Least)
	}
	lines := []string{c.t("cli.desk.aggregates.people", "n", a.People, "least", a.Least)}
	for _, t := range a.Tables {
		lines = append(lines, "", c.t("program.table."+t.Name))
		for _, cell := range t.Cells {
			n := c.text.Number(float64(cell.N))
			if cell.N < 0 {
				n = c.t("cli.desk.aggregates.withheld")
			}
			lines = append(lines, "  "+c.t("program.cell."+t.Name+"."+cell.Name)+": "+n)
		}
	}
	return c.print(strings.Join(lines, "\n"))
}
