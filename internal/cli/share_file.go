package cli

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/internal/app/share"
)

// sharedFile is a file that was written out.
type sharedFile struct {
	ID     string `json:"id"`
	File   string `json:"file"`
	Type   string `json:"type"`
	Bytes  int64  `json:"bytes"`
	Number int    `json:"number"`
	Key    string `json:"key,omitempty"`
}

func (c *commands) shareFileCommand() *cobra.Command {
	var d draftFlags
	var code, force bool
	var again string
	cmd := &cobra.Command{
		Use: "file FILE", Short: c.t("cli.sharing.file.short"), Long: c.t("cli.sharing.file.long"), Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.sharing(cmd.Context(), func(ctx context.Context, s *share.Sharing) error {
				f, err := c.fileFor(ctx, s, &d, again)
				if err != nil {
					return err
				}
				size, err := writeFile(args[0], force, func(w io.Writer) error {
					_, err := w.Write(f.Content)
					return err
				})
				if err != nil {
					return err
				}
				if err := s.Handed(ctx, f.ID, f.Number); err != nil {
					return err
				}
				if c.json {
					return c.printJSON(sharedFile{f.ID.String(), args[0], f.Type, size, f.Number, f.Key})
				}
				if f.Key == "" {
					return c.say("cli.sharing.file.clear", "file", args[0], "id", f.ID.String()[:digitsOfShare])
				}
				if err := c.say("cli.sharing.file.done", "file", args[0], "id", f.ID.String()[:digitsOfShare]); err != nil {
					return err
				}
				return c.sayKey(f.Key, code)
			})
		},
	}
	flags := cmd.Flags()
	c.addDraftFlags(flags, &d, true)
	c.addRecipientFlags(flags, &d)
	flags.BoolVar(&d.Clear, "clear", false, c.t("cli.sharing.flag.clear"))
	flags.StringVar(&again, "again", "", c.t("cli.sharing.flag.again"))
	flags.BoolVar(&code, "qr", false, c.t("cli.sharing.flag.qr"))
	flags.BoolVar(&force, "force", false, c.t("cli.flag.force"))
	return cmd
}

// fileFor is a new file, or the next version of one.
func (c *commands) fileFor(ctx context.Context, s *share.Sharing, d *draftFlags, again string) (share.File, error) {
	if again == "" {
		return s.File(ctx, c.draft(d, "file", s.App.Now(ctx)), d.sign)
	}
	id, err := shareNamed(ctx, s, again)
	if err != nil {
		return share.File{}, err
	}
	return s.FileAgain(ctx, id)
}
