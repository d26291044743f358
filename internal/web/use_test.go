package web_test

import (
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/internal/testkit/browser"
	"github.com/evenkeel/evenkeel/journal"
)

// focused is what has the focus: a tag, a name, and whether its ring shows.
type focused struct {
	Tag, Text, Name string
	Ring            bool
}

const whatIsFocused = `(() => {
	const e = document.activeElement;
	const drawn = e.matches(".step input, .chip input") ? e.nextElementSibling : e;
	const s = getComputedStyle(drawn);
	return {Tag: e.tagName, Text: (e.getAttribute("aria-label") || e.innerText || "").trim(), Name: e.getAttribute("name") || "", Ring: s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2};
})()`

func TestKeyboardAlone(t *testing.T) {
	t.Parallel()
	s := newSite(t, 20)
	before := s.count()
	tab := browser.Open(t).Tab(t, browser.Look{Width: 1280, Height: 800})
	s.enter(tab)

	var order []string
	for range 60 {
		tab.Type("\t")
		f := browser.Eval[focused](tab, whatIsFocused)
		if f.Tag == "BODY" {
			break
		}
		if !f.Ring {
			t.Errorf("the focus does not show on %+v", f)
		}
		order = append(order, f.Tag+" "+f.Text)
	}
	all := strings.Join(order, "\n")
	at := -1
	for _, want := range []string{"A Skip to the page", "A Evenkeel, today", "A Journal", "A Help", "BUTTON Lock", "BUTTON Hide the curve", "INPUT The curve: move along it", "BUTTON Log ", "INPUT", "BUTTON Save", "INPUT 0, not at all", "BUTTON Save check-in", "A Edit "} {
		i := strings.Index(all[max(at, 0):], want)
		if i < 0 {
			t.Fatalf("%q cannot be reached, or comes too early, in:\n%s", want, all)
		}
		at = max(at, 0) + i
	}

	// Log the usual with Tab and Enter.
	tab.Go(s.url + "/")
	for range 30 {
		tab.Type("\t")
		if strings.HasPrefix(browser.Eval[focused](tab, whatIsFocused).Text, "Log ") {
			break
		}
	}
	tab.Type("\r")
	tab.Until(`document.getElementById("toasts").textContent.includes("Saved:")`)
	if s.count() != before+1 {
		t.Fatal("Enter on the usual dose saved nothing")
	}

	// Write a line and send it with Enter.
	browser.Eval[bool](tab, `document.getElementById("line").focus(); true`)
	tab.Type("2 g green leaf")
	tab.Press("\r")
	if s.count() != before+2 {
		t.Fatal("Enter in the quick entry saved nothing")
	}

	// Choose a step of the check-in with the keyboard and save it.
	browser.Eval[bool](tab, `document.querySelector("input[name=rough]").focus(); true`)
	tab.Type(" ")
	if v := browser.Eval[string](tab, `document.querySelector("input[name=rough]:checked").value`); v != "0" {
		t.Fatalf("Space chose %q", v)
	}
	tab.Type("\r")
	tab.Until(`document.getElementById("toasts").textContent.includes("Rough 0 of 10")`)
	if e := s.last(journal.KindCheckIn); e == nil || e.CheckIn().Rough == nil || *e.CheckIn().Rough != 0 {
		t.Fatal("the check-in was not saved by keyboard")
	}
}

func TestEssentialsWithoutScripts(t *testing.T) {
	t.Parallel()
	s := newSite(t, 20)
	before := s.count()
	tab := browser.Open(t).Tab(t, browser.Look{Width: 390, Height: 844, NoScript: true})
	s.enter(tab)
	tab.Submit(`.tap`)
	if !strings.Contains(tab.Text(), "Saved:") || s.count() != before+1 {
		t.Fatal("one tap saved nothing")
	}
	tab.Submit(`form[action="/undo"] button`)
	if s.count() != before {
		t.Fatal("undo did nothing")
	}
	tab.Click(`#line`)
	tab.Type("some kratom, rough 4")
	tab.Submit(`#quick button`)
	if !strings.Contains(tab.Text(), "Nothing is saved until this is clear") || s.count() != before {
		t.Fatal("an unclear line was not asked about")
	}
	tab.Go(s.url + "/")
	tab.Click(`input[name=rough][value="7"]`)
	tab.Submit(`form[action="/check-in"] button`)
	if e := s.last(journal.KindCheckIn); *e.CheckIn().Rough != 7 {
		t.Fatal("the check-in was not saved")
	}
	tab.Submit(`#hero form button`)
	if !strings.Contains(tab.Text(), "The curve is hidden") {
		t.Fatal("the curve was not hidden")
	}
	tab.Go(s.url + "/new/note")
	tab.Click(`textarea`)
	tab.Type("by hand")
	tab.Submit(`main form button[type=submit]`)
	if e := s.last(journal.KindNote); e.Note().Text != "by hand" {
		t.Fatal("the note was not saved")
	}
	tab.Go(s.url + "/help")
	if !strings.Contains(tab.Text(), "Call 911") {
		t.Fatal("no help")
	}
}

func TestPreviewWhileTyping(t *testing.T) {
	t.Parallel()
	s := newSite(t, 20)
	before := s.count()
	tab := browser.Open(t).Tab(t, browser.Look{Width: 390, Height: 844})
	s.enter(tab)
	tab.Click(`#line`)
	tab.Type("rough 6 craving 8")
	got := browser.Eval[string](tab, `new Promise(done => {
		const look = () => { const s = document.getElementById("understood").innerText; s.includes("Craving 8") ? done(s) : setTimeout(look, 50) };
		setTimeout(() => done("nothing came"), 10000);
		look();
	})`)
	if !strings.Contains(got, "Rough 6 of 10") || s.count() != before {
		t.Errorf("the preview says %q", got)
	}
}

// TestHelpWithoutTheApp stops the server: Help still comes up, and nothing of
// the person is in what the browser kept.
func TestHelpWithoutTheApp(t *testing.T) {
	t.Parallel()
	s := newSite(t, 20)
	tab := browser.Open(t).Tab(t, browser.Look{Width: 390, Height: 844})
	s.enter(tab)
	browser.Eval[bool](tab, `navigator.serviceWorker.ready.then(r => new Promise(done => { const look = () => r.active && r.active.state === "activated" ? done(true) : setTimeout(look, 50); look(); }))`)
	tab.Go(s.url + "/journal")
	kept := browser.Eval[[]string](tab, `(async () => { const out = []; for (const n of await caches.keys()) for (const q of await (await caches.open(n)).keys()) out.push(new URL(q.url).pathname); return out; })()`)
	for _, p := range kept {
		if p != "/help" && !strings.HasPrefix(p, "/assets/") {
			t.Errorf("the browser keeps %s", p)
		}
	}
	body := browser.Eval[string](tab, `caches.match("/help").then(r => r.text())`)
	for _, own := range []string{"green leaf", "/journal", "/settings"} {
		if strings.Contains(body, own) {
			t.Errorf("the page that is kept says %q", own)
		}
	}
	s.stop()
	for _, path := range []string{"/help", "/", "/journal"} {
		tab.Go(s.url + path)
		if text := tab.Text(); !strings.Contains(text, "Call 911") || strings.Contains(text, "green leaf") {
			t.Errorf("%s without the app shows:\n%.300s", path, text)
		}
	}
}
