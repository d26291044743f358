package web_test

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/store/devicefile"
	"github.com/evenkeel/evenkeel/internal/store/memory"
	"github.com/evenkeel/evenkeel/internal/store/sqlite"
	"github.com/evenkeel/evenkeel/internal/testkit/browser"
	"github.com/evenkeel/evenkeel/internal/web"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

// The pages work behind a door that listens nowhere.
func TestAnotherDoorServesThePages(t *testing.T) {
	s := newSite(t, 5)
	ask := func(h http.Handler, r *http.Request) *httptest.ResponseRecorder {
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	server, err := web.New(web.Config{App: s.app, Gate: new(shell.Inside), Framed: true, Version: "test", Union: s.united(s.place), Sharing: s.sharing(t)})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pages(s) {
		want := http.StatusOK
		if p.name == "lost" {
			want = http.StatusNotFound
		}
		if w := ask(server.Handler(), httptest.NewRequest("GET", p.path, nil)); w.Code != want || w.Header().Get("Set-Cookie") != "" {
			t.Errorf("%s answered %d", p.path, w.Code)
		}
	}
	before := s.count()
	r := httptest.NewRequest("POST", "/quick", strings.NewReader(url.Values{"line": {"2 g green leaf"}}.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if w := ask(server.Handler(), r); w.Code != http.StatusSeeOther || s.count() != before+1 {
		t.Errorf("a line was answered with %d", w.Code)
	}
	if w := ask(server.Handler(), httptest.NewRequest("GET", "/", nil)); !strings.Contains(w.Body.String(), "Saved:") {
		t.Error("the next page does not say what was saved")
	}
	if w := ask(server.Handler(), httptest.NewRequest("GET", "/settings", nil)); !strings.Contains(w.Body.String(), "whoever can use this browser") {
		t.Error("the settings speak of an account on this device, where there is none")
	}
}

// The 65th link works, and ends the session that was not used for longest.
func TestThe65thLinkWorks(t *testing.T) {
	s := newSite(t, 1)
	first := s.client
	in := func(c *http.Client) bool { return s.read(c.Get(s.url+"/journal")).status == http.StatusOK }
	let := func() *http.Client {
		c := s.stranger()
		s.want(200, s.read(c.Get(s.gate.Link())))
		return c
	}
	second := let()
	for range 62 {
		let()
	}
	if !in(second) || !in(first) {
		t.Fatal("64 sessions are too many")
	}
	// The second is now the one that was used last but one; the third goes.
	newest := let()
	if n := len(s.gate.Sessions()); n != 64 {
		t.Errorf("%d sessions", n)
	}
	if !in(newest) || !in(first) || !in(second) {
		t.Error("a session in use was ended, or the new one was refused")
	}
}

// pausing is randomness that waits until it may go on.
type pausing struct{ asked, goOn chan struct{} }

func (p *pausing) Read(b []byte) (int, error) {
	select {
	case p.asked <- struct{}{}:
		<-p.goOn
	default:
	}
	return rand.Read(b)
}

// answersHelp fails when Help does not come up while something else is under way.
func (s *site) answersHelp() {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), 20*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, "GET", s.url+"/help", nil)
	if err != nil {
		s.t.Fatal(err)
	}
	answer, err := s.client.Do(r)
	if err != nil {
		s.t.Fatalf("Help waits: %v", err)
	}
	s.contains(s.want(200, s.read(answer, nil)), "911")
}

// Help waits for nothing: not for the key of a passphrase being made.
func TestHelpWhileAKeyIsMade(t *testing.T) {
	pause := &pausing{goOn: make(chan struct{})}
	s := &site{t: t, clock: &clock{now: evening}}
	s.app = app.New(app.Config{Store: memory.Open(), Device: new(memory.Keys), Clock: s.clock, IDs: randomIDs{}, Random: pause})
	t.Cleanup(func() { _ = s.app.Close() })
	if err := s.app.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.serve()
	s.get("/")
	pause.asked = make(chan struct{})
	goOn := sync.OnceFunc(func() { close(pause.goOn) })
	defer goOn()
	done := make(chan reply)
	go func() {
		done <- s.post("/settings/passphrase", "passphrase", "a long quiet river", "again", "a long quiet river")
	}()
	select {
	case <-pause.asked:
	case r := <-done:
		t.Fatalf("no randomness was asked for: %d", r.status)
	}
	s.answersHelp()
	goOn()
	s.want(200, <-done)
	s.answersHelp()
}

// Nor for another process that writes.
func TestHelpWhileAnotherProcessWrites(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "journal.db")
	s := &site{t: t, clock: &clock{now: evening}}
	store, err := sqlite.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	s.app = app.New(app.Config{Store: store, Clock: s.clock, IDs: randomIDs{}, Random: rand.Reader, Device: devicefile.At(filepath.Join(dir, "device.key"))})
	t.Cleanup(func() { _ = s.app.Close() })
	if err := s.app.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.serve()
	s.want(200, s.post("/welcome/skip"))
	other, err := sql.Open("sqlite", fmt.Sprintf("file:%s", file))
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	one, err := other.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer one.Close()
	if _, err := one.ExecContext(t.Context(), "BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	done := make(chan reply)
	go func() { done <- s.post("/quick", "line", "2 g green leaf") }()
	s.answersHelp()
	// The save that waits is under way, and is made when the other one ends.
	select {
	case r := <-done:
		t.Fatalf("the save did not wait: %d", r.status)
	default:
	}
	s.answersHelp()
	if _, err := one.ExecContext(t.Context(), "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	s.want(200, <-done)
	if s.count() != 1 {
		t.Error("the entry was not saved")
	}
}

// A form that met the lock is an entry of when it was sent, not of when the
// journal was opened.
func TestAHeldFormKeepsItsTime(t *testing.T) {
	t.Parallel()
	s := newSite(t, 5)
	const pass = "a long quiet river"
	page := s.get("/")
	s.want(200, s.post("/settings/passphrase", "passphrase", pass, "again", pass))
	s.post("/lock")
	s.contains(s.post("/dose", "product", field(page, "product"), "name", field(page, "name"), "amount", field(page, "amount"), "unit", field(page, "unit")), "is kept")
	s.clock.set(evening.Add(2 * time.Minute))
	s.contains(s.post("/quick", "line", "rough 3 now"), "is kept")
	s.clock.set(evening.Add(9 * time.Minute))
	s.want(200, s.post("/unlock", "passphrase", pass))
	if d := s.last(journal.KindDose); !d.At.Equal(evening) {
		t.Errorf("the dose is of %v, not of %v", d.At, evening)
	}
	if c := s.last(journal.KindCheckIn); c == nil || !c.At.Equal(evening.Add(2*time.Minute)) {
		t.Errorf("the check-in is %+v", c)
	}
}

// What is being written stays on the page: nothing of it is in the browser's
// own stores, nor in its history.
func TestNoDraftIsStored(t *testing.T) {
	t.Parallel()
	s := newSite(t, 5)
	tab := browser.Open(t).Tab(t, browser.Look{Width: 390, Height: 844})
	s.enter(tab)
	look := func(where string) {
		t.Helper()
		// Long enough for the preview, which is the one thing that follows typing.
		got := browser.Eval[string](tab, `(async () => {
			await new Promise(done => setTimeout(done, 500));
			let out = JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage}) + JSON.stringify(history.state) + location.href + document.cookie;
			for (const d of await indexedDB.databases()) out += d.name;
			for (const n of await caches.keys()) for (const q of await (await caches.open(n)).keys()) out += q.url + await (await caches.match(q)).text();
			return out; })()`)
		if strings.Contains(got, "secretword") || browser.Eval[int](tab, `localStorage.length + sessionStorage.length`) > 0 {
			t.Errorf("%s: what was written is stored: %.300s", where, got)
		}
	}
	tab.Click("#line")
	tab.Type("2 g secretword leaf")
	look("the quick entry")
	tab.Go(s.url + "/new/note")
	tab.Click("textarea")
	tab.Type("a secretword plan")
	look("a note")
	tab.Go(s.url + "/journal")
	browser.Eval[bool](tab, `const f = document.querySelector("form.filter [name=text]"); f.value = "secretword"; true`)
	tab.Submit("form.filter button")
	look("the search")
}
