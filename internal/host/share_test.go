package host_test

import (
	"bytes"
	"crypto/rand"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/host"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/memory"
	"github.com/evenkeel/evenkeel/internal/store/postgres"
	"github.com/evenkeel/evenkeel/internal/store/sqlite"
	server "github.com/evenkeel/evenkeel/internal/testkit/postgres"
	"github.com/evenkeel/evenkeel/internal/vault"
	"github.com/evenkeel/evenkeel/internal/wire"
)

// onEngines runs a test on each store that a host can have.
func onEngines(t *testing.T, f func(t *testing.T, s port.Store)) {
	for name, open := range map[string]func(t *testing.T) (port.Store, error){
		"memory": func(*testing.T) (port.Store, error) { return memory.Open(), nil },
		"sqlite": func(t *testing.T) (port.Store, error) {
			return sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "host.db"))
		},
		"postgres": func(t *testing.T) (port.Store, error) { return postgres.Open(t.Context(), server.Address(t)) },
	} {
		t.Run(name, func(t *testing.T) {
			s, err := open(t)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = s.Close() }) // what was kept was read before
			f(t, s)
		})
	}
}

func on(s port.Store) func(*host.Config) { return func(c *host.Config) { c.Store = s } }

// envelopeOf is bytes of a size class, as sealing gives them.
func envelopeOf(size int) []byte {
	b := make([]byte, size+vault.Overhead)
	rand.Read(b)
	return b
}

func (p *place) put(t testing.TB, f phone, at wire.Address, body []byte) {
	t.Helper()
	if err := f.PutShare(t.Context(), at, wire.ShareSealed, p.clock.Now().Add(time.Hour), body); err != nil {
		t.Fatal(err)
	}
}

// examined fails the test when the host's own look finds anything wrong.
func (p *place) examined(t testing.TB) host.Findings {
	t.Helper()
	found, err := host.Keeper{Store: p.Store, Clock: p.clock}.Examine(t.Context())
	if err != nil || len(found.Problems) > 0 {
		t.Errorf("%+v, %v", found, err)
	}
	return found
}

// stored tells whether any record of the store holds these bytes.
func (p *place) stored(t testing.TB, body []byte) bool {
	t.Helper()
	all, err := p.Store.Persons(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range all {
		there := false
		if _, err := p.Store.ReadAfter(t.Context(), id, 0, func(r port.Record) error {
			there = there || bytes.Equal(r.Ciphertext, body)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if there {
			return true
		}
	}
	return false
}

// A share is put, fetched, counted, renewed and ended; what was replaced or ended is
// no longer in the store.
func TestShare(t *testing.T) {
	onEngines(t, func(t *testing.T, s port.Store) {
		p := start(t, on(s))
		f, v, at := p.begun(t), p.visitor(t), anywhere()
		ctx := t.Context()
		first, second := envelopeOf(4096), envelopeOf(8192)
		until := p.clock.Now().Add(48 * time.Hour)
		put := p.clock.Now()
		if err := f.PutShare(ctx, at, wire.ShareSealed, until, first); err != nil {
			t.Fatal(err)
		}
		if got, kind, err := v.Fetch(ctx, at, "a program"); err != nil || !bytes.Equal(got, first) || kind != "application/octet-stream" {
			t.Errorf("%d bytes, %s, %v", len(got), kind, err)
		}
		p.clock.move(time.Minute)
		if _, _, err := v.Fetch(ctx, at, "a program"); err != nil {
			t.Error(err)
		}
		want := []wire.ShareState{{At: at, Until: until, Put: put, Fetched: 2, LastFetched: put.Add(time.Minute)}}
		if got, err := f.Shares(ctx); err != nil || !slices.Equal(got, want) {
			t.Errorf("%+v, %v", got, err)
		}
		if err := f.PutShare(ctx, at, wire.ShareLink, until.Add(time.Hour), second); err != nil {
			t.Fatal(err)
		}
		if p.stored(t, first) || !p.stored(t, second) {
			t.Error("the bytes before are still there, or the new ones are not")
		}
		if got, kind, err := v.Fetch(ctx, at, "a program"); err != nil || !bytes.Equal(got, second) || kind != "application/jose" {
			t.Errorf("%d bytes, %s, %v", len(got), kind, err)
		}
		want = []wire.ShareState{{At: at, Until: until.Add(time.Hour), Put: put.Add(time.Minute), Fetched: 3, LastFetched: put.Add(time.Minute)}}
		if got, err := f.Shares(ctx); err != nil || !slices.Equal(got, want) {
			t.Errorf("%+v, %v", got, err)
		}
		if found := p.examined(t); found.Shares != 1 || found.SharesEnded != 0 || found.Logs != 1 {
			t.Errorf("%+v", found)
		}
		for range 2 { // a lost answer is asked for again
			if err := f.EndShare(ctx, at); err != nil {
				t.Fatal(err)
			}
		}
		_, _, err := v.Fetch(ctx, at, "a program")
		wantKey(t, "ended", err, "host.share_gone")
		wantKey(t, "put after its end", f.PutShare(ctx, at, wire.ShareSealed, until, first), "host.share_gone")
		if got, err := f.Shares(ctx); err != nil || len(got) != 0 || p.stored(t, first) || p.stored(t, second) {
			t.Errorf("%+v, %v", got, err)
		}
		if found := p.examined(t); found.Shares != 0 || found.SharesEnded != 1 {
			t.Errorf("%+v", found)
		}
	})
}
