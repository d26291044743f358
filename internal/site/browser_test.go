//go:build !js

package site

import (
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/internal/testkit/browser"
)

func contains(t *testing.T, tab *browser.Tab, texts ...string) {
	t.Helper()
	got := text(tab)
	for _, want := range texts {
		if !strings.Contains(got, want) {
			t.Fatalf("the page at %s does not say %q:\n%.800s", tab.Path(), want, got)
		}
	}
}

// From the first load on nothing needs the host: pages, forms, a reload, the
// way back, a deep link in a second tab, a router that was stopped.
func TestWithoutAHost(t *testing.T) {
	h := newHost(t, files(t))
	b := browser.Open(t)
	tab := h.open(b, "/")
	h.stop()
	contains(t, tab, "What is kratom doing to your life?")
	skip(tab)
	if tab.Path() != "/" || in[string](tab, `w.location.pathname`) != "/" {
		t.Errorf("the page is at %s", tab.Path())
	}
	write(tab, "3 g green leaf")
	contains(t, tab, "Saved: 3 g green leaf")
	visit(tab, "/journal")
	contains(t, tab, "green leaf")
	if title := browser.Eval[string](tab, `document.title`); title != in[string](tab, `d.title`) || !strings.Contains(title, "Journal") {
		t.Errorf("the title is %q", title)
	}
	if browser.Eval[string](tab, `document.activeElement.tagName`) != "IFRAME" {
		t.Error("the frame has not the focus")
	}
	// Back, and forth again.
	lead(tab, `w.history.back()`)
	if tab.Path() != "/" {
		t.Errorf("back led to %s", tab.Path())
	}
	// A reload stays where it was; the journal has no passphrase and opens.
	visit(tab, "/products")
	tab.Go(h.url + "/products")
	tab.Until(settled)
	contains(t, tab, "green leaf")
	// A second tab looks at the same journal, and goes on when the first one ends.
	twin := tab.Twin()
	twin.Go(h.url + "/journal?kind=dose")
	twin.Until(settled)
	contains(t, twin, "green leaf")
	write(twin, "2 g red leaf")
	contains(t, twin, "Saved: 2 g red leaf")
	visit(tab, "/journal")
	contains(t, tab, "green leaf", "red leaf")
	tab.Close()
	write(twin, "1 g white leaf")
	visit(twin, "/journal")
	contains(t, twin, "green leaf", "red leaf", "white leaf")
}
