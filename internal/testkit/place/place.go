// Package place gives tests a data directory of their own with a clock that
// they set, on the real store.
package place

import (
	"context"
	"crypto/rand"
	"path/filepath"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/devicefile"
	"github.com/evenkeel/evenkeel/internal/store/memory"
	"github.com/evenkeel/evenkeel/internal/store/sqlite"
	"github.com/evenkeel/evenkeel/journal"
)

// Clock is a time that tests set.
type Clock struct{ Time time.Time }

// Now is the time that was set.
func (c *Clock) Now() time.Time { return c.Time }

// IDs draws every id from real randomness.
type IDs struct{}

// NewRecordID draws an id.
func (IDs) NewRecordID() (id port.RecordID) { _, _ = rand.Read(id[:]); return id }

// Evening is when tests begin.
var Evening = time.Date(2026, 11, 22, 19, 40, 0, 0, time.FixedZone("", -5*3600))

// Place is a data directory with its clock.
type Place struct {
	Dir   string
	Clock *Clock
}

// New makes an empty place at Evening.
func New(t testing.TB) *Place { return &Place{t.TempDir(), &Clock{Evening}} }

// DB is the path of the database.
func (p *Place) DB() string { return filepath.Join(p.Dir, "journal.db") }

// Key is the path of the device key.
func (p *Place) Key() string { return filepath.Join(p.Dir, "device.key") }

// Open starts Evenkeel on the place, as a new process would.
func (p *Place) Open(t testing.TB) *app.App {
	t.Helper()
	store, err := sqlite.Open(context.Background(), p.DB())
	if err != nil {
		t.Fatal(err)
	}
	a := app.New(app.Config{Store: store, Clock: p.Clock, IDs: IDs{}, Device: devicefile.At(p.Key()), Random: rand.Reader})
	t.Cleanup(func() { _ = a.Close() })
	if err := a.Open(context.Background()); err != nil {
		t.Fatal(err)
	}
	return a
}

// InMemory starts Evenkeel on a store of its own that no disk sees, for tests that
// begin very many journals.
func InMemory(t testing.TB) *app.App {
	t.Helper()
	a := app.New(app.Config{Store: memory.Open(), Clock: &Clock{Evening}, IDs: IDs{}, Device: new(memory.Keys), Random: rand.Reader})
	t.Cleanup(func() { _ = a.Close() })
	if err := a.Open(context.Background()); err != nil {
		t.Fatal(err)
	}
	return a
}

// Note is an entry with a text.
func Note(text string) journal.Event { return journal.Event{Body: &journal.Note{Text: text}} }

// Record saves entries.
func Record(t testing.TB, a *app.App, events ...journal.Event) []journal.ID {
	t.Helper()
	saved, err := record.New(context.Background(), a, events...)
	if err != nil {
		t.Fatal(err)
	}
	return saved.IDs
}

// Read reads the journal.
func Read(t testing.TB, a *app.App) *journal.Journal {
	t.Helper()
	j, err := a.Read(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// Notes lists the texts of all notes, the oldest first.
func Notes(t testing.TB, a *app.App) []string {
	t.Helper()
	var out []string
	for _, e := range Read(t, a).All() {
		if n := e.Note(); n != nil {
			out = append(out, n.Text)
		}
	}
	return out
}
