package cli

import (
	"encoding/json"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/care/audit"
	"github.com/evenkeel/evenkeel/internal/app/desk"
	"github.com/evenkeel/evenkeel/internal/fault"
)

func (c *commands) deskExportCommand(o *deskOptions) *cobra.Command {
	var asFHIR, asCSV, force bool
	var to string
	cmd := &cobra.Command{
		Use:   "export ID",
		Short: c.t("cli.desk.export.short"),
		Long:  c.t("cli.desk.export.long"),
		Example: `  evenkeel desk export 1a2b3c4d --fhir --to person.json
  evenkeel desk export 1a2b3c4d --csv`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			form, make := "json", c.projectionJSON
			switch {
			case asFHIR && asCSV:
				return usage("cli.desk.export.one")
			case asFHIR:
				form, make = "fhir", func(p *care.Projection) ([]byte, error) { return c.deps.Bundle(*p, c.texts) }
			case asCSV:
				form, make = "csv", desk.Table
			}
			return c.atDesk(ctx, o, func(d *desk.Desk) error {
				id, err := d.Match(ctx, args[0])
				if err != nil {
					return err
				}
				p, err := d.Export(ctx, id, form)
				if err != nil {
					return err
				}
				data, err := make(p.Shown)
				if err != nil {
					return err
				}
				return c.putFile(to, force, func(w io.Writer) error { _, err := w.Write(data); return err })
			})
		},
	}
	cmd.Flags().BoolVar(&asFHIR, "fhir", false, c.t("cli.desk.flag.fhir"))
	cmd.Flags().BoolVar(&asCSV, "csv", false, c.t("cli.desk.flag.csv"))
	cmd.Flags().StringVar(&to, "to", "", c.t("cli.desk.flag.to"))
	cmd.Flags().BoolVar(&force, "force", false, c.t("cli.flag.force"))
	return cmd
}

func (c *commands) projectionJSON(p *care.Projection) ([]byte, error) {
	b, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return nil, fault.Wrap(err, fault.Internal, "desk.not_written")
	}
	return append(b, '\n'), nil
}

// putFile writes a file, or to standard output where none is named.
func (c *commands) putFile(path string, force bool, write func(io.Writer) error) error {
	if path == "" {
		return outFault(write(c.out))
	}
	if _, err := writeFile(path, force, write); err != nil {
		return err
	}
	if c.json {
		return c.printJSON(map[string]string{"file": path})
	}
	return c.say("cli.desk.written", "file", path)
}

func (c *commands) deskAuditCommand(o *deskOptions) *cobra.Command {
	var verify, asCSV, force bool
	var file, to string
	cmd := &cobra.Command{
		Use:   "audit",
		Short: c.t("cli.desk.audit.short"),
		Long:  c.t("cli.desk.audit.long"),
		Example: `  evenkeel desk audit --to record.jsonl
  evenkeel desk audit --verify
  evenkeel desk audit --verify --file record.jsonl`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			if file != "" && !verify {
				return usage("cli.desk.audit.file_needs")
			}
			return c.atDesk(ctx, o, func(d *desk.Desk) error {
				switch {
				case verify && file != "":
					return c.verifyRecord(cmd, d, file)
				case verify:
					end, err := d.VerifyAudit(ctx)
					if err != nil {
						return brokenFault(err)
					}
					return c.sayRecord(end, "cli.desk.audit.holds")
				}
				lines, seal, err := d.ExportAudit(ctx)
				if err != nil {
					return err
				}
				return c.putFile(to, force, func(w io.Writer) error {
					if asCSV {
						return audit.WriteCSV(w, lines)
					}
					return audit.WriteLines(w, lines, seal)
				})
			})
		},
	}
	cmd.Flags().BoolVar(&verify, "verify", false, c.t("cli.desk.flag.verify"))
	cmd.Flags().StringVar(&file, "file", "", c.t("cli.desk.flag.file"))
	cmd.Flags().BoolVar(&asCSV, "csv", false, c.t("cli.desk.flag.audit_csv"))
	cmd.Flags().StringVar(&to, "to", "", c.t("cli.desk.flag.to"))
	cmd.Flags().BoolVar(&force, "force", false, c.t("cli.flag.force"))
	return cmd
}

// verifyRecord checks a record that was given out: that it holds together, that a
// member of this desk signed it, and that the desk's own record begins with it.
func (c *commands) verifyRecord(cmd *cobra.Command, d *desk.Desk, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return fileFault(err)
	}
	defer f.Close()
	lines, seal, err := audit.ReadLines(f)
	if err != nil {
		return brokenFault(err)
	}
	if err := d.Compare(cmd.Context(), lines, seal); err != nil {
		return brokenFault(err)
	}
	return c.sayRecord(seal.End, "cli.desk.audit.file_holds")
}

// brokenFault says where a record breaks.
func brokenFault(err error) error {
	if b, ok := err.(*audit.Broken); ok {
		key, args := b.Text()
		return fault.Wrap(b, fault.Corrupt, key, args...)
	}
	return err
}

func (c *commands) sayRecord(end audit.End, key string) error {
	if c.json {
		return c.printJSON(struct {
			Holds bool `json:"holds"`
			audit.End
		}{true, end})
	}
	return c.say(key, "n", end.Lines, "hash", end.Hash.String())
}
