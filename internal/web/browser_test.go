package web_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/internal/testkit/browser"
)

// looks are the two colour modes at the narrowest and a wide window.
var looks = []browser.Look{{Width: 320, Height: 640}, {Width: 320, Height: 640, Dark: true}, {Width: 1280, Height: 800}, {Width: 1280, Height: 800, Dark: true}}

func name(l browser.Look) string {
	mode := "light"
	if l.Dark {
		mode = "dark"
	}
	return fmt.Sprintf("%d-%s", l.Width, mode)
}

// inspect fails for whatever axe finds and for a page wider than its window. In
// the dark only colours differ from the same window in the light, so that only
// the rules about colours are asked.
func inspect(t *testing.T, tab *browser.Tab, l browser.Look, where string) {
	t.Helper()
	var rules []string
	if l.Dark {
		rules = []string{"color-contrast", "link-in-text-block"}
	}
	for _, v := range tab.Axe(rules...) {
		t.Errorf("%s: %s", where, v)
	}
	if n := tab.Wider(); n > 0 {
		t.Errorf("%s is %d px wider than its window", where, n)
	}
}

// enter lets a tab in and waits until it is on the page that the link leads to.
func (s *site) enter(tab *browser.Tab) {
	s.t.Helper()
	tab.Go(s.gate.Link())
	tab.Until(`location.pathname !== "/open" && document.readyState === "complete"`)
}

func TestEveryPageIsAccessible(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser over every page takes a minute")
	}
	for _, l := range looks {
		t.Run(name(l), func(t *testing.T) {
			t.Parallel()
			s := newSite(t, demoDays)
			everyPage(t, s, l)
		})
	}
}

func everyPage(t *testing.T, s *site, l browser.Look) {
	b := browser.Open(t)
	tab := b.Tab(t, l)
	s.enter(tab)
	list := append(pages(s), pageAt{"welcome", "/welcome"}, pageAt{"welcome-2", "/welcome/2"}, pageAt{"welcome-3", "/welcome/3"})
	for _, p := range list {
		tab.Go(s.url + p.path)
		inspect(t, tab, l, p.name)
	}
	// What only shows after something went wrong or was done.
	tab.Go(s.url + "/")
	browser.Eval[bool](tab, `document.querySelectorAll("details").forEach(d => d.open = true); true`)
	inspect(t, tab, l, "today unfolded")
	tab.Go(s.url + "/body")
	browser.Eval[bool](tab, `document.querySelectorAll("details").forEach(d => d.open = true); true`)
	inspect(t, tab, l, "body unfolded")
	tab.Submit(`form[action="/curve"] button`)
	inspect(t, tab, l, "body with hidden curves")
	tab.Submit(`form[action="/curve"] button`)
	tab.Go(s.url + "/")
	browser.Eval[bool](tab, `document.getElementById("line").value = "some kratom"; true`)
	tab.Submit(`#quick button`)
	inspect(t, tab, l, "quick entry asked about")
	browser.Eval[bool](tab, `document.getElementById("line").value = "2 g green leaf"; true`)
	tab.Submit(`#quick button`)
	inspect(t, tab, l, "saved with a notice")
	tab.Go(s.url + "/new/dose")
	browser.Eval[bool](tab, `document.getElementById("f-amount").value = "much"; true`)
	tab.Submit(`main form button[type=submit]`)
	inspect(t, tab, l, "a refused form")
	tab.Go(s.url + "/settings/recovery")
	tab.Submit(`main form button[type=submit]`)
	inspect(t, tab, l, "a fresh recovery code")
	tab.Go(s.url + "/settings")
	tab.Submit(`form[action="/demo/enter"] button`)
	inspect(t, tab, l, "the demo")
	tab.Submit(`form[action="/demo/leave"] button`)

	outside := b.Tab(t, l)
	for _, path := range []string{"/", "/help"} {
		outside.Go(s.url + path)
		inspect(t, outside, l, "without a session "+path)
	}
}

func TestLockedPagesAreAccessible(t *testing.T) {
	t.Parallel()
	s := newSite(t, 3)
	s.want(200, s.post("/settings/passphrase", "passphrase", "a long quiet river", "again", "a long quiet river"))
	s.want(200, s.post("/settings/recovery", "present", "a long quiet river"))
	s.want(200, s.post("/lock"))
	b := browser.Open(t)
	for _, l := range looks {
		tab := b.Tab(t, l)
		s.enter(tab)
		for _, path := range []string{"/unlock", "/unlock/recovery", "/help"} {
			tab.Go(s.url + path)
			inspect(t, tab, l, "locked "+path+" "+name(l))
		}
		tab.Go(s.url + "/journal")
		if tab.Path() != "/unlock" || strings.Contains(tab.Text(), "green leaf") {
			t.Errorf("a locked journal led to %s:\n%s", tab.Path(), tab.Text())
		}
	}
}
