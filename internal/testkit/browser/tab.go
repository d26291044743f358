package browser

import (
	"context"
	_ "embed"
	"os"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"
)

// Look is how a tab shows pages.
type Look struct {
	Width, Height int64
	Dark          bool
	NoScript      bool
	// Forced is a system that forces its own few colours on pages.
	Forced bool
	// Scale is device pixels per CSS pixel; 1 when 0.
	Scale float64
}

// Tab is a page with a cookie jar of its own.
type Tab struct {
	t   testing.TB
	ctx context.Context
	axe bool // the browser brings it into every page of the tab
}

// patience is how long any step may take on a slow machine with much else to do:
// no measure of speed, only the end of waiting.
const patience = 2 * time.Minute

// Tab opens an empty tab.
func (b *Browser) Tab(t testing.TB, l Look) *Tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	// The first use makes the tab, which would end with a context of less life.
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("browser: %v", err)
	}
	tab := &Tab{t: t, ctx: ctx}
	tab.Look(l)
	return tab
}

// Look changes how the tab shows pages.
func (tab *Tab) Look(l Look) {
	tab.t.Helper()
	scheme := "light"
	if l.Dark {
		scheme = "dark"
	}
	if l.Scale == 0 {
		l.Scale = 1
	}
	tab.do(chromedp.EmulateViewport(l.Width, l.Height, chromedp.EmulateScale(l.Scale)),
		chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}
			if l.Forced {
				features = append(features, &emulation.MediaFeature{Name: "forced-colors", Value: "active"})
			}
			if _, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
				return err
			}
			_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: l.NoScript})
			return err
		}))
}

// Slow makes the tab's processor as many times slower, as a cheap phone's is.
func (tab *Tab) Slow(times float64) {
	tab.t.Helper()
	tab.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: times})
		return err
	}))
}

func (tab *Tab) do(steps ...chromedp.Action[chromedp.Void]) {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		tab.t.Fatalf("browser: %v", err)
	}
}

// Go opens an address and waits until it is loaded.
func (tab *Tab) Go(url string) {
	tab.t.Helper()
	tab.do(chromedp.Navigate(url))
}

// Click clicks the first element that the CSS selector finds, with the mouse.
func (tab *Tab) Click(selector string) {
	tab.t.Helper()
	tab.do(chromedp.Click(selector))
}

// Submit clicks what sends a form and waits for the page that answers.
func (tab *Tab) Submit(selector string) {
	tab.t.Helper()
	tab.loads(chromedp.Click(selector))
}

// loads runs a step that leads to another page and waits for it.
func (tab *Tab) loads(step chromedp.Action[chromedp.Void]) {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, step); err != nil {
		tab.t.Fatalf("browser: %v", err)
	}
}

// Type sends keys to whatever has the focus.
func (tab *Tab) Type(keys string) {
	tab.t.Helper()
	tab.do(chromedp.KeyEvent(keys))
}

// Press sends a key that leads to another page.
func (tab *Tab) Press(key string) {
	tab.t.Helper()
	tab.loads(chromedp.KeyEvent(key))
}

// Eval runs a JavaScript expression and gives its value; a promise is waited
// for.
func Eval[T any](tab *Tab, expression string) T {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		tab.t.Fatalf("browser: %v", err)
	}
	return v
}

// Wider is by how many CSS pixels the page is wider than the window.
func (tab *Tab) Wider() int {
	tab.t.Helper()
	return Eval[int](tab, `Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - window.innerWidth`)
}

// Until waits until a JavaScript condition holds, also across pages.
func (tab *Tab) Until(condition string) {
	tab.t.Helper()
	tab.UntilIn(condition, patience)
}

// UntilIn is Until for what may take longer.
func (tab *Tab) UntilIn(condition string, patience time.Duration) {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	for {
		// A page that goes away under the question answers with an error.
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](condition, chromedp.EvalAwaitPromise))
		if ok && err == nil {
			return
		}
		select {
		case <-ctx.Done():
			tab.t.Fatalf("browser: in vain waited for %s: %v", condition, err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// Path is the path of the page's address.
func (tab *Tab) Path() string {
	tab.t.Helper()
	return Eval[string](tab, `location.pathname`)
}

// Text is the page as it can be read.
func (tab *Tab) Text() string {
	tab.t.Helper()
	return Eval[string](tab, `document.body.innerText`)
}

// Print is the page as it goes to paper, a PDF on the paper that its style asks
// for.
func (tab *Tab) Print() (pdf []byte) {
	tab.t.Helper()
	own := true
	tab.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		r, err := cdp.Call(ctx, t, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: &own})
		if err == nil {
			pdf = r.Data
		}
		return err
	}))
	return pdf
}

// Screenshot writes the page as a PNG: what the window shows, or all of it.
func (tab *Tab) Screenshot(file string, whole bool) {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	action := chromedp.CaptureScreenshot()
	if whole {
		action = chromedp.FullScreenshot(100)
	}
	data, err := chromedp.Run(ctx, action)
	if err != nil {
		tab.t.Fatalf("browser: %v", err)
	}
	if err := os.WriteFile(file, data, 0o644); err != nil {
		tab.t.Fatal(err)
	}
}

// Twin opens another tab with the same cookies and storage.
func (tab *Tab) Twin() *Tab {
	tab.t.Helper()
	ctx, cancel := chromedp.NewContext(tab.ctx)
	tab.t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		tab.t.Fatalf("browser: %v", err)
	}
	return &Tab{t: tab.t, ctx: ctx}
}

// Close closes the tab, as a person does or a system that needs its memory.
func (tab *Tab) Close() {
	tab.t.Helper()
	// Not by its context, which holds the storage that a twin goes on with.
	tab.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, page.Close, cdp.Empty{})
		return err
	}))
}

// Reload loads the page again, past every cache where fresh says so.
func (tab *Tab) Reload(fresh bool) {
	tab.t.Helper()
	tab.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, page.Reload, page.ReloadParams{IgnoreCache: &fresh})
		return err
	}))
}

// Quota is how much an origin may keep, in bytes; 0 is the browser's own choice.
func (tab *Tab) Quota(origin string, bytes float64) {
	tab.t.Helper()
	p := storage.OverrideQuotaForOriginParams{Origin: origin}
	if bytes > 0 {
		p.QuotaSize = &bytes
	}
	tab.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, storage.OverrideQuotaForOrigin, p)
		return err
	}))
}

// BeforePages runs a script before those of every page.
func (tab *Tab) BeforePages(script string) {
	tab.t.Helper()
	tab.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
		return err
	}))
}
