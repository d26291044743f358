package cli

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/internal/app/desk"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/host/client"
	"github.com/evenkeel/evenkeel/internal/host/outward"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// deskFile is the desk of a program in the data directory.
const deskFile = "desk.db"

// deskOptions are what every command of a desk may be told.
type deskOptions struct {
	member string
	demo   bool
}

func (c *commands) deskCommand() *cobra.Command {
	o := &deskOptions{}
	var serve serveOptions
	cmd := &cobra.Command{
		Use:   "desk",
		Short: c.t("cli.desk.short"),
		Long:  c.t("cli.desk.long"),
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return c.serveDesk(cmd.Context(), o, serve) },
	}
	cmd.PersistentFlags().StringVar(&o.member, "member", "", c.t("cli.desk.flag.member"))
	cmd.PersistentFlags().BoolVar(&o.demo, "demo", false, c.t("cli.desk.flag.demo"))
	c.serveFlags(cmd, &serve)
	cmd.AddCommand(
		c.deskBeginCommand(o), c.deskStartCommand(o), c.deskCardCommand(o), c.deskPollCommand(o),
		c.deskListCommand(o), c.deskShowCommand(o), c.deskNoteCommand(o), c.deskAckCommand(o),
		c.deskExportCommand(o), c.deskAggregatesCommand(o), c.deskAuditCommand(o),
		c.deskMembersCommand(o), c.deskPassphraseCommand(o), c.deskRekeyCommand(o),
	)
	return cmd
}

// newDesk is the desk of the data directory, locked. Whoever only reads does not begin
// one: make says whether its file may be made.
func (c *commands) newDesk(ctx context.Context, make bool) (*desk.Desk, error) {
	dir, err := c.dir()
	if err != nil {
		return nil, err
	}
	path := filepath.Join(dir, deskFile)
	if there, err := hasFile(path); err != nil {
		return nil, err
	} else if !there && !make {
		return nil, fault.New(fault.NotFound, "cli.desk.none", "place", dir)
	}
	store, err := c.deps.OpenStore(ctx, path)
	if err != nil {
		return nil, err
	}
	strangers := outward.Transport()
	return desk.New(desk.Config{
		Store: store, Clock: systemClock{}, Random: rand.Reader, Cost: c.deps.Cost,
		Dial: func(base string, log wire.Address, key ed25519.PrivateKey) (desk.Line, error) {
			l, err := client.New(base, log, key, systemClock{}, http.DefaultTransport)
			if err != nil {
				return nil, err // not a nil *client.Log in an interface
			}
			return l, nil
		},
		Visit: func(base string) (desk.Visitor, error) {
			if err := outward.Check(base); err != nil {
				return nil, err
			}
			return visitor(base, strangers)
		},
		VisitOwn: func(base string) (desk.Visitor, error) { return visitor(base, http.DefaultTransport) },
	}), nil
}

func visitor(base string, transport http.RoundTripper) (desk.Visitor, error) {
	v, err := client.NewVisitor(base, transport)
	if err != nil {
		return nil, err // not a nil *client.Visitor in an interface
	}
	return v, nil
}

func (c *commands) deskPassphrase() secret {
	return secret{what: "cli.secret.desk", env: "EVENKEEL_PASSPHRASE", flag: "--passphrase-file", file: c.passphraseFile}
}

// atDesk runs f on a desk that a member has unlocked, or on the made-up one.
func (c *commands) atDesk(ctx context.Context, o *deskOptions, f func(*desk.Desk) error) error {
	if o.demo {
		return c.atDemo(ctx, f)
	}
	d, err := c.newDesk(ctx, false)
	if err != nil {
		return err
	}
	return c.closingDesk(d, func() error {
		if err := c.unlockDesk(ctx, d, o); err != nil {
			return err
		}
		err := f(d)
		if problem := d.Problem(); err == nil && problem != nil {
			// What was asked for is done; that the desk lacks something is said too.
			fmt.Fprintln(c.errs, c.text.Fault(problem))
		}
		return err
	})
}

func (c *commands) closingDesk(d *desk.Desk, f func() error) error {
	return errors.Join(f(), d.Close())
}

func (c *commands) unlockDesk(ctx context.Context, d *desk.Desk, o *deskOptions) error {
	status, err := d.Look(ctx)
	switch {
	case err != nil:
		return err
	case !status.Begun:
		return fault.New(fault.NotFound, "desk.none")
	case o.member == "" && len(status.Members) > 1:
		return usage("cli.desk.which_member")
	}
	passphrase, err := c.read(ctx, c.deskPassphrase())
	if err != nil {
		return err
	}
	return d.Unlock(ctx, o.member, passphrase)
}

func (c *commands) atDemo(ctx context.Context, f func(*desk.Desk) error) error {
	d, err := c.deps.NewDeskDemo(ctx, c.text, systemClock{})
	if err != nil {
		return err
	}
	return c.closingDesk(d, func() error { return f(d) })
}

// notLive stands over whatever shows how people are.
func (c *commands) notLive() string { return c.t("cli.desk.live") }
