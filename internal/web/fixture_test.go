package web_test

import (
	"context"
	"crypto/rand"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/demo"
	"github.com/evenkeel/evenkeel/internal/pocket"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/memory"
	"github.com/evenkeel/evenkeel/internal/store/reference"
	"github.com/evenkeel/evenkeel/internal/web"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

// evening is when the tests take place.
var evening = time.Date(2026, 11, 22, 19, 40, 0, 0, time.FixedZone("", -5*3600))

// clock is a time that tests move, while a browser may ask in the background. Only
// the test's own goroutine reads now without the lock.
type clock struct {
	mu  sync.RWMutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.now
}

func (c *clock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

type randomIDs struct{}

func (randomIDs) NewRecordID() (id port.RecordID) { _, _ = rand.Read(id[:]); return id }

// newApp opens an empty journal in memory.
func newApp(t testing.TB, c *clock) *app.App {
	t.Helper()
	a := app.New(app.Config{Store: memory.Open(), Device: new(memory.Keys), Clock: c, IDs: randomIDs{}, Random: rand.Reader})
	t.Cleanup(func() { _ = a.Close() })
	if err := a.Open(context.Background()); err != nil {
		t.Fatal(err)
	}
	return a
}

// site is a running server with the journal behind it and a client that was
// let in.
type site struct {
	t      testing.TB
	app    *app.App
	clock  *clock
	web    *shell.Server
	gate   *shell.Loopback
	addr   string
	url    string
	client *http.Client
	// place is where the device's notes of hosts stand.
	place string
	stop  func() // ends the server early
	// line reaches hosts; nil for none.
	line http.RoundTripper
}

// newSite serves a journal; days is how long a made-up person wrote in it.
func newSite(t testing.TB, days int) *site {
	t.Helper()
	elsewhere(t)
	s := &site{t: t, clock: &clock{now: evening}}
	s.app = newApp(t, s.clock)
	if days > 0 {
		if err := demo.Fill(t.Context(), s.app, 1, days); err != nil {
			t.Fatal(err)
		}
	}
	s.serve()
	return s
}

// serve starts the server and lets the client in.
func (s *site) serve() {
	t := s.t
	t.Helper()
	if throughPocket {
		s.serveInPocket()
		return
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.addr = l.Addr().String()
	s.web, s.gate = newServer(t, s, s.addr, shell.SecretName())
	s.url = s.gate.Origin()
	srv := &httptest.Server{Listener: l, Config: s.web.HTTP()}
	srv.Start()
	s.stop = srv.Close
	t.Cleanup(srv.Close)
	s.client = s.stranger()
	s.want(200, s.get(strings.TrimPrefix(s.gate.Link(), s.url)))
}

// serveInPocket is serve without a port.
func (s *site) serveInPocket() {
	s.t.Helper()
	s.url, s.stop = pocketOrigin, func() {}
	s.web = newPages(s.t, s, new(shell.Inside), true)
	s.client = &http.Client{Transport: pocketTransport{pocket.NewDoor(s.web.Handler(), pocketOrigin)}}
}

// newServer makes a server for the site's journal, and its gate.
func newServer(t testing.TB, s *site, addr, name string) (*shell.Server, *shell.Loopback) {
	t.Helper()
	gate, err := shell.NewLoopback(addr, name)
	if err != nil {
		t.Fatal(err)
	}
	return newPages(t, s, gate, false), gate
}

// newPages makes a server for the site's journal behind a gate.
func newPages(t testing.TB, s *site, gate shell.Gate, framed bool) *shell.Server {
	t.Helper()
	if s.place == "" {
		s.place = t.TempDir()
	}
	srv, err := web.New(web.Config{App: s.app, Gate: gate, Framed: framed, Version: "test", Reference: reference.At(t.TempDir()), Union: s.united(s.place), Sharing: s.sharing(t), NewDemo: func(ctx context.Context) (*app.App, error) {
		a := newApp(t, s.clock)
		return a, demo.Fill(ctx, a, 2, 30)
	}})
	if err != nil {
		t.Fatal(err)
	}
	return srv
}

// stranger is a client that was not let in.
func (s *site) stranger() *http.Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	// As a browser does, and not every system: a name below localhost is here.
	return &http.Client{Jar: jar, Transport: &http.Transport{DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, s.addr)
	}}}
}

// reply is an answer that was read to its end.
type reply struct {
	status int
	path   string // where the redirects led
	body   string
	header http.Header
}

func (s *site) read(r *http.Response, err error) reply {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return reply{r.StatusCode, r.Request.URL.Path, string(body), r.Header}
}

func (s *site) get(path string) reply {
	s.t.Helper()
	return s.read(s.client.Get(s.url + path))
}

// post sends a form of name, value pairs.
func (s *site) post(path string, pairs ...string) reply {
	s.t.Helper()
	f := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		f.Add(pairs[i], pairs[i+1])
	}
	return s.read(s.client.PostForm(s.url+path, f))
}

func (s *site) want(status int, r reply) reply {
	s.t.Helper()
	if r.status != status {
		s.t.Fatalf("%s answered %d, want %d:\n%.600s", r.path, r.status, status, r.body)
	}
	return r
}

func (s *site) contains(r reply, texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		if !strings.Contains(r.body, text) {
			s.t.Fatalf("%s does not say %q:\n%.3000s", r.path, text, r.body)
		}
	}
}

// journal reads the journal.
func (s *site) journal() *journal.Journal {
	s.t.Helper()
	j, err := s.app.Read(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	return j
}
