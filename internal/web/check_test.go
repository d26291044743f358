package web_test

import (
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/internal/testkit/browser"
)

// vendorText is made up, in the way of shops: it praises, says two things at once
// and leaves out what matters.
const vendorText = `Our kratom is a safe and natural way to feel great. Kratom is not addictive. It works well for pain.
Kratom may cause withdrawal in some people. Kratom is addictive for daily users. Shop our bundles and save 20 % at checkout with free shipping.`

// A pasted text comes back sentence by sentence, with what was left out, and
// nothing of it is kept.
func TestCheckAText(t *testing.T) {
	s := newSite(t, 0)
	before := s.count()
	r := s.want(200, s.post("/check", "text", vendorText))
	s.contains(r, "Kratom is not addictive.", `href="/learn/addictive"`, "Not so.", "The text says both", "The words are those of a shop", "Left out: pregnancy", "<mark>")
	if strings.Count(r.body, "Kratom is not addictive.") < 2 || s.count() != before {
		t.Error("the sentence is not marked in its text, or something was written")
	}
	s.contains(s.want(422, s.post("/check", "text", "  ")), "There is no text here yet")
	s.contains(s.want(200, s.upload("/check/file", "page.html", "<html><body><p>Kratom is <b>not</b> addictive.</p><script>alert(1)</script></body></html>")), "Not so.")
	s.contains(s.want(422, s.upload("/check/file", "a.pdf", "%PDF-1.4 x")), "This is a PDF")
	s.contains(s.want(200, s.post("/check", "text", "<script>alert(1)</script> Kratom is addictive.")), "Kratom is addictive")
	if r := s.post("/check", "text", "You cannot overdose on kratom. Mixing it with beer is fine."); strings.Contains(r.body, "urgent danger") {
		t.Error("what a page says is taken for the person's own words")
	}
	s.contains(s.post("/check", "text", "I want to kill myself"), "urgent danger")
	s.contains(s.post("/check", "text", "El kratom no es adictivo y quita el dolor sin ningún peligro para quien lo toma cada día."), "This does not look like English")
	s.contains(s.post("/share", "text", "Kratom is not addictive, says this page"), "Check this text", `action="/check"`)
}

// The answer is a page like any other to assistive technology and on a phone.
func TestCheckedTextInABrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t, 0)
	tab := browser.Open(t).Tab(t, browser.Look{Width: 360, Height: 740})
	s.enter(tab)
	tab.Go(s.url + "/check")
	browser.Eval[bool](tab, `document.getElementById("text").value = `+"`"+vendorText+"`"+`; true`)
	tab.Submit(`form[action="/check"] button`)
	inspect(t, tab, "a checked text")
}
