package main

import (
	"context"
	"time"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/app/desk"
	"github.com/evenkeel/evenkeel/internal/cli"
	madeup "github.com/evenkeel/evenkeel/internal/demo/program"
	"github.com/evenkeel/evenkeel/internal/fhir"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/internal/port"
	deskpages "github.com/evenkeel/evenkeel/internal/web/desk"
	"github.com/evenkeel/evenkeel/internal/web/shell"
)

// newDeskWeb makes the pages of a program's desk.
func newDeskWeb(d *desk.Desk, o cli.WebOptions) (cli.Web, error) {
	name := shell.SecretName()
	if o.Plain {
		name = ""
	}
	gate, err := shell.NewLoopback(o.Addr, name)
	if err != nil {
		return nil, err
	}
	server, err := deskpages.New(deskpages.Config{Desk: d, Gate: gate, Version: o.Version, Demo: o.Demo,
		Bundle: func(p care.Projection) ([]byte, error) { return fhir.Bundle(p, o.Texts) },
		Now:    func(context.Context) time.Time { return d.Now() }})
	if err != nil {
		return nil, err
	}
	return deskLoopback{server, gate}, nil
}

// deskLoopback is the pages of a desk behind their gate.
type deskLoopback struct {
	*deskpages.Server
	*shell.Loopback
}

// newDeskDemo opens the desk of the made-up program that everybody meets.
func newDeskDemo(ctx context.Context, text *locale.Catalogue, clock port.Clock) (*desk.Desk, error) {
	return madeup.Open(ctx, text, clock, demoSeed, madeup.People)
}
