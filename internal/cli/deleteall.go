package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/keys"
	"github.com/evenkeel/evenkeel/internal/app/share"
	"github.com/evenkeel/evenkeel/internal/app/union"
	"github.com/evenkeel/evenkeel/internal/fault"
)

// deleteWords must be typed: no slip of a finger types them. They do in any
// language, and the catalogue has those of the person's own.
const deleteWords = "delete everything"

func (c *commands) deleteEverythingCommand() *cobra.Command {
	var confirm string
	var leave bool
	cmd := &cobra.Command{
		Use:   "delete-everything",
		Short: c.t("cli.delete_everything.short"),
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			a, err := c.openExisting(ctx)
			if err != nil {
				return err
			}
			return c.closing(a, func() error {
				// Where it cannot be opened, deleting is still right: nothing is known of
				// any share, and nothing could end one.
				if err := share.NoneLies(ctx, a); fault.Is(err, fault.Conflict) && !leave {
					return err
				}
				return c.deleteEverything(ctx, a, confirm)
			})
		},
	}
	cmd.Flags().BoolVar(&leave, "leave-shares", false, c.t("cli.flag.leave_shares"))
	cmd.Flags().StringVar(&confirm, "confirm", "", c.t("cli.flag.confirm", "words", c.t("cli.delete.words")))
	return cmd
}

func (c *commands) deleteEverything(ctx context.Context, a *app.App, confirm string) error {
	if confirm == "" && term.IsTerminal(int(c.in.Fd())) {
		fmt.Fprint(c.errs, c.t("cli.delete.ask", "words", c.t("cli.delete.words")), " ")
		var err error
		if confirm, err = c.typed(ctx); err != nil {
			return err
		}
	}
	if confirm = strings.TrimSpace(confirm); !strings.EqualFold(confirm, deleteWords) && !strings.EqualFold(confirm, c.t("cli.delete.words")) {
		return fault.New(fault.Invalid, "cli.delete.refused", "words", c.t("cli.delete.words"))
	}
	present, err := c.present(ctx, a)
	if err != nil {
		return err
	}
	if err := keys.DeleteEverything(ctx, a, present); err != nil {
		return err
	}
	dir, err := c.dir()
	if err != nil {
		return err
	}
	// Its keys went with the journal's; no file is left to wonder about.
	if err := union.Drop(ctx, c.deps.Notes(dir)); err != nil {
		return err
	}
	return c.sayStatus(ctx, a, "cli.delete.done")
}

// typed reads a line that may be seen.
func (c *commands) typed(ctx context.Context) (string, error) {
	lines := make(chan string, 1)
	failed := make(chan error, 1)
	go func() {
		line, err := bufio.NewReader(c.in).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			failed <- err
			return
		}
		lines <- line
	}()
	select {
	case line := <-lines:
		return line, nil
	case err := <-failed:
		return "", fault.Wrap(err, fault.Invalid, "cli.delete.not_typed")
	case <-ctx.Done():
		return "", stopped()
	}
}
