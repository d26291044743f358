package cli

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/transfer"
)

// fileAnswer tells which file a command wrote.
type fileAnswer struct {
	File   string `json:"file"`
	Format string `json:"format"`
	Bytes  int64  `json:"bytes"`
	// Damaged records were left out.
	Damaged int `json:"damaged,omitempty"`
}

func (c *commands) exportCommand() *cobra.Command {
	var format string
	var force, skipDamaged, mark bool
	cmd := &cobra.Command{
		Use:   "export [FILE|-]",
		Short: c.t("cli.export.short"),
		Long:  c.t("cli.export.long"),
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if mark && format != "csv" {
				return usage("cli.export.bom_of_table")
			}
			var export func(context.Context, *app.App, io.Writer) error
			damaged := 0
			switch format {
			case "json":
				export = transfer.ExportJSON
				if skipDamaged {
					export = func(ctx context.Context, a *app.App, w io.Writer) (err error) {
						damaged, err = transfer.ExportReadable(ctx, a, w)
						return err
					}
				}
			case "csv":
				export = func(ctx context.Context, a *app.App, w io.Writer) error { return transfer.ExportCSV(ctx, a, w, mark) }
			case "nonmem":
				export = transfer.ExportDataset
			default:
				return usage("cli.export.no_such_format", "format", format)
			}
			return c.look(cmd.Context(), func(a *app.App) error {
				write := func(w io.Writer) error { return export(cmd.Context(), a, w) }
				if len(args) == 0 || args[0] == "-" {
					return outFault(write(c.out))
				}
				size, err := writeFile(args[0], force, write)
				if err != nil {
					return err
				}
				if c.json {
					return c.printJSON(fileAnswer{File: args[0], Format: format, Bytes: size, Damaged: damaged})
				}
				if damaged > 0 {
					return c.say("cli.export.damaged", "file", args[0], "n", damaged)
				}
				return c.say("cli.export.done", "file", args[0])
			})
		},
	}
	cmd.Flags().StringVar(&format, "format", "json", c.t("cli.flag.format"))
	cmd.Flags().BoolVar(&skipDamaged, "skip-damaged", false, c.t("cli.flag.skip_damaged"))
	cmd.Flags().BoolVar(&mark, "bom", false, c.t("cli.flag.bom"))
	cmd.Flags().BoolVar(&force, "force", false, c.t("cli.flag.force"))
	return cmd
}
