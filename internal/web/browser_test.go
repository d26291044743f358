package web_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/internal/testkit/browser"
)

// looks are the two colour modes at the narrowest and a wide window, each with
// the rules whose answer depends on it: nothing is hidden from the narrow window
// that a wide one shows, so that all others are asked there, once.
var looks = []struct {
	browser.Look
	rules []string // all when empty
}{
	{browser.Look{Width: 320, Height: 640}, nil},
	{browser.Look{Width: 320, Height: 640, Dark: true}, ofColour},
	{browser.Look{Width: 1280, Height: 800, Dark: true}, ofColour},
	{browser.Look{Width: 1280, Height: 800}, append(ofSize, ofColour...)},
}

var (
	ofColour = []string{"color-contrast", "link-in-text-block"}
	ofSize   = []string{"target-size", "scrollable-region-focusable"}
)

func name(l browser.Look) string {
	mode := "light"
	if l.Dark {
		mode = "dark"
	}
	return fmt.Sprintf("%d-%s", l.Width, mode)
}

// inspect looks at the page in every look, and fails for whatever axe finds and
// where it is wider than its window.
func inspect(t *testing.T, tab *browser.Tab, where string) {
	t.Helper()
	for _, l := range looks {
		tab.Look(l.Look)
		for _, v := range tab.Axe(l.rules...) {
			t.Errorf("%s, %s: %s", where, name(l.Look), v)
		}
		if n := tab.Wider(); n > 0 {
			t.Errorf("%s, %s, is %d px wider than its window", where, name(l.Look), n)
		}
	}
}

// fitsAtTwiceTheSize fails for a page that is wider than its window at 200 %, or
// with text of twice the size.
func fitsAtTwiceTheSize(t *testing.T, tab *browser.Tab, where string) {
	t.Helper()
	// A window of 1280 pixels at 200 % has 640 of them to lay out in.
	tab.Look(browser.Look{Width: 640, Height: 400, Scale: 2})
	if n := tab.Wider(); n > 0 {
		t.Errorf("%s at 200 %% is %d px too wide", where, n)
	}
	tab.Look(browser.Look{Width: 1280, Height: 800})
	browser.Eval[bool](tab, `document.documentElement.style.fontSize = "200%"; true`)
	if n := tab.Wider(); n > 0 {
		t.Errorf("%s with text of twice the size is %d px too wide", where, n)
	}
	browser.Eval[bool](tab, `document.documentElement.style.fontSize = ""; true`)
}

// hasLargeTargets fails for what a thumb could miss on a phone.
func hasLargeTargets(t *testing.T, tab *browser.Tab, where string) {
	t.Helper()
	tab.Look(looks[0].Look)
	small := browser.Eval[[]string](tab, `[...document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea, summary")].filter(e => {
		if (e.closest("p") || e.matches(".skip") || !e.checkVisibility()) return false; // links within a sentence
		const r = (e.matches("[type=checkbox]") && e.closest("label") || e).getBoundingClientRect();
		return r.height < 43.5 || r.width < (e.matches(".step input") ? 24 : 43.5); // eleven on one row
	}).map(e => e.outerHTML.slice(0, 120))`)
	for _, e := range small {
		t.Errorf("%s: too small for a thumb: %s", where, e)
	}
}

// enter lets a tab in and waits until it is on the page that the link leads to.
func (s *site) enter(tab *browser.Tab) {
	s.t.Helper()
	if throughPocket {
		s.t.Fatal("a browser needs a port: name this test in differs")
	}
	tab.Go(s.gate.Link())
	tab.Until(`location.pathname !== "/open" && document.readyState === "complete"`)
}

// Two tabs share the pages, so that two cores have work; a third goes where
// something was done.
func TestEveryPageIsAccessible(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser over every page takes a minute")
	}
	s := newSite(t, demoDays)
	list := append(pages(s), pageAt{"welcome", "/welcome"}, pageAt{"welcome-2", "/welcome/2"}, pageAt{"welcome-3", "/welcome/3"})
	const tabs = 2
	for n := range tabs {
		t.Run(fmt.Sprintf("pages-%d", n+1), func(t *testing.T) {
			t.Parallel()
			tab := browser.Open(t).Tab(t, looks[0].Look)
			s.enter(tab)
			for i := n; i < len(list); i += tabs {
				tab.Go(s.url + list[i].path)
				inspect(t, tab, list[i].name)
				fitsAtTwiceTheSize(t, tab, list[i].name)
				hasLargeTargets(t, tab, list[i].name)
			}
		})
	}
	t.Run("done", func(t *testing.T) {
		t.Parallel()
		whatShowsAfter(t, newSite(t, 20))
	})
}

// whatShowsAfter inspects what only shows after something went wrong or was done.
func whatShowsAfter(t *testing.T, s *site) {
	b := browser.Open(t)
	tab := b.Tab(t, looks[0].Look)
	s.enter(tab)
	unfold := func() {
		browser.Eval[bool](tab, `document.querySelectorAll("details").forEach(d => d.open = true); true`)
	}
	unfold()
	inspect(t, tab, "today unfolded")
	tab.Go(s.url + "/body")
	unfold()
	inspect(t, tab, "body unfolded")
	tab.Submit(`form[action="/curve"] button`)
	inspect(t, tab, "body with hidden curves")
	tab.Submit(`form[action="/curve"] button`)
	tab.Go(s.url + "/")
	browser.Eval[bool](tab, `document.getElementById("line").value = "some kratom"; true`)
	tab.Submit(`#quick button`)
	inspect(t, tab, "quick entry asked about")
	browser.Eval[bool](tab, `document.getElementById("line").value = "2 g green leaf"; true`)
	tab.Submit(`#quick button`)
	inspect(t, tab, "saved with a notice")
	tab.Go(s.url + "/new/dose")
	browser.Eval[bool](tab, `document.getElementById("f-amount").value = "much"; true`)
	tab.Submit(`main form button[type=submit]`)
	inspect(t, tab, "a refused form")
	tab.Go(s.url + "/settings/recovery")
	tab.Submit(`main form button[type=submit]`)
	inspect(t, tab, "a fresh recovery code")
	tab.Go(s.url + "/settings")
	tab.Submit(`form[action="/demo/enter"] button`)
	inspect(t, tab, "the demo")
	tab.Submit(`form[action="/demo/leave"] button`)

	outside := b.Tab(t, looks[0].Look)
	outside.Go(s.url + "/")
	inspect(t, outside, "without a session /")
	outside.Go(s.url + "/help")
	inspect(t, outside, "without a session /help")
}

func TestLockedPagesAreAccessible(t *testing.T) {
	t.Parallel()
	s := newSite(t, 3)
	s.want(200, s.post("/settings/passphrase", "passphrase", "a long quiet river", "again", "a long quiet river"))
	s.want(200, s.post("/settings/recovery", "present", "a long quiet river"))
	s.want(200, s.post("/lock"))
	tab := browser.Open(t).Tab(t, looks[0].Look)
	s.enter(tab)
	for _, path := range []string{"/unlock", "/unlock/recovery", "/help"} {
		tab.Go(s.url + path)
		inspect(t, tab, "locked "+path)
	}
	tab.Go(s.url + "/journal")
	if tab.Path() != "/unlock" || strings.Contains(tab.Text(), "green leaf") {
		t.Errorf("a locked journal led to %s:\n%s", tab.Path(), tab.Text())
	}
}
