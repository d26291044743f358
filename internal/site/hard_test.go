//go:build unix

package site

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/evenkeel/evenkeel/internal/testkit/browser"
)

var kills = flag.Int("kills", 4, "how often a tab is killed while it writes")

// An app that is killed while it saves loses nothing that it acknowledged. The
// long form: go test ./internal/site -run Killed -timeout 1h -args -kills 200
func TestKilledWhileWriting(t *testing.T) {
	h := newHost(t, files(t))
	dir := t.TempDir()
	var acknowledged []string
	var tab *browser.Tab
	for round := range *kills + 1 {
		b, _ := browser.OpenProfile(t, dir)
		tab = b.Main(t, phone)
		tab.Go(h.url)
		tab.UntilIn(settled, time.Minute)
		if round == *kills {
			break
		}
		// Lines one after the other, as fast as they are answered; what was
		// answered as saved is counted before the axe falls.
		in[bool](tab, fmt.Sprintf(`(w.done = [], (async () => { for (let i = 0; ; i++) { const n = "note r%di" + i + "end";
			const a = await w.fetch("/quick", {method: "POST", body: new URLSearchParams({line: n})}); if (a.ok) w.done.push(n.slice(5)); } })(), true)`, round))
		tab.Until(inside + `.done.length > 2`)
		time.Sleep(time.Duration(rand.IntN(60)) * time.Millisecond)
		acknowledged = append(acknowledged, in[[]string](tab, `w.done`)...)
		b.Kill(t)
	}
	export := browser.Eval[string](tab, inside+`.fetch("/export.json").then(r => r.text())`)
	for _, n := range acknowledged {
		if c := strings.Count(export, n); c != 1 {
			t.Errorf("%s is there %d times", n, c)
		}
	}
	var whole struct {
		Records []json.RawMessage `json:"records"`
	}
	if err := json.Unmarshal([]byte(export), &whole); err != nil {
		t.Errorf("%v: %.300s", err, export)
	}
	t.Logf("%d kills, %d entries acknowledged, %d records there", *kills, len(acknowledged), len(whole.Records))
}

// Nothing that a person wrote, looked for or typed as a passphrase stands
// readable in the browser's profile.
func TestProfileHoldsNoWords(t *testing.T) {
	h := newHost(t, files(t))
	dir := t.TempDir()
	b, end := browser.OpenProfile(t, dir)
	tab := b.Main(t, phone)
	tab.Go(h.url)
	tab.Until(settled)
	skip(tab)
	secrets := []string{"zweigelt7731", "narrowstream4402", "lookedfor9915", "typednotsent2086"}
	write(tab, "note "+secrets[0])
	visit(tab, "/journal")
	contains(t, tab, secrets[0])
	lead(tab, `(d.querySelector("form[action='/journal'] input[type=search], form[action='/journal'] input[name=q], main input[type=text]").value = "`+secrets[2]+`", d.querySelector("main form button[type=submit]").click())`)
	visit(tab, "/settings")
	in[bool](tab, `(d.querySelector("form[action='/settings/passphrase'] [name=passphrase]").value = d.querySelector("form[action='/settings/passphrase'] [name=again]").value = "`+secrets[1]+`", true)`)
	lead(tab, `d.querySelector("form[action='/settings/passphrase'] button[type=submit]").click()`)
	tab.Download(func() { visitFile(tab, "/export.csv") })
	visit(tab, "/")
	fill(tab, "line", "note "+secrets[3])
	time.Sleep(3 * time.Second) // browsers write what they know of a tab after a while
	visit(tab, "/help")
	time.Sleep(time.Second)
	end()
	searched := 0
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return nil // it went away meanwhile
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return nil
		}
		searched++
		for _, s := range secrets {
			if bytes.Contains(data, []byte(s)) || bytes.Contains(data, wide(s)) {
				rel, _ := filepath.Rel(dir, path)
				t.Errorf("%q stands in %s", s, rel)
			}
		}
		return nil
	})
	if err != nil || searched < 20 {
		t.Errorf("%d files searched, %v", searched, err)
	}
}

func wide(s string) (b []byte) {
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}

// A full device saves nothing, says so, and loses nothing.
func TestFullDevice(t *testing.T) {
	h := newHost(t, files(t))
	tab := h.open(browser.Open(t), "/")
	skip(tab)
	write(tab, "3 g green leaf")
	tab.Quota(h.url, 4096)
	write(tab, "2 g red leaf")
	contains(t, tab, "There is no room left on this device")
	tab.Quota(h.url, 0)
	visit(tab, "/journal")
	if got := text(tab); !strings.Contains(got, "green leaf") || strings.Contains(got, "red leaf") {
		t.Errorf("the journal says %.400s", got)
	}
	write(tab, "1 g white leaf")
	visit(tab, "/journal")
	contains(t, tab, "green leaf", "white leaf")
}

// A browser that keeps nothing is told so in one sentence.
func TestRefusedStorage(t *testing.T) {
	p, err := built()
	if err != nil {
		t.Fatal(err)
	}
	// As some browsers do in a private tab.
	p.WasmExec = append([]byte("navigator.storage.getDirectory = () => Promise.reject(new DOMException('no', 'SecurityError'));\n"), p.WasmExec...)
	list, err := Files(p, "")
	if err != nil {
		t.Fatal(err)
	}
	tab := browser.Open(t).Tab(t, phone)
	tab.Go(newHost(t, list).url)
	tab.Until(`document.getElementById("said").textContent.includes("does not let Evenkeel keep anything")`)
}

func TestOldBrowser(t *testing.T) {
	tab := browser.Open(t).Tab(t, phone)
	tab.BeforePages(`delete globalThis.WebAssembly`)
	tab.Go(newHost(t, files(t)).url)
	tab.Until(`document.getElementById("said").textContent.includes("too old for Evenkeel") && document.getElementById("again").hidden`)
}
