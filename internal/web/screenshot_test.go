package web_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/evenkeel/evenkeel/internal/testkit/browser"
)

var screenshots = flag.String("screenshots", "", "write PNGs of the pages into this folder")

// TestScreenshots draws the pages for the README and for looking at:
//
//	go test ./internal/web -run TestScreenshots -args -screenshots DIR
func TestScreenshots(t *testing.T) {
	if *screenshots == "" {
		t.Skip("no folder was named with -screenshots")
	}
	if err := os.MkdirAll(*screenshots, 0o755); err != nil {
		t.Fatal(err)
	}
	s := newSite(t, demoDays)
	b := browser.Open(t)
	for _, look := range []browser.Look{{Width: 360, Height: 640, Scale: 2}, {Width: 1280, Height: 800, Scale: 1}} {
		for _, dark := range []bool{false, true} {
			look.Dark = dark
			mode := "light"
			if dark {
				mode = "dark"
			}
			tab := b.Tab(t, look)
			s.enter(tab)
			for _, p := range append(pages(s), pageAt{"welcome", "/welcome"}, pageAt{"welcome-2", "/welcome/2"}) {
				tab.Go(s.url + p.path)
				tab.Screenshot(filepath.Join(*screenshots, fmt.Sprintf("%s-%d-%s-top.png", p.name, look.Width, mode)), false)
				tab.Screenshot(filepath.Join(*screenshots, fmt.Sprintf("%s-%d-%s.png", p.name, look.Width, mode)), true)
			}
		}
	}
}
