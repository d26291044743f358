package browser

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// axeSum is the SHA-256 of axe.min.js as npm has it.
const axeSum = "e9e5863c33a874f09bc01acd9234b7e3c871479f5eef8802fa582544465e6d01"

//go:embed axe.min.js
var axe string

// Violation is something that axe found.
type Violation struct {
	ID, Help, Impact string
	Nodes            []struct {
		HTML           string `json:"html"`
		FailureSummary string `json:"failureSummary"`
	}
}

func (v Violation) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s): %s", v.ID, v.Impact, v.Help)
	for i, n := range v.Nodes {
		if i == 4 {
			fmt.Fprintf(&b, "\n    and %d more", len(v.Nodes)-i)
			break
		}
		fmt.Fprintf(&b, "\n    %.160s\n      %s", n.HTML, strings.ReplaceAll(n.FailureSummary, "\n", " "))
	}
	return b.String()
}

// Axe looks the page over with the rules named, or, where none is, with every
// rule of WCAG 2.2 A and AA and axe's best practices.
func (tab *Tab) Axe(rules ...string) []Violation {
	tab.t.Helper()
	only := ""
	if len(rules) > 0 {
		only = `, runOnly: {type: "rule", values: ["` + strings.Join(rules, `", "`) + `"]}`
	}
	tab.bringAxe()
	return Eval[[]Violation](tab, `axe.run(document, {resultTypes: ["violations"]`+only+`}).then(r => r.violations.map(v => ({ID: v.id, Help: v.help, Impact: v.impact, Nodes: v.nodes})))`)
}

// bringAxe puts axe into the page that is open, and has the browser put it into
// every page that the tab comes to after it.
func (tab *Tab) bringAxe() {
	tab.t.Helper()
	if tab.axe {
		return
	}
	if sum := sha256.Sum256([]byte(axe)); hex.EncodeToString(sum[:]) != axeSum {
		tab.t.Fatal("axe.min.js is not the file that npm has; fetch it again")
	}
	tab.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: axe, RunImmediately: new(true)})
		return err
	}))
	tab.axe = true
}
