// Command evenkeel is a private journal for people who use kratom or 7-OH, in
// the browser and in the terminal.
package main

import (
	"context"
	"errors"
	"os"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/cli"
	"github.com/evenkeel/evenkeel/internal/demo"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/devicefile"
	"github.com/evenkeel/evenkeel/internal/store/memory"
	"github.com/evenkeel/evenkeel/internal/store/sqlite"
	"github.com/evenkeel/evenkeel/internal/web"
)

// Set with -ldflags "-X main.version=... -X main.commit=..." for a release.
var version, commit string

func main() { os.Exit(run()) }

func run() int {
	return cli.Main(cli.Deps{Version: version, Commit: commit, OpenStore: openStore, DeviceKeys: deviceKeys, NewWeb: newWeb})
}

func openStore(ctx context.Context, path string) (port.Store, error) {
	s, err := sqlite.Open(ctx, path)
	if err != nil {
		return nil, err // not a nil *sqlite.Store in an interface
	}
	return s, nil
}

func deviceKeys(path string) port.DeviceKeys { return devicefile.At(path) }

func newWeb(a *app.App, addr, version string) (cli.Web, error) {
	return web.New(web.Config{App: a, Addr: addr, NewDemo: newDemo, Version: version})
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
