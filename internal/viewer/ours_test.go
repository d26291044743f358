package viewer_test

import (
	"crypto/rand"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/fhir"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/internal/shl"
	"github.com/evenkeel/evenkeel/internal/testkit/browser"
	"github.com/evenkeel/evenkeel/internal/viewer"
	"github.com/evenkeel/evenkeel/journal"
)

// The page opens what our own program writes: a short document, which is padded, and
// one of a year, which is compressed.
func TestOurOwnLinks(t *testing.T) {
	texts, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	key := [shl.KeySize]byte{42}
	files := map[string]string{}
	for name, days := range map[string]int{"short": 1, "year": 365} {
		p := care.Projection{Version: 1, Number: 1, Made: time.Date(2026, 11, 24, 18, 0, 0, 0, time.UTC), Language: "en", Notice: "Do not pass this on.",
			Consent: journal.Consent{Patient: "Sam <b>R.</b>", Recipient: "Harbor", RecipientKind: "program", Parts: []string{"trends"}, Until: "2027-01-01", Signed: "Sam"}}
		for i := range days {
			p.Trends = append(p.Trends, care.Day{Date: journal.Date("2025-11-24").Add(i), State: "doses", Doses: 2, Amounts: []care.Amount{{Product: "green leaf", Amount: 3, Unit: "g"}}})
		}
		bundle, err := fhir.Bundle(p, texts)
		if err != nil {
			t.Fatal(err)
		}
		if files["/s/"+name], err = shl.Encode(bundle, shl.FHIR, key, rand.Reader); err != nil {
			t.Fatal(err)
		}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/s/", func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte(files[r.URL.Path])) })
	handler, err := viewer.Beside(mux)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	defer server.Close()
	tab := browser.Open(t).Tab(t, browser.Look{Width: 320, Height: 640})
	for name, last := range map[string]string{"short": "2025-11-24", "year": "2026-11-23"} {
		l := shl.Link{URL: server.URL + "/s/" + name, Key: key, Flag: "LU", Label: "From Sam"}
		tab.Go("about:blank")
		tab.Go(l.At(server.URL + viewer.Path))
		tab.Until(`document.getElementById("who") !== null`)
		browser.Eval[bool](tab, `document.getElementById("who").value = "Dr. Ames", document.querySelector("form").requestSubmit(), true`)
		tab.Until(`document.querySelector("[role=alert], section") !== null`)
		text := browser.Eval[string](tab, `document.body.innerText`)
		for _, part := range []string{"Shared by Sam <b>R.</b>", "Do not pass this on.", last, "3 g", "not a day without use", "Harbor"} {
			if !strings.Contains(text, part) {
				t.Errorf("%s does not say %q but %.600q", name, part, text)
			}
		}
		if n := tab.Wider(); n > 0 {
			t.Errorf("%s is %d px wider than its window", name, n)
		}
		if name == "year" { // long for axe, and built of the same
			continue
		}
		for _, v := range tab.Axe() {
			t.Errorf("%s: %s", name, v)
		}
	}
}
