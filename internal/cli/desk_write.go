package cli

import (
	"context"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/internal/app/desk"
	"github.com/evenkeel/evenkeel/internal/fault"
)

func (c *commands) deskNoteCommand(o *deskOptions) *cobra.Command {
	return &cobra.Command{
		Use:     "note ID [TEXT]",
		Short:   c.t("cli.desk.note.short"),
		Long:    c.t("cli.desk.note.long"),
		Example: `  evenkeel desk note 1a2b3c4d < note.txt`,
		Args:    cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			text, err := c.noteText(args[1:])
			if err != nil {
				return err
			}
			return c.atDesk(ctx, o, func(d *desk.Desk) error {
				id, err := d.Match(ctx, args[0])
				if err != nil {
					return err
				}
				note, err := d.Note(ctx, id, text)
				switch {
				case err != nil:
					return err
				case c.json:
					return c.printJSON(note)
				}
				return c.say("cli.desk.note.done")
			})
		},
	}
}

// noteText is a note from the command line, or from standard input, where it leaves no
// trace in the history of a shell.
func (c *commands) noteText(args []string) (string, error) {
	if len(args) > 0 {
		return args[0], nil
	}
	const most = 1 << 20 // far above what a note may be: the desk says what it may
	b, err := io.ReadAll(io.LimitReader(c.in, most))
	if err != nil {
		return "", fault.Wrap(err, fault.Invalid, "cli.file.unusable")
	}
	return string(b), nil
}

func (c *commands) deskAckCommand(o *deskOptions) *cobra.Command {
	return &cobra.Command{
		Use:     "ack ID [REASON...]",
		Short:   c.t("cli.desk.ack.short"),
		Long:    c.t("cli.desk.ack.long"),
		Example: "  evenkeel desk ack 1a2b3c4d silence/2026-11-12/1",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			return c.atDesk(ctx, o, func(d *desk.Desk) error { return c.acknowledge(ctx, d, args[0], args[1:]) })
		},
	}
}

// acknowledge acknowledges reasons, or lists those that are open when none is named:
// nothing is acknowledged that was not looked at.
func (c *commands) acknowledge(ctx context.Context, d *desk.Desk, who string, reasons []string) error {
	id, err := d.Match(ctx, who)
	if err != nil {
		return err
	}
	if len(reasons) == 0 {
		rows, err := d.List(ctx)
		if err != nil {
			return err
		}
		for i := range rows {
			if rows[i].ID == id {
				row := c.rowOf(&rows[i], d.Now())
				if c.json {
					return c.printJSON(row.Open)
				}
				row.Seen, row.Told = nil, nil
				return c.print(strings.Join(c.rowLines(&row), "\n"))
			}
		}
	}
	for _, reason := range reasons {
		if err := d.Acknowledge(ctx, id, reason); err != nil {
			return err
		}
	}
	return c.deskDone(nil, "cli.desk.ack.done", "n", len(reasons))
}
