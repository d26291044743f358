//go:build unix

package site

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
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

// TestPlanFigures measures what a person waits for who compares paces or asks for
// the lowest amounts under a ceiling.
func TestPlanFigures(t *testing.T) {
	if !*figures {
		t.Skip("measures for a minute; run it with -args -figures")
	}
	h := newHost(t, files(t))
	tab := h.open(browser.Open(t), "/")
	skip(tab)
	leaf := url.Values{"name": {"leaf"}, "unit": {"g"}, "grain": {"0.25"}, "day": {"8:00 3\n12:00 3\n17:00 3\n21:00 3"}}
	seven := url.Values{"name": {"7-OH"}, "unit": {"mg"}, "grain": {"5"}, "day": {"8:00 30\n15:00 30\n22:00 30"}}
	six := []string{"percent:10:7", "percent:5:6", "step:1:7", "occupancy:12:7", "fewer::21", "gaps:60:10"}
	ask := func(what, form string, wants string) {
		visit(tab, "/plan")
		ms := browser.Eval[[]float64](tab, fmt.Sprintf(`(async () => { const w = %s, list = [];
			for (let i = 0; i < 9; i++) { const s = performance.now(); const r = await w.fetch("/plan/compare", {method: "POST", body: new URLSearchParams(%q)}); const x = await r.text();
				if (r.status !== 200 || !x.includes(%q)) throw new Error(r.status + x.slice(0, 3000)); list.push(performance.now() - s); } return list; })()`, inside, form, wants))
		t.Logf("%-60s answered %5.0f ms (%.0f to %.0f)", what, median(ms), slices.Min(ms), slices.Max(ms))
	}
	all := func(who string) {
		ask(who+": one pace", typedWays(leaf, "percent:10:7"), "10 % of what is left")
		ask(who+": six paces, leaf", typedWays(leaf, six...), "Gaps longer by 60 minutes")
		ask(who+": least, leaf, weekly", typedWays(leaf, "least:2:7"), "No amounts within your limits")
		ask(who+": least, 7-OH, weekly", typedWays(seven, "least:2:7"), "No amounts within your limits")
		ask(who+": least, 7-OH, daily", typedWays(seven, "least:2:1"), "No amounts within your limits")
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
	ask("own journal: six paces", typedWays(own, six...), "Gaps longer by 60 minutes")
	ask("own journal: least, weekly", typedWays(own, "least:2:7"), "No amounts within your limits")
	ask("own journal: least, daily", typedWays(own, "least:2:1"), "No amounts within your limits")
}
