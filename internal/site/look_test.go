//go:build !js

package site

import (
	"flag"
	"testing"

	"github.com/evenkeel/evenkeel/internal/testkit/browser"
)

var pictures = flag.String("pictures", "", "a folder for pictures of the page around the frame")

// The page around the frame, with the frame in it, is as accessible as the
// pages are, and no wider than a narrow phone.
func TestPageAroundTheFrameIsAccessible(t *testing.T) {
	narrow := browser.Look{Width: 320, Height: 640, Dark: true}
	list := files(t)
	b := browser.Open(t)
	inspect := func(tab *browser.Tab, where string) {
		t.Helper()
		for _, v := range tab.Axe() {
			t.Errorf("%s: %s", where, v)
		}
		if n := tab.Wider(); n > 0 {
			t.Errorf("%s is %d px wider than its window", where, n)
		}
	}
	old := b.Tab(t, narrow)
	old.BeforePages(`delete globalThis.WebAssembly`)
	h := newHost(t, list)
	old.Go(h.url)
	old.Until(`document.getElementById("said").textContent !== ""`)
	inspect(old, "an old browser")
	tab := h.open(b, "/")
	tab.Look(narrow)
	inspect(tab, "the frame")
	h.deploy(edition(t, "look"))
	browser.Eval[bool](tab, updated)
	tab.Until(`!document.getElementById("update").hidden`)
	inspect(tab, "an update")
	if dir := *pictures; dir != "" {
		tab.Screenshot(dir+"/pocket-update.png", false)
		old.Screenshot(dir+"/pocket-old.png", false)
	}
}
