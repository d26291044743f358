//go:build !js

package site

import (
	"bytes"
	"testing"

	"github.com/evenkeel/evenkeel/internal/testkit/browser"
)

// edition is another edition of the site: the same program, started by a script
// with a comment at its end.
func edition(t *testing.T, name string) []File {
	t.Helper()
	files(t) // skips where it must
	p, err := built()
	if err != nil {
		t.Fatal(err)
	}
	p.WasmExec = append(bytes.Clone(p.WasmExec), "\n// "+name+"\n"...)
	list, err := Files(p, "")
	if err != nil {
		t.Fatal(err)
	}
	return list
}

const updated = `navigator.serviceWorker.getRegistration().then(r => r.update()).then(() => true, () => true)`

const editionHere = `new Promise(done => { navigator.serviceWorker.addEventListener("message", ({data}) => { if (data.done === "edition") done(data.edition); });
	navigator.serviceWorker.controller.postMessage({hello: true, id: "edition"}); })`

// A deploy in the middle of a session changes nothing until the person takes it,
// and one that is not whole changes nothing at all.
func TestDeployInTheMiddle(t *testing.T) {
	h := newHost(t, files(t))
	tab := h.open(browser.Open(t), "/")
	skip(tab)
	write(tab, "3 g green leaf")
	before := browser.Eval[string](tab, editionHere)

	broken := edition(t, "broken")
	for i := range broken {
		if broken[i].Name == "icon-192.png" {
			broken[i].Data = bytes.Clone(broken[i].Data)
			broken[i].Data[200] ^= 1
		}
	}
	h.deploy(broken)
	browser.Eval[bool](tab, updated)
	tab.Until(`navigator.serviceWorker.getRegistration().then(r => !r.installing && !r.waiting)`)
	if browser.Eval[bool](tab, `!document.getElementById("update").hidden`) {
		t.Error("half an update is offered")
	}

	h.deploy(edition(t, "second"))
	browser.Eval[bool](tab, updated)
	tab.Until(`!document.getElementById("update").hidden`)
	write(tab, "2 g red leaf")
	visit(tab, "/journal")
	contains(t, tab, "green leaf", "red leaf")
	if now := browser.Eval[string](tab, editionHere); now != before {
		t.Error("the edition changed under the session")
	}
	tab.Reload(false)
	tab.Until(settled)
	contains(t, tab, "green leaf", "red leaf")
	if now := browser.Eval[string](tab, editionHere); now != before {
		t.Error("a reload took the update unasked")
	}
	tab.Until(`!document.getElementById("update").hidden`)
	browser.Eval[bool](tab, `(document.querySelector("#update [data-do=take]").click(), true)`)
	tab.Until(settled + ` && document.getElementById("update").hidden`)
	tab.Until(`(` + editionHere + `).then(e => e !== "` + before + `")`)
	h.stop()
	write(tab, "1 g white leaf")
	visit(tab, "/journal")
	contains(t, tab, "green leaf", "red leaf", "white leaf")
}

// The new page over the old router: somebody loads it past the cache before the
// router knows of the deploy.
func TestNewPageOldRouter(t *testing.T) {
	h := newHost(t, files(t))
	tab := h.open(browser.Open(t), "/")
	skip(tab)
	write(tab, "3 g green leaf")
	before := browser.Eval[string](tab, editionHere)
	h.deploy(edition(t, "third"))
	tab.Reload(true)
	tab.Until(`sessionStorage.getItem("reloaded") === "` + before + `"`)
	tab.Until(settled)
	visit(tab, "/journal")
	contains(t, tab, "green leaf")
}
