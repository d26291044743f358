package cli

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/keys"
	"github.com/evenkeel/evenkeel/internal/fault"
)

func (c *commands) passphraseCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "passphrase",
		Short: c.t("cli.passphrase.short"),
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return usage("cli.passphrase.say")
		},
	}
	cmd.AddCommand(
		c.setPassphraseCommand("set", c.t("cli.passphrase.set.short"), false),
		c.setPassphraseCommand("change", c.t("cli.passphrase.change.short"), true),
		&cobra.Command{
			Use: "remove", Short: c.t("cli.passphrase.remove.short"), Args: cobra.NoArgs,
			RunE: func(cmd *cobra.Command, _ []string) error {
				return c.look(cmd.Context(), func(a *app.App) error { return c.removePassphrase(cmd.Context(), a) })
			},
		},
	)
	return cmd
}

func (c *commands) setPassphraseCommand(name, short string, has bool) *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use: name, Short: short, Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			run := c.look
			if !has {
				run = c.write
			}
			return run(ctx, func(a *app.App) error {
				status, err := a.Status(ctx)
				switch {
				case err != nil:
					return err
				case has && !status.Passphrase:
					return fault.New(fault.NotFound, "cli.passphrase.none_yet")
				case !has && status.Passphrase:
					return fault.New(fault.Conflict, "cli.passphrase.already")
				}
				present, err := c.present(ctx, a)
				if err != nil {
					return err
				}
				next, err := c.read(ctx, secret{what: "cli.secret.new", env: "EVENKEEL_NEW_PASSPHRASE", flag: "--new-passphrase-file", file: file, repeat: true})
				if err != nil {
					return err
				}
				if err := keys.SetPassphrase(ctx, a, present, next); err != nil {
					return err
				}
				return c.sayStatus(ctx, a, "cli.passphrase.set")
			})
		},
	}
	cmd.Flags().StringVar(&file, "new-passphrase-file", "", c.t("cli.flag.new_passphrase_file"))
	return cmd
}

func (c *commands) removePassphrase(ctx context.Context, a *app.App) error {
	status, err := a.Status(ctx)
	if err != nil {
		return err
	}
	if !status.Passphrase {
		return fault.New(fault.NotFound, "cli.passphrase.none")
	}
	present, err := c.present(ctx, a)
	if err != nil {
		return err
	}
	if err := keys.RemovePassphrase(ctx, a, present); err != nil {
		return err
	}
	return c.sayStatus(ctx, a, "cli.passphrase.removed")
}

// sayStatus prints a text for a person, or how the journal stands as JSON.
func (c *commands) sayStatus(ctx context.Context, a *app.App, key string) error {
	if !c.json {
		return c.say(key)
	}
	status, err := a.Status(ctx)
	if err != nil {
		return err
	}
	return c.printJSON(status)
}

func (c *commands) recoveryCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "recovery-code",
		Short: c.t("cli.recovery.short"),
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return usage("cli.recovery.say")
		},
	}
	var file string
	use := &cobra.Command{
		Use: "use", Short: c.t("cli.recovery.use.short"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.useRecovery(cmd.Context(), file) },
	}
	use.Flags().StringVar(&file, "new-passphrase-file", "", c.t("cli.flag.new_passphrase_file"))
	cmd.AddCommand(use, &cobra.Command{
		Use: "new", Short: c.t("cli.recovery.new.short"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			return c.look(ctx, func(a *app.App) error {
				present, err := c.present(ctx, a)
				if err != nil {
					return err
				}
				code, err := keys.NewRecoveryCode(ctx, a, present)
				if err != nil {
					return err
				}
				if c.json {
					return c.printJSON(struct {
						Code string `json:"recovery_code"`
					}{code})
				}
				return c.say("cli.recovery.code", "code", code)
			})
		},
	})
	return cmd
}

func (c *commands) useRecovery(ctx context.Context, newFile string) error {
	a, err := c.openExisting(ctx)
	if err != nil {
		return err
	}
	return c.closing(a, func() error {
		code, err := c.read(ctx, secret{what: "cli.secret.recovery", env: "EVENKEEL_RECOVERY_CODE"})
		if err != nil {
			return err
		}
		next, err := c.read(ctx, secret{what: "cli.secret.new", env: "EVENKEEL_NEW_PASSPHRASE", flag: "--new-passphrase-file", file: newFile, repeat: true})
		if err != nil {
			return err
		}
		if err := keys.Recover(ctx, a, code, next); err != nil {
			return err
		}
		return c.sayStatus(ctx, a, "cli.recovery.used")
	})
}
