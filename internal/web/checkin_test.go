package web_test

import (
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/testkit/browser"
	"github.com/evenkeel/evenkeel/journal"
)

// A scale is one row on every width, and a second tap takes an answer back;
// without scripts "not said" does.
func TestScales(t *testing.T) {
	t.Parallel()
	s := newSite(t, 3)
	tab := browser.Open(t).Tab(t, browser.Look{Width: 320, Height: 640})
	s.enter(tab)
	for _, width := range []int64{320, 360, 640, 1280} {
		tab.Look(browser.Look{Width: width, Height: 800})
		for _, path := range []string{"/", "/new/check_in"} {
			tab.Go(s.url + path)
			if n := browser.Eval[int](tab, `(() => { const tops = new Set(); for (const c of document.querySelector(".scale-10 .steps").children) tops.add(c.getBoundingClientRect().top); return tops.size })()`); n != 1 {
				t.Errorf("%d px, %s: the scale has %d rows", width, path, n)
			}
			if tab.Wider() > 0 {
				t.Errorf("%d px, %s: too wide", width, path)
			}
		}
	}
	checked := `[...document.querySelectorAll("input[name=rough]:checked")].map(e => e.value).join()`
	tab.Click(`input[name=rough][value="7"]`)
	if got := browser.Eval[string](tab, checked); got != "7" {
		t.Fatalf("one tap: %q", got)
	}
	tab.Click(`input[name=rough][value="7"]`)
	if got := browser.Eval[string](tab, checked); got != "" {
		t.Fatalf("a second tap: %q", got)
	}
	browser.Eval[bool](tab, `document.querySelector("input[name=rough]").focus(); true`)
	tab.Type(" ")
	if got := browser.Eval[string](tab, checked); got != "0" {
		t.Fatalf("the space bar: %q", got)
	}
	tab.Type(" ")
	if got := browser.Eval[string](tab, checked); got != "" {
		t.Fatalf("the space bar again: %q", got)
	}
	r := s.want(200, s.get("/new/check_in"))
	if n := strings.Count(r.body, `name="rough" value=""`); n != 1 {
		t.Errorf("%d ways to leave a scale unsaid without scripts", n)
	}
	s.want(422, s.post("/new/check_in", "rough", "")) // nothing was said
}

// Whoever stopped meets the symptoms first, and the rest of life behind a fold.
func TestSymptomsFirstForThoseWhoStopped(t *testing.T) {
	s := newSite(t, 0)
	taken := evening.Add(-2 * time.Hour)
	if _, err := record.New(t.Context(), s.app, journal.Event{At: taken, Body: &journal.Dose{Amount: 1, Unit: "tablet", ProductName: "7-OH"}}); err != nil {
		t.Fatal(err)
	}
	order := func(texts ...string) {
		t.Helper()
		body, at := s.want(200, s.get("/new/check_in")).body, 0
		for _, text := range texts {
			i := strings.Index(body[at:], text)
			if i < 0 {
				t.Fatalf("%q is missing, or too early", text)
			}
			at += i
		}
	}
	order(`name="rough"`, `name="mood"`, "<details", "Symptoms, one by one", `name="s_yawning"`, `name="note"`)
	s.clock.set(taken.Add(3 * 24 * time.Hour))
	order(`name="s_yawning"`, `name="rough"`, "<details", "Mood, energy, pain, sleep", `name="mood"`, `name="note"`)
}

// The form of a dose begins with what was taken last, takes words for numbers,
// says at the field what to mend, and leads back to where one came from.
func TestDoseForm(t *testing.T) {
	s := newSite(t, 0)
	ctx := t.Context()
	for i, name := range []string{"old leaf", "blue tablets"} {
		id, _, err := record.Product(ctx, s.app, journal.ID{}, journal.Product{Name: name, Form: journal.SevenOH, Units: []journal.Unit{{Name: "tablet"}}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := record.New(ctx, s.app, journal.Event{At: evening.Add(time.Duration(i-3) * time.Hour), Body: &journal.Dose{Product: id, ProductName: name, Amount: 1, Unit: "tablet"}}); err != nil {
			t.Fatal(err)
		}
	}
	r := s.want(200, s.get("/new/dose?from=/body"))
	blue, old := strings.Index(r.body, ">blue tablets</option>"), strings.Index(r.body, ">old leaf</option>")
	if blue < 0 || old < blue {
		t.Errorf("what was taken last comes at %d, the other at %d", blue, old)
	}
	s.contains(r, `class="back" href="/body"`, `name="from" value="/body"`, `name="ago" value="30min"`)
	last := func() *journal.Entry { e, _ := s.journal().LastDose(evening); return e }
	product := last().Dose().Product.String()
	r = s.want(422, s.post("/new/dose", "product", product, "amount", "much", "ago", "1h", "from", "/body"))
	s.contains(r, `class="wrong" role="alert" id="e-amount"`, `aria-describedby="e-amount`, `value="1h" checked`, `value="/body"`)
	if strings.Contains(r.body, `id="problem"`) {
		t.Error("it is said twice what to mend")
	}
	r = s.want(200, s.post("/new/dose", "product", product, "amount", "half", "ago", "30min", "from", "/body"))
	if d := last(); r.path != "/body" || d.Dose().Amount != 0.5 || d.Dose().Unit != "tablet" || !d.At.Equal(evening.Add(-30*time.Minute)) {
		t.Errorf("%s: %+v at %v", r.path, d.Dose(), d.At)
	}
	s.want(200, s.post("/new/dose", "product", product, "amount", "2", "ago", "1h", "at", "2026-11-21T08:00"))
	if n := len(s.journal().On("2026-11-21")); n != 1 {
		t.Errorf("a time that was typed does not count before the one chosen: %d entries", n)
	}
}
