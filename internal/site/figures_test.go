//go:build unix

package site

import (
	"bytes"
	"context"
	"flag"
	"net/http"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/transfer"
	"github.com/evenkeel/evenkeel/internal/site/lzma"
	"github.com/evenkeel/evenkeel/internal/testkit/browser"
)

var figures = flag.Bool("figures", false, "measure the pocket for docs/performance.md")

// A slow line: what is called slow 4G, 1.6 Mbit/s and 150 ms to the host and
// back.
const (
	slowBytes = 200_000 // a second
	slowTrip  = 150 * time.Millisecond
)

// onASlowLine serves at that speed, all requests together.
func onASlowLine(next http.Handler) http.Handler {
	line := make(chan struct{}, 1)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(slowTrip)
		next.ServeHTTP(&slowWriter{w, line}, r)
	})
}

type slowWriter struct {
	http.ResponseWriter
	line chan struct{}
}

func (w *slowWriter) Write(b []byte) (n int, err error) {
	for part := range slices.Chunk(b, 4000) {
		w.line <- struct{}{}
		time.Sleep(time.Duration(len(part)) * time.Second / slowBytes)
		<-w.line
		m, err := w.ResponseWriter.Write(part)
		n += m
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// slowed lets the browser's renderers run a quarter of the time while f runs.
func slowed(t *testing.T, b *browser.Browser, f func()) {
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		const turn = 20 * time.Millisecond
		for ctx.Err() == nil {
			pids := b.Renderers(t)
			for range 20 {
				each(pids, syscall.SIGSTOP)
				time.Sleep(turn * 3 / 4)
				each(pids, syscall.SIGCONT)
				time.Sleep(turn / 4)
			}
		}
	}()
	defer func() { cancel(); <-done }()
	f()
}

func each(pids []int, s syscall.Signal) {
	for _, pid := range pids {
		_ = syscall.Kill(pid, s) // fails for one that ended in between
	}
}

func TestFigures(t *testing.T) {
	if !*figures {
		t.Skip("measures for minutes; run it with -args -figures")
	}
	c, err := compiled()
	if err != nil {
		t.Fatal(err)
	}
	list, err := Files(Pack(c.wasm, c.exec, lzma.Best), "") // as a release has it
	if err != nil {
		t.Fatal(err)
	}
	b := browser.Open(t)
	took := func(what string, f func()) {
		start := time.Now()
		f()
		t.Logf("%-60s %7.0f ms", what, float64(time.Since(start).Microseconds())/1000)
	}
	h := newHost(t, list)
	var tab *browser.Tab
	for range 3 {
		took("first visit, fast line", func() { tab = h.open(b, "/") })
	}
	for range 5 {
		took("later start", func() { tab = again(h, tab) })
	}
	slowed(t, b, func() {
		for range 5 {
			took("later start, slowed", func() { tab = again(h, tab) })
		}
	})
	skip(tab)
	pagesOf(t, tab, "no entries", false)
	slow := newHost(t, list)
	handler := onASlowLine(Handler(list))
	slow.handler.Store(&handler)
	slowed(t, b, func() { took("first visit, slow 4G, slowed", func() { slow.open(b, "/") }) })
	took("first visit, slow 4G", func() { slow.open(b, "/") })

	a := desk(t, 2970)
	var backup bytes.Buffer
	if err := transfer.BackupAt(t.Context(), a, &backup, "a long quiet river", 12); err != nil {
		t.Fatal(err)
	}
	visit(tab, "/settings")
	upload(tab, "restore-file", "desk.age", backup.Bytes())
	fill(tab, "restore-pass", "a long quiet river")
	took("20,000 records restored", func() { lead(tab, `d.querySelector("form[action='/restore'] button[type=submit]").click()`) })
	for range 3 {
		took("later start, 20,000 records", func() { tab = again(h, tab) })
	}
	t.Logf("memory of Go after it: %d MB", held(tab)>>20)
	time.Sleep(5 * time.Second) // the fit
	pagesOf(t, tab, "20,000 records", false)
	slowed(t, b, func() {
		pagesOf(t, tab, "20,000 records, slowed", true)
		took("later start, 20,000 records, slowed", func() { tab = again(h, tab) })
	})
	t.Logf("memory of Go at the end: %d MB", held(tab)>>20)
}

// again opens the app once more in another tab of the same profile, after the
// one before was closed.
func again(h *host, tab *browser.Tab) *browser.Tab {
	next := tab.Twin()
	tab.Close()
	next.Look(phone)
	next.Go(h.url)
	next.Until(settled)
	return next
}

// pagesOf measures pages, from the request to the answer and to the shown page,
// and a tap until it is saved and shown.
func pagesOf(t *testing.T, tab *browser.Tab, what string, slow bool) {
	for _, path := range []string{"/", "/body", "/journal"} {
		visit(tab, path)
		answers := browser.Eval[[]float64](tab, `(async () => { const w = `+inside+`, list = [];
			for (let i = 0; i < 15; i++) { const s = performance.now(); await (await w.fetch("`+path+`")).text(); list.push(performance.now() - s); } return list; })()`)
		shown := browser.Eval[[]float64](tab, `(async () => { const f = document.querySelector("iframe"), list = [];
			for (let i = 0; i < 7; i++) { const s = performance.now(); const l = new Promise(r => f.addEventListener("load", r, {once: true})); f.contentWindow.location.reload(); await l; list.push(performance.now() - s); } return list; })()`)
		t.Logf("%-28s %-10s answered %5.0f ms (%.0f to %.0f), shown %5.0f ms", what, path, median(answers), slices.Min(answers), slices.Max(answers), median(shown))
	}
	visit(tab, "/")
	var taps []float64
	for range 7 {
		taps = append(taps, browser.Eval[float64](tab, `(async () => { const f = document.querySelector("iframe"), d = f.contentDocument; d.getElementById("line").value = "2 g green leaf";
			const s = performance.now(); const l = new Promise(r => f.addEventListener("load", r, {once: true})); d.querySelector("#quick button").click(); await l; return performance.now() - s; })()`))
	}
	t.Logf("%-28s tap to saved, shown %5.0f ms (%.0f to %.0f)", what, median(taps), slices.Min(taps), slices.Max(taps))
}

func median(list []float64) float64 {
	list = slices.Sorted(slices.Values(list))
	return list[len(list)/2]
}

// held is the memory that WebAssembly has, in bytes.
func held(tab *browser.Tab) int64 {
	return browser.Eval[int64](tab, `new Promise(done => { navigator.serviceWorker.addEventListener("message", ({data}) => { if (data.done === "memory") done(data.memory ?? 0); });
		navigator.serviceWorker.controller.postMessage({ping: true, id: "memory"}); })`)
}
