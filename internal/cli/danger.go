package cli

import (
	"context"
	"fmt"

	"github.com/evenkeel/evenkeel/directory"
	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/safety"
)

// choices are the person's settings; none where the journal cannot be read.
func (c *commands) choices(ctx context.Context, a *app.App) journal.Settings {
	j, err := a.Read(ctx)
	if err != nil {
		return journal.Settings{}
	}
	return j.Settings()
}

// answerDanger answers words of danger before anything else is said. It goes
// to the standard error, so that `--json` stays what it is.
func (c *commands) answerDanger(s journal.Settings, found []safety.Finding) {
	country := journal.Or(s.Country, "")
	number := c.t("safety.your_emergency_number")
	local, known := directory.Local(country)
	if known {
		number = local.Emergency
	}
	for _, f := range safety.Order(found) {
		fmt.Fprintln(c.errs, c.t(f.Say()))
		fmt.Fprintln(c.errs, c.t(f.Do(), "emergency", number))
		lines := directory.CheckedLines(country, f.Sign.Line(), c.text.Tag())
		for _, l := range lines {
			switch {
			case l.Call != "":
				fmt.Fprintln(c.errs, c.t("cli.add.help_line", "name", l.NameIn(c.text.Tag()), "number", l.Call))
			case l.Text != "":
				fmt.Fprintln(c.errs, c.t("cli.add.help_line", "name", l.NameIn(c.text.Tag()), "number", l.Text))
			}
		}
		switch {
		case len(lines) > 0 || f.Sign.Line() != "crisis":
		case country != "":
			fmt.Fprintln(c.errs, c.t("safety.no_line"))
		default:
			fmt.Fprintln(c.errs, c.t("safety.no_country"))
			for _, l := range directory.CrisisLines(c.text.Tag()) {
				fmt.Fprintln(c.errs, "  "+l.NameIn(c.text.Tag())+": "+c.t("cli.add.help_line", "name", l.Line.NameIn(c.text.Tag()), "number", l.Line.Call))
			}
		}
	}
}
