package web_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/testkit/browser"
	"github.com/evenkeel/evenkeel/journal"
)

func TestBodySaysWhatIsAheadAndHowSure(t *testing.T) {
	s := newSite(t, demoDays)
	r := s.want(200, s.get("/body"))
	s.contains(r, "If you stopped now", "check-ins of your own", `name="share"`, `value="0"`, "none: stopping now", "It is not advice on what to take",
		"Tolerance, as the model sees it", "the rest leaves slowly, half of it in", "nobody has measured 7-OH taken as such in people", "from surveys of people who stopped", "Effective sample size",
		"What if, as a table", "Tolerance, as a table", "The same as a table")
	s.contains(r, "Going on as now, 0 to 10", "going on as now, 8 in 10")
	stop := amounts(r.body)
	half := s.want(200, s.get("/body?share=50"))
	s.contains(half, `value="50"`, ">half<")
	s.contains(s.get("/body?share=35"), "35 % of it")
	same := s.want(200, s.get("/body?share=100"))
	s.contains(same, ">same as now<")
	// In the second row: how rough, going on as now, mitragynine; the page of going
	// on has the first and the third.
	if a, b := amounts(half.body), amounts(same.body); stop[6] == a[6] || a[6] == b[4] || a[5] != b[3] || stop[5] != b[3] {
		t.Errorf("the table does not change with the share: %v %v %v", stop[5], a[5], b[5])
	}
	s.contains(s.get("/"), `href="/body"`)
	// In Spanish, too.
	s.want(200, s.post("/settings", "language", "es", "clock", "24h", "units", "metric", "country", "US", "currency", "USD", "auto_lock_min", "15"))
	r = s.want(200, s.get("/body?share=100"))
	s.contains(r, "Esto compara. No es un consejo", "lo mismo que ahora", "de encuestas")
	for _, raw := range []string{"whatif.", "say.", "tolerance.", "weekday_short."} {
		if strings.Contains(r.body, ">"+raw) {
			t.Errorf("the page shows a key of %q", raw)
		}
	}
}

var cells = regexp.MustCompile(`<td>([^<]*)</td>`)

// amounts are the cells of the tables of a page.
func amounts(body string) []string {
	var list []string
	for _, m := range cells.FindAllStringSubmatch(body, -1) {
		list = append(list, m[1])
	}
	return list
}

func TestAheadIsThePartThatTheSliderRedraws(t *testing.T) {
	s := newSite(t, demoDays)
	r := s.want(200, s.get("/body/ahead?share=50&tops=300,60"))
	if strings.Contains(r.body, "<html") || strings.Contains(r.body, "<form") || !strings.Contains(r.body, "<svg") || !strings.Contains(r.body, "<table>") {
		t.Errorf("not a part of the page:\n%.400s", r.body)
	}
	// It says what the page says.
	page := s.get("/body?share=50")
	words := regexp.MustCompile(`class="ahead-words">([^<]+)<`)
	if got, want := words.FindStringSubmatch(r.body), words.FindStringSubmatch(page.body); got == nil || want == nil || got[1] != want[1] {
		t.Errorf("%q, and the page %q", got, want)
	}
	// The scale of the levels is the one it was given, unless they are higher.
	s.contains(s.get("/body/ahead?share=0&tops=20000,9000"), ">20000</text>", ">10000</text>", ">9000</text>", ">4500</text>")
	for _, odd := range []string{"", "x", "NaN,NaN", "-1,Inf", "1e99,3", "0.001,0.001", `"><b>,1`} {
		r := s.want(200, s.get("/body/ahead?share=50&tops="+odd))
		if strings.Contains(r.body, "NaN") || strings.Contains(r.body, "Inf") || strings.Contains(r.body, "<b>") {
			t.Errorf("tops=%s came through", odd)
		}
	}
}

func TestAShareThatIsNoneGetsASentence(t *testing.T) {
	s := newSite(t, 10)
	for _, path := range []string{"/body", "/body/ahead"} {
		for _, share := range []string{"-5", "105", "1000000", "half", "0.5", "NaN", "0x10"} {
			s.contains(s.want(422, s.get(path+"?share="+share)), "from 0 (none) to 100 percent")
		}
	}
}

func TestBodyOfALockedJournalIsShut(t *testing.T) {
	s := newSite(t, 20)
	s.want(200, s.post("/settings/passphrase", "passphrase", "a long quiet river", "again", "a long quiet river"))
	s.want(200, s.post("/lock"))
	for _, path := range []string{"/body", "/body?share=50", "/body/ahead?share=50"} {
		r := s.get(path)
		if r.path != "/unlock" || strings.Contains(r.body, "<path class=") || strings.Contains(r.body, "nM") {
			t.Errorf("%s led to %s", path, r.path)
		}
	}
}

