package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/evenkeel/evenkeel/internal/testkit/browser"
)

// hostile is a page of another account on this computer: it listens on another
// port, tries everything against the address it is given, and writes down what
// it gets.
type hostile struct {
	*httptest.Server
	mu   sync.Mutex
	seen []string // every request's headers and body
}

func newHostile(t *testing.T) *hostile {
	h := &hostile{}
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body := new(strings.Builder)
		_ = r.Write(body)
		h.mu.Lock()
		h.seen = append(h.seen, body.String())
		h.mu.Unlock()
		target := r.URL.Query().Get("target")
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Access-Control-Allow-Origin", "*")
		fmt.Fprintf(w, `<!doctype html><title>other</title><a id="link" href="%[1]s/journal">go</a><a id="export" href="%[1]s/export.csv">go</a>
			<form id="form" method="post" action="%[1]s/new/note"><input name="text" value="planted"><button>go</button></form>`, target)
		if r.URL.Path == "/parts" {
			fmt.Fprintf(w, `<iframe src="%[1]s/journal"></iframe><img src="%[1]s/export.csv"><script src="%[1]s/export.json"></script>`, target)
		}
	}))
	t.Cleanup(h.Close)
	return h
}

func (h *hostile) all() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return strings.Join(h.seen, "\n")
}

// TestAnotherPortGetsNothing lets a page on another port try, in the browser
// of somebody who is in, both under the plain address and under our own name,
// as if it had learned it.
func TestAnotherPortGetsNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t, 5)
	s.post("/new/note", "text", "a secret plan")
	before := s.count()
	evil := newHostile(t)
	tab := browser.Open(t).Tab(t, browser.Look{Width: 800, Height: 600})
	s.enter(tab)
	if !strings.Contains(tab.Text(), "green leaf") {
		t.Fatalf("the person is not in:\n%.300s", tab.Text())
	}
	plain := "http://" + s.addr
	ports := strings.LastIndex(evil.URL, ":")
	for from, targets := range map[string][]string{evil.URL: {plain, s.url}, "http://evil.localhost" + evil.URL[ports:]: {s.url}} {
		for _, target := range targets {
			page := from + "/?target=" + target
			for _, way := range []string{"#link", "#export", "#form button"} {
				tab.Go(page)
				tab.Submit(way)
				if at := browser.Eval[string](tab, `location.origin`); at != target {
					t.Errorf("%s led to %s, not to %s", way, at, target)
				}
				if text := tab.Text(); strings.Contains(text, "secret plan") || strings.Contains(text, "green leaf") {
					t.Errorf("%s from %s to %s shows the journal:\n%.300s", way, from, target, text)
				}
			}
			tab.Go(from + "/parts?target=" + target)
			got := browser.Eval[string](tab, fmt.Sprintf(`(async () => {
				let out = document.cookie;
				for (const o of [{credentials: "include"}, {credentials: "include", mode: "no-cors"}, {method: "POST", credentials: "include", mode: "no-cors", body: new URLSearchParams({text: "planted"})}])
					for (const path of ["/journal", "/export.json", "/new/note"]) try { out += await (await fetch("%s" + path, o)).text(); } catch (e) {}
				try { out += document.querySelector("iframe").contentDocument.body.innerText; } catch (e) {}
				return out; })()`, target))
			if strings.Contains(got, "secret") || strings.Contains(got, "green leaf") || strings.Contains(got, "evenkeel-") {
				t.Errorf("a script on %s got %.300q from %s", from, got, target)
			}
		}
	}
	if n := s.count(); n != before {
		t.Errorf("%d entries became %d", before, n)
	}
	// What the browser sent there opens nothing: no cookie of ours is in it.
	for _, word := range []string{"evenkeel-", "Cookie:", "secret"} {
		if strings.Contains(evil.all(), word) {
			t.Errorf("the other server was sent %q", word)
		}
	}
	// And whoever looks from there with a program of their own is outside.
	for _, path := range []string{"/", "/journal", "/export.json"} {
		r, err := http.Get(plain + path)
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		if r.StatusCode != http.StatusForbidden {
			t.Errorf("%s got %d", path, r.StatusCode)
		}
	}
	// The person is still in.
	tab.Go(s.url + "/journal")
	if !strings.Contains(tab.Text(), "secret plan") {
		t.Error("the person was put out")
	}
}

// A link that is followed from a page elsewhere, such as mail in the browser,
// lets in as well, with and without scripts.
func TestALinkFromElsewhereLetsIn(t *testing.T) {
	t.Parallel()
	s := newSite(t, 5)
	evil := newHostile(t)
	b := browser.Open(t)
	for _, noScript := range []bool{false, true} {
		tab := b.Tab(t, browser.Look{Width: 800, Height: 600, NoScript: noScript})
		tab.Go(s.url + "/journal") // a bookmark without a session
		if text := tab.Text(); strings.Contains(text, "green leaf") || !strings.Contains(text, "fresh link") {
			t.Errorf("a bookmark shows:\n%.300s", text)
		}
		tab.Go(evil.URL + "/?target=" + s.gate.Link() + "%23")
		tab.Submit("#link")
		tab.Until(`location.pathname === "/" && document.readyState === "complete"`)
		tab.Go(s.url + "/journal")
		if !strings.Contains(tab.Text(), "green leaf") {
			t.Errorf("without scripts %v: not let in:\n%.300s", noScript, tab.Text())
		}
	}
}
