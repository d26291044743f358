package cli

import (
	"context"

	"github.com/evenkeel/evenkeel/internal/app/desk"
)

// serveDesk serves the pages of the desk, which is unlocked there.
func (c *commands) serveDesk(ctx context.Context, o *deskOptions, s serveOptions) error {
	if s.port < 0 || s.port > 65535 {
		return usage("cli.serve.port_form")
	}
	serve := func(d *desk.Desk) error {
		return c.serveWeb(ctx, s, func(w WebOptions) (Web, error) {
			w.Demo, w.Texts = o.demo, c.texts
			return c.deps.NewDeskWeb(d, w)
		})
	}
	if o.demo {
		return c.atDemo(ctx, serve)
	}
	d, err := c.newDesk(ctx, false)
	if err != nil {
		return err
	}
	return c.closingDesk(d, func() error { return serve(d) })
}