func TestHiddenCurvesAreHiddenOnBody(t *testing.T) {
	t.Parallel()
	s := newSite(t, demoDays)
	r := s.post("/curve", "hide", "1", "from", "/body")
	if r.path != "/body" {
		t.Errorf("hiding led to %s", r.path)
	}
	hidden := func(where string) {
		t.Helper()
		r := s.get("/body?share=50")
		s.contains(r, "Show the curve", "The curve is hidden", "If you stopped now", "How fast it leaves", "How sure each part is")
		for _, drawn := range []string{"figure", "polyline", `class="median"`, `class="past"`, `class="slow"`, "<table", "data-ahead", `type="range"`} {
			if strings.Contains(r.body, drawn) {
				t.Errorf("%s: %s is on the page while curves are hidden", where, drawn)
			}
		}
		if r := s.get("/body/ahead?share=50"); r.status != http.StatusNoContent || r.body != "" {
			t.Errorf("%s: the slider's part answers %d %.80q", where, r.status, r.body)
		}
	}
	hidden("own")
	s.post("/curve", "hide", "0")
	s.contains(s.get("/body"), `class="median"`)
	s.want(200, s.post("/demo/enter"))
	s.contains(s.get("/body"), `class="demo"`, `class="median"`)
	s.post("/curve", "hide", "1")
	hidden("demo")
	s.post("/demo/leave")
	s.contains(s.get("/body"), `class="median"`)
}

func TestBodySaysWhatIsMissing(t *testing.T) {
	s := newSite(t, 0)
	s.contains(s.want(200, s.get("/body")), "One check-in is enough to begin", "Nothing to draw yet", `href="/new/check_in"`)
	write := func(e journal.Event) {
		t.Helper()
		if _, err := record.New(t.Context(), s.app, e); err != nil {
			t.Fatal(err)
		}
	}
	leaf, _, err := record.Product(t.Context(), s.app, journal.ID{}, journal.Product{Name: "leaf", Form: journal.LeafPowder})
	if err != nil {
		t.Fatal(err)
	}
	rough := 3
	for i := range 9 {
		write(journal.Event{At: evening.Add(-time.Duration(i*7) * time.Hour), Body: &journal.Dose{Product: leaf, Amount: 3, Unit: "g"}})
	}
	s.contains(s.get("/body"), "One check-in is enough to begin", `class="median"`)
	for i := range 3 {
		write(journal.Event{At: evening.Add(-time.Duration(i) * time.Hour), Body: &journal.CheckIn{Rough: &rough}})
	}
	write(journal.Event{At: evening.Add(-30 * time.Hour), Body: &journal.CheckIn{Mood: &rough}}) // no score that a fit could use
	write(journal.Event{At: evening.Add(-50 * time.Hour), Body: &journal.CheckIn{Rough: &rough}})
	r := s.get("/body")
	s.contains(r, "from 4 check-ins of your own")
	if strings.Contains(r.body, "7-OH taken as such") {
		t.Error("it speaks of 7-OH taken directly, and there was none")
	}
}

// Two days of which nothing is written: what is known of now is what was written,
// and the forecast that fills them in says so.
func TestBodyAfterDaysWithoutAWord(t *testing.T) {
	s := newSite(t, 0)
	for day := 3; day < 10; day++ {
		e := journal.Event{At: evening.AddDate(0, 0, -day), Body: &journal.Dose{ProductName: "7-OH", Amount: 30, Unit: "mg"}}
		if _, err := record.New(t.Context(), s.app, e); err != nil {
			t.Fatal(err)
		}
	}
	r := s.get("/body")
	s.contains(r, "from what you wrote, next to none", "filled in from the days beside them")
	s.contains(s.get("/body/ahead?share=0"), "filled in from the days beside them")
	for day := range 3 {
		e := journal.Event{At: evening.AddDate(0, 0, -day), Body: &journal.None{}}
		if _, err := record.New(t.Context(), s.app, e); err != nil {
			t.Fatal(err)
		}
	}
	if r = s.get("/body"); strings.Contains(r.body, "from what you wrote, next") || strings.Contains(r.body, "filled in") {
		t.Error("three days that are known to be without are taken as unknown")
	}
}

