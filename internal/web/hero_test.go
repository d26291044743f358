package web_test

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/testkit/browser"
	"github.com/evenkeel/evenkeel/journal"
)

// The first screen of a phone holds the waterline, the doses that take one tap
// and the line of quick entry, with nothing over them: none of it needs a finger
// to scroll first.
func TestFirstScreenOfAPhone(t *testing.T) {
	t.Parallel()
	s := newSite(t, demoDays)
	tab := browser.Open(t).Tab(t, browser.Look{Width: 360, Height: 640})
	s.enter(tab)
	for _, l := range []browser.Look{{Width: 360, Height: 640}, {Width: 360, Height: 740}, {Width: 390, Height: 844}} {
		tab.Look(l)
		tab.Go(s.url + "/")
		for _, part := range []string{"#hero .plot", "#hero .readout", ".taps .tap:last-child", "#line", "#quick button"} {
			if got := browser.Eval[string](tab, `(() => {
				const nav = document.querySelector(".nav").getBoundingClientRect().top;
				for (const one of document.querySelectorAll("`+part+`")) {
					const r = one.getBoundingClientRect();
					if (r.height === 0 || r.top < 0 || r.bottom > nav || r.left < 0 || r.right > innerWidth) return Math.round(r.top) + " to " + Math.round(r.bottom) + ", nav at " + Math.round(nav);
				}
				return document.querySelectorAll("`+part+`").length ? "" : "missing";
			})()`); got != "" {
				t.Errorf("%dx%d: %s: %s", l.Width, l.Height, part, got)
			}
		}
		if n := browser.Eval[int](tab, `document.documentElement.scrollHeight`); l.Height == 640 && n > 2400 {
			t.Errorf("Today is %d px long", n)
		}
	}
}

// What a curve says is read out wherever a finger or the keyboard goes, and goes
// back to now.
func TestReadout(t *testing.T) {
	t.Parallel()
	s := newSite(t, demoDays)
	tab := browser.Open(t).Tab(t, browser.Look{Width: 360, Height: 640})
	s.enter(tab)
	readout := func() string {
		return browser.Eval[string](tab, `document.querySelector("#hero .readout").textContent`)
	}
	first := readout()
	if !strings.HasPrefix(first, "Now: ") {
		t.Fatalf("%q", first)
	}
	browser.Eval[bool](tab, `document.querySelector("#hero .probe").focus(); true`)
	tab.Type(kb.ArrowLeft)
	tab.Until(`document.querySelector("#hero .readout").textContent !== ` + `"` + first + `"`)
	value := browser.Eval[string](tab, `document.querySelector("#hero .probe").getAttribute("aria-valuetext")`)
	if got := readout(); got != value || strings.HasPrefix(got, "Now") {
		t.Errorf("the keyboard reads %q, a screen reader %q", got, value)
	}
	tab.Type(kb.Home)
	tab.Until(`document.querySelector("#hero .readout").textContent.startsWith("Sat 7:40")`)
	browser.Eval[bool](tab, `document.activeElement.blur(); true`)
	tab.Until(`document.querySelector("#hero .readout").textContent === "` + first + `"`)
	browser.Eval[bool](tab, `(() => {
		const box = document.querySelector("#hero .plot-box"), r = box.getBoundingClientRect();
		box.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, clientX: r.left + r.width * 35.9 / 36, clientY: r.top + 20, pointerType: "touch" }));
		return true;
	})()`)
	tab.Until(`document.querySelector("#hero .readout").textContent.startsWith("Mon 7:40")`)
}

// No reading appears only after a reload: its place says that it is worked out,
// the page brings it, and without scripts a link waits for it.
func TestReadingComesByItself(t *testing.T) {
	t.Parallel()
	s := newSite(t, demoDays)
	r := s.want(200, s.get("/"))
	if !strings.Contains(r.body, "reading-first") {
		s.contains(r, `data-waiting`, `href="/?wait=1#body"`)
	}
	s.contains(s.want(200, s.get("/?wait=1")), "reading-first")
	s.contains(s.want(200, s.get("/reading")), "reading-first")
	s.clock.set(s.clock.now.Add(time.Hour)) // the fit is too old by now
	tab := browser.Open(t).Tab(t, browser.Look{Width: 360, Height: 640})
	s.enter(tab)
	tab.Until(`document.querySelector("#reading .reading-first") !== null`)
}

// The hero has one frame, whatever is known.
func TestHeroKeepsItsFrame(t *testing.T) {
	t.Parallel()
	s := newSite(t, demoDays)
	tab := browser.Open(t).Tab(t, browser.Look{Width: 360, Height: 640})
	s.enter(tab)
	frame := func() [2]int {
		return [2]int{browser.Eval[int](tab, `Math.round(document.querySelector("#hero .plot").getBoundingClientRect().height)`),
			browser.Eval[int](tab, `document.querySelectorAll("#hero .tick-label").length`)}
	}
	want := frame()
	tab.Submit(`form[action="/curve"] button`)
	if got := frame(); got != want {
		t.Errorf("hidden: %v, want %v", got, want)
	}
	if n := browser.Eval[int](tab, `document.querySelectorAll("#hero .probe, #hero path.past").length`); n != 0 {
		t.Error("a hidden curve is on the page")
	}
	empty := newSite(t, 0)
	empty.want(200, empty.post("/welcome/skip"))
	empty.enter(tab)
	tab.Go(empty.url + "/?wait=1")
	if got := frame(); got[0] != want[0] || tab.Path() != "/" {
		t.Errorf("nothing known: %v at %s, want %v", got, tab.Path(), want)
	}
}

// A day before today without an entry is blank in the picture, and nothing is
// compared there.
func TestHeroLeavesUnknownHoursBlank(t *testing.T) {
	t.Parallel()
	s := newSite(t, 0)
	dose := &journal.Dose{Amount: 3, Unit: "g", ProductName: "leaf"}
	id, _, err := record.Product(t.Context(), s.app, journal.ID{}, journal.Product{Name: "leaf", Form: journal.LeafPowder, Units: []journal.Unit{{Name: "g"}}})
	if err != nil {
		t.Fatal(err)
	}
	dose.Product = id
	var list []app.Draft
	for _, daysAgo := range []int{6, 5, 4, 3} {
		list = append(list, app.Draft{Event: journal.Event{At: evening.AddDate(0, 0, -daysAgo), Body: dose}})
	}
	if _, err := s.app.Write(t.Context(), func(*app.Tx) ([]app.Draft, error) { return list, nil }); err != nil {
		t.Fatal(err)
	}
	s.contains(s.want(200, s.get("/hero")), `class="blank"`, "too much is missing to compare")
}
