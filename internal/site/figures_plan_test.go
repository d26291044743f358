//go:build unix

package site

import (
	"bytes"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/transfer"
	"github.com/evenkeel/evenkeel/internal/testkit/browser"
)

// typedWays is the form of ways down: the start, and paces as strategy:size:days.
func typedWays(start url.Values, paces ...string) string {
	f := url.Values{"none": {"1"}, "product": {""}, "goal": {""}}
	for k, v := range start {
		f[k] = v
	}
	for i, p := range paces {
		part := strings.Split(p, ":")
		n := fmt.Sprint(i + 1)
		f.Set("strategy"+n, part[0])
		f.Set("size"+n, part[1])
		f.Set("every"+n, part[2])
	}
	return f.Encode()
}

// cpuOf is the processor time of processes so far, in ms, where /proc tells it: on
// a busy machine it says more than the clock.
func cpuOf(pids []int) float64 {
	sum := 0.0
	for _, pid := range pids {
		data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			continue
		}
		_, after, _ := strings.Cut(string(data), ") ")
		if f := strings.Fields(after); len(f) > 12 {
			for _, ticks := range f[11:13] { // utime and stime, in hundredths of a second
				n, _ := strconv.ParseFloat(ticks, 64)
				sum += 10 * n
			}
		}
	}
	return sum
}

// TestPlanFigures measures what a person waits for who compares paces or asks for
// the lowest amounts under a ceiling.
func TestPlanFigures(t *testing.T) {
	if !*figures {
		t.Skip("measures for a minute; run it with -args -figures")
	}
	h := newHost(t, files(t))
	b := browser.Open(t)
	tab := h.open(b, "/")
	skip(tab)
	leaf := url.Values{"name": {"leaf"}, "unit": {"g"}, "grain": {"0.25"}, "day": {"8:00 3\n12:00 3\n17:00 3\n21:00 3"}}
	seven := url.Values{"name": {"7-OH"}, "unit": {"mg"}, "grain": {"5"}, "day": {"8:00 30\n15:00 30\n22:00 30"}}
	six := []string{"percent:10:7", "percent:5:6", "step:1:7", "occupancy:12:7", "fewer::21", "gaps:60:10"}
	// What changes of the form p from one question to the next, the i-th.
	const (
		first = `p.set("size1", +p.get("size1") + i / 50)`
		every = `[1, 2, 3, 4, 5, 6].forEach(k => p.set("every" + k, +p.get("every" + k) + i))`
	)
	ask := func(what, form, change, wants string) {
		visit(tab, "/plan")
		since := cpuOf(b.Renderers(t))
		ms := browser.Eval[[]float64](tab, fmt.Sprintf(`(async () => { const w = %s, list = [];
			for (let i = 0; i < 9; i++) { const p = new URLSearchParams(%q); %s;
				const s = performance.now(); const r = await w.fetch("/plan/compare", {method: "POST", body: p}); const x = await r.text();
				if (r.status !== 200 || !x.includes(%q)) throw new Error(r.status + x.slice(0, 3000)); list.push(performance.now() - s); } return list; })()`, inside, form, change, wants))
		t.Logf("%-60s answered %5.0f ms (%.0f to %.0f), %4.0f ms of processor", what, median(ms), slices.Min(ms), slices.Max(ms), (cpuOf(b.Renderers(t))-since)/float64(len(ms)))
	}
	all := func(who string) {
		ask(who+": six paces anew, leaf", typedWays(leaf, six...), every, "Gaps longer by 60 minutes")
		ask(who+": one of six paces anew", typedWays(leaf, six...), first, "Gaps longer by 60 minutes")
		ask(who+": least, leaf, weekly", typedWays(leaf, "least:2:7"), first, "No amounts within your limits")
		ask(who+": least, 7-OH, weekly", typedWays(seven, "least:2:7"), first, "No amounts within your limits")
		ask(who+": least, 7-OH, daily", typedWays(seven, "least:2:1"), first, "No amounts within your limits")
	}
	all("no journal")
	a := desk(t, 60)
	var backup bytes.Buffer
	if err := transfer.BackupAt(t.Context(), a, &backup, "a long quiet river", 12); err != nil {
		t.Fatal(err)
	}
	visit(tab, "/settings")
	upload(tab, "restore-file", "desk.age", backup.Bytes())
	fill(tab, "restore-pass", "a long quiet river")
	lead(tab, `d.querySelector("form[action='/restore'] button[type=submit]").click()`)
	visit(tab, "/plan")
	time.Sleep(5 * time.Second) // the fit
	own := url.Values{}
	for _, name := range []string{"product", "unit", "grain", "day"} {
		own.Set(name, in[string](tab, fmt.Sprintf(`d.querySelector("[name=%s]").value`, name)))
	}
	ask("own journal: six paces anew", typedWays(own, six...), every, "Gaps longer by 60 minutes")
	ask("own journal: one of six paces anew", typedWays(own, six...), first, "Gaps longer by 60 minutes")
	ask("own journal: least, weekly", typedWays(own, "least:2:7"), first, "No amounts within your limits")
	ask("own journal: least, daily", typedWays(own, "least:2:1"), first, "No amounts within your limits")
}
