package web_test

import (
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/testkit/browser"
	"github.com/evenkeel/evenkeel/journal"
)

// Whatever a person writes, wherever they write it: words of danger are
// answered first, with the lines of their own country, and what they wrote is
// saved all the same.
func TestWordsOfDangerAreAnsweredEverywhere(t *testing.T) {
	s := newSite(t, 0)
	us := "US"
	if err := record.Settings(t.Context(), s.app, journal.Settings{Country: &us}); err != nil {
		t.Fatal(err)
	}
	first := func(r reply, texts ...string) {
		t.Helper()
		s.contains(r, texts...)
		if card, form := strings.Index(r.body, "danger"), strings.Index(r.body, "<form"); card < 0 || form >= 0 && card > strings.Index(r.body, `id="main"`) && form > strings.Index(r.body, `id="main"`) && form < card {
			t.Errorf("the answer does not stand first")
		}
	}
	for line, said := range map[string]string{
		"I want to kill myself":         "wanting to die",
		"2 g green leaf to kill myself": "a way or a time to end your life",
		"quiero matarme":                "wanting to die",
	} {
		first(s.post("/quick", "line", line), `role="alert"`, said, "988", "tel:911")
	}
	if d := s.last(journal.KindDose); d == nil {
		t.Error("the dose beside the words of danger was not saved")
	}
	first(s.post("/quick/preview", "line", "I want to kill myself"), "988")
	first(s.post("/new/note", "text", "I can't go on, I want to die"), "988", "kept as you wrote it")
	first(s.post("/check-in", "rough", "8", "note", "I want to die"), "988")
	if n := s.last(journal.KindNote); n == nil || !strings.Contains(n.Note().Text, "die") {
		t.Error("the note was not saved")
	}
	// On a form that is refused as well.
	first(s.post("/new/dose", "amount", "x", "unit", "g", "note", "I want to die"), "988")
	if r := s.post("/quick", "line", "2 g green leaf, this headache is killing me"); strings.Contains(r.body, `class="panel urgent danger"`) {
		t.Error("an idiom raised the alarm")
	}
}

// Where the country is not known no number of another country is theirs: no
// emergency number, and each line to talk to stands behind its country's name.
// Where it is known and has none, none is shown.
func TestNoNumberOfAnotherCountry(t *testing.T) {
	s := newSite(t, 0)
	r := s.post("/quick", "line", "I want to kill myself")
	if strings.Contains(r.body, "tel:911") {
		t.Error("the emergency number of the United States is shown to somebody whose country is not known")
	}
	s.contains(r, "Your country is not set here")
	for country, number := range map[string]string{"United States": "tel:988", "United Kingdom": "tel:116123"} {
		_, after, named := strings.Cut(r.body, "<strong>"+country+"</strong>")
		if item, _, _ := strings.Cut(after, "</li>"); !named || !strings.Contains(item, number) {
			t.Errorf("%s does not stand before its line %s", country, number)
		}
	}
	if err := record.Settings(t.Context(), s.app, journal.Settings{Country: new("MX")}); err != nil {
		t.Fatal(err)
	}
	if r = s.post("/quick", "line", "I want to kill myself"); strings.Contains(r.body, "tel:988") || !strings.Contains(r.body, "known for your country") {
		t.Error("a line of another country is shown to somebody in Mexico")
	}
}

// On a phone nothing scrolls the answer away: neither the field that is asked
// about nor the form that was refused, with scripts and without.
func TestTheAnswerToDangerIsOnTheScreen(t *testing.T) {
	t.Parallel()
	s := newSite(t, 3)
	b := browser.Open(t)
	const inView = `(() => { const r = document.querySelector("main > .danger").getBoundingClientRect(); return r.top >= 0 && r.top < innerHeight / 2; })()`
	for _, noScript := range []bool{false, true} {
		tab := b.Tab(t, browser.Look{Width: 390, Height: 844, NoScript: noScript})
		s.enter(tab)
		tab.Go(s.url + "/")
		browser.Eval[bool](tab, `document.getElementById("line").value = "I want to kill myself"; true`)
		tab.Submit(`#quick button`)
		if !browser.Eval[bool](tab, inView) {
			t.Errorf("no script %t: the answer to a quick line is off the screen", noScript)
		}
		tab.Go(s.url + "/new/dose")
		browser.Eval[bool](tab, `document.querySelectorAll("details").forEach(d => d.open = true); document.getElementById("f-amount").value = "much"; document.querySelector("[name=note]").value = "I want to die"; true`)
		tab.Submit(`main form button[type=submit]`)
		if !browser.Eval[bool](tab, inView) {
			t.Errorf("no script %t: the answer on a refused form is off the screen", noScript)
		}
	}
}
