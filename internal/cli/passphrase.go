package cli

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/fault"
)

func (c *commands) passphraseCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "passphrase",
		Short: "Set, change or remove the passphrase that opens the journal",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return usage("Say what to do: evenkeel passphrase set, change or remove.")
		},
	}
	cmd.AddCommand(
		c.setPassphraseCommand("set", "Ask for a passphrase from now on", false),
		c.setPassphraseCommand("change", "Replace the passphrase by another one", true),
		&cobra.Command{
			Use: "remove", Short: "Let the journal open by itself on this computer", Args: cobra.NoArgs,
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
					return fault.New(fault.NotFound, "This journal has no passphrase yet. Use: evenkeel passphrase set")
				case !has && status.Passphrase:
					return fault.New(fault.Conflict, "This journal has a passphrase already. Use: evenkeel passphrase change")
				}
				present, err := c.present(ctx, a)
				if err != nil {
					return err
				}
				next, err := c.read(ctx, secret{what: "the new passphrase", env: "EVENKEEL_NEW_PASSPHRASE", flag: "--new-passphrase-file", file: file, repeat: true})
				if err != nil {
					return err
				}
				if err := a.SetPassphrase(ctx, present, next); err != nil {
					return err
				}
				return c.sayStatus(ctx, a, "The journal now opens with this passphrase only. Nobody can bring it back if you forget it, so get a recovery code: evenkeel recovery-code new")
			})
		},
	}
	cmd.Flags().StringVar(&file, "new-passphrase-file", "", "read the new passphrase from the first line of `file`")
	return cmd
}

func (c *commands) removePassphrase(ctx context.Context, a *app.App) error {
	status, err := a.Status(ctx)
	if err != nil {
		return err
	}
	if !status.Passphrase {
		return fault.New(fault.NotFound, "This journal has no passphrase, so there is none to remove.")
	}
	present, err := c.present(ctx, a)
	if err != nil {
		return err
	}
	if err := a.RemovePassphrase(ctx, present); err != nil {
		return err
	}
	return c.sayStatus(ctx, a, "The journal now opens by itself, for whoever uses this account on this computer.")
}

// sayStatus prints words for a person, or how the journal stands as JSON.
func (c *commands) sayStatus(ctx context.Context, a *app.App, words string) error {
	if !c.json {
		return c.say("%s", words)
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
		Short: "Get a code that opens the journal when the passphrase is lost",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return usage("Say what to do: evenkeel recovery-code new, or use.")
		},
	}
	var file string
	use := &cobra.Command{
		Use: "use", Short: "Open the journal with the code and set a new passphrase", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.useRecovery(cmd.Context(), file) },
	}
	use.Flags().StringVar(&file, "new-passphrase-file", "", "read the new passphrase from the first line of `file`")
	cmd.AddCommand(use, &cobra.Command{
		Use: "new", Short: "Show a fresh code; an earlier one stops working", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			return c.look(ctx, func(a *app.App) error {
				present, err := c.present(ctx, a)
				if err != nil {
					return err
				}
				code, err := a.NewRecoveryCode(ctx, present)
				if err != nil {
					return err
				}
				if c.json {
					return c.printJSON(struct {
						Code string `json:"recovery_code"`
					}{code})
				}
				return c.say("Your recovery code:\n\n  %s\n\nWrite it down and keep it away from this computer. It is shown only now, and an earlier code no longer works.", code)
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
		code, err := c.read(ctx, secret{what: "the recovery code", env: "EVENKEEL_RECOVERY_CODE", flag: "a terminal"})
		if err != nil {
			return err
		}
		next, err := c.read(ctx, secret{what: "the new passphrase", env: "EVENKEEL_NEW_PASSPHRASE", flag: "--new-passphrase-file", file: newFile, repeat: true})
		if err != nil {
			return err
		}
		if err := a.Recover(ctx, code, next); err != nil {
			return err
		}
		return c.sayStatus(ctx, a, "The journal is open again, and the new passphrase is set.")
	})
}
