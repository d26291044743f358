package browser

import (
	"context"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/systeminfo"
	"github.com/chromedp/chromedp"
)

// Renderers are the processes that run pages and workers.
func (b *Browser) Renderers(t testing.TB) (pids []int) {
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	info, err := cdp.Call(ctx, chromedp.FromContext(b.ctx).Browser, systeminfo.GetProcessInfo, cdp.Empty{})
	if err != nil {
		t.Errorf("browser: %v", err)
		return nil
	}
	for _, p := range info.ProcessInfo {
		if p.Type == "renderer" {
			pids = append(pids, int(p.ID))
		}
	}
	return pids
}

// Kill ends the browser at once, as a system that needs its memory does.
func (b *Browser) Kill(t testing.TB) {
	t.Helper()
	if err := chromedp.FromContext(b.ctx).Browser.Process().Kill(); err != nil {
		t.Fatalf("browser: %v", err)
	}
	// Its own processes notice and end.
	time.Sleep(300 * time.Millisecond)
}
