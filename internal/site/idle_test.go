//go:build !js

package site

import (
	"strconv"
	"testing"

	"github.com/evenkeel/evenkeel/internal/testkit/browser"
)

// laterClock makes the clock of a page or a worker go by what is said on a
// channel, as it does for who wakes after a sleep.
const laterClock = `(() => { let by = 0; new BroadcastChannel("clock").onmessage = (e) => { by = e.data; };
	const at = Date.prototype.getTime, now = Date.now; Date.prototype.getTime = function () { return at.call(this) + by; }; Date.now = () => now() + by; })();
`

// A device that slept for longer than the person set shows nothing when it
// wakes: the page is covered at once, and the journal is locked by the clock on
// the wall, also for the first tap.
func TestLocksWhileHidden(t *testing.T) {
	p, err := built()
	if err != nil {
		t.Fatal(err)
	}
	p.WasmExec = append([]byte(laterClock), p.WasmExec...)
	files(t) // skips where it must
	list, err := Files(p, "")
	if err != nil {
		t.Fatal(err)
	}
	h := newHost(t, list)
	tab := browser.Open(t).Tab(t, phone)
	tab.BeforePages(laterClock)
	tab.Go(h.url)
	tab.Until(settled)
	skip(tab)
	write(tab, "3 g green leaf")
	visit(tab, "/settings")
	setPassphrase(tab, "a narrow stream")
	visit(tab, "/settings")
	in[bool](tab, `(d.querySelector("[name=auto_lock_min]").value = "5", true)`)
	lead(tab, `d.querySelector("form[action='/settings'] button[type=submit]").click()`)
	for i, wake := range []string{`d.dispatchEvent(new Event("visibilitychange", {bubbles: true}))`, `d.body.dispatchEvent(new PointerEvent("pointerdown", {bubbles: true}))`} {
		visit(tab, "/journal")
		contains(t, tab, "green leaf")
		// Four minutes are not five.
		sleep(tab, 4+10*i)
		in[bool](tab, `(`+wake+`, true)`)
		visit(tab, "/journal")
		contains(t, tab, "green leaf")
		sleep(tab, 10+10*i)
		in[bool](tab, `(w.left = true, `+wake+`, true)`)
		if in[string](tab, `w.location.pathname === "/unlock" ? "hidden" : w.getComputedStyle(d.body).visibility`) != "hidden" {
			t.Error("the page is shown before it is known whether the journal is locked")
		}
		tab.Until(`!` + inside + `.left && ` + settled + ` && ` + inside + `.location.pathname === "/unlock"`)
		in[bool](tab, `(d.getElementById("passphrase").value = "a narrow stream", true)`)
		lead(tab, `d.querySelector("form[action='/unlock'] button").click()`)
	}
}

// sleep sets every clock minutes ahead of the true one.
func sleep(tab *browser.Tab, minutes int) {
	browser.Eval[bool](tab, `(() => { const c = new BroadcastChannel("clock"); c.postMessage(`+strconv.Itoa(60000*minutes)+`); c.close(); return new Promise(done => setTimeout(done, 200, true)); })()`)
}
