package browser

import (
	"context"
	"testing"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
)

// Permit answers what a browser would ask its person: whether an origin may do
// what a permission is for, by its name in the Permissions API.
func (tab *Tab) Permit(t testing.TB, origin, permission string, yes bool) {
	t.Helper()
	setting := cdpbrowser.PermissionSetting("denied")
	if yes {
		setting = "granted"
	}
	ctx, cancel := context.WithTimeout(tab.ctx, patience)
	defer cancel()
	c := chromedp.FromContext(tab.ctx)
	_, err := cdp.Call(ctx, c.Browser, cdpbrowser.SetPermission, cdpbrowser.SetPermissionParams{Permission: &cdpbrowser.PermissionDescriptor{Name: permission},
		Setting: setting, Origin: origin, BrowserContextID: c.BrowserContextID})
	if err != nil {
		t.Fatalf("browser: %v", err)
	}
}
