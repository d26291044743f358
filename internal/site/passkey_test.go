//go:build unix

package site

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/testkit/browser"
)

// A fingerprint is added by who knows the passphrase, opens the journal, and
// opens nothing once it is removed. The passphrase goes on working throughout,
// and nothing of the key lies in the profile.
func TestPasskeyOpensTheJournal(t *testing.T) {
	h := newHost(t, files(t))
	dir := t.TempDir()
	b, end := browser.OpenProfile(t, dir)
	tab := b.Main(t, phone)
	sensor := tab.Sensor(true)
	// A passkey belongs to a name, and an address of numbers is none.
	tab.Go(strings.Replace(h.url, "127.0.0.1", "localhost", 1))
	tab.Until(settled)
	skip(tab)
	write(tab, "3 g green leaf")
	visit(tab, "/settings")
	contains(t, tab, "A fingerprint or face needs a passphrase beside it")
	setPassphrase(tab, "a narrow stream")
	visit(tab, "/settings")
	tab.Until(`!` + inside + `.document.querySelector("form[data-passkey=add]").hidden`)

	lead(tab, addStep("a narrow stream"))
	contains(t, tab, "From now on your fingerprint or face opens the journal")

	lock(tab)
	visit(tab, "/journal")
	const open = `form[data-passkey=open]`
	tab.Until(`!` + inside + `.document.querySelector("` + open + `").hidden`)
	keepSecret(tab)
	lead(tab, `d.querySelector("`+open+` button").click()`)
	if tab.Path() != "/journal" {
		t.Errorf("unlocking led to %s", tab.Path())
	}
	contains(t, tab, "green leaf")
	secret := browser.Eval[string](tab, `sessionSecret`)
	if len(secret) != 44 {
		t.Fatalf("the device answered %d characters", len(secret))
	}

	// A finger that the device does not know opens nothing; the passphrase works
	// as well, and a removed fingerprint does not.
	lock(tab)
	visit(tab, "/unlock")
	tab.Until(`!` + inside + `.document.querySelector("` + open + `").hidden`)
	sensor.Knows(false) // a few times is enough for it to close for good
	in[bool](tab, `(d.querySelector("`+open+` button").click(), true)`)
	tab.Until(inside + `.document.querySelector("` + open + ` [data-of=said]").textContent.startsWith("It did not work")`)
	in[bool](tab, `(d.getElementById("passphrase").value = "a narrow stream", true)`)
	lead(tab, `d.querySelector("form[action='/unlock'] button").click()`)
	visit(tab, "/settings")
	in[bool](tab, `(d.getElementById("present-passkey").value = "a narrow stream", true)`)
	lead(tab, `d.querySelector("form[action='/settings/passkey/remove'] button").click()`)
	contains(t, tab, "opens nothing any more")
	lock(tab)
	visit(tab, "/unlock")
	if in[bool](tab, `!!d.querySelector("`+open+`")`) {
		t.Error("a removed fingerprint is still asked for")
	}
	if got := in[string](tab, `w.document.title`); got != "Evenkeel" {
		t.Errorf("the title is %q", got)
	}
	time.Sleep(3 * time.Second) // browsers write what they know of a tab after a while
	end()
	if n := filesWith(t, dir, secret); n > 0 {
		t.Errorf("the device's answer stands in %d files of the profile", n)
	}
}

// A sensor whose passkeys give no key adds nothing, and says so.
func TestSensorWithoutKeys(t *testing.T) {
	h := newHost(t, files(t))
	tab := browser.Open(t).Tab(t, phone)
	tab.Sensor(false)
	tab.Go(strings.Replace(h.url, "127.0.0.1", "localhost", 1))
	tab.Until(settled)
	skip(tab)
	visit(tab, "/settings")
	setPassphrase(tab, "a narrow stream")
	visit(tab, "/settings")
	tab.Until(`!` + inside + `.document.querySelector("form[data-passkey=add]").hidden`)
	addPasskey(tab, "a narrow stream")
	tab.Until(inside + `.document.querySelector("form[data-passkey=add] [data-of=said]").textContent.startsWith("This device gave no key")`)
}

func setPassphrase(tab *browser.Tab, phrase string) {
	in[bool](tab, `(d.getElementById("new-pass").value = d.getElementById("new-again").value = "`+phrase+`", true)`)
	lead(tab, `d.querySelector("form[action='/settings/passphrase'] button[type=submit]").click()`)
}

func addStep(phrase string) string {
	return `d.getElementById("present-passkey").value = "` + phrase + `", d.querySelector("form[data-passkey=add] button").click()`
}

func addPasskey(tab *browser.Tab, phrase string) {
	in[bool](tab, `(`+addStep(phrase)+`, true)`)
}

func lock(tab *browser.Tab) {
	lead(tab, `d.querySelector("form[action='/lock'] button").click()`)
}

// keepSecret has the page around the frame remember what the device answers.
func keepSecret(tab *browser.Tab) {
	in[bool](tab, `(globalThis.sessionSecret = "", w.HTMLFormElement.prototype.submit = new Proxy(w.HTMLFormElement.prototype.submit, {apply(f, form, args) {
		globalThis.sessionSecret = form.elements.namedItem("secret").value; return Reflect.apply(f, form, args); }}), true)`)
}

// filesWith counts the files under a folder that hold a text, in either width.
func filesWith(t *testing.T, dir, text string) (n int) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return nil // it went away meanwhile
		}
		data, err := os.ReadFile(path)
		if err == nil && (bytes.Contains(data, []byte(text)) || bytes.Contains(data, wide(text))) {
			n++
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	return n
}
