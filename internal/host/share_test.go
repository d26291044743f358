package host_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/fault"
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

// A share that nobody put yet, and is ended, cannot be put by a device that has not
// heard of it.
func TestEndedBeforeItWasPut(t *testing.T) {
	p := start(t, nil)
	f, at := p.begun(t), anywhere()
	if err := f.EndShare(t.Context(), at); err != nil {
		t.Fatal(err)
	}
	wantKey(t, "put", f.PutShare(t.Context(), at, wire.ShareSealed, p.clock.Now().Add(time.Hour), envelopeOf(256)), "host.share_gone")
}

// At its end a share cannot be had any more, and its bytes go when somebody asks for
// it, when its log lists, puts or ends it, and when the host sweeps.
func TestShareOver(t *testing.T) {
	onEngines(t, func(t *testing.T, s port.Store) {
		p := start(t, on(s))
		ctx, v := t.Context(), p.visitor(t)
		for name, touch := range map[string]func(f phone, at wire.Address) error{
			"fetch": func(_ phone, at wire.Address) error {
				_, _, err := v.Fetch(ctx, at, "x")
				if fault.Is(err, fault.NotFound) {
					_, _, err = v.Fetch(ctx, at, "x") // the first answer came before the bytes went
				}
				if fault.Is(err, fault.NotFound) {
					return nil
				}
				return err
			},
			"list": func(f phone, _ wire.Address) error { _, err := f.Shares(ctx); return err },
			"end":  func(f phone, at wire.Address) error { return f.EndShare(ctx, at) },
			"put": func(f phone, at wire.Address) error {
				wantKey(t, "put over", f.PutShare(ctx, at, wire.ShareSealed, p.clock.Now().Add(time.Hour), envelopeOf(256)), "host.share_gone")
				return nil
			},
			"sweep": func(phone, wire.Address) error {
				n, err := host.Keeper{Store: s, Clock: p.clock}.Sweep(ctx)
				if n != 1 {
					t.Errorf("%d swept", n)
				}
				return err
			},
		} {
			f, at, other := p.begun(t), anywhere(), anywhere()
			body, stays := envelopeOf(1024), envelopeOf(1024)
			p.put(t, f, at, body)
			if err := f.PutShare(ctx, other, wire.ShareSealed, p.clock.Now().Add(1000*time.Hour), stays); err != nil {
				t.Fatal(err)
			}
			p.clock.move(time.Hour - time.Second)
			if _, _, err := v.Fetch(ctx, at, "x"); err != nil {
				t.Errorf("%s: a second before: %v", name, err)
			}
			p.clock.move(time.Second)
			if err := touch(f, at); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if p.stored(t, body) || !p.stored(t, stays) {
				t.Errorf("%s: the bytes are still there, or those of another are not", name)
			}
			if got, err := f.Shares(ctx); err != nil || len(got) != 1 || got[0].At != other {
				t.Errorf("%s: %+v, %v", name, got, err)
			}
		}
		p.examined(t)
	})
}

// A log takes its shares, its card and its inbox with it, whether its device or the
// host's keeper ends it.
func TestLogEndsWithItsShares(t *testing.T) {
	onEngines(t, func(t *testing.T, s port.Store) {
		p := start(t, on(s))
		ctx, v := t.Context(), p.visitor(t)
		for name, end := range map[string]func(f phone) error{
			"device": func(f phone) error { return f.End(ctx) },
			"keeper": func(f phone) error { return host.Keeper{Store: s, Clock: p.clock}.Destroy(ctx, f.at) },
		} {
			f := p.begun(t)
			bodies, at := make([][]byte, 10), make([]wire.Address, 10)
			for i := range bodies {
				bodies[i], at[i] = envelopeOf(512), anywhere()
				p.put(t, f, at[i], bodies[i])
			}
			letter := envelopeOf(256)
			if err := f.PutCard(ctx, []byte("card")); err != nil {
				t.Fatal(err)
			}
			if err := v.Post(ctx, f.at, letter); err != nil {
				t.Fatal(err)
			}
			if err := end(f); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			for i := range bodies {
				_, _, err := v.Fetch(ctx, at[i], "x")
				wantKey(t, name, err, "host.share_gone")
				if p.stored(t, bodies[i]) {
					t.Errorf("%s: the bytes are still there", name)
				}
			}
			_, err := v.Card(ctx, f.at)
			wantKey(t, name, err, "host.no_inbox")
			wantKey(t, name, v.Post(ctx, f.at, letter), "host.no_inbox")
			if p.stored(t, letter) {
				t.Errorf("%s: a letter is still there", name)
			}
		}
		if found := p.examined(t); found.Logs+found.Shares+found.Inboxes != 0 || found.SharesEnded != 20 {
			t.Errorf("%+v", found)
		}
	})
}

