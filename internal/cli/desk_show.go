package cli

import (
	"cmp"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/app/desk"
)

// personAnswer is one person's page.
type personAnswer struct {
	Live string `json:"live"`
	rowAnswer
	Notes []desk.Note `json:"notes"`
	// Shown is everything that they share; nil where nothing may be shown.
	Shown *care.Projection `json:"shown"`
}

func (c *commands) deskShowCommand(o *deskOptions) *cobra.Command {
	return &cobra.Command{
		Use:   "show ID",
		Short: c.t("cli.desk.show.short"),
		Long:  c.t("cli.desk.show.long"),
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			return c.atDesk(ctx, o, func(d *desk.Desk) error {
				id, err := d.Match(ctx, args[0])
				if err != nil {
					return err
				}
				p, err := d.Open(ctx, id)
				if err != nil {
					return err
				}
				return c.sayPerson(&p, d.Now())
			})
		},
	}
}

func (c *commands) sayPerson(p *desk.Person, now time.Time) error {
	a := personAnswer{Live: c.notLive(), rowAnswer: c.rowOf(&p.Row, now), Notes: append([]desk.Note{}, p.Notes...), Shown: p.Shown}
	if c.json {
		return c.printJSON(a)
	}
	lines := append([]string{a.Live, ""}, c.rowLines(&a.rowAnswer)...)
	for _, u := range a.Unknown {
		lines = append(lines, "  "+oneLine(u))
	}
	if p.Shown == nil {
		lines = append(lines, "", c.t("cli.desk.show.nothing"))
	} else {
		lines = append(lines, c.shownLines(p.Shown)...)
	}
	if len(p.Notes) > 0 {
		lines = append(lines, "", c.t("cli.desk.show.notes"))
	}
	for _, n := range p.Notes {
		lines = append(lines, "  "+c.t("cli.desk.show.note", "day", n.At.Format(time.DateOnly), "name", oneLine(n.Name), "text", oneLine(n.Text)))
	}
	return c.print(strings.Join(lines, "\n"))
}

// shownDays is how many of the last days are printed; the table has all.
const shownDays = 14

// shownLines is what a person shares, in lines: what they did not share is not there,
// and what is not known is called so.
func (c *commands) shownLines(p *care.Projection) []string {
	lines := []string{"", c.t("cli.desk.show.consent", "until", oneLine(string(p.Consent.Until)), "made", p.Made.Format(time.DateOnly), "purpose", oneLine(p.Consent.Purpose)), oneLine(p.Notice)}
	part := func(title string, list []string) {
		if list != nil {
			lines = append(lines, "", c.t(title))
			if len(list) == 0 {
				list = []string{c.t("cli.desk.show.none")}
			}
			for _, l := range list {
				lines = append(lines, "  "+oneLine(l))
			}
		}
	}
	if p.Contact != nil {
		never := c.t("cli.desk.show.never")
		part("share.part.contact", []string{c.t("cli.desk.show.contact", "entry", cmp.Or(string(p.Contact.LastEntry), never), "checkin", cmp.Or(string(p.Contact.LastCheckIn), never))})
	}
	part("share.part.flags", each(p.Flags, func(f *care.Flag) string { return string(f.Day) + ": " + f.Said + " (" + f.Rule + ")" }))
	part("share.part.scores", each(p.Scores, func(s *care.Score) string { return string(s.Day) + ": " + s.Said }))
	if p.Plan != nil {
		part("share.part.plan", c.planLines(p.Plan))
	}
	days := p.Trends
	if len(days) > shownDays {
		days = days[len(days)-shownDays:]
	}
	part("share.part.trends", each(days, c.dayLine))
	for i := range p.Sheet {
		s := &p.Sheet[i]
		lines = append(lines, "", oneLine(s.Title))
		for k := range s.Blocks {
			for _, l := range blockLines(&s.Blocks[k]) {
				lines = append(lines, "  "+oneLine(l))
			}
		}
	}
	return lines
}

// each is nil for what is not shared, and empty for what is and has nothing in it.
func each[T any](list []T, say func(*T) string) []string {
	if list == nil {
		return nil
	}
	out := make([]string, len(list))
	for i := range list {
		out[i] = say(&list[i])
	}
	return out
}

func (c *commands) planLines(p *care.Plan) []string {
	lines := []string{c.t("cli.desk.show.plan", "product", oneLine(p.Product), "begins", string(p.Begins), "over", p.OverDays, "known", p.KnownDays)}
	switch {
	case p.Ended:
		lines = append(lines, c.t("cli.desk.show.plan_ended"))
	case p.Held != "":
		lines = append(lines, c.t("cli.desk.show.plan_held", "day", string(p.Held)))
	}
	return lines
}

func (c *commands) dayLine(d *care.Day) string {
	figure := func(f *float64) string {
		if f == nil {
			return c.t("cli.desk.show.unknown")
		}
		return c.text.Figure(*f)
	}
	taken := c.t("cli.desk.show.unknown")
	switch d.State {
	case "none":
		taken = c.t("cli.desk.show.taken_none")
	case "doses":
		list := each(d.Amounts, func(a *care.Amount) string { return c.text.Dose(a.Amount, a.Unit, a.Product) })
		taken = strings.Join(list, ", ")
	}
	return c.t("cli.desk.show.day", "date", string(d.Date), "taken", taken, "rough", figure(d.Rough), "craving", figure(d.Craving), "sleep", figure(d.SleepHours))
}

func blockLines(b *care.Block) []string {
	var lines []string
	if b.Text != "" {
		lines = append(lines, b.Text)
	}
	for _, l := range b.List {
		lines = append(lines, "- "+l)
	}
	if len(b.Columns) > 0 {
		lines = append(lines, strings.Join(b.Columns, " | "))
	}
	for _, r := range b.Rows {
		lines = append(lines, strings.Join(r, " | "))
	}
	return lines
}
