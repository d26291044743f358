package cli

import (
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/summary"
	"github.com/evenkeel/evenkeel/internal/app/summary/print"
)

func (c *commands) summaryCommand() *cobra.Command {
	var show, pdf, html string
	var force bool
	cmd := &cobra.Command{
		Use:   "summary",
		Short: c.t("summary.short"),
		Long:  c.t("cli.summary.long"),
		Example: `  evenkeel summary
  evenkeel summary --show products,doses,questions --pdf summary.pdf`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var names []string
			if cmd.Flags().Changed("show") {
				names = strings.FieldsFunc(show, func(r rune) bool { return r == ',' || r == ' ' })
				if names == nil {
					names = []string{}
				}
			}
			return c.look(cmd.Context(), func(a *app.App) error {
				j, err := a.Read(cmd.Context())
				if err != nil {
					return err
				}
				d, err := summary.Make(j, a.Now(cmd.Context()), c.text, names)
				if err != nil {
					return err
				}
				return c.putSummary(&d, pdf, html, force)
			})
		},
	}
	cmd.Flags().StringVar(&show, "show", "", c.t("cli.flag.show", "list", strings.Join(summary.Names(), ", ")))
	cmd.Flags().StringVar(&pdf, "pdf", "", c.t("cli.flag.pdf"))
	cmd.Flags().StringVar(&html, "html", "", c.t("cli.flag.html"))
	cmd.Flags().BoolVar(&force, "force", false, c.t("cli.flag.force"))
	return cmd
}

// putSummary writes the files that were asked for; without any it prints.
func (c *commands) putSummary(d *summary.Document, pdf, html string, force bool) error {
	var files []string
	for _, f := range []struct {
		path  string
		write func(io.Writer, *summary.Document) error
	}{{pdf, print.PDF}, {html, print.HTML}} {
		if f.path == "" {
			continue
		}
		if _, err := writeFile(f.path, force, func(w io.Writer) error { return f.write(w, d) }); err != nil {
			return err
		}
		files = append(files, f.path)
	}
	switch {
	case c.json:
		return c.printJSON(d)
	case len(files) == 0:
		return outFault(print.Text(c.out, d))
	}
	return c.say("summary.written", "file", strings.Join(files, ", "))
}
