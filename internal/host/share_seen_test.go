package host_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/host"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/sqlite"
	"github.com/evenkeel/evenkeel/internal/wire"
)

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
