package web_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/union"
	"github.com/evenkeel/evenkeel/internal/host"
	"github.com/evenkeel/evenkeel/internal/host/client"
	"github.com/evenkeel/evenkeel/internal/store/memory"
	"github.com/evenkeel/evenkeel/internal/store/notes"
	"github.com/evenkeel/evenkeel/internal/vault"
	"github.com/evenkeel/evenkeel/internal/wire"
	"github.com/evenkeel/evenkeel/journal"
)

// united is the way of the site's journal to hosts.
func (s *site) united(dir string) func(*app.App) *union.Union {
	return func(a *app.App) *union.Union {
		return &union.Union{App: a, Notes: notes.At(dir), Clock: s.clock, Random: rand.Reader,
			Dial: func(base string, log wire.Address, key ed25519.PrivateKey) (union.Line, error) {
				l, err := client.New(base, log, key, s.clock, s)
				if err != nil {
					return nil, err
				}
				return l, nil
			},
			Visit: func(base string) (union.Rendezvous, error) { return client.NewVisitor(base, s) },
		}
	}
}

// RoundTrip is the site's line to hosts.
func (s *site) RoundTrip(r *http.Request) (*http.Response, error) {
	if s.line == nil {
		return nil, errors.New("no line")
	}
	return s.line.RoundTrip(r)
}

// hosting answers as the host of every address.
type hosting struct{ http.Handler }

func (h hosting) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body == nil {
		r.Body = http.NoBody
	}
	r.RemoteAddr = "203.0.113.1:1"
	answer := httptest.NewRecorder()
	h.ServeHTTP(answer, r)
	return answer.Result(), nil
}

func newHost(c *clock) hosting {
	limits := host.DefaultLimits()
	limits.PerLog, limits.PerNetwork = 1e6, 1e6
	return hosting{host.New(host.Config{Store: memory.Open(), Clock: c, Registration: host.Open, Limits: limits, Log: slog.New(slog.DiscardHandler)}).Handler()}
}

const hostAddress = "https://host.example"

var (
	shortCode = regexp.MustCompile(`[0-9A-Z]{4}-[0-9A-Z]{3}-[0-9A-Z]{3}`)
	longCode  = regexp.MustCompile(`https://host\.example#[A-Za-z0-9_-]{64}`)
	otherKey  = regexp.MustCompile(`name="key" value="([0-9a-f]{64})"`)
)

func (s *site) notes() string {
	s.t.Helper()
	var all []string
	days, _ := s.journal().Days(journal.DayFilter{Kinds: []journal.Kind{journal.KindNote}})
	for _, d := range days {
		for _, e := range d.Entries {
			all = append(all, e.Note().Text)
		}
	}
	return strings.Join(all, ", ")
}

