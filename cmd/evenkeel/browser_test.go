package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/testkit/browser"
)

// The page that Evenkeel hands to the system's browser leads a real one into
// the app, although the app's cookie is not sent along from a file.
func TestOpensTheBrowser(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the stand-in for the system's opener is one for Linux")
	}
	b := browser.Open(t)
	m := newMachine(t)
	m.run("add", "3 g green leaf")

	bin, handed := t.TempDir(), filepath.Join(t.TempDir(), "handed")
	opener := "#!/bin/sh\nprintf %s \"$1\" > " + handed + ".part && mv " + handed + ".part " + handed + "\n"
	if err := os.WriteFile(filepath.Join(bin, "xdg-open"), []byte(opener), 0o700); err != nil {
		t.Fatal(err)
	}
	cmd := m.command(t.Context(), "serve")
	cmd.Env = append(cmd.Env, "PATH="+bin+":"+os.Getenv("PATH"), "DISPLAY=:0")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }()

	var page []byte
	eventually(t, "it hands a page to the opener", func() bool {
		var err error
		page, err = os.ReadFile(handed)
		return err == nil
	})
	tab := b.Tab(t, browser.Look{Width: 400, Height: 800})
	tab.Go("file://" + string(page))
	eventually(t, "the browser is let in", func() bool { return strings.Contains(readable(tab), "green leaf") })

	// Whoever finds the page later finds a door that has closed.
	other := b.Tab(t, browser.Look{Width: 400, Height: 800})
	other.Go("file://" + string(page))
	eventually(t, "a second browser is kept out", func() bool { return strings.Contains(readable(other), "This page is closed") })
}

// readable is the text of a page that may still be on its way.
func readable(tab *browser.Tab) string {
	return browser.Eval[string](tab, `document.body ? document.body.innerText : ""`)
}

func eventually(t *testing.T, what string, f func() bool) {
	t.Helper()
	for range 600 { // no measure of speed, only the end of waiting
		if f() {
			return
		}
		time.Sleep(200 * time.Millisecond)
	}
	t.Fatalf("in vain: %s", what)
}
