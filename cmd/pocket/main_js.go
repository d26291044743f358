// Command pocket is Evenkeel for a worker of its own page in a browser: the
// same pages over the browser's own storage. It is built with GOOS=js
// GOARCH=wasm and started by the scripts in internal/site/page.
package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"os"
	"syscall/js"
	"time"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/transfer"
	"github.com/evenkeel/evenkeel/internal/demo"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/internal/pocket"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/memory"
	"github.com/evenkeel/evenkeel/internal/store/opfs"
	"github.com/evenkeel/evenkeel/internal/vault"
	"github.com/evenkeel/evenkeel/internal/web"
	"github.com/evenkeel/evenkeel/internal/web/shell"
)

// Set with -ldflags "-X main.version=...".
var version string

func main() {
	if len(os.Args) > 1 && os.Args[1] == "aside" {
		pocket.DoAside(jobs)
		return
	}
	if err := run(context.Background()); err != nil {
		js.Global().Call("failed", sentence(err))
		return
	}
	js.Global().Call("ready")
	select {}
}

// calibrate finds what a passphrase may cost on this device. Its input is
// nothing.
var calibrate = app.Job{Name: "calibrate", Do: func([]byte) ([]byte, error) {
	return json.Marshal(vault.Calibrate(time.Now, unlockTime, vault.MinMemoryKiB))
}}

// unlockTime is what one guess at a passphrase should cost on this device.
const unlockTime = 700 * time.Millisecond

// turns let a tap go before a fit.
var turns = new(pocket.Turns)

// jobs are done in a worker of their own, which ends with them.
var jobs = []app.Job{calibrate, app.Stretch, transfer.Seal, transfer.Unseal}

// calibrated is the cost of a new passphrase: the memory that every device has,
// and as many passes as it can do in time.
func calibrated() vault.Cost {
	var c vault.Cost
	out, err := pocket.Aside(context.Background(), calibrate, nil)
	if err != nil || json.Unmarshal(out, &c) != nil {
		return vault.MinCost()
	}
	return c
}

// run opens the journal and begins to answer.
func run(ctx context.Context) error {
	dir, err := opfs.InBrowser(ctx, "evenkeel")
	if err != nil {
		return err
	}
	a := newApp(opfs.Open(dir), opfs.KeysIn(dir))
	if err := a.Open(ctx); err != nil {
		return err
	}
	public, err := opfs.InBrowser(ctx, "evenkeel-reference")
	if err != nil {
		return err
	}
	own, err := opfs.InBrowser(ctx, "evenkeel-notes")
	if err != nil {
		return err
	}
	texts, err := locale.Load()
	if err != nil {
		return err
	}
	of := united(opfs.NotesIn(own))
	server, err := web.New(web.Config{App: a, Gate: new(shell.Inside), NewDemo: newDemo, Version: version, Framed: true, Reference: opfs.ReferenceIn(public),
		Union: of, Host: reached(), Sharing: sharingDesk(of, texts)})
	if err != nil {
		return err
	}
	go server.Watch(ctx)
	door := pocket.NewDoor(server.Handler(), js.Global().Get("location").Get("origin").String())
	door.Turns = turns
	a.OnLock(door.Forget)
	door.Failed = func(page string) { js.Global().Get("console").Call("error", "a page failed: "+page) }
	door.Listen(ctx)
	return nil
}

// sentence is what an error says, in the browser's language.
func sentence(err error) string {
	texts, broken := locale.Load()
	if broken != nil {
		return broken.Error()
	}
	var wanted []string
	for list, i := js.Global().Get("navigator").Get("languages"), 0; list.Truthy() && i < list.Length(); i++ {
		wanted = append(wanted, list.Index(i).String())
	}
	return texts.InPocket().Match(wanted...).Fault(err)
}

type randomIDs struct{}

// crypto/rand.Read never fails: it ends the program instead.
func (randomIDs) NewRecordID() (id port.RecordID) { rand.Read(id[:]); return id }

func newApp(store port.Store, device port.DeviceKeys) *app.App {
	return app.New(app.Config{Store: store, Device: device, Clock: clock{}, IDs: randomIDs{}, Random: rand.Reader, Cost: calibrated, Aside: pocket.Aside, Pause: turns.Pause})
}

// demoSeed chooses the made-up person that everybody meets.
const demoSeed = 7

// newDemo opens the journal of a made-up person, in memory only.
func newDemo(ctx context.Context) (*app.App, error) {
	a := newApp(memory.Open(), new(memory.Keys))
	if err := a.Open(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	if err := demo.Fill(ctx, a, demoSeed, demo.Days); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}
