package browser

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
)

// Download runs a step that downloads a file and gives what is in it.
func (tab *Tab) Download(step func()) []byte {
	tab.t.Helper()
	dir := tab.t.TempDir()
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	c := chromedp.FromContext(tab.ctx)
	_, err := cdp.Call(ctx, c.Browser, cdpbrowser.SetDownloadBehavior, cdpbrowser.SetDownloadBehaviorParams{Behavior: "allow", BrowserContextID: c.BrowserContextID, DownloadPath: dir})
	if err != nil {
		tab.t.Fatalf("browser: %v", err)
	}
	step()
	for {
		list, err := os.ReadDir(dir)
		if err != nil {
			tab.t.Fatal(err)
		}
		if len(list) == 1 && !strings.HasSuffix(list[0].Name(), ".crdownload") && !strings.HasPrefix(list[0].Name(), ".") {
			data, err := os.ReadFile(filepath.Join(dir, list[0].Name()))
			if err != nil {
				tab.t.Fatal(err)
			}
			return data
		}
		select {
		case <-ctx.Done():
			tab.t.Fatalf("browser: nothing was downloaded: %v", list)
		case <-time.After(20 * time.Millisecond):
		}
	}
}
