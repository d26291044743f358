package cli

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/keys"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/vault"
)

type systemClock struct{}

func (systemClock) Now() time.Time { return time.Now() }

type randomIDs struct{}

// crypto/rand.Read never fails: it ends the program instead.
func (randomIDs) NewRecordID() (id port.RecordID) { rand.Read(id[:]); return id }

// unlockTime is what one guess at a passphrase should cost on this machine.
const unlockTime = 500 * time.Millisecond

// Calibrated is the cost of a passphrase at which a guess takes half a second on
// this machine.
func Calibrated() vault.Cost { return vault.Calibrate(time.Now, unlockTime, vault.MaxMemoryKiB) }

// NewApp wires an App to this machine's clock and randomness, for the only
// person of the store.
func NewApp(store port.Store, device port.DeviceKeys) *app.App {
	return newAppOf(store, device, port.PersonID{}, Calibrated)
}

func newAppOf(store port.Store, device port.DeviceKeys, person port.PersonID, cost func() vault.Cost) *app.App {
	return app.New(app.Config{Store: store, Device: device, Person: person, Clock: systemClock{}, IDs: randomIDs{}, Random: rand.Reader, Cost: cost})
}

// person is whose journal the command line names; zero for the only one.
func (c *commands) person() (id port.PersonID, err error) {
	if c.personFlag != "" && id.UnmarshalText([]byte(c.personFlag)) != nil {
		return id, usage("cli.person_form")
	}
	return id, nil
}

func (c *commands) dir() (string, error) { return dataDir(runtime.GOOS, c.dataFlag, os.Getenv) }

// open opens the journal's store, and begins a journal where there is none.
// A journal with a passphrase stays locked.
func (c *commands) open(ctx context.Context) (*app.App, error) {
	dir, err := c.dir()
	if err != nil {
		return nil, err
	}
	person, err := c.person()
	if err != nil {
		return nil, err
	}
	store, err := c.deps.OpenStore(ctx, filepath.Join(dir, storeFile))
	if err != nil {
		return nil, err
	}
	a := newAppOf(store, c.deps.DeviceKeys(filepath.Join(dir, keyFile)), person, c.deps.Cost)
	if err := a.Open(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	c.speak(ctx, a)
	return a, nil
}

// openExisting is open for commands that only read: a mistyped --data must not
// leave an empty journal behind that looks like everything was lost.
func (c *commands) openExisting(ctx context.Context) (*app.App, error) {
	dir, err := c.dir()
	if err != nil {
		return nil, err
	}
	if there, err := hasJournal(dir); err != nil {
		return nil, err
	} else if !there {
		return nil, fault.New(fault.NotFound, "cli.no_journal", "place", dir)
	}
	return c.open(ctx)
}

func hasJournal(dir string) (bool, error) { return hasFile(filepath.Join(dir, storeFile)) }

func hasFile(path string) (bool, error) {
	switch _, err := os.Stat(path); {
	case err == nil:
		return true, nil
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	default:
		return false, fileFault(err)
	}
}

// unlock opens a journal that has a passphrase, asking for it.
func (c *commands) unlock(ctx context.Context, a *app.App) error {
	status, err := a.Status(ctx)
	if err != nil || status.Open {
		return err
	}
	passphrase, err := c.read(ctx, c.journalPassphrase())
	if err != nil {
		return err
	}
	if err := keys.Unlock(ctx, a, passphrase); err != nil {
		return err
	}
	c.speak(ctx, a)
	return nil
}

// present is the passphrase again, where a command must prove that the person
// is there; empty when the journal has none.
func (c *commands) present(ctx context.Context, a *app.App) (string, error) {
	status, err := a.Status(ctx)
	if err != nil || !status.Passphrase {
		return "", err
	}
	return c.read(ctx, c.journalPassphrase())
}

// write runs f on the unlocked journal, which is begun where there is none.
func (c *commands) write(ctx context.Context, f func(*app.App) error) error {
	a, err := c.open(ctx)
	return c.with(ctx, a, err, f)
}

// look runs f on the unlocked journal, which must be there.
func (c *commands) look(ctx context.Context, f func(*app.App) error) error {
	a, err := c.openExisting(ctx)
	return c.with(ctx, a, err, f)
}

func (c *commands) with(ctx context.Context, a *app.App, err error, f func(*app.App) error) error {
	if err != nil {
		return err
	}
	return c.closing(a, func() error {
		if err := c.unlock(ctx, a); err != nil {
			return err
		}
		err := f(a)
		if problem := a.Problem(); err == nil && problem != nil {
			// What was asked for is done; that the journal lacks something is said
			// all the same, beside the answer.
			fmt.Fprintln(c.errs, c.text.Fault(problem))
		}
		return err
	})
}

// closing runs f and closes the journal after it.
func (c *commands) closing(a *app.App, f func() error) error {
	return errors.Join(f(), a.Close())
}
