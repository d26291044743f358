package web

import (
	"context"
	"slices"

	"github.com/evenkeel/evenkeel/directory"
	"github.com/evenkeel/evenkeel/internal/app"
	shelf "github.com/evenkeel/evenkeel/internal/app/places"
	notice "github.com/evenkeel/evenkeel/internal/app/recalls"
	"github.com/evenkeel/evenkeel/internal/app/union"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/web/body"
	"github.com/evenkeel/evenkeel/internal/web/check"
	"github.com/evenkeel/evenkeel/internal/web/devices"
	"github.com/evenkeel/evenkeel/internal/web/entries"
	"github.com/evenkeel/evenkeel/internal/web/help"
	"github.com/evenkeel/evenkeel/internal/web/learn"
	"github.com/evenkeel/evenkeel/internal/web/month"
	"github.com/evenkeel/evenkeel/internal/web/places"
	"github.com/evenkeel/evenkeel/internal/web/plan"
	"github.com/evenkeel/evenkeel/internal/web/products"
	"github.com/evenkeel/evenkeel/internal/web/recalls"
	"github.com/evenkeel/evenkeel/internal/web/screen"
	"github.com/evenkeel/evenkeel/internal/web/settings"
	"github.com/evenkeel/evenkeel/internal/web/sharing"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/internal/web/sources"
	"github.com/evenkeel/evenkeel/internal/web/standing"
	"github.com/evenkeel/evenkeel/internal/web/summary"
	"github.com/evenkeel/evenkeel/internal/web/today"
	"github.com/evenkeel/evenkeel/internal/web/transfer"
	"github.com/evenkeel/evenkeel/internal/web/trends"
	"github.com/evenkeel/evenkeel/internal/web/unlock"
	"github.com/evenkeel/evenkeel/internal/web/urge"
	"github.com/evenkeel/evenkeel/internal/web/welcome"
)

// Config is what the pages are wired from.
type Config struct {
	// App is the person's journal. It may still be locked.
	App *app.App
	// Gate is the door that requests come through.
	Gate shell.Gate
	// NewDemo opens the journal of a made-up person, in memory.
	NewDemo func(context.Context) (*app.App, error)
	// Version is shown on the settings page.
	Version string
	// Reference keeps public files that the person brings; nil where none can be
	// kept.
	Reference port.Reference
	// Union is a journal and the way to its host, over which devices keep one
	// journal.
	Union func(*app.App) *union.Union
	// Host is the address of a host that a device is offered to start or join at;
	// empty for none.
	Host string
	// Sharing is how somebody is let see a part of a journal.
	Sharing sharing.Desk
	// Framed says that a page of our own shows the pages in a frame.
	Framed bool
}

// New makes a server of all pages.
func New(c Config) (*shell.Server, error) {
	notices := notice.On(c.Reference)
	server, err := shell.New(shell.Config{Notices: notices, App: c.App, Gate: c.Gate, Edition: c.Version + directory.Updated(), Framed: c.Framed})
	if err != nil {
		return nil, err
	}
	server.Mount(routes(c, notices)...)
	return server, nil
}

// routes are the areas, in the order of the navigation.
func routes(c Config, notices *notice.Shelf) []shell.Route {
	home := settings.Home{Version: c.Version, Carry: transfer.Panel}
	own := devices.New(c.Union, c.Host)
	return slices.Concat(
		today.Routes(),
		urge.Routes(),
		entries.Routes(),
		trends.Routes(),
		month.Routes(),
		body.Routes(),
		sources.Routes(),
		screen.Routes(),
		standing.Routes(),
		plan.Routes(),
		products.Routes(),
		recalls.On(notices).Routes(),
		help.Routes(),
		learn.Routes(),
		check.Routes(),
		places.On(shelf.On(c.Reference)).Routes(),
		home.Routes(),
		own.Routes(),
		transfer.Routes(home.Refused, transfer.Elsewhere{Host: own.Kept, Destroy: own.Destroy, Drop: own.Drop}),
		summary.Routes(),
		c.Sharing.Routes(),
		welcome.Routes(c.NewDemo),
		unlock.Routes(),
	)
}
