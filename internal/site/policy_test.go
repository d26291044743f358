//go:build !js

package site

import (
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/evenkeel/evenkeel/internal/testkit/browser"
)

// bare serves files without any header of its own, as some hosts do.
func bare(list []File) http.Handler {
	full := Handler(list)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		full.ServeHTTP(&headless{w}, r)
	})
}

type headless struct{ http.ResponseWriter }

func (h *headless) WriteHeader(status int) {
	for _, one := range headers {
		h.Header().Del(one[0])
	}
	h.ResponseWriter.WriteHeader(status)
}

// Also where the host sets no policy, the worker that holds Go and the page
// reach no other site.
func TestNoOtherSiteIsReached(t *testing.T) {
	files(t) // skips where it must
	var reached atomic.Int64
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		reached.Add(1)
		w.Header().Set("Access-Control-Allow-Origin", "*")
	}))
	defer other.Close()
	p, err := built()
	if err != nil {
		t.Fatal(err)
	}
	p.WasmExec = append([]byte(`fetch("`+other.URL+`", {mode: "no-cors"}).catch(() => {});`+"\n"), p.WasmExec...)
	list, err := Files(p, "")
	if err != nil {
		t.Fatal(err)
	}
	h := newHost(t, list)
	handler := bare(list)
	h.handler.Store(&handler)
	tab := h.open(browser.Open(t), "/")
	for where, w := range map[string]string{"the page": "window", "the frame": inside} {
		if browser.Eval[bool](tab, w+`.fetch("`+other.URL+`").then(() => true, () => false)`) {
			t.Errorf("%s reached another site", where)
		}
	}
	if n := reached.Load(); n > 0 {
		t.Errorf("another site was asked %d times", n)
	}
}
