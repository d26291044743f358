//go:build !js

package site

import (
	"encoding/json"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/internal/testkit/browser"
)

// share sends a form to a whole tab, as the system does when another app shares
// a text: from nowhere, or from a page of another site where one is given.
func (h *host) share(tab *browser.Tab, from, text string) {
	page := `<form method="post" action="` + h.url + `/share"><input name="title"><textarea name="text">` + html.EscapeString(text) + `</textarea><button>go</button></form>`
	if from == "" {
		tab.Go("data:text/html," + url.PathEscape(page))
	} else {
		tab.Go(from + "?" + url.QueryEscape(page))
	}
	browser.Eval[bool](tab, `(document.querySelector("button").click(), true)`)
	tab.Until(`location.origin === "` + h.url + `" && ` + settled)
}

// A text that is shared stands in the line of quick entry, in no address, and is
// saved when the person says so; a locked journal keeps it until it is open.
func TestSharedText(t *testing.T) {
	h := newHost(t, files(t))
	first := h.open(browser.Open(t), "/")
	h.stop()
	skip(first)
	tab := first.Twin() // the app itself is open
	h.share(tab, "", "2 g red leaf\nbecause pain")
	contains(t, tab, "This was shared with Evenkeel. Nothing is saved yet", "2 g")
	if got := in[string](tab, `d.getElementById("line").value`); got != "2 g red leaf because pain" {
		t.Errorf("the line is %q", got)
	}
	if a := browser.Eval[string](tab, `location.href + JSON.stringify(history.state) + `+inside+`.location.href`); strings.Contains(a, "red") {
		t.Errorf("the address holds it: %s", a)
	}
	visit(tab, "/journal")
	if strings.Contains(text(tab), "red leaf") {
		t.Error("it was saved unasked")
	}
	lead(tab, `w.history.back()`)
	lead(tab, `d.querySelector("#quick button").click()`)
	visit(tab, "/journal")
	contains(t, tab, "red leaf")

	h.share(tab, "", "I want to kill myself")
	if !in[bool](tab, `!!d.querySelector("main > .danger")`) {
		t.Error("words of danger in what was shared are not answered")
	}

	visit(tab, "/settings")
	setPassphrase(tab, "a narrow stream")
	lock(tab)
	h.share(tab, "", "1 g white leaf")
	contains(t, tab, "The text that was shared waits for 10 minutes")
	in[bool](tab, `(d.getElementById("passphrase").value = "a narrow stream", true)`)
	lead(tab, `d.querySelector("form[action='/unlock'] button").click()`)
	if got := in[string](tab, `d.getElementById("line").value`); got != "1 g white leaf" {
		t.Errorf("after unlocking the line is %q", got)
	}
}

// A page of another site fills in nothing, and who comes for a text that is gone
// is told so.
func TestNobodyElseShares(t *testing.T) {
	h := newHost(t, files(t))
	tab := h.open(browser.Open(t), "/")
	skip(tab)
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		page, _ := url.QueryUnescape(r.URL.RawQuery)
		_, _ = w.Write([]byte(page))
	}))
	t.Cleanup(other.Close)
	h.share(tab, other.URL, "9 g leaf of another site")
	if got := in[string](tab, `d.getElementById("line").value`); got != "" || strings.Contains(text(tab), "was shared") {
		t.Errorf("another site filled in %q", got)
	}
	visit(tab, "/share")
	contains(t, tab, "Nothing shared waits here")
}

// What a phone shows of the app is neutral, in both languages, and leads to
// places that are there.
func TestManifest(t *testing.T) {
	for name, log := range map[string]string{"en": "Log", "es": "Anotar"} {
		var m struct {
			Name, Lang string
			Shortcuts  []struct{ Name, URL string }
			Target     struct{ Action, Method, Enctype string } `json:"share_target"`
			Icons      []struct{ Src string }
		}
		all := small(t)
		if err := json.Unmarshal([]byte(all[name+".webmanifest"]), &m); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if m.Name != "Evenkeel" || m.Lang != name || len(m.Shortcuts) != 2 || m.Shortcuts[0].Name != log || m.Shortcuts[0].URL != "/#log" || m.Shortcuts[1].URL != "/#check" {
			t.Errorf("%s: %+v", name, m)
		}
		if m.Target.Action != "/share" || m.Target.Method != "POST" {
			t.Errorf("%s: a shared text would stand in an address: %+v", name, m.Target)
		}
		for _, i := range m.Icons {
			if _, there := all[strings.TrimPrefix(i.Src, "/")]; !there {
				t.Errorf("%s: there is no %s", name, i.Src)
			}
		}
	}
}
