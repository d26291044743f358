package web_test

import (
	"context"
	"fmt"
	"net"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/app/desk"
	"github.com/evenkeel/evenkeel/internal/demo/program"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/internal/testkit/browser"
	deskpages "github.com/evenkeel/evenkeel/internal/web/desk"
	"github.com/evenkeel/evenkeel/internal/web/shell"
)

// deskSite serves the desk of a made-up program.
type deskSite struct {
	desk *desk.Desk
	gate *shell.Loopback
	url  string
}

func newDeskSite(t testing.TB, people int) *deskSite {
	t.Helper()
	elsewhere(t)
	texts, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	d, err := program.Open(t.Context(), texts.Match("en"), &clock{now: evening}, 1, people)
	if err != nil {
		t.Fatal(err)
	}
	return serveDesk(t, d)
}

// serveDesk serves the pages of a desk.
func serveDesk(t testing.TB, d *desk.Desk) *deskSite {
	t.Helper()
	t.Cleanup(func() { _ = d.Close() })
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	gate, err := shell.NewLoopback(l.Addr().String(), shell.SecretName())
	if err != nil {
		t.Fatal(err)
	}
	pages, err := deskpages.New(deskpages.Config{Desk: d, Gate: gate, Now: func(context.Context) time.Time { return evening }, Version: "test",
		Bundle: func(care.Projection) ([]byte, error) { return []byte("{}"), nil }})
	if err != nil {
		t.Fatal(err)
	}
	srv := &httptest.Server{Listener: l, Config: pages.HTTP()}
	srv.Start()
	t.Cleanup(srv.Close)
	return &deskSite{d, gate, gate.Origin()}
}

// pages are the desk's, with somebody who shares everything and one who shares little.
func (s *deskSite) pages(t testing.TB) []pageAt {
	t.Helper()
	rows, err := s.desk.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	list := []pageAt{{"desk-list", "/"}, {"desk-counts", "/counts"}, {"desk-members", "/members"}, {"desk-card", "/card"}, {"desk-audit", "/audit"}}
	for _, r := range rows {
		switch r.Patient {
		case "Alma R":
			list = append(list, pageAt{"desk-person", "/people/" + r.ID}, pageAt{"desk-sheet", "/people/" + r.ID + "/sheet"})
		case "Jonas B":
			list = append(list, pageAt{"desk-little", "/people/" + r.ID})
		}
	}
	return list
}

// The desk's pages pass axe in every look, fit their window, and have targets for a
// thumb; a reason is acknowledged by a tap, and a locked desk shows nobody.
func TestDeskInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser over the desk's pages takes ten seconds")
	}
	s := newDeskSite(t, 2*program.People)
	tab := browser.Open(t).Tab(t, looks[0].Look)
	tab.Go(s.gate.Link())
	tab.Until(`location.pathname !== "/open" && document.readyState === "complete"`)
	for _, p := range s.pages(t) {
		tab.Go(s.url + p.path)
		inspect(t, tab, p.name)
		hasLargeTargets(t, tab, p.name)
	}
	tab.Go(s.url + "/")
	tab.Submit(".case-now button")
	if text := tab.Text(); !strings.Contains(text, "It goes down until it changes.") {
		t.Errorf("nothing says that the reason was acknowledged: %.300s", text)
	}
	tab.Submit(`form[action="/lock"] button`)
	if tab.Path() != "/unlock" {
		t.Errorf("a locked desk shows %s", tab.Path())
	}
	inspect(t, tab, "desk-unlock")
	tab.Click("#member")
	tab.Type(program.Member)
	tab.Click("#passphrase")
	tab.Type(program.Passphrase)
	tab.Submit("main form button")
	if tab.Path() != "/" {
		t.Errorf("an unlocked desk shows %s", tab.Path())
	}
}

// TestDeskScreenshots draws the desk's pages, as TestScreenshots does the others.
func TestDeskScreenshots(t *testing.T) {
	if *screenshots == "" {
		t.Skip("no folder was named with -screenshots")
	}
	if err := os.MkdirAll(*screenshots, 0o755); err != nil {
		t.Fatal(err)
	}
	s := newDeskSite(t, 3*program.People)
	b := browser.Open(t)
	for _, look := range []browser.Look{{Width: 360, Height: 640, Scale: 1}, {Width: 1280, Height: 800, Scale: 1}, {Width: 1280, Height: 800, Scale: 1, Dark: true}} {
		tab := b.Tab(t, look)
		tab.Go(s.gate.Link())
		tab.Until(`location.pathname !== "/open" && document.readyState === "complete"`)
		for _, p := range s.pages(t) {
			tab.Go(s.url + p.path)
			tab.Screenshot(filepath.Join(*screenshots, fmt.Sprintf("%s-%s-top.png", p.name, name(look))), false)
			tab.Screenshot(filepath.Join(*screenshots, fmt.Sprintf("%s-%s.png", p.name, name(look))), true)
		}
	}
}
