package cli

import (
	"context"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/internal/app/share"
	"github.com/evenkeel/evenkeel/internal/app/transfer"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/journal"
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
	var code, force, sealed bool
	var again, passphraseFile string
	cmd := &cobra.Command{
		Use: "file FILE", Short: c.t("cli.sharing.file.short"), Long: c.t("cli.sharing.file.long"), Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.sharing(cmd.Context(), func(ctx context.Context, s *share.Sharing) error {
				passphrase, err := "", error(nil)
				if sealed {
					// Before anything is written: who types no passphrase has shared nothing.
					if passphrase, err = c.read(ctx, sharePassphrase(passphraseFile)); err != nil {
						return err
					}
					d.Clear = true
				}
				f, err := c.fileFor(ctx, s, &d, again)
				if err != nil {
					return err
				}
				if sealed {
					if f.Content, err = transfer.SealFile(ctx, s.App, f.Content, passphrase, c.deps.BackupWork); err != nil {
						return err
					}
					f.Type = "application/age"
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
				if sealed {
					return c.say("cli.sharing.file.age", "file", args[0], "id", f.ID.String()[:digitsOfShare])
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
	flags.BoolVar(&sealed, "age", false, c.t("cli.sharing.flag.age"))
	flags.StringVar(&passphraseFile, "share-passphrase-file", "", c.t("cli.sharing.flag.passphrase_file"))
	cmd.MarkFlagsMutuallyExclusive("age", "clear")
	flags.StringVar(&again, "again", "", c.t("cli.sharing.flag.again"))
	flags.BoolVar(&code, "qr", false, c.t("cli.sharing.flag.qr"))
	flags.BoolVar(&force, "force", false, c.t("cli.flag.force"))
	return cmd
}

// sharePassphrase is that of an age file which somebody else opens.
func sharePassphrase(file string) secret {
	return secret{what: "cli.secret.share", env: "EVENKEEL_SHARE_PASSPHRASE", flag: "--share-passphrase-file", file: file, repeat: true}
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
	shares, err := s.Shares(ctx)
	if err != nil {
		return share.File{}, err
	}
	// One without a key was in the clear, or in an age file: which of the two is said
	// anew, so that none goes out in the clear that did not before.
	if slices.ContainsFunc(shares, func(sh journal.Shared) bool { return sh.ID == id && len(sh.Share().Key) == 0 }) && !d.Clear {
		return share.File{}, fault.New(fault.Invalid, "cli.sharing.file.how")
	}
	return s.FileAgain(ctx, id)
}
