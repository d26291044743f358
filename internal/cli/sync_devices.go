package cli

import (
	"context"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/internal/app/union"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/vault/fingerprint"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// devicesAnswer says where the journal synchronises and with whom.
type devicesAnswer struct {
	Host    string         `json:"host"`
	Address string         `json:"address"`
	Devices []deviceAnswer `json:"devices"`
	Records int            `json:"records"`
}

// deviceAnswer has the words and digits by which people compare a key, as on the
// pages of the other devices.
type deviceAnswer struct {
	Key    string   `json:"key"`
	Own    bool     `json:"own"`
	Words  []string `json:"words"`
	Digits string   `json:"digits"`
}

func (c *commands) syncDevicesCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "devices",
		Short: c.t("cli.sync.devices.short"),
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.united(cmd.Context(), func(ctx context.Context, u *union.Union) error {
				place, err := u.Look(ctx)
				if err != nil {
					return err
				}
				return c.sayPlace(place)
			})
		},
	}
}

func (c *commands) sayPlace(place union.Place) error {
	a := devicesAnswer{Host: place.Host, Address: place.Address.String(), Devices: []deviceAnswer{}, Records: place.Records}
	for _, key := range place.Devices {
		a.Devices = append(a.Devices, deviceAnswer{hex.EncodeToString(key[:]), key == place.Own, fingerprint.Words(key[:]), fingerprint.Digits(key[:])})
	}
	if c.json {
		return c.printJSON(a)
	}
	if err := c.say("cli.sync.devices.place", "host", a.Host, "address", a.Address, "n", a.Records); err != nil {
		return err
	}
	for _, d := range a.Devices {
		key := "cli.sync.devices.other"
		if d.Own {
			key = "cli.sync.devices.own"
		}
		if err := c.say(key, "key", d.Key[:deviceDigits]); err != nil {
			return err
		}
		if err := c.print("  " + strings.Join(d.Words, " ") + "\n  " + d.Digits); err != nil {
			return err
		}
	}
	return nil
}

// deviceDigits of a key are shown, and enough to name a device.
const deviceDigits = 16

func (c *commands) syncRemoveCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "remove KEY",
		Short: c.t("cli.sync.remove.short"),
		Long:  c.t("cli.sync.remove.long"),
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.united(cmd.Context(), func(ctx context.Context, u *union.Union) error {
				place, err := u.Look(ctx)
				if err != nil {
					return err
				}
				i := slices.IndexFunc(place.Devices, func(key wire.DeviceKey) bool {
					return len(args[0]) >= deviceDigits && strings.HasPrefix(hex.EncodeToString(key[:]), strings.ToLower(args[0]))
				})
				if i < 0 {
					return fault.New(fault.NotFound, "cli.sync.remove.nobody")
				}
				if place.Devices[i] == place.Own {
					return fault.New(fault.Invalid, "cli.sync.remove.own")
				}
				if err := u.Remove(ctx, place.Devices[i]); err != nil {
					return err
				}
				if c.json {
					return c.printJSON(map[string]bool{"removed": true})
				}
				return c.say("cli.sync.remove.done")
			})
		},
	}
}

func (c *commands) syncStopCommand() *cobra.Command {
	var destroy bool
	cmd := &cobra.Command{
		Use:   "stop",
		Short: c.t("cli.sync.stop.short"),
		Long:  c.t("cli.sync.stop.long"),
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.united(cmd.Context(), func(ctx context.Context, u *union.Union) error {
				if err := c.endShares(ctx, u.App, destroy); err != nil {
					return err
				}
				listed, err := u.Stop(ctx, destroy)
				switch {
				case err != nil:
					return err
				case c.json:
					return c.printJSON(map[string]bool{"stopped": true, "destroyed": destroy, "listed": listed})
				case destroy:
					return c.say("cli.sync.stop.destroyed")
				case listed:
					return c.say("cli.sync.stop.listed")
				}
				return c.say("cli.sync.stop.done")
			})
		},
	}
	cmd.Flags().BoolVar(&destroy, "destroy", false, c.t("cli.sync.flag.destroy"))
	return cmd
}
