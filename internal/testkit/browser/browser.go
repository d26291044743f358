// Package browser gives tests a real Chromium, and axe-core in it.
package browser

import (
	"context"
	_ "embed"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// Browser is a running Chromium. Every test of a package whose TestMain calls
// Main shares one; elsewhere it ends with the test that opened it.
type Browser struct{ ctx context.Context }

// shared is the one browser of the package under test, once Main allows it.
var shared struct {
	sync.Mutex
	allowed bool
	b       *Browser
	end     func()
}

// Main runs a package's tests with one browser for all of them, which is
// started by the first that asks. It gives the code to exit with.
func Main(m *testing.M) int {
	shared.allowed = true
	code := m.Run()
	if shared.end != nil {
		shared.end()
	}
	return code
}

// names under which systems install it.
var names = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}

// Open gives a browser, or skips the test where none is installed.
func Open(t testing.TB) *Browser {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	if shared.b != nil {
		return shared.b
	}
	b, end := start(t)
	if shared.allowed {
		shared.b, shared.end = b, end
	} else {
		t.Cleanup(end)
	}
	return b
}

func start(t testing.TB, more ...chromedp.ExecAllocatorOption) (*Browser, func()) {
	t.Helper()
	var path string
	for _, name := range names {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		t.Skipf("no browser: none of %s is on PATH (Debian: apt-get install chromium)", strings.Join(names, ", "))
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.Flag("hide-scrollbars", true))
	opts = append(opts, more...)
	if os.Geteuid() == 0 {
		// Chromium refuses its sandbox to root; these tests open our own pages only.
		opts = append(opts, chromedp.NoSandbox)
	}
	alloc, cancelAlloc := chromedp.NewExecAllocator(context.Background(), opts...)
	ctx, cancel := chromedp.NewContext(alloc)
	end := func() { cancel(); cancelAlloc() }
	if err := chromedp.Do(ctx); err != nil {
		end()
		t.Fatalf("the browser did not start: %v", err)
	}
	return &Browser{ctx}, end
}

// OpenProfile starts a browser of its own whose profile is a folder, for as long
// as the test or until close.
func OpenProfile(t testing.TB, dir string) (b *Browser, close func()) {
	t.Helper()
	b, end := start(t, chromedp.UserDataDir(dir))
	closed := false
	close = func() {
		if !closed {
			closed = true
			end()
		}
	}
	t.Cleanup(close)
	return b, close
}

// Main is the first tab of a browser, in its own profile and not in one that
// ends with the tab.
func (b *Browser) Main(t testing.TB, l Look) *Tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("browser: %v", err)
	}
	tab := &Tab{t: t, ctx: ctx}
	tab.Look(l)
	return tab
}
