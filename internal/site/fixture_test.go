//go:build !js

package site

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/testkit/browser"
)

// host serves a site, and can go away or change what it serves.
type host struct {
	t       testing.TB
	url     string
	handler atomic.Pointer[http.Handler]
	mu      sync.Mutex
	asked   []string
	stop    func()
}

func files(t testing.TB) []File {
	t.Helper()
	if testing.Short() {
		t.Skip("builds the app for a browser")
	}
	p, err := built()
	if err != nil {
		t.Fatal(err)
	}
	list, err := Files(p, "")
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func newHost(t testing.TB, list []File) *host {
	h := &host{t: t}
	h.deploy(list)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.mu.Lock()
		h.asked = append(h.asked, r.URL.Path)
		h.mu.Unlock()
		(*h.handler.Load()).ServeHTTP(w, r)
	}))
	h.url, h.stop = srv.URL, func() { srv.CloseClientConnections(); srv.Close() }
	t.Cleanup(srv.Close)
	return h
}

func (h *host) deploy(list []File) {
	handler := Handler(list)
	h.handler.Store(&handler)
}

var phone = browser.Look{Width: 390, Height: 844}

// inside is the frame's window, for scripts of tests.
const inside = `document.querySelector("iframe").contentWindow`

// settled says that the frame shows a page.
const settled = `!!document.querySelector("iframe:not([hidden])") && ` + inside + `.document.readyState === "complete" && !!` + inside + `.document.querySelector("main h1, main form")`

// open opens the app in a tab of its own profile and waits for its first page.
func (h *host) open(b *browser.Browser, path string) *browser.Tab {
	h.t.Helper()
	tab := b.Tab(h.t, phone)
	tab.Go(h.url + path)
	tab.UntilIn(settled, 3*time.Minute) // a slow line takes its time
	return tab
}

// in runs an expression in the frame, where w is its window and d its document.
func in[T any](tab *browser.Tab, expression string) T {
	return browser.Eval[T](tab, `(() => { const w = `+inside+`, d = w.document; return (`+expression+`); })()`)
}

// lead does something in the frame that leads to another page, and waits for it.
func lead(tab *browser.Tab, step string) {
	in[bool](tab, `w.left = true`)
	in[bool](tab, `(`+step+`, true)`)
	tab.Until(`!` + inside + `.left && ` + settled)
}

// visit goes to an address in the frame.
func visit(tab *browser.Tab, path string) { lead(tab, `w.location.href = "`+path+`"`) }

// skip leaves the first pages, which a new journal begins with.
func skip(tab *browser.Tab) {
	lead(tab, `d.querySelector("form[action='/welcome/skip'] button").click()`)
}

// write saves a line of quick entry on Today.
func write(tab *browser.Tab, line string) {
	visit(tab, "/")
	in[bool](tab, `(d.getElementById("line").value = "`+line+`", true)`)
	lead(tab, `d.querySelector("#quick button").click()`)
}

func text(tab *browser.Tab) string { return in[string](tab, `d.body.innerText`) }