// What somebody changes behind the host's back is found when its keeper looks.
func TestHarmedShares(t *testing.T) {
	for name, harm := range map[string]func(id port.PersonID, head port.Head, s port.Store) error{
		"emptied": func(id port.PersonID, head port.Head, s port.Store) error {
			var ids []port.RecordID
			if _, err := s.ReadAfter(t.Context(), id, 0, func(r port.Record) error { ids = append(ids, r.ID); return nil }); err != nil {
				return err
			}
			_, err := s.Forget(t.Context(), id, head.Version, ids, head.Sealed)
			return err
		},
		"another size": func(id port.PersonID, head port.Head, s port.Store) error {
			_, err := s.Append(t.Context(), id, head.Version, []port.Sealed{{ID: port.RecordID{7}, Ciphertext: make([]byte, 300)}}, head.Sealed)
			return err
		},
		"another state": func(id port.PersonID, head port.Head, s port.Store) error {
			_, err := s.Append(t.Context(), id, head.Version, nil, []byte("?"))
			return err
		},
	} {
		for what := range map[string]bool{"share": true, "inbox": true} {
			p := start(t, nil)
			f := p.begun(t)
			if what == "share" {
				p.put(t, f, anywhere(), envelopeOf(256))
			} else if err := errors.Join(f.PutCard(t.Context(), []byte("card")), p.visitor(t).Post(t.Context(), f.at, envelopeOf(256))); err != nil {
				t.Fatal(err)
			}
			all, err := p.Store.Persons(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, id := range all {
				head, err := p.Store.ReadAfter(t.Context(), id, 0, func(port.Record) error { return nil })
				if err != nil {
					t.Fatal(err)
				}
				if head.Last != 1 {
					continue // the log, and the list of its shares
				}
				if err := harm(id, head, p.Store); err != nil {
					t.Fatal(err)
				}
			}
			if found, err := (host.Keeper{Store: p.Store, Clock: p.clock}).Examine(t.Context()); err != nil || len(found.Problems) != 1 {
				t.Errorf("%s, %s: %+v, %v", what, name, found, err)
			}
		}
	}
}

// What stands in the store leads neither to where a share lies nor to its log.
func TestStoreLeadsNowhere(t *testing.T) {
	file := filepath.Join(t.TempDir(), "host.db")
	s, err := sqlite.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	p := start(t, on(s))
	f, at := p.begun(t), anywhere()
	p.put(t, f, at, envelopeOf(256))
	if _, _, err := p.visitor(t).Fetch(t.Context(), at, "Program of the Harbour"); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob(file + "*")
	if err != nil {
		t.Fatal(err)
	}
	counted := httptest.NewRecorder()
	p.Metrics().ServeHTTP(counted, nil)
	if !strings.Contains(counted.Body.String(), `evenkeel_requests_total{what="GET /s/{address}",status="200"} 1`) {
		t.Errorf("%s", counted.Body)
	}
	wanted := [][]byte{at[:], f.at[:], []byte(at.String()), []byte(f.at.String()), []byte("Harbour"), []byte("127.0.0.1")}
	for _, name := range names {
		b := read(t, name)
		for _, w := range wanted {
			if bytes.Contains(b, w) {
				t.Errorf("%s has %q", filepath.Base(name), w)
			}
		}
	}
	for _, w := range wanted {
		if strings.Contains(p.said.String()+counted.Body.String(), string(w)) {
			t.Errorf("the log or the counts have %q", w)
		}
	}
}

// get asks as a viewer in a browser does.
func (p *place) get(t *testing.T, method, target string) (*http.Response, []byte) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, p.url+target, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Origin", "https://viewer.example")
	reply, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer reply.Body.Close()
	b, err := io.ReadAll(reply.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply, b
}

// A SMART Health Link leads there: pages of any site may ask, nothing is cached, and
// a name of the recipient is wanted.
func TestViewersOfAnyOrigin(t *testing.T) {
	p := start(t, nil)
	f, at := p.begun(t), anywhere()
	body := []byte("eyJ.a..b.c")
	if err := f.PutShare(t.Context(), at, wire.ShareLink, p.clock.Now().Add(time.Hour), body); err != nil {
		t.Fatal(err)
	}
	path := "/s/" + at.String()
	for _, c := range []struct {
		method, target string
		status         int
		body           string
	}{
		{"GET", path + "?recipient=Dr%20A", 200, string(body)},
		{"HEAD", path + "?recipient=Dr%20A", 200, ""},
		{"OPTIONS", path, 204, ""},
		{"GET", path, 400, ""},
		{"GET", path + "?recipient=" + strings.Repeat("x", 201), 400, ""},
		{"GET", "/s/" + anywhere().String() + "?recipient=x", 404, ""},
		{"GET", "/s/short?recipient=x", 404, ""},
	} {
		reply, got := p.get(t, c.method, c.target)
		h := reply.Header
		if reply.StatusCode != c.status || c.body != "" && string(got) != c.body || h.Get("Access-Control-Allow-Origin") != "*" ||
			c.method != "OPTIONS" && (h.Get("Cache-Control") != "no-store" || h.Get("Referrer-Policy") != "no-referrer" || h.Get("X-Content-Type-Options") != "nosniff") {
			t.Errorf("%s %s: %d %q %v", c.method, c.target, reply.StatusCode, got, h)
		}
		if c.method == "HEAD" && (h.Get("Content-Length") != "10" || h.Get("Content-Type") != "application/jose") {
			t.Errorf("%v", h)
		}
		if c.method == "OPTIONS" && !strings.Contains(h.Get("Access-Control-Allow-Methods"), "GET") {
			t.Errorf("%v", h)
		}
	}
	if got, err := f.Shares(t.Context()); err != nil || len(got) != 1 || got[0].Fetched != 1 {
		t.Errorf("only what was fetched counts: %+v, %v", got, err)
	}
}
