package cli

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/transfer/batch"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
)

// batchAnswer is one import in the answer of `import list --json`.
type batchAnswer struct {
	ID      journal.ID `json:"id"`
	At      time.Time  `json:"at"`
	Source  string     `json:"source"`
	Name    string     `json:"name,omitempty"`
	Entries int        `json:"entries"`
	Changed int        `json:"changed"`
	Kept    int        `json:"kept"`
}

func (c *commands) importListCommand() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: c.t("cli.import.list.short"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.look(cmd.Context(), func(a *app.App) error {
				j, err := a.Read(cmd.Context())
				if err != nil {
					return err
				}
				list := []batchAnswer{}
				for _, e := range j.Imports() {
					s := batch.Stands(j, e.ID)
					list = append(list, batchAnswer{e.ID, e.At, e.Import().Source, e.Import().Name, s.Entries, s.Changed, len(e.Import().Kept)})
				}
				if c.json {
					return c.printJSON(struct {
						Imports []batchAnswer `json:"imports"`
					}{list})
				}
				if len(list) == 0 {
					return c.say("cli.import.none")
				}
				for _, b := range list {
					text := short(b.ID) + "  " + c.t("batch.one", "source", c.t("batch.source."+b.Source), "when", b.At.Format("2006-01-02 15:04"), "n", b.Entries)
					if b.Name != "" {
						text += "  " + oneLine(b.Name)
					}
					if b.Kept > 0 {
						text += "  " + c.t("batch.waiting", "n", b.Kept)
					}
					if err := c.print(text); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
}

func (c *commands) importUndoCommand() *cobra.Command {
	return &cobra.Command{
		Use: "undo ID", Short: c.t("cli.import.undo.short"), Args: cobra.ExactArgs(1),
		Long: c.t("cli.import.undo.long"),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			return c.look(ctx, func(a *app.App) error {
				id, err := c.batch(ctx, a, args[0])
				if err != nil {
					return err
				}
				done, err := batch.Undo(ctx, a, id)
				if err != nil {
					return err
				}
				if c.json {
					return c.printJSON(done)
				}
				text := c.t("batch.undone", "n", done.Removed)
				if done.Back > 0 {
					text += " " + c.t("batch.back", "n", done.Back)
				}
				if done.Products > 0 {
					text += " " + c.t("batch.products_out", "n", done.Products)
				}
				return c.print(text)
			})
		},
	}
}

func (c *commands) importKeptCommand() *cobra.Command {
	return &cobra.Command{
		Use: "kept ID", Short: c.t("cli.import.kept.short"), Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			return c.look(ctx, func(a *app.App) error {
				id, err := c.batch(ctx, a, args[0])
				if err != nil {
					return err
				}
				j, err := a.Read(ctx)
				if err != nil {
					return err
				}
				im := journal.Import{}
				for _, e := range j.Imports() {
					if e.ID == id {
						im = *e.Import()
					}
				}
				if c.json {
					return c.printJSON(struct {
						Columns []string          `json:"columns"`
						Kept    []journal.KeptRow `json:"kept"`
						Dropped int               `json:"dropped"`
					}{im.Columns, append([]journal.KeptRow{}, im.Kept...), im.Dropped})
				}
				if len(im.Kept) == 0 {
					return c.say("cli.import.none_kept")
				}
				for _, k := range im.Kept {
					if err := c.print(c.t("cli.import.row", "n", k.Row) + "  " + c.t(k.Problem) + "  " + oneLine(strings.Join(k.Cells, " | "))); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
}

// batch finds an import by its id or the first digits of it.
func (c *commands) batch(ctx context.Context, a *app.App, arg string) (id journal.ID, err error) {
	j, err := a.Read(ctx)
	if err != nil {
		return id, err
	}
	if len(arg) < 4 {
		return id, fault.New(fault.Invalid, "cli.log.id_short")
	}
	found := 0
	for _, e := range j.Imports() {
		if strings.HasPrefix(e.ID.String(), strings.ToLower(arg)) {
			id = e.ID
			found++
		}
	}
	switch found {
	case 0:
		return id, fault.New(fault.NotFound, "cli.import.id_unknown")
	case 1:
		return id, nil
	}
	return id, fault.New(fault.Conflict, "cli.log.id_many")
}
