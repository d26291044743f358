package cli

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"net/http"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/union"
	"github.com/evenkeel/evenkeel/internal/host/client"
	"github.com/evenkeel/evenkeel/internal/wire"
)

func (c *commands) syncCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "sync",
		Short: c.t("cli.sync.short"),
		Long:  c.t("cli.sync.long"),
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.unite(cmd.Context(), c.look, func(ctx context.Context, u *union.Union) (union.Done, error) { return u.Sync(ctx) })
		},
	}
	cmd.AddCommand(c.syncStartCommand(), c.syncInviteCommand(), c.syncJoinCommand(), c.syncAgainCommand(), c.syncDevicesCommand(), c.syncRemoveCommand(), c.syncStopCommand())
	return cmd
}

// union is the open journal and the way to its host.
func (c *commands) union(a *app.App) (*union.Union, error) {
	dir, err := c.dir()
	if err != nil {
		return nil, err
	}
	return c.unionIn(dir, a), nil
}

func (c *commands) unionIn(dir string, a *app.App) *union.Union {
	return &union.Union{App: a, Notes: c.deps.Notes(dir), Clock: systemClock{}, Random: rand.Reader,
		Dial: func(base string, log wire.Address, key ed25519.PrivateKey) (union.Line, error) {
			l, err := client.New(base, log, key, systemClock{}, http.DefaultTransport)
			if err != nil {
				return nil, err // not a nil *client.Log in an interface
			}
			return l, nil
		},
		Visit: func(base string) (union.Rendezvous, error) { return client.NewVisitor(base, http.DefaultTransport) },
	}
}

// opening is look or write.
type opening func(ctx context.Context, f func(*app.App) error) error

// unite runs a synchronisation and says what it did, and in one sentence what the
// host did not keep.
func (c *commands) unite(ctx context.Context, open opening, f func(context.Context, *union.Union) (union.Done, error)) error {
	return open(ctx, func(a *app.App) error {
		u, err := c.union(a)
		if err != nil {
			return err
		}
		done, err := f(ctx, u)
		c.answerDanger(c.choices(ctx, a), done.Found)
		if err != nil {
			return err
		}
		// Who chose to renew a share daily asked for it to go along.
		steps, err := c.dueAfter(ctx, a)
		if err != nil {
			return err
		}
		if err := c.sayDone(done, steps); err != nil {
			return err
		}
		return done.Problem()
	})
}

// doneAnswer is what a synchronisation did, and what went along for the shares.
type doneAnswer struct {
	union.Done
	Shares []stepAnswer `json:"shares,omitempty"`
}

func (c *commands) sayDone(done union.Done, steps []stepAnswer) error {
	if c.json {
		return c.printJSON(doneAnswer{done, steps})
	}
	if err := c.saySteps(steps); err != nil {
		return err
	}
	if err := c.say("cli.sync.done", "fetched", done.Fetched, "brought", done.Brought); err != nil {
		return err
	}
	if done.Forgotten > 0 {
		if err := c.say("cli.sync.forgotten", "n", done.Forgotten); err != nil {
			return err
		}
	}
	if done.TooLong > 0 {
		return c.say("cli.sync.too_long", "n", done.TooLong)
	}
	return nil
}

func (c *commands) syncStartCommand() *cobra.Command {
	var invitation string
	cmd := &cobra.Command{
		Use:   "start HOST",
		Short: c.t("cli.sync.start.short"),
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.unite(cmd.Context(), c.write, func(ctx context.Context, u *union.Union) (union.Done, error) {
				return u.Start(ctx, args[0], invitation)
			})
		},
	}
	cmd.Flags().StringVar(&invitation, "invitation", "", c.t("cli.sync.flag.invitation"))
	return cmd
}

func (c *commands) syncAgainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "again",
		Short: c.t("cli.sync.again.short"),
		Long:  c.t("cli.sync.again.long"),
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.unite(cmd.Context(), c.look, func(ctx context.Context, u *union.Union) (union.Done, error) { return u.Again(ctx) })
		},
	}
}

// united runs f on a journal that synchronises.
func (c *commands) united(ctx context.Context, f func(context.Context, *union.Union) error) error {
	return c.look(ctx, func(a *app.App) error {
		u, err := c.union(a)
		if err != nil {
			return err
		}
		return f(ctx, u)
	})
}
