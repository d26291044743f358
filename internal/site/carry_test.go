//go:build !js

package site

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"io"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/transfer"
	"github.com/evenkeel/evenkeel/internal/demo"
	"github.com/evenkeel/evenkeel/internal/port"
	"github.com/evenkeel/evenkeel/internal/store/memory"
	"github.com/evenkeel/evenkeel/internal/testkit/browser"
)

type now struct{}

func (now) Now() time.Time { return time.Now() }

type randomIDs struct{}

func (randomIDs) NewRecordID() (id port.RecordID) { rand.Read(id[:]); return id }

// desk is a journal as the desk has it, days long.
func desk(t testing.TB, days int) *app.App {
	t.Helper()
	a := app.New(app.Config{Store: memory.Open(), Device: new(memory.Keys), Clock: now{}, IDs: randomIDs{}, Random: rand.Reader})
	if err := a.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	if days > 0 {
		if err := demo.Fill(t.Context(), a, 3, days); err != nil {
			t.Fatal(err)
		}
	}
	return a
}

// upload chooses a file in a field of the frame.
func upload(tab *browser.Tab, field, name string, data []byte) {
	in[bool](tab, `(() => { const b = Uint8Array.from(atob("`+base64.StdEncoding.EncodeToString(data)+`"), c => c.charCodeAt(0));
		const t = new DataTransfer(); t.items.add(new File([b], "`+name+`")); d.getElementById("`+field+`").files = t.files; return true; })()`)
}

func fill(tab *browser.Tab, field, value string) {
	in[bool](tab, `(d.getElementById("`+field+`").value = "`+value+`", true)`)
}

// A backup of the desk opens in the pocket, one of the pocket at the desk, and
// an export is the same bytes in both.
func TestComingAndGoing(t *testing.T) {
	a := desk(t, 25)
	var export, backup bytes.Buffer
	if err := transfer.ExportJSON(t.Context(), a, &export); err != nil {
		t.Fatal(err)
	}
	if err := transfer.BackupAt(t.Context(), a, &backup, "a long quiet river", 12); err != nil {
		t.Fatal(err)
	}
	h := newHost(t, files(t))
	tab := h.open(browser.Open(t), "/settings")
	h.stop()
	upload(tab, "restore-file", "desk.age", backup.Bytes())
	fill(tab, "restore-pass", "a long quiet river")
	lead(tab, `d.querySelector("form[action='/restore'] button[type=submit]").click()`)
	if got := tab.Download(func() { visitFile(tab, "/export.json") }); !sameExport(got, export.Bytes()) {
		t.Errorf("%d bytes were exported, and the desk exports %d", len(got), export.Len())
	}
	visit(tab, "/settings")
	fill(tab, "backup-pass", "another wide river")
	fill(tab, "backup-again", "another wide river")
	sealed := tab.Download(func() { in[bool](tab, `(d.querySelector("form[action='/backup'] button[type=submit]").click(), true)`) })
	plain, err := transfer.OpenBackup(bytes.NewReader(sealed), "another wide river")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(plain); err != nil || !sameExport(got, export.Bytes()) {
		t.Errorf("the backup holds %d bytes, %v", len(got), err)
	}
	// A passphrase, a lock, a wrong one, the right one.
	visit(tab, "/settings")
	in[bool](tab, `(d.querySelector("form[action='/settings/passphrase'] [name=passphrase]").value = d.querySelector("form[action='/settings/passphrase'] [name=again]").value = "a narrow stream", true)`)
	lead(tab, `d.querySelector("form[action='/settings/passphrase'] button[type=submit]").click()`)
	lead(tab, `d.querySelector("form[action='/lock'] button").click()`)
	visit(tab, "/journal")
	if tab.Path() != "/unlock" {
		t.Errorf("a locked journal led to %s", tab.Path())
	}
	in[bool](tab, `(d.querySelector("[name=passphrase]").value = "a narrow stream", true)`)
	lead(tab, `d.querySelector("form[action='/unlock'] button[type=submit]").click()`)
	contains(t, tab, "green leaf")
}

// sameExport compares all but the first line, which says when it was made.
func sameExport(a, b []byte) bool {
	_, a, one := bytes.Cut(a, []byte("\n"))
	_, b, two := bytes.Cut(b, []byte("\n"))
	return one && two && bytes.Equal(a, b)
}

// visitFile asks for a download, which leads to no page.
func visitFile(tab *browser.Tab, path string) {
	in[bool](tab, `(w.location.href = "`+path+`", true)`)
}