// Two journals become one: started, joined by a short code and again by a long one,
// looked at, removed, ended.
func TestTwoDevices(t *testing.T) {
	t.Parallel()
	a, b := newSite(t, 0), newSite(t, 0)
	b.clock = a.clock
	a.line = newHost(a.clock)
	b.line = a.line
	a.want(200, a.post("/new/note", "text", "from the desk"))
	b.want(200, b.post("/new/note", "text", "from the phone"))

	// What is refused says why, and keeps what was typed.
	a.contains(a.want(422, a.post("/settings/devices/start", "host", "http://host.example")), "not the address of a host", `value="http://host.example"`)
	a.contains(a.want(404, a.post("/settings/devices/sync")), "does not synchronise yet")
	a.contains(a.want(422, a.post("/settings/devices/join", "code", "nothing")), "not a code to join")
	a.contains(a.want(200, a.post("/settings/devices/start", "host", hostAddress+"/")), "Done. Fetched: 0.", "This device", hostAddress)
	a.contains(a.want(409, a.post("/settings/devices/start", "host", hostAddress)), "synchronises already")

	page := a.want(200, a.post("/settings/devices/code"))
	a.contains(page, "Waiting for the other device", hostAddress)
	code := shortCode.FindString(page.body)
	b.contains(b.want(422, b.post("/settings/devices/join", "code", code)), "not the address of a host")
	b.contains(b.want(200, b.post("/settings/devices/join", "code", strings.ToLower(code), "host", hostAddress)), "Done.")
	a.joined()
	a.want(200, a.post("/settings/devices/sync"))
	for _, s := range []*site{a, b} {
		if got := s.notes(); !strings.Contains(got, "from the desk") || !strings.Contains(got, "from the phone") {
			t.Errorf("it has %q", got)
		}
	}
	r := a.want(200, a.get("/settings/devices"))
	key := otherKey.FindStringSubmatch(r.body)
	if key == nil {
		t.Fatalf("no other device:\n%s", r.body)
	}
	a.contains(a.want(404, a.post("/settings/devices/remove", "key", "00")), "no such device")
	a.contains(a.want(200, a.post("/settings/devices/remove", "key", key[1])), "refuses that device")
	b.contains(b.want(404, b.post("/settings/devices/sync")), "does not know this device")
	b.contains(b.want(200, b.post("/settings/devices/stop")), "no longer synchronises")

	invited := a.want(200, a.post("/settings/devices/invite"))
	a.contains(invited, "<svg", "Good until 7:45")
	b.contains(b.want(200, b.post("/settings/devices/join", "code", strings.Replace(longCode.FindString(invited.body), "#", "#\n ", 1))), "Done.")
	a.contains(a.want(200, a.post("/settings/devices/again")), "Done.")
	b.line = nil
	b.contains(b.want(200, b.get("/settings/devices")), "cannot be reached", "This device")
	b.line = a.line
	b.contains(b.want(200, b.post("/settings/devices/stop", "destroy", "1")), "gone from the host")
	a.contains(a.want(404, a.post("/settings/devices/sync")), "does not know this device")
}

// joined waits until the page of the short code says that the device joined.
func (s *site) joined() {
	s.t.Helper()
	for range 100 {
		if r := s.want(200, s.get("/settings/devices/code/state")); strings.Contains(r.body, "has joined") {
			s.contains(s.want(200, s.get("/settings/devices/code")), "has joined")
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	s.t.Error("nobody joined")
}

// A wrong code is said on both pages, and a demo has no devices.
func TestWrongShortCode(t *testing.T) {
	t.Parallel()
	a, b := newSite(t, 0), newSite(t, 0)
	b.clock = a.clock
	a.line = newHost(a.clock)
	b.line = a.line
	a.post("/settings/devices/start", "host", hostAddress)
	code := shortCode.FindString(a.post("/settings/devices/code").body)
	b.contains(b.want(422, b.post("/settings/devices/join", "code", otherSecret(t, code), "host", hostAddress)), "does not know this code")
	a.contains(a.want(422, a.get("/settings/devices/code")), "Somebody typed another code")
	a.post("/demo/enter")
	a.contains(a.want(200, a.get("/settings/devices")), "made-up journal")
	a.contains(a.want(422, a.post("/settings/devices/stop", "destroy", "1")), "made-up journal")
}

// otherSecret is a code of the same place, as somebody would guess it.
func otherSecret(t *testing.T, code string) string {
	t.Helper()
	c, err := vault.ParsePairing(code)
	if err != nil {
		t.Fatal(err)
	}
	c[len(c)-1] ^= 1
	return c.String()
}

// Deleting everything takes along what the device noted, and the host's copy where
// the person says so.
func TestDeletingWithACopyElsewhere(t *testing.T) {
	t.Parallel()
	for _, destroy := range []bool{false, true} {
		s := newSite(t, 0)
		h := newHost(s.clock)
		s.line = h
		s.want(200, s.post("/settings/devices/start", "host", hostAddress))
		s.contains(s.want(200, s.get("/delete-everything")), hostAddress, "Destroy the sealed copy")
		typed := []string{"word", "delete"}
		if destroy {
			typed = append(typed, "host", "1")
		}
		r := s.want(200, s.post("/delete-everything", typed...))
		if left := strings.Contains(r.body, "still has a sealed copy"); left == destroy {
			t.Errorf("destroyed %v:\n%s", destroy, r.body)
		}
		s.contains(s.want(200, s.get("/settings/devices")), "on this device alone")
	}
}
