// Package app is the core of one open journal: it reads a snapshot and writes
// events, and is the only room that joins the vault, the ports
// (internal/port) and the domain.
// What a person does with a journal stands in the packages beneath it: record,
// outlook, transfer, keys, doctor.
package app

import (
	"context"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/vault"
	"github.com/evenkeel/evenkeel/internal/vault/head"
	"github.com/evenkeel/evenkeel/journal"
)

// Config is what an App is wired from.
type Config struct {
	Store port.Store
	// Device keeps the key that opens a journal without a passphrase.
	Device port.DeviceKeys
	Clock  port.Clock
	IDs    port.IDs
	// Random is the source of keys, nonces and salts: crypto/rand.Reader.
	Random io.Reader
	// Person whose journal it is; zero for the only one of the store, which is
	// begun when there is none.
	Person port.PersonID
	// Cost chooses how hard a new passphrase is to guess; the floor when nil.
	Cost func() vault.Cost
	// Aside has jobs done where their time and memory hinder nobody; nil has
	// them done here.
	Aside func(ctx context.Context, j Job, in []byte) (out []byte, err error)
	// Pause is called now and then by work that goes on beside the pages, and may
	// let what is more urgent go first; nil where there are threads for both.
	Pause func()
}

// App is one person's journal. It is safe
// for use by several goroutines; several processes may work on the same data.
type App struct {
	store  port.Store
	device port.DeviceKeys
	clock  port.Clock
	ids    port.IDs
	random io.Reader
	cost   func() vault.Cost
	aside  func(context.Context, Job, []byte) ([]byte, error)
	pause  func()

	// guess is held while a passphrase is tried or set, which takes a second and
	// much memory: one at a time, and before mu, so that nobody waits for it who
	// only reads or saves.
	guess sync.Mutex
	open  atomic.Bool // a key is in memory; for those who may not wait for mu

	mu      sync.Mutex
	chosen  port.PersonID // by Config; zero for the only one
	person  port.PersonID
	key     *vault.Key      // nil while locked
	fold    *journal.Fold   // nil while locked
	seq     int64           // the last record folded in
	version int64           // of the log's head, as of seq
	chain   *head.Chain     // the log up to seq
	guarded bool            // the ring had a passphrase when it was last seen
	used    time.Time       // the last time the person did something
	damaged []port.RecordID // records met that are not what was sealed
	locked  []func()        // told when the journal locks
}

// New wires an App; Open it before use.
func New(c Config) *App {
	if c.Cost == nil {
		c.Cost = vault.MinCost
	}
	return &App{store: c.Store, device: c.Device, clock: c.Clock, ids: c.IDs, random: c.Random, cost: c.Cost, aside: c.Aside, pause: c.Pause, chosen: c.Person}
}

// Close locks the journal and closes its store.
func (a *App) Close() error {
	a.Lock()
	return a.store.Close()
}

// IsOpen tells that the key is in memory, without waiting for anything. It is
// false before anyone is told by OnLock, so that what looks at it when it keeps
// something keeps nothing of a journal that was locked.
func (a *App) IsOpen() bool { return a.open.Load() }

// OnLock has f called whenever the journal locks, to drop what was computed
// from it. F must not call the App.
func (a *App) OnLock(f func()) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.locked = append(a.locked, f)
}

// Read gives the journal as it stands now, other processes' entries included.
// It never changes: whoever writes reads again.
func (a *App) Read(ctx context.Context) (*journal.Journal, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.sync(ctx); err != nil {
		return nil, err
	}
	return a.fold.Journal(), nil
}
