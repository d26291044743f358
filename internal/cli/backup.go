package cli

import (
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/transfer"
)

func backupPassphrase(file string, repeat bool) secret {
	return secret{what: "cli.secret.backup", env: "EVENKEEL_BACKUP_PASSPHRASE", flag: "--backup-passphrase-file", file: file, repeat: repeat}
}

func (c *commands) backupCommand() *cobra.Command {
	var file string
	var force bool
	cmd := &cobra.Command{
		Use:   "backup FILE|-",
		Short: c.t("cli.backup.short"),
		Long:  c.t("cli.backup.long"),
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			return c.look(ctx, func(a *app.App) error {
				passphrase, err := c.read(ctx, backupPassphrase(file, true))
				if err != nil {
					return err
				}
				write := func(w io.Writer) error { return transfer.BackupAt(ctx, a, w, passphrase, c.deps.BackupWork) }
				if args[0] == "-" {
					return outFault(write(c.out))
				}
				size, err := writeFile(args[0], force, write)
				if err != nil {
					return err
				}
				if c.json {
					return c.printJSON(fileAnswer{File: args[0], Format: "age", Bytes: size})
				}
				return c.say("cli.backup.done", "file", args[0])
			})
		},
	}
	cmd.Flags().StringVar(&file, "backup-passphrase-file", "", c.t("cli.flag.backup_passphrase_file"))
	cmd.Flags().BoolVar(&force, "force", false, c.t("cli.flag.force"))
	return cmd
}

func (c *commands) restoreCommand() *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use:   "restore FILE|-",
		Short: c.t("cli.restore.short"),
		Long:  c.t("cli.restore.long"),
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			in, err := c.openInput(args[0])
			if err != nil {
				return err
			}
			defer in.Close()
			passphrase, err := c.read(ctx, backupPassphrase(file, false))
			if err != nil {
				return err
			}
			plain, err := transfer.OpenBackup(in, passphrase)
			if err != nil {
				return err
			}
			return c.write(ctx, func(a *app.App) error {
				done, err := transfer.ImportJSON(ctx, a, plain)
				c.answerDanger(c.choices(ctx, a), done.Found)
				if err != nil {
					return err
				}
				return c.sayRestored(done)
			})
		},
	}
	cmd.Flags().StringVar(&file, "backup-passphrase-file", "", c.t("cli.flag.backup_passphrase_file"))
	return cmd
}

// openInput opens a file to read, or the standard input for "-".
func (c *commands) openInput(path string) (*os.File, error) {
	if path == "-" {
		return c.in, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fileFault(err)
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, fileFault(err)
	}
	if info.IsDir() {
		f.Close()
		return nil, errIsFolder()
	}
	return f, nil
}

func (c *commands) sayRestored(done app.Merged) error {
	if c.json {
		return c.printJSON(done)
	}
	switch {
	case done.Added == 0 && done.Known == 0:
		return c.say("cli.import.empty")
	case done.Added == 0:
		return c.say("cli.import.known", "n", done.Known)
	case done.Known == 0:
		return c.say("cli.import.added", "n", done.Added)
	}
	return c.say("cli.import.added_known", "n", done.Added, "known", done.Known)
}
