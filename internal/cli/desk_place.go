package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/internal/app/desk"
	"github.com/evenkeel/evenkeel/internal/qr"
	"github.com/evenkeel/evenkeel/journal"
)

func (c *commands) deskBeginCommand(o *deskOptions) *cobra.Command {
	var kind string
	cmd := &cobra.Command{
		Use:     "begin NAME",
		Short:   c.t("cli.desk.begin.short"),
		Long:    c.t("cli.desk.begin.long"),
		Example: `  evenkeel desk begin "Riverside Outpatient" --member "Ana Ruiz"`,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			if o.member == "" {
				return usage("cli.desk.begin.member")
			}
			d, err := c.newDesk(ctx, true)
			if err != nil {
				return err
			}
			return c.closingDesk(d, func() error {
				s := c.deskPassphrase()
				s.repeat = true
				passphrase, err := c.read(ctx, s)
				if err != nil {
					return err
				}
				if err := d.Begin(ctx, desk.Program{Name: args[0], Kind: kind}, o.member, passphrase); err != nil {
					return err
				}
				if c.json {
					status, err := d.Look(ctx)
					if err != nil {
						return err
					}
					return c.printJSON(status)
				}
				return c.say("cli.desk.begin.done", "file", deskFile)
			})
		},
	}
	cmd.Flags().StringVar(&kind, "kind", "program", c.t("cli.desk.flag.kind", "list", strings.Join(journal.Recipients, ", ")))
	return cmd
}

func (c *commands) deskStartCommand(o *deskOptions) *cobra.Command {
	var invitation string
	cmd := &cobra.Command{
		Use:     "start HOST",
		Short:   c.t("cli.desk.start.short"),
		Long:    c.t("cli.desk.start.long"),
		Example: "  evenkeel desk start https://host.example --invitation CODE",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.atDesk(cmd.Context(), o, func(d *desk.Desk) error {
				if err := d.Start(cmd.Context(), args[0], invitation); err != nil {
					return err
				}
				return c.sayDeskCard(cmd, d, false)
			})
		},
	}
	cmd.Flags().StringVar(&invitation, "invitation", "", c.t("cli.sync.flag.invitation"))
	return cmd
}

func (c *commands) deskCardCommand(o *deskOptions) *cobra.Command {
	var drawn bool
	cmd := &cobra.Command{
		Use:   "card",
		Short: c.t("cli.desk.card.short"),
		Long:  c.t("cli.desk.card.long"),
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.atDesk(cmd.Context(), o, func(d *desk.Desk) error { return c.sayDeskCard(cmd, d, drawn) })
		},
	}
	cmd.Flags().BoolVar(&drawn, "qr", false, c.t("cli.desk.flag.qr"))
	return cmd
}

func (c *commands) sayDeskCard(cmd *cobra.Command, d *desk.Desk, drawn bool) error {
	card, err := d.Card(cmd.Context())
	if err != nil {
		return err
	}
	if c.json {
		return c.printJSON(card)
	}
	if drawn {
		picture, err := qr.Terminal(card.Code)
		if err != nil {
			return err
		}
		if err := c.print(strings.TrimSuffix(picture, "\n")); err != nil {
			return err
		}
	}
	return c.say("cli.desk.card", "name", oneLine(card.Card.Name), "code", card.Code, "words", strings.Join(card.Words, " "), "digits", card.Digits)
}

func (c *commands) deskPollCommand(o *deskOptions) *cobra.Command {
	return &cobra.Command{
		Use:   "poll",
		Short: c.t("cli.desk.poll.short"),
		Long:  c.t("cli.desk.poll.long"),
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.atDesk(cmd.Context(), o, func(d *desk.Desk) error {
				done, err := d.Poll(cmd.Context())
				if err != nil {
					return err
				}
				return c.sayPolled(&done)
			})
		},
	}
}

func (c *commands) sayPolled(done *desk.Polled) error {
	if c.json {
		return c.printJSON(done)
	}
	lines := []string{c.t("cli.desk.poll.done", "received", len(done.Received), "replaced", len(done.Replaced), "unchanged", done.Unchanged)}
	add := func(n int, key string) {
		if n > 0 {
			lines = append(lines, c.t(key, "n", n))
		}
	}
	add(len(done.Ended), "cli.desk.poll.ended")
	add(len(done.Silent), "cli.desk.poll.silent")
	for _, r := range done.Refused {
		lines = append(lines, c.t("cli.desk.poll.refused", "id", shareShort(r.Share), "why", c.t("cli.desk.refused."+r.Why)))
	}
	add(done.Junk, "cli.desk.poll.junk")
	if done.More {
		lines = append(lines, c.t("cli.desk.poll.more"))
	}
	return c.print(strings.Join(lines, "\n"))
}

// shareShort is as much of a share's id as people are shown.
func shareShort(id string) string { return id[:min(8, len(id))] }

func (c *commands) deskRekeyCommand(o *deskOptions) *cobra.Command {
	return &cobra.Command{
		Use:   "rekey",
		Short: c.t("cli.desk.rekey.short"),
		Long:  c.t("cli.desk.rekey.long"),
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			return c.atDesk(ctx, o, func(d *desk.Desk) error {
				if err := d.Rekey(ctx); err != nil {
					return err
				}
				placed, err := d.Placed(ctx)
				if err != nil || !placed {
					return c.deskDone(err, "cli.desk.rekey.done")
				}
				if err := d.Publish(ctx); err != nil {
					return c.deskDone(err, "")
				}
				if err := c.deskDone(nil, "cli.desk.rekey.done"); err != nil || c.json {
					return err
				}
				return c.sayDeskCard(cmd, d, false)
			})
		},
	}
}

// deskDone says that something was done, or what went wrong.
func (c *commands) deskDone(err error, key string, args ...any) error {
	switch {
	case err != nil:
		return err
	case c.json:
		return c.printJSON(map[string]bool{"done": true})
	}
	return c.print(c.t(key, args...))
}
