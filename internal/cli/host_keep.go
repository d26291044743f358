package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/host"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// keep runs f beside a host that may be running.
func (c *commands) keep(ctx context.Context, o *hostOptions, f func(host.Keeper) error) error {
	return c.withHostStore(ctx, o.store, func(s port.Store) error { return f(host.Keeper{Store: s, Clock: systemClock{}}) })
}

// invitationAnswer is an invitation for one journal.
type invitationAnswer struct {
	Invitation string `json:"invitation"`
	Days       int    `json:"days"`
}

func (c *commands) hostInviteCommand(o *hostOptions) *cobra.Command {
	var days int
	cmd := &cobra.Command{
		Use:   "invite",
		Short: c.t("cli.host.invite.short"),
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if days < 1 || days > 365 {
				return usage("cli.host.invite.days_form")
			}
			return c.keep(cmd.Context(), o, func(k host.Keeper) error {
				code, err := k.Invite(cmd.Context(), days)
				if err != nil {
					return err
				}
				if c.json {
					return c.printJSON(invitationAnswer{code, days})
				}
				return c.say("cli.host.invite.done", "code", code, "n", days)
			})
		},
	}
	cmd.Flags().IntVar(&days, "days", 7, c.t("cli.host.flag.days"))
	return cmd
}

// copier is a store that can copy itself into one file.
type copier interface {
	CopyTo(ctx context.Context, path string) error
}

func (c *commands) hostBackupCommand(o *hostOptions) *cobra.Command {
	var force bool
	cmd := &cobra.Command{
		Use:   "backup FILE",
		Short: c.t("cli.host.backup.short"),
		Long:  c.t("cli.host.backup.long"),
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withHostStore(cmd.Context(), o.store, func(s port.Store) error {
				from, ok := s.(copier)
				if !ok {
					return fault.New(fault.Invalid, "cli.host.backup.server")
				}
				size, err := copyFile(cmd.Context(), from, args[0], force)
				if err != nil {
					return err
				}
				if c.json {
					return c.printJSON(fileAnswer{File: args[0], Format: "sqlite", Bytes: size})
				}
				return c.say("cli.host.backup.done", "file", args[0])
			})
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, c.t("cli.flag.force"))
	return cmd
}

// copyFile has a store write its copy into a folder that nobody else reads, and
// gives it its name when it is whole.
func copyFile(ctx context.Context, from copier, path string, force bool) (size int64, err error) {
	if _, err := os.Lstat(path); err == nil && !force {
		return 0, errFileExists()
	}
	dir, err := os.MkdirTemp(filepath.Dir(path), ".evenkeel-*")
	if err != nil {
		return 0, fileFault(err)
	}
	defer os.RemoveAll(dir)
	temp := filepath.Join(dir, "copy")
	if err := from.CopyTo(ctx, temp); err != nil {
		return 0, err
	}
	if err := os.Chmod(temp, 0o600); err != nil {
		return 0, fileFault(err)
	}
	f, err := os.OpenFile(temp, os.O_RDWR, 0)
	if err != nil {
		return 0, fileFault(err)
	}
	info, err := f.Stat()
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return 0, fileFault(err)
	}
	return info.Size(), place(temp, path, force)
}

// hostDoctorAnswer is what was found, its problems as sentences.
type hostDoctorAnswer struct {
	host.Findings
	OK       bool     `json:"ok"`
	Problems []string `json:"problems"`
}

func (c *commands) hostDoctorCommand(o *hostOptions) *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: c.t("cli.host.doctor.short"),
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.keep(cmd.Context(), o, func(k host.Keeper) error {
				found, err := k.Examine(cmd.Context())
				if err != nil {
					return err
				}
				return c.sayHostReport(found)
			})
		},
	}
}

func (c *commands) sayHostReport(found host.Findings) error {
	a := hostDoctorAnswer{Findings: found, OK: len(found.Problems) == 0, Problems: []string{}}
	for _, p := range found.Problems {
		a.Problems = append(a.Problems, c.text.Fault(p))
	}
	if c.json {
		if err := c.printJSON(a); err != nil || a.OK {
			return err
		}
		return errShown
	}
	if err := c.say("cli.host.doctor.counts", "logs", found.Logs, "devices", found.Devices, "records", found.Records, "forgotten", found.Forgotten, "engine", found.EngineVersion); err != nil {
		return err
	}
	if err := c.say("cli.host.doctor.shared", "shares", found.Shares, "ended", found.SharesEnded, "inboxes", found.Inboxes, "letters", found.Letters); err != nil {
		return err
	}
	for _, p := range a.Problems {
		if err := c.print(p); err != nil {
			return err
		}
	}
	if a.OK {
		return c.say("cli.doctor.fine")
	}
	return errShown
}

func (c *commands) hostDestroyCommand(o *hostOptions) *cobra.Command {
	var confirm string
	cmd := &cobra.Command{
		Use:   "destroy ADDRESS",
		Short: c.t("cli.host.destroy.short"),
		Long:  c.t("cli.host.destroy.long"),
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			log, err := wire.ParseAddress(args[0])
			if err != nil {
				return err
			}
			if confirm != args[0][:8] {
				return usage("cli.host.destroy.confirm", "digits", args[0][:8])
			}
			return c.keep(cmd.Context(), o, func(k host.Keeper) error {
				if err := k.Destroy(cmd.Context(), log); err != nil {
					return err
				}
				if c.json {
					return c.printJSON(map[string]bool{"destroyed": true})
				}
				return c.say("cli.host.destroy.done")
			})
		},
	}
	cmd.Flags().StringVar(&confirm, "confirm", "", c.t("cli.host.flag.confirm"))
	return cmd
}
