package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/share"
	"github.com/evenkeel/evenkeel/journal"
)

// endAnswer is how far an end has come.
type endAnswer struct {
	ID        string `json:"id"`
	Ended     bool   `json:"ended"`
	Destroyed bool   `json:"destroyed"`
	Told      bool   `json:"told"`
	Waits     string `json:"waits,omitempty"`
}

func (c *commands) shareEndCommand() *cobra.Command {
	return &cobra.Command{
		Use: "end ID", Short: c.t("cli.sharing.end.short"), Long: c.t("cli.sharing.end.long"), Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.sharing(cmd.Context(), func(ctx context.Context, s *share.Sharing) error {
				id, err := shareNamed(ctx, s, args[0])
				if err != nil {
					return err
				}
				e, err := s.Revoke(ctx, id)
				if err != nil {
					return err
				}
				if c.json {
					return c.printJSON(endAnswer{id.String(), true, e.Destroyed, e.Told, c.waits(e.Waits)})
				}
				return c.sayEnd(id, e)
			})
		},
	}
}

func (c *commands) sayEnd(id journal.ID, e share.Ended) error {
	digits := id.String()[:digitsOfShare]
	switch {
	case e.Waits != nil:
		return c.say("cli.sharing.end.waits", "id", digits, "why", c.text.Fault(e.Waits))
	case e.Closed:
		return c.say("cli.sharing.end.closed", "id", digits)
	case e.Told:
		return c.say("cli.sharing.end.told", "id", digits)
	case e.Destroyed:
		return c.say("cli.sharing.end.destroyed", "id", digits)
	}
	return c.say("cli.sharing.end.file", "id", digits)
}

// endShares is asked before a journal gives up its place on a host: with destroy it
// takes back what lies there, without it refuses while something does.
func (c *commands) endShares(ctx context.Context, a *app.App, destroy bool) error {
	s, err := c.sharingOf(a)
	if err != nil {
		return err
	}
	if destroy {
		return s.EndAll(ctx)
	}
	return share.NoneLies(ctx, a)
}

// disclosedAnswer is one version that was written out.
type disclosedAnswer struct {
	Share     string    `json:"share"`
	Number    int       `json:"number"`
	At        time.Time `json:"at"`
	Form      string    `json:"form"`
	Recipient string    `json:"recipient"`
	Purpose   string    `json:"purpose"`
	Parts     []string  `json:"parts"`
	Sections  []string  `json:"sections,omitempty"`
	Arrived   bool      `json:"arrived"`
}

func (c *commands) shareDisclosuresCommand() *cobra.Command {
	return &cobra.Command{
		Use: "disclosures", Short: c.t("cli.sharing.disclosures.short"), Long: c.t("cli.sharing.disclosures.long"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.sharing(cmd.Context(), func(ctx context.Context, s *share.Sharing) error {
				list, err := s.Disclosures(ctx)
				if err != nil {
					return err
				}
				out := make([]disclosedAnswer, len(list))
				for i, d := range list {
					out[i] = disclosedAnswer{d.Share.String(), d.Number, d.At, d.Form, d.Recipient, d.Purpose, d.Parts, d.Sections, d.Arrived}
				}
				if c.json {
					return c.printJSON(map[string]any{"disclosures": out})
				}
				if len(out) == 0 {
					return c.say("cli.sharing.disclosures.none")
				}
				for _, d := range out {
					key := "cli.sharing.disclosures.one"
					if !d.Arrived {
						key = "cli.sharing.disclosures.unsure"
					}
					if err := c.say(key, "day", d.At.Format(time.DateOnly), "time", d.At.Format("15:04"), "name", oneLine(d.Recipient), "purpose", oneLine(d.Purpose), "parts", c.partTitles(d.Parts), "id", d.Share[:digitsOfShare], "number", d.Number); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
}
