//go:build !js

package site

import (
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/internal/testkit/browser"
)

// What only the pocket shows is as accessible as the rest, in the dark and at
// twice the size, on a narrow phone whose corners are round.
func TestPocketOnlyPagesOnAPhone(t *testing.T) {
	h := newHost(t, files(t))
	tab := browser.Open(t).Tab(t, browser.Look{Width: 320, Height: 640, Dark: true})
	tab.Sensor(true)
	tab.Go(strings.Replace(h.url, "127.0.0.1", "localhost", 1))
	h.url = strings.Replace(h.url, "127.0.0.1", "localhost", 1)
	tab.Until(settled)
	tab.Axe("document-title") // from now on it is in every page, also in the frame
	look := func(where string) {
		t.Helper()
		for size, width := range map[string]int64{"": 320, "200%": 640} {
			tab.Look(browser.Look{Width: width, Height: 640, Dark: true})
			in[bool](tab, `(d.documentElement.style.fontSize = "`+size+`", true)`)
			for _, v := range browser.Eval[[]string](tab, inside+`.axe.run(`+inside+`.document, {resultTypes: ["violations"]}).then(r => r.violations.map(v => v.id + ": " + v.nodes.map(n => n.html.slice(0, 160) + " " + n.failureSummary).join("\n")))`) {
				t.Errorf("%s %s: %s", where, size, v)
			}
			if n := in[int](tab, `d.documentElement.scrollWidth - w.innerWidth`); n > 0 {
				t.Errorf("%s %s is %d px wider than its window", where, size, n)
			}
		}
		if dir := *pictures; dir != "" {
			tab.Look(browser.Look{Width: 320, Height: 640, Dark: true})
			in[bool](tab, `(d.documentElement.style.fontSize = "", true)`)
			tab.Screenshot(dir+"/"+strings.ReplaceAll(where, " ", "-")+".png", false)
		}
	}
	skip(tab)
	for range 3 {
		write(tab, "3 g green leaf")
	}
	in[bool](tab, `(d.querySelector("`+reminder+`").scrollIntoView(), true)`)
	look("a reminder")
	visit(tab, "/settings?open=backup")
	in[bool](tab, `(d.getElementById("backup").scrollIntoView(), true)`)
	look("the backup")
	h.share(tab, "", "2 g red leaf")
	lead(tab, `w.location.reload()`) // axe is not to be had in the first page of a frame
	look("a text that was shared")
	visit(tab, "/settings")
	setPassphrase(tab, "a narrow stream")
	visit(tab, "/settings?open=passkey")
	tab.Until(`!` + inside + `.document.querySelector("form[data-passkey=add]").hidden`)
	in[bool](tab, `(d.querySelector("form[data-passkey=add]").scrollIntoView({block: "end"}), true)`)
	look("adding a fingerprint")
	lead(tab, addStep("a narrow stream"))
	look("a fingerprint that was added")
	lock(tab)
	visit(tab, "/unlock")
	tab.Until(`!` + inside + `.document.querySelector("form[data-passkey=open]").hidden`)
	if got := in[string](tab, `d.activeElement.id`); got == "passphrase" {
		t.Error("the keyboard comes up over the button for the fingerprint")
	}
	look("unlocking")

	// Nothing of the app lies under the system's own bars, and the paper goes on
	// beneath them.
	tab.SafeArea(47, 34)
	type box struct{ Top, Bottom, Height float64 }
	b := browser.Eval[box](tab, `(({top, bottom}) => ({Top: top, Bottom: bottom, Height: innerHeight}))(document.querySelector("iframe").getBoundingClientRect())`)
	if b.Top < 47 || b.Bottom > b.Height-34 {
		t.Errorf("the frame reaches from %v to %v of %v", b.Top, b.Bottom, b.Height)
	}
	if a, f := browser.Eval[string](tab, `getComputedStyle(document.body).backgroundColor`), in[string](tab, `w.getComputedStyle(d.body).backgroundColor`); a != f {
		t.Errorf("the page is %s around a frame of %s", a, f)
	}
}
