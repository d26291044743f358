//go:build !js

package site

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/testkit/browser"
)

// Where one file is missing, a first visit says so at once and goes on loading
// nothing: what was said is not followed by a bar that still fills.
func TestFirstVisitWithoutAFile(t *testing.T) {
	list := files(t)
	h := newHost(t, list)
	whole := Handler(list)
	left := make(chan bool, 9) // asked for once, and again where a browser tries
	var broken http.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/icon-192.png":
			time.Sleep(time.Second)
			http.NotFound(w, r)
		case strings.HasPrefix(r.URL.Path, "/app-"):
			for range 100 {
				if _, err := w.Write(make([]byte, 50_000)); err != nil || r.Context().Err() != nil {
					left <- true
					return
				}
				w.(http.Flusher).Flush()
				time.Sleep(100 * time.Millisecond)
			}
			left <- false
		default:
			whole.ServeHTTP(w, r)
		}
	})
	h.handler.Store(&broken)
	tab := browser.Open(t).Tab(t, phone)
	tab.Go(h.url)
	tab.Until(`!document.getElementById("again").hidden`)
	said := browser.Eval[string](tab, `document.getElementById("said").textContent`)
	if !<-left {
		t.Error("the program was loaded to its end")
	}
	if now := browser.Eval[string](tab, `document.getElementById("said").textContent + (document.getElementById("much").hidden ? "" : " and a bar")`); now != said || said == "" {
		t.Errorf("%q was said, then %q", said, now)
	}
}

// A first visit to a device without room says that, and not that the connection
// is at fault.
func TestFirstVisitWithoutRoom(t *testing.T) {
	h := newHost(t, files(t))
	tab := browser.Open(t).Tab(t, phone)
	tab.Quota(h.url, 1_000_000)
	tab.Go(h.url)
	tab.Until(`!document.getElementById("again").hidden`)
	tab.Until(`navigator.serviceWorker.getRegistration().then(r => !r)`) // the browser, too, says that the router is gone
	if said := browser.Eval[string](tab, `document.getElementById("said").textContent`); !strings.Contains(said, "not enough room") {
		t.Errorf("it says %q", said)
	}
}
