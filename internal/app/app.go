// Package app holds the use cases: one method for each thing a person does.
// It declares the ports (Store, Clock, IDs), keeps the opened
// journal in memory, and is the only room that joins the vault, the store and
// the domain.
package app

import (
	"context"
	"io"
	"sync"
	"time"

	"github.com/evenkeel/evenkeel/internal/vault"
	"github.com/evenkeel/evenkeel/journal"
)

// Config is what an App is wired from.
type Config struct {
	Store Store
	Clock Clock
	IDs   IDs
	// KeyFile is where the device key lies that opens a journal without a
	// passphrase; empty for a journal that lives in memory only.
	KeyFile string
	// Random is the source of keys, nonces and salts: crypto/rand.Reader.
	Random io.Reader
	// Cost chooses how hard a new passphrase is to guess; the floor when nil.
	Cost func() vault.Cost
}

// App is one person's journal with everything they can do to it. It is safe
// for use by several goroutines; several processes may work on the same data.
type App struct {
	store    Store
	clock    Clock
	ids      IDs
	keyFile  string
	random   io.Reader
	cost     func() vault.Cost
	inMemory vault.DeviceKey // stands for the key file where there is none

	mu      sync.Mutex
	person  PersonID
	key     *vault.Key // nil while locked
	fold    *journal.Fold // nil while locked
	seq     int64      // the last record folded into journal
	used    time.Time  // the last time the person did something
	damaged []RecordID // records met that are not what was sealed
	curve   curve      // the body curve last computed
	fitted  fitted     // the person last fitted

	fitting     bool // a fit is under way aside
	stopFitting context.CancelFunc
	background  sync.WaitGroup
}

// New wires an App; Open it before use.
func New(c Config) *App {
	if c.Cost == nil {
		c.Cost = vault.MinCost
	}
	return &App{store: c.Store, clock: c.Clock, ids: c.IDs, keyFile: c.KeyFile, random: c.Random, cost: c.Cost}
}

// Close locks the journal and closes its store.
func (a *App) Close() error {
	a.Lock()
	a.background.Wait()
	return a.store.Close()
}

// Now is the time of the app's clock, with the person's UTC offset.
func (a *App) Now() time.Time { return a.clock.Now() }

// with runs f on the journal as it stands now, other processes' entries
// included. The journal is f's only until it returns.
func (a *App) with(ctx context.Context, f func(j *journal.Journal) error) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.sync(ctx); err != nil {
		return err
	}
	return f(a.fold.Journal())
}
