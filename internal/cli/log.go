package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/journal"
)

// The answer of `log --json`.
type (
	logAnswer struct {
		Days []dayAnswer `json:"days"`
		// More is the date to go on before; left out when there are no more.
		More journal.Date `json:"more_before,omitempty"`
	}
	dayAnswer struct {
		Date    journal.Date  `json:"date"`
		State   string        `json:"state"` // unknown, none, doses
		Entries []entryAnswer `json:"entries"`
	}
)

func (c *commands) logCommand() *cobra.Command {
	var f journal.DayFilter
	var kinds []string
	var before string
	cmd := &cobra.Command{
		Use:   "log",
		Short: c.t("cli.log.short"),
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			for _, k := range kinds {
				if !slices.Contains(journal.ListedKinds(), journal.Kind(k)) {
					return usage("cli.log.no_such_kind", "kind", k, "list", words(journal.ListedKinds()))
				}
				f.Kinds = append(f.Kinds, journal.Kind(k))
			}
			if before != "" {
				d, err := journal.ParseDate(before)
				if err != nil {
					return usage("cli.log.before_form")
				}
				f.Before = d
			}
			if f.Limit < 1 {
				return usage("cli.log.days_form")
			}
			return c.look(cmd.Context(), func(a *app.App) error { return c.list(cmd.Context(), a, f) })
		},
	}
	flags := cmd.Flags()
	flags.IntVar(&f.Limit, "days", 14, c.t("cli.flag.days"))
	flags.StringSliceVar(&kinds, "kind", nil, c.t("cli.flag.kind", "list", words(journal.ListedKinds())))
	flags.StringVar(&f.Text, "search", "", c.t("cli.flag.search"))
	flags.StringVar(&before, "before", "", c.t("cli.flag.before"))
	cmd.AddCommand(
		c.removeCommand("delete", c.t("cli.log.delete.short"), "cli.log.deleted", record.Delete),
		c.removeCommand("forget", c.t("cli.log.forget.short"), "cli.log.forgot", record.Forget),
		c.editCommand(),
	)
	return cmd
}

func words[T ~string](list []T) string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return strings.Join(out, ", ")
}

func (c *commands) list(ctx context.Context, a *app.App, f journal.DayFilter) error {
	j, err := a.Read(ctx)
	if err != nil {
		return err
	}
	days, more := j.Days(f)
	if c.json {
		answer := logAnswer{Days: []dayAnswer{}, More: more}
		for _, d := range days {
			day := dayAnswer{d.Date, dayStates[d.State], []entryAnswer{}}
			for _, e := range d.Entries {
				day.Entries = append(day.Entries, answerOf(e))
			}
			answer.Days = append(answer.Days, day)
		}
		return c.printJSON(answer)
	}
	if len(days) == 0 {
		return c.say("cli.log.empty")
	}
	var b strings.Builder
	for i, d := range days {
		if i > 0 {
			b.WriteString("\n")
		}
		fmt.Fprintln(&b, c.text.Day(d.Date, time.Time{}))
		for _, e := range d.Entries {
			fmt.Fprintf(&b, "  %8s  %s  %s%s\n", c.clock(e.At, j.Settings()), short(e.ID), c.describe(&e.Event), c.marks(e))
		}
	}
	if more != "" {
		fmt.Fprintf(&b, "\n%s\n", c.t("cli.log.earlier", "date", more))
	}
	return c.print(strings.TrimSuffix(b.String(), "\n"))
}

// marks says what is special about how an entry was written.
func (c *commands) marks(e *journal.Entry) string {
	var list []string
	if e.BackDated() {
		list = append(list, c.t("entry.back_dated"))
	}
	if e.Corrected {
		list = append(list, c.t("cli.log.corrected_mark"))
	}
	if len(list) == 0 {
		return ""
	}
	return " (" + strings.Join(list, ", ") + ")"
}

// shortID is how many digits of an id a list shows: among a life's entries a
// few may share it, and then more digits are asked for.
const shortID = 8

func short(id journal.ID) string { return id.String()[:shortID] }
