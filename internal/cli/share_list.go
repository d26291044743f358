package cli

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/share"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
)

// shareItem is one line of the list.
type shareItem struct {
	ID        string       `json:"id"`
	Form      string       `json:"form"`
	State     share.State  `json:"state"`
	Recipient string       `json:"recipient"`
	Purpose   string       `json:"purpose"`
	Parts     []string     `json:"parts"`
	Sections  []string     `json:"sections,omitempty"`
	Until     journal.Date `json:"until"`
	Renew     string       `json:"renew"`
	Versions  int          `json:"versions"`
	Last      time.Time    `json:"last,omitzero"`
	// Fetched and LastFetched are as the host says; left out where it was not asked,
	// did not answer or has none.
	Fetched     *int64    `json:"fetched,omitempty"`
	LastFetched time.Time `json:"last_fetched,omitzero"`
}

func (c *commands) shareListCommand() *cobra.Command {
	var ask bool
	cmd := &cobra.Command{
		Use: "list", Short: c.t("cli.sharing.list.short"), Long: c.t("cli.sharing.list.long"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.sharing(cmd.Context(), func(ctx context.Context, s *share.Sharing) error {
				items, away, err := s.List(ctx, ask)
				if err != nil {
					return err
				}
				out := make([]shareItem, len(items))
				for i, it := range items {
					out[i] = shareItem{it.ID.String(), it.Form, it.State, it.Consent.Recipient, it.Consent.Purpose, it.Consent.Parts, it.Consent.Sections, it.Consent.Until, it.Renew, it.Versions, it.Last, nil, time.Time{}}
					if it.OnHost != nil {
						out[i].Fetched, out[i].LastFetched = &it.OnHost.Fetched, it.OnHost.LastFetched
					}
				}
				if c.json {
					return c.printJSON(map[string]any{"shares": out, "host_away": c.waits(away)})
				}
				return c.sayShares(out, away)
			})
		},
	}
	cmd.Flags().BoolVar(&ask, "ask", false, c.t("cli.sharing.flag.ask"))
	return cmd
}

func (c *commands) sayShares(list []shareItem, away error) error {
	if len(list) == 0 {
		return c.say("cli.sharing.list.none")
	}
	for _, it := range list {
		line := c.t("cli.sharing.list.one", "id", it.ID[:digitsOfShare], "name", oneLine(it.Recipient), "state", c.t("share.state."+string(it.State)), "until", it.Until, "parts", c.partTitles(it.Parts))
		if it.Fetched != nil {
			line += " " + c.t("cli.sharing.list.fetched", "n", *it.Fetched)
		}
		if err := c.print(line); err != nil {
			return err
		}
	}
	if away != nil {
		return c.say("cli.sharing.list.away", "why", c.text.Fault(away))
	}
	return nil
}

func (c *commands) partTitles(parts []string) string {
	var list []string
	for _, p := range parts {
		list = append(list, c.t("share.part."+p))
	}
	return strings.Join(list, ", ")
}

// stepAnswer is what was done for one share.
type stepAnswer struct {
	ID    string `json:"id"`
	Did   string `json:"did"`
	Waits string `json:"waits,omitempty"`
}

func (c *commands) shareRenewCommand() *cobra.Command {
	return &cobra.Command{
		Use: "renew [ID]", Short: c.t("cli.sharing.renew.short"), Long: c.t("cli.sharing.renew.long"), Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.sharing(cmd.Context(), func(ctx context.Context, s *share.Sharing) error {
				// A device that has not heard of a newer version would bring an older one.
				done, err := s.Union.Sync(ctx)
				if err != nil && !fault.Is(err, fault.NotFound) { // a journal without a host has files only
					return err
				}
				c.answerDanger(c.choices(ctx, s.App), done.Found)
				if err := done.Problem(); err != nil {
					return err
				}
				if len(args) == 0 {
					steps, err := c.due(ctx, s)
					if err != nil {
						return err
					}
					if c.json {
						return c.printJSON(map[string]any{"steps": steps})
					}
					if len(steps) == 0 {
						return c.say("cli.sharing.renew.none")
					}
					return c.saySteps(steps)
				}
				id, err := shareNamed(ctx, s, args[0])
				if err != nil {
					return err
				}
				if err := s.Renew(ctx, id); err != nil {
					return err
				}
				step := stepAnswer{ID: id.String(), Did: "renewed"}
				if c.json {
					return c.printJSON(step)
				}
				return c.saySteps([]stepAnswer{step})
			})
		},
	}
}

// due does for all shares what is due.
func (c *commands) due(ctx context.Context, s *share.Sharing) ([]stepAnswer, error) {
	steps, err := s.RenewDue(ctx)
	list := []stepAnswer{}
	for _, st := range steps {
		list = append(list, stepAnswer{st.Share.String(), st.Did, c.waits(st.Err)})
	}
	return list, err
}

func (c *commands) saySteps(steps []stepAnswer) error {
	for _, st := range steps {
		key := "cli.sharing.step." + st.Did
		if st.Waits != "" {
			key = "cli.sharing.waits"
		}
		if err := c.say(key, "id", st.ID[:digitsOfShare], "why", st.Waits); err != nil {
			return err
		}
	}
	return nil
}

// dueAfter does what is due while the host is being asked anyway.
func (c *commands) dueAfter(ctx context.Context, a *app.App) ([]stepAnswer, error) {
	s, err := c.sharingOf(a)
	if err != nil {
		return nil, err
	}
	return c.due(ctx, s)
}
