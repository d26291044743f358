// Command evenkeel is a private journal for people who use kratom or 7-OH, in
// the browser and in the terminal.
package main

import (
	"context"
	"errors"
	"os"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/transfer"
	"github.com/evenkeel/evenkeel/internal/cli"
	"github.com/evenkeel/evenkeel/internal/demo"
	"github.com/evenkeel/evenkeel/internal/fhir"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/qr"
	"github.com/evenkeel/evenkeel/internal/store/devicefile"
	"github.com/evenkeel/evenkeel/internal/store/memory"
	"github.com/evenkeel/evenkeel/internal/store/notes"
	"github.com/evenkeel/evenkeel/internal/store/postgres"
	"github.com/evenkeel/evenkeel/internal/store/reference"
	"github.com/evenkeel/evenkeel/internal/store/sqlite"
	"github.com/evenkeel/evenkeel/internal/viewer"
	"github.com/evenkeel/evenkeel/internal/web"
	"github.com/evenkeel/evenkeel/internal/web/sharing"
	"github.com/evenkeel/evenkeel/internal/web/shell"
)

// Set with -ldflags "-X main.version=... -X main.commit=..." for a release.
var version, commit string

func main() { os.Exit(cli.Main(wiring())) }

func wiring() cli.Deps {
	return cli.Deps{Version: version, Commit: commit, OpenStore: openStore, OpenServer: openServer, DeviceKeys: deviceKeys, Reference: referenceFiles, Notes: deviceNotes, Bundle: fhir.Bundle, NewWeb: newWeb,
		NewDeskWeb: newDeskWeb, NewDeskDemo: newDeskDemo,
		Cost: cli.Calibrated, BackupWork: transfer.Work}
}

func openStore(ctx context.Context, path string) (port.Store, error) {
	s, err := sqlite.Open(ctx, path)
	if err != nil {
		return nil, err // not a nil *sqlite.Store in an interface
	}
	return s, nil
}

func openServer(ctx context.Context, address string) (port.Store, error) {
	s, err := postgres.Open(ctx, address)
	if err != nil {
		return nil, err // not a nil *postgres.Store in an interface
	}
	return s, nil
}

func referenceFiles(dir string) port.Reference { return reference.At(dir) }

func deviceNotes(dir string) port.Notes { return notes.At(dir) }

func deviceKeys(path string) port.DeviceKeys { return devicefile.At(path) }

// loopback is an app for a browser on this computer, behind its gate.
type loopback struct {
	*shell.Server
	*shell.Loopback
}

func newWeb(a *app.App, o cli.WebOptions) (cli.Web, error) {
	name := shell.SecretName()
	if o.Plain {
		name = ""
	}
	gate, err := shell.NewLoopback(o.Addr, name)
	if err != nil {
		return nil, err
	}
	server, err := web.New(web.Config{App: a, Gate: gate, NewDemo: newDemo, Version: o.Version, Reference: o.Reference, Union: o.Union, Sharing: sharingDesk(o)})
	if err != nil {
		return nil, err
	}
	return loopback{server, gate}, nil
}

// sharingDesk wires the pages of sharing to what draws a share as it is seen.
func sharingDesk(o cli.WebOptions) sharing.Desk {
	return sharing.Desk{Of: o.Sharing, QR: qr.SVG, Viewer: viewer.Path,
		Shown: func(p care.Projection) ([]sharing.Part, error) { return fhir.Narratives(p, o.Texts) }}
}

// demoSeed chooses the made-up person that everybody meets.
const demoSeed = 7

// newDemo opens the journal of a made-up person, in memory only.
func newDemo(ctx context.Context) (*app.App, error) {
	a := cli.NewApp(memory.Open(), new(memory.Keys))
	if err := a.Open(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	if err := demo.Fill(ctx, a, demoSeed, demo.Days); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}
