package cli

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/evenkeel/evenkeel/internal/app/union"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/qr"
)

// codeAnswer is a code with which one more device joins.
type codeAnswer struct {
	Code string `json:"code"`
	// Host goes with a short code, which does not hold it.
	Host  string    `json:"host,omitempty"`
	Until time.Time `json:"until"`
}

func (c *commands) syncInviteCommand() *cobra.Command {
	var short, drawn bool
	cmd := &cobra.Command{
		Use:   "invite",
		Short: c.t("cli.sync.invite.short"),
		Long:  c.t("cli.sync.invite.long"),
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.united(cmd.Context(), func(ctx context.Context, u *union.Union) error {
				switch {
				case short && drawn:
					return fault.New(fault.Invalid, "cli.sync.invite.one")
				case short:
					return c.meet(ctx, u)
				}
				return c.invite(ctx, u, drawn)
			})
		},
	}
	cmd.Flags().BoolVar(&drawn, "qr", false, c.t("cli.sync.flag.qr"))
	cmd.Flags().BoolVar(&short, "short", false, c.t("cli.sync.flag.short"))
	return cmd
}

func (c *commands) invite(ctx context.Context, u *union.Union, drawn bool) error {
	code, until, done, err := u.Invite(ctx)
	c.answerDanger(c.choices(ctx, u.App), done.Found)
	if err != nil {
		return err
	}
	if err := c.sayCode(code, until, drawn); err != nil {
		return err
	}
	return done.Problem()
}

func (c *commands) sayCode(code string, until time.Time, drawn bool) error {
	if c.json {
		return c.printJSON(codeAnswer{Code: code, Until: until.UTC().Truncate(time.Second)})
	}
	if err := c.say("cli.sync.invite.done"); err != nil {
		return err
	}
	if drawn {
		picture, err := qr.Terminal(code)
		if err != nil {
			return err
		}
		if err := c.print(strings.TrimSuffix(picture, "\n")); err != nil {
			return err
		}
	}
	return c.print("  " + code)
}

// meet shows a short code and waits until another device has joined by it.
func (c *commands) meet(ctx context.Context, u *union.Union) error {
	m, err := u.Meet(ctx)
	if err != nil {
		return err
	}
	if c.json {
		err = c.printJSON(codeAnswer{m.Code, m.Host, m.Until.UTC().Truncate(time.Second)})
	} else if err = c.say("cli.sync.invite.short_code", "host", m.Host); err == nil {
		err = c.print("  " + m.Code)
	}
	if err != nil {
		return err
	}
	done, err := m.Wait(ctx)
	c.answerDanger(c.choices(ctx, u.App), done.Found)
	if err != nil {
		return err
	}
	if c.json {
		err = c.printJSON(map[string]bool{"met": true})
	} else {
		err = c.say("cli.sync.invite.met")
	}
	if err != nil {
		return err
	}
	return done.Problem()
}

func (c *commands) syncJoinCommand() *cobra.Command {
	var host string
	cmd := &cobra.Command{
		Use:   "join [CODE]",
		Short: c.t("cli.sync.join.short"),
		Long:  c.t("cli.sync.join.long"),
		Args:  cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			code := strings.Join(args, "")
			if code == "" {
				var err error
				if code, err = c.typed(ctx); err != nil {
					return err
				}
			}
			return c.unite(ctx, c.write, func(ctx context.Context, u *union.Union) (union.Done, error) {
				switch {
				case !union.IsShort(code):
					return u.Join(ctx, code)
				case host == "":
					return union.Done{}, fault.New(fault.Invalid, "cli.sync.join.where")
				}
				return u.JoinShort(ctx, host, code)
			})
		},
	}
	cmd.Flags().StringVar(&host, "host", "", c.t("cli.sync.flag.host"))
	return cmd
}
