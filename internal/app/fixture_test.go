package app_test

import (
	"context"
	"crypto/rand"
	"path/filepath"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/store/sqlite"
	"github.com/evenkeel/evenkeel/journal"
)

// clock is a time that tests set.
type clock struct{ now time.Time }

func (c *clock) Now() time.Time { return c.now }

type randomIDs struct{}

func (randomIDs) NewRecordID() (id app.RecordID) { _, _ = rand.Read(id[:]); return id }

var evening = time.Date(2026, 11, 22, 19, 40, 0, 0, time.FixedZone("", -5*3600))

// place is a data directory with its clock.
type place struct {
	dir   string
	clock *clock
}

func newPlace(t testing.TB) *place { return &place{t.TempDir(), &clock{evening}} }

func (p *place) db() string  { return filepath.Join(p.dir, "journal.db") }
func (p *place) key() string { return filepath.Join(p.dir, "device.key") }

// open starts Evenkeel on the place, as a new process would.
func (p *place) open(t testing.TB) *app.App {
	t.Helper()
	store, err := sqlite.Open(context.Background(), p.db())
	if err != nil {
		t.Fatal(err)
	}
	a := app.New(app.Config{Store: store, Clock: p.clock, IDs: randomIDs{}, KeyFile: p.key(), Random: rand.Reader})
	t.Cleanup(func() { _ = a.Close() })
	if err := a.Open(context.Background()); err != nil {
		t.Fatal(err)
	}
	return a
}

func note(text string) journal.Event { return journal.Event{Body: &journal.Note{Text: text}} }

func record(t *testing.T, a *app.App, events ...journal.Event) []journal.ID {
	t.Helper()
	ids, err := a.Record(context.Background(), events...)
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

// notes lists the texts of all notes, the oldest first.
func notes(t *testing.T, a *app.App) []string {
	t.Helper()
	days, _, err := a.Days(context.Background(), app.Filter{Days: 1000})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for i := len(days) - 1; i >= 0; i-- {
		for _, e := range days[i].Entries {
			if e.Note() != nil {
				out = append(out, e.Note().Text)
			}
		}
	}
	return out
}
