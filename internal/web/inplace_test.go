package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/testkit/browser"
	"github.com/evenkeel/evenkeel/journal"
)

// inPlace sends a form as the page's script does.
func (s *site) inPlace(path string, f url.Values) reply {
	s.t.Helper()
	r, err := http.NewRequest("POST", s.url+path, strings.NewReader(f.Encode()))
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Evenkeel-In-Place", "1")
	return s.read(s.client.Do(r))
}

// A form that is sent in place is the same form: however often and in whatever
// way it comes, it counts once.
func TestInPlaceCountsOnce(t *testing.T) {
	s := newSite(t, 3)
	once := strings.Repeat("a1", 16)
	tap := url.Values{"once": {once}, "name": {"leaf"}, "amount": {"2"}, "unit": {"g"}}
	before := s.count()
	r := s.want(200, s.inPlace("/dose", tap))
	s.contains(r, `class="toast"`, "Saved: 2 g leaf", `action="/undo"`, `data-once="`)
	if strings.Contains(r.body, "<html") || r.path != "/dose" {
		t.Errorf("a page came: %s", r.path)
	}
	s.contains(s.want(200, s.get("/today/list")), `?from=%2F" aria-label="Edit 2 g leaf`) // as on the page
	s.want(200, s.inPlace("/dose", tap))
	s.contains(s.want(200, s.post("/dose", "amount", "2", "name", "leaf", "once", once, "unit", "g")), "Saved: 2 g leaf")
	if n := s.count(); n != before+1 {
		t.Errorf("%d entries, want one more than %d", n, before)
	}
	// Words of danger need the whole page.
	grave := url.Values{"once": {strings.Repeat("b2", 16)}, "name": {"I want to kill myself"}, "amount": {"2"}, "unit": {"g"}}
	s.want(409, s.inPlace("/dose", grave))
	r = s.want(200, s.read(s.client.PostForm(s.url+"/dose", grave)))
	if !strings.Contains(r.body, `class="panel urgent danger"`) || s.count() != before+2 {
		t.Errorf("words of danger in place: %d entries, want %d\n%.500s", s.count(), before+2, r.body)
	}
	// A refused form stays one for the plain way.
	s.want(422, s.inPlace("/check-in", url.Values{"once": {strings.Repeat("c3", 16)}}))
}

// A tap saves on the page where it was made, and the button stays under the
// finger; the toast takes it back.
func TestTapInPlace(t *testing.T) {
	t.Parallel()
	s := newSite(t, 20)
	s.wants("cut_down")
	before := s.count()
	tab := browser.Open(t).Tab(t, browser.Look{Width: 360, Height: 640})
	s.enter(tab)
	browser.Eval[bool](tab, `window.same = true`)
	browser.Eval[string](tab, `document.getElementById("f-daily_amount").value = "7"`) // typed, and not sent yet
	top := func() int {
		return browser.Eval[int](tab, `Math.round(document.querySelector(".tap").getBoundingClientRect().top)`)
	}
	at, listed := top(), browser.Eval[int](tab, `document.querySelectorAll("#list .entry").length`)
	// A finger that trembles, in one script: a machine under load can take longer
	// between two clicks than a hand does, and they then are two doses.
	browser.Eval[bool](tab, `(() => { const tap = document.querySelector(".tap"); tap.click(); tap.click(); return true; })()`)
	tab.Until(`document.querySelector("#toasts .toast") !== null`)
	tab.Until(`document.querySelectorAll("#list .entry").length === ` + strconv.Itoa(listed+1))
	if !browser.Eval[bool](tab, `window.same === true && document.getElementById("toasts").getAttribute("role") === "status"`) {
		t.Fatal("a page was loaded")
	}
	tab.Until(`document.querySelector("#hero .since strong").textContent === "just now"`)
	if now := top(); now != at {
		t.Errorf("the button moved from %d to %d", at, now)
	}
	if s.count() != before+1 {
		t.Fatalf("%d entries more, want 1", s.count()-before)
	}
	inspect(t, tab, "saved in place")
	tab.Look(browser.Look{Width: 360, Height: 640})
	tab.Click(`#toasts form[action="/undo"] button`)
	tab.Until(`document.querySelectorAll("#list .entry").length === ` + strconv.Itoa(listed))
	if s.count() != before {
		t.Fatal("undo did nothing")
	}
	tab.Until(`!document.querySelector(".tap").form.dataset.sent`)
	tab.Click(".tap")
	tab.Until(`document.querySelectorAll("#list .entry").length === ` + strconv.Itoa(listed+1))

	// A check-in, from where one is.
	tab.Click(`input[name=rough][value="4"]`)
	tab.Click(`form[action="/check-in"] button`)
	tab.Until(`document.querySelector("#toasts").textContent.includes("Rough 4 of 10")`)
	if typed := browser.Eval[string](tab, `document.getElementById("f-daily_amount").value`); typed != "7" {
		t.Errorf("what was typed elsewhere became %q", typed)
	}
	if c := s.last(journal.KindCheckIn); *c.CheckIn().Rough != 4 || browser.Eval[bool](tab, `document.querySelector("input[name=rough]:checked") !== null`) {
		t.Error("the check-in was not saved, or stands there still")
	}

	// Nobody answers: nothing is lost, and it counts once.
	s.stop()
	tab.Until(`!document.querySelector(".tap").form.dataset.sent`)
	tab.Click(".tap")
	tab.Until(`document.querySelector("#toasts").textContent.includes("Not saved")`)
	if !browser.Eval[bool](tab, `window.same === true`) {
		t.Error("the page was lost")
	}
}

// BenchmarkTap is from the touch to the words that it is saved, with the
// browser's processor slowed four times.
func BenchmarkTap(b *testing.B) {
	s := newSite(b, demoDays)
	tab := browser.Open(b).Tab(b, browser.Look{Width: 360, Height: 640})
	s.enter(tab)
	tab.Slow(4)
	var sum, most float64
	n := 0
	for b.Loop() {
		ms := browser.Eval[float64](tab, `new Promise((done) => {
			const tap = document.querySelector(".tap"), out = document.getElementById("toasts");
			out.replaceChildren();
			const from = performance.now();
			new MutationObserver((_, o) => { if (out.firstElementChild) { o.disconnect(); requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - from))); } }).observe(out, { childList: true });
			tap.click();
		})`)
		sum, most, n = sum+ms, max(most, ms), n+1
		b.StopTimer()
		s.clock.set(s.clock.now.Add(time.Minute))
		tab.Until(`!document.querySelector(".tap").form.dataset.sent`)
		b.StartTimer()
	}
	b.ReportMetric(sum/float64(n), "ms/tap")
	b.ReportMetric(most, "ms/slowest")
}
