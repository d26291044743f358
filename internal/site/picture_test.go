//go:build !js

package site

import (
	"bytes"
	"testing"

	"github.com/evenkeel/evenkeel/internal/app/transfer"
	"github.com/evenkeel/evenkeel/internal/testkit/browser"
)

// The README's picture of a phone: go test ./internal/site -run Picture -args -pictures docs
func TestPicture(t *testing.T) {
	if *pictures == "" {
		t.Skip("-pictures names no folder")
	}
	var backup bytes.Buffer
	if err := transfer.BackupAt(t.Context(), desk(t, 45), &backup, "a long quiet river", 12); err != nil {
		t.Fatal(err)
	}
	h := newHost(t, files(t))
	tab := h.open(browser.Open(t), "/settings")
	h.stop()
	upload(tab, "restore-file", "desk.age", backup.Bytes())
	fill(tab, "restore-pass", "a long quiet river")
	lead(tab, `d.querySelector("form[action='/restore'] button[type=submit]").click()`)
	visit(tab, "/")
	tab.Until(`!` + inside + `.document.querySelector("[data-waiting]")`)
	tab.Look(browser.Look{Width: 360, Height: 740})
	tab.Screenshot(*pictures+"/pocket.png", false)
}
