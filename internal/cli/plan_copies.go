package cli

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/plan/copies"
	"github.com/evenkeel/evenkeel/internal/app/transfer/sheet"
)

// planSheetCommand puts the plan on paper.
func (c *commands) planSheetCommand() *cobra.Command {
	var pdf, html string
	var force bool
	cmd := &cobra.Command{Use: "sheet", Short: c.t("cli.plan.sheet.short"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.copyPlan(cmd, func(p *copies.Copy) error {
				d := p.Sheet()
				return c.putSummary(&d, pdf, html, force)
			})
		}}
	cmd.Flags().StringVar(&pdf, "pdf", "", c.t("cli.flag.pdf"))
	cmd.Flags().StringVar(&html, "html", "", c.t("cli.flag.html"))
	cmd.Flags().BoolVar(&force, "force", false, c.t("cli.flag.force"))
	return cmd
}

// planFileCommands write the plan as a file of another program.
func (c *commands) planFileCommands() []*cobra.Command {
	var mark bool
	table := c.planFileCommand("csv", c.t("cli.plan.csv.short"), func(p *copies.Copy, w io.Writer) error {
		if mark {
			if _, err := io.WriteString(w, sheet.ByteOrderMark); err != nil {
				return err
			}
		}
		return p.CSV(w)
	})
	table.Flags().BoolVar(&mark, "bom", false, c.t("cli.flag.bom"))
	calendar := c.planFileCommand("calendar", c.t("cli.plan.calendar.short"), func(p *copies.Copy, w io.Writer) error { return p.Calendar(w) })
	calendar.Long = c.t("copies.page_lead") + " " + c.t("copies.calendar_how")
	return []*cobra.Command{calendar, table}
}

func (c *commands) planFileCommand(format, short string, write func(*copies.Copy, io.Writer) error) *cobra.Command {
	var force bool
	cmd := &cobra.Command{Use: format + " [FILE|-]", Short: short, Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.copyPlan(cmd, func(p *copies.Copy) error {
				if len(args) == 0 || args[0] == "-" {
					return outFault(write(p, c.out))
				}
				size, err := writeFile(args[0], force, func(w io.Writer) error { return write(p, w) })
				if err != nil {
					return err
				}
				if c.json {
					return c.printJSON(fileAnswer{File: args[0], Format: format, Bytes: size})
				}
				return c.say("summary.written", "file", args[0])
			})
		}}
	cmd.Flags().BoolVar(&force, "force", false, c.t("cli.flag.force"))
	return cmd
}

// copyPlan hands the plan over as it stands.
func (c *commands) copyPlan(cmd *cobra.Command, do func(*copies.Copy) error) error {
	return c.look(cmd.Context(), func(a *app.App) error {
		j, err := a.Read(cmd.Context())
		if err != nil {
			return err
		}
		p, err := copies.Of(j, a.Now(cmd.Context()), c.text)
		if err != nil {
			return err
		}
		return do(p)
	})
}
