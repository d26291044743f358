//go:build !js

package site

import (
	"image/png"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	keeper "github.com/evenkeel/evenkeel/internal/host"
	"github.com/evenkeel/evenkeel/internal/store/memory"
	"github.com/evenkeel/evenkeel/internal/testkit/browser"
)

type wallClock struct{}

func (wallClock) Now() time.Time { return time.Now() }

var (
	shortCode = regexp.MustCompile(`[0-9A-Z]{4}-[0-9A-Z]{3}-[0-9A-Z]{3}`)
	longCode  = regexp.MustCompile(`http://\S+#[A-Za-z0-9_-]{64}`)
)

// typeInto types into a field of the frame.
func typeInto(tab *browser.Tab, id, value string) {
	in[bool](tab, `(d.getElementById("`+id+`").value = "`+value+`", true)`)
}

// send sends the form of an address in the frame, which may take a while.
func send(tab *browser.Tab, action string) {
	in[bool](tab, `(w.left = true, d.querySelector("form[action='`+action+`'] [type=submit]").click(), true)`)
	tab.UntilIn(`!`+inside+`.left && `+settled, time.Minute)
}

// clean looks over the page for what a reader of it would stumble on.
func clean(t *testing.T, tab *browser.Tab) {
	t.Helper()
	for _, v := range browser.Eval[[]string](tab, inside+`.axe.run(`+inside+`.document, {resultTypes: ["violations"]}).then(r => r.violations.map(v => v.id + ": " + v.nodes.map(n => n.html.slice(0, 160) + " " + n.failureSummary).join("\n")))`) {
		t.Errorf("%s: %s", tab.Path(), v)
	}
	if n := in[int](tab, `d.documentElement.scrollWidth - w.innerWidth`); n > 0 {
		t.Errorf("%s is %d px wider than its window", tab.Path(), n)
	}
}

// scanned reads a picture as another device's camera would.
func scanned(t *testing.T, tab *browser.Tab) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "code.png")
	in[bool](tab, `(d.querySelector(".qr").scrollIntoView({block: "center"}), true)`)
	tab.Screenshot(name, false)
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
	if err != nil {
		t.Fatal(err)
	}
	r, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
	if err != nil {
		t.Fatalf("no reader sees the code: %v", err)
	}
	return r.GetText()
}

// reader is what browsers elsewhere have: a camera and a reader of codes.
const reader = `navigator.mediaDevices.getUserMedia = async () => {
	const drawn = document.createElement("canvas"), pen = drawn.getContext("2d");
	setInterval(() => pen.fillRect(0, 0, Math.random() * 9, 9), 50);
	return drawn.captureStream();
};
window.BarcodeDetector = class { async detect(video) { return video.srcObject ? [{ rawValue: "what the camera sees" }] : []; } };`

// Browsers keep one journal by way of the host that gives them the app: one begins,
// one joins by a code that is typed, one by the picture of a code, and one with an
// app from elsewhere.
func TestDevicesInBrowsers(t *testing.T) {
	h := newHost(t, files(t))
	keeps := keeper.New(keeper.Config{Store: memory.Open(), Clock: wallClock{}, Registration: keeper.Open, Limits: keeper.DefaultLimits(), Log: slog.New(slog.DiscardHandler)})
	both := Beside(keeps.Handler(), files(t))
	h.handler.Store(&both)
	b := browser.Open(t)

	first := h.open(b, "/")
	skip(first)
	write(first, "3 g green leaf")
	visit(first, "/settings/devices")
	send(first, "/settings/devices/start") // the host stands there already
	contains(t, first, "Done. Fetched: 0.", h.url)
	send(first, "/settings/devices/code")
	contains(t, first, "Waiting for the other device")

	second := h.open(b, "/")
	skip(second)
	write(second, "2 g red leaf")
	visit(second, "/settings/devices/join")
	typeInto(second, "f-code", strings.ToLower(shortCode.FindString(text(first))))
	send(second, "/settings/devices/join")
	contains(t, second, "Done.", "This device", "Device 1")
	first.Until(inside + `.document.body.innerText.includes("has joined")`)
	visit(second, "/journal")
	contains(t, second, "green leaf", "red leaf")
	visit(first, "/settings/devices")
	send(first, "/settings/devices/sync")
	visit(first, "/journal")
	contains(t, first, "green leaf", "red leaf")

	// In Spanish, and looked over.
	visit(first, "/settings")
	in[bool](first, `(d.getElementById("f-language").value = "es", true)`)
	send(first, "/settings")
	first.Axe("document-title") // from now on it is in every page, also in the frame
	visit(first, "/settings/devices")
	contains(t, first, "Aparatos de este diario", "Este aparato")
	clean(t, first)
	send(first, "/settings/devices/code")
	contains(t, first, "Esperando al otro aparato")
	clean(t, first)
	visit(first, "/settings/devices")
	send(first, "/settings/devices/invite")
	contains(t, first, "Apunta la cámara")
	clean(t, first)
	code := scanned(t, first)
	if code != longCode.FindString(text(first)) {
		t.Errorf("the picture says %s", code)
	}

	third := h.open(b, "/"+strings.TrimPrefix(code, h.url))
	if got := in[string](third, `d.getElementById("f-code").value`); got != code {
		t.Errorf("the field holds %q", got)
	}
	if at := browser.Eval[string](third, `location.href + `+inside+`.location.href`); strings.Contains(at, "#") {
		t.Errorf("the address still holds the code: %s", at)
	}
	send(third, "/settings/devices/join")
	visit(third, "/journal")
	contains(t, third, "green leaf", "red leaf")

	// The app from another place, built for this host, reaches it across origins.
	p, err := built()
	if err != nil {
		t.Fatal(err)
	}
	list, err := Files(p, h.url)
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := newHost(t, list)
	fourth := b.Tab(t, phone)
	fourth.BeforePages(reader)
	fourth.Go(elsewhere.url + "/settings/devices/join")
	fourth.UntilIn(settled, time.Minute)
	lead(fourth, `w.location.reload()`) // nothing is put into the first page of a frame
	if !in[bool](fourth, `d.featurePolicy.allowsFeature("camera")`) {
		t.Error("the page of codes may not ask for the camera")
	}
	in[bool](fourth, `(d.querySelector("[data-scan] button").click(), true)`)
	fourth.UntilIn(inside+`.document.getElementById("f-code").value === "what the camera sees"`, 20*time.Second)
	if !in[bool](fourth, `d.querySelector("video").hidden && d.activeElement.type === "submit"`) {
		t.Error("after the scan the camera is on, or the button is not the next thing")
	}
	if got := in[string](fourth, `d.getElementById("f-host").value`); got != h.url {
		t.Errorf("it offers %q", got)
	}
	visit(first, "/settings/devices")
	send(first, "/settings/devices/code")
	typeInto(fourth, "f-code", shortCode.FindString(text(first)))
	send(fourth, "/settings/devices/join")
	contains(t, fourth, h.url, "Este aparato")
	visit(fourth, "/journal")
	contains(t, fourth, "green leaf", "red leaf")
	visit(fourth, "/settings/devices")
	send(fourth, "/settings/devices/stop")
	visit(fourth, "/settings/devices/join")
	typeInto(fourth, "f-code", "1000-000-002")
	typeInto(fourth, "f-host", "https://elsewhere.example")
	send(fourth, "/settings/devices/join")
	// The language came along with the journal.
	contains(t, fourth, "solo puede llegar al servidor "+h.url)
}
