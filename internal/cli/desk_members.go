package cli

import (
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/internal/app/desk"
	"github.com/evenkeel/evenkeel/internal/fault"
)

func (c *commands) deskMembersCommand(o *deskOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "members",
		Short: c.t("cli.desk.members.short"),
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.atDesk(cmd.Context(), o, func(d *desk.Desk) error {
				list, err := d.Members(cmd.Context())
				if err != nil {
					return err
				}
				return c.sayMembers(list)
			})
		},
	}
	cmd.AddCommand(c.deskAddMemberCommand(o), c.deskRemoveMemberCommand(o))
	return cmd
}

type memberAnswer struct {
	ID      string    `json:"id"`
	Name    string    `json:"name"`
	Since   time.Time `json:"since"`
	Removed time.Time `json:"removed,omitzero"`
}

func (c *commands) sayMembers(list []desk.Member) error {
	answer, lines := []memberAnswer{}, []string{}
	for _, m := range list {
		answer = append(answer, memberAnswer{m.ID.String(), m.Name, m.Since.UTC(), m.Removed})
		key, at := "cli.desk.members.there", m.Since
		if !m.Removed.IsZero() {
			key, at = "cli.desk.members.removed", m.Removed
		}
		lines = append(lines, c.t(key, "name", oneLine(m.Name), "day", at.Format(time.DateOnly)))
	}
	if c.json {
		return c.printJSON(answer)
	}
	return c.print(strings.Join(lines, "\n"))
}

// newDeskPassphrase is the one that a new member chooses, or that takes the place of
// another.
func (c *commands) newDeskPassphrase(file string) secret {
	return secret{what: "cli.secret.new", env: "EVENKEEL_NEW_PASSPHRASE", flag: "--new-passphrase-file", file: file, repeat: true}
}

func (c *commands) deskAddMemberCommand(o *deskOptions) *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use:   "add NAME",
		Short: c.t("cli.desk.members.add.short"),
		Long:  c.t("cli.desk.members.add.long"),
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			return c.atDesk(ctx, o, func(d *desk.Desk) error {
				passphrase, err := c.read(ctx, c.newDeskPassphrase(file))
				if err != nil {
					return err
				}
				m, err := d.AddMember(ctx, args[0], passphrase)
				switch {
				case err != nil:
					return err
				case c.json:
					return c.printJSON(memberAnswer{ID: m.ID.String(), Name: m.Name, Since: m.Since.UTC()})
				}
				return c.say("cli.desk.members.added", "name", oneLine(m.Name))
			})
		},
	}
	cmd.Flags().StringVar(&file, "new-passphrase-file", "", c.t("cli.flag.new_passphrase_file"))
	return cmd
}

func (c *commands) deskRemoveMemberCommand(o *deskOptions) *cobra.Command {
	return &cobra.Command{
		Use:   "remove NAME",
		Short: c.t("cli.desk.members.remove.short"),
		Long:  c.t("cli.desk.members.remove.long"),
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			return c.atDesk(ctx, o, func(d *desk.Desk) error {
				list, err := d.Members(ctx)
				if err != nil {
					return err
				}
				for _, m := range list {
					if m.Removed.IsZero() && (m.Name == args[0] || m.ID.String() == args[0]) {
						return c.deskDone(d.RemoveMember(ctx, m.ID), "cli.desk.members.gone", "name", oneLine(m.Name))
					}
				}
				return fault.New(fault.NotFound, "desk.no_member")
			})
		},
	}
}

func (c *commands) deskPassphraseCommand(o *deskOptions) *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use:   "passphrase",
		Short: c.t("cli.desk.passphrase.short"),
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			return c.atDesk(ctx, o, func(d *desk.Desk) error {
				present, err := c.read(ctx, c.deskPassphrase())
				if err != nil {
					return err
				}
				next, err := c.read(ctx, c.newDeskPassphrase(file))
				if err != nil {
					return err
				}
				return c.deskDone(d.SetPassphrase(ctx, present, next), "cli.desk.passphrase.done")
			})
		},
	}
	cmd.Flags().StringVar(&file, "new-passphrase-file", "", c.t("cli.flag.new_passphrase_file"))
	return cmd
}