// TestTheSliderRedraws drags it, as far as a test can.
func TestTheSliderRedraws(t *testing.T) {
	t.Parallel()
	s := newSite(t, demoDays)
	tab := browser.Open(t).Tab(t, browser.Look{Width: 390, Height: 844})
	s.enter(tab)
	tab.Go(s.url + "/body")
	before := browser.Eval[string](tab, `document.getElementById("ahead").innerHTML`)
	type drag struct {
		AtOnce, Worst, Mean float64
		Requests            int
		Words, Value, Way   string
		Open, Button        bool
	}
	// Every position, a frame apart; the answer that counts is the last one.
	got := browser.Eval[drag](tab, `(async () => {
		const slider = document.getElementById("share"), out = document.getElementById("ahead");
		out.querySelector("details").open = true;
		const frame = () => new Promise(requestAnimationFrame);
		const seen = [];
		const sent = window.fetch;
		let requests = 0, busy = 0, most = 0;
		window.fetch = async (...a) => { requests++; most = Math.max(most, ++busy); try { return await sent(...a); } finally { busy--; } };
		for (let n = 5; n <= 100; n += 5) { slider.value = n; slider.dispatchEvent(new Event("input", {bubbles: true})); await frame(); }
		for (let i = 0; i < 600 && !location.search.includes("share=100"); i++) await frame();
		await frame();
		// One step at a time, waiting for each to be drawn.
		for (let n = 95; n >= 5; n -= 5) {
			const start = performance.now();
			const drawn = new Promise(done => new MutationObserver((_, o) => { o.disconnect(); done(); }).observe(out, {childList: true}));
			slider.value = n; slider.dispatchEvent(new Event("input", {bubbles: true}));
			await drawn;
			seen.push(performance.now() - start);
			for (let i = 0; i < 600 && !location.search.includes("share=" + n); i++) await frame();
		}
		return {AtOnce: most, Worst: Math.max(...seen), Mean: seen.reduce((a, b) => a + b) / seen.length, Requests: requests,
			Words: document.getElementById("share-words").value, Value: slider.getAttribute("aria-valuetext"), Way: location.search,
			Open: out.querySelector("details").open, Button: document.querySelector(".whatif-do .button").checkVisibility()};
	})()`)
	t.Logf("a step is drawn %.1f ms after it on average, %.1f ms at worst, waiting for the next frame included; %d requests", got.Mean, got.Worst, got.Requests)
	if got.Words != "5 % of it" || got.Value != "5 % of it" || got.Way != "?share=5" || got.AtOnce != 1 || !got.Open || got.Button {
		t.Errorf("after dragging: %+v", got)
	}
	if after := browser.Eval[string](tab, `document.getElementById("ahead").innerHTML`); after == before {
		t.Error("the chart did not change")
	}
	// Moved by keyboard, and read out once it rests.
	browser.Eval[bool](tab, `document.getElementById("share").focus(); true`)
	tab.Type("\ue014") // arrow to the right
	said := browser.Eval[string](tab, `new Promise(done => { const s = document.getElementById("ahead-said"); s.textContent = ""; const look = () => s.textContent ? done(s.textContent) : setTimeout(look, 50); setTimeout(() => done("nothing"), 8000); look(); })`)
	if !strings.Contains(said, "worst day") {
		t.Errorf("read out: %q", said)
	}
}

func TestWhatIfWithoutScripts(t *testing.T) {
	t.Parallel()
	s := newSite(t, demoDays)
	tab := browser.Open(t).Tab(t, browser.Look{Width: 390, Height: 844, NoScript: true})
	s.enter(tab)
	tab.Go(s.url + "/body")
	tab.Click(`#share`) // the middle of the slider
	tab.Submit(`.whatif-do button`)
	if text := tab.Text(); tab.Path() != "/body" || !strings.Contains(text, "half") || !strings.Contains(text, "How rough it could feel") {
		t.Errorf("the form led to %s:\n%.600s", tab.Path(), text)
	}
}

func TestForcedColorsShowTheLines(t *testing.T) {
	t.Parallel()
	s := newSite(t, demoDays)
	tab := browser.Open(t).Tab(t, browser.Look{Width: 390, Height: 844, Forced: true})
	s.enter(tab)
	tab.Go(s.url + "/body")
	pale := browser.Eval[[]string](tab, `[...document.querySelectorAll(".median, .slow, .fast, .past")].filter(e => { const s = getComputedStyle(e), p = getComputedStyle(document.body); return s.stroke === p.backgroundColor || s.stroke === "none"; }).map(e => e.className.baseVal)`)
	if len(pale) > 0 {
		t.Errorf("these lines cannot be seen: %v", pale)
	}
}

func TestDangerPutsHelpBesideTheQuestion(t *testing.T) {
	s := newSite(t, 20)
	for _, r := range []reply{s.want(422, s.post("/quick", "line", "he is not breathing")), s.want(200, s.post("/quick/preview", "line", "he is not breathing"))} {
		s.contains(r, `class="panel urgent danger"`, `<a href="/help">`, "You can keep them as a note")
		if strings.Index(r.body, `class="panel urgent danger"`) > strings.Index(r.body, "You can keep them as a note") {
			t.Error("the question stands before the help")
		}
	}
	if strings.Contains(s.post("/quick/preview", "line", "some kratom").body, `class="panel urgent danger"`) {
		t.Error("every question is taken for danger")
	}
}

func benchmark(b *testing.B, paths ...string) {
	s := newSite(b, demoDays)
	handler, cookie := serve(b, s)
	ask := func(path string) int {
		r := httptest.NewRequest("GET", "http://"+benchHost+path, nil)
		r.Header.Set("Accept-Encoding", "gzip")
		r.AddCookie(cookie)
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code != 200 {
			b.Fatal(w.Code)
		}
		return w.Body.Len()
	}
	bytes := ask(paths[0])
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		ask(paths[i%len(paths)])
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/op")
	b.ReportMetric(float64(bytes), "B/page")
}

// BenchmarkBody renders the Body page for a person whose model is fitted.
func BenchmarkBody(b *testing.B) { benchmark(b, "/body") }

// BenchmarkAhead answers a slider on its way.
func BenchmarkAhead(b *testing.B) {
	benchmark(b, "/body/ahead?share=0&tops=500,100", "/body/ahead?share=25&tops=500,100", "/body/ahead?share=50&tops=500,100", "/body/ahead?share=100&tops=500,100")
}
