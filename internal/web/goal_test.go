package web_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/testkit/browser"
	"github.com/evenkeel/evenkeel/journal"
)

// wants sets what the person is after.
func (s *site) wants(goal string) {
	s.t.Helper()
	if err := record.Settings(s.t.Context(), s.app, journal.Settings{Goal: &goal}); err != nil {
		s.t.Fatal(err)
	}
}

// inOrder fails where one of the texts does not follow the one before.
func inOrder(t *testing.T, body string, texts ...string) {
	t.Helper()
	at := 0
	for _, text := range texts {
		i := strings.Index(body[at:], text)
		if i < 0 {
			t.Fatalf("%q is missing, or too early", text)
		}
		at += i
	}
}

// Whoever wants to quit meets how it is, how long it has been, none today and
// help with an urge, before the picture and any dose.
func TestTodayOfSomebodyWhoQuits(t *testing.T) {
	s := newSite(t, 20)
	last, _ := s.journal().LastDose(evening)
	s.clock.set(last.At.Add(3*24*time.Hour + time.Hour))
	ask := []string{`name="rough"`, "3 days", "since the last dose you wrote down", "2 of these days have no entry", `href="/urge"`, `action="/none"`, `id="hero"`, "If you took something", `action="/dose"`}
	s.wants("quit")
	inOrder(t, s.want(200, s.get("/")).body, ask...)
	s.wants("understand")
	if body := s.want(200, s.get("/")).body; strings.Contains(body, `href="/urge"`) || strings.Contains(body, `id="daily"`) {
		t.Error("only to know: Today is another than it was")
	}
	inOrder(t, s.get("/").body, `id="hero"`, `action="/dose"`, `name="rough"`)
	s.wants("quit")
	r := s.want(200, s.post("/none"))
	s.contains(r, "None today, as you noted")
	r = s.want(200, s.post("/dose", "name", "leaf", "amount", "2", "unit", "g"))
	s.contains(r, "What you have reached so far stays yours")
}

// Whoever cuts down sees today beside what they set themselves, and nothing is
// set for them.
func TestTodayBesideTheAmountThatWasSet(t *testing.T) {
	s := newSite(t, 0)
	s.want(200, s.post("/welcome/skip"))
	s.wants("cut_down")
	r := s.want(200, s.get("/"))
	s.contains(r, "Set your own amount a day")
	if strings.Contains(r.body, "<meter") {
		t.Error("an amount is compared that nobody set")
	}
	s.contains(s.want(422, s.post("/daily", "daily_amount", "3")), `id="problem"`, `value="3"`)
	s.want(422, s.post("/daily", "daily_amount", "few", "daily_unit", "tablet"))
	r = s.want(200, s.post("/daily", "daily_amount", "3", "daily_unit", "tablet"))
	s.contains(r, "0 of 3 tablets", "Nothing written about doses yet today")
	for _, want := range []string{"2 tablets less than you set", "1 tablet less than you set", "as much as you set", "1 tablet over what you set"} {
		r = s.want(200, s.post("/dose", "name", "blue", "amount", "1", "unit", "tablet"))
		s.contains(r, want)
	}
	s.contains(s.want(200, s.post("/dose", "name", "tea", "amount", "1", "unit", "mug")), "4 of 3 tablets", "1 dose in another unit is not counted")
	s.contains(s.want(200, s.get("/settings")), `name="daily_amount" type="text" value="3"`)
	r = s.want(200, s.post("/daily", "daily_amount", "9", "daily_unit", "tablet"))
	if s.contains(r, "4 of 9 tablets", "1 dose in another unit"); strings.Contains(r.body, "less than you set") {
		t.Error("how much less it is than what was set is said where a dose is not counted")
	}
	if r = s.want(200, s.post("/daily", "daily_amount", "")); strings.Contains(r.body, "<meter") {
		t.Error("an amount that was taken back is still compared")
	}
}

// In the first days there is a place for one's own line, one thing for tonight and
// one person to call; tonight's is gone with the night.
func TestFirstDays(t *testing.T) {
	s := newSite(t, 3)
	if body := s.want(200, s.get("/")).body; strings.Contains(body, `action="/first-days"`) {
		t.Error("somebody who only wants to know is in first days")
	}
	s.wants("quit")
	s.contains(s.want(200, s.get("/")), `action="/first-days"`, `href="/help#days"`)
	r := s.want(200, s.post("/first-days", "line", "One evening at a time.", "tonight", "the river", "someone_name", "Ana", "someone_number", "555-0100"))
	s.contains(r, "One evening at a time.</blockquote>", "Tonight:</strong> the river", `href="tel:5550100"`)
	s.contains(s.want(422, s.post("/first-days", "line", strings.Repeat("kept ", 200))), "kept kept")
	s.contains(s.want(200, s.post("/first-days", "line", "or I kill myself")), `class="panel urgent danger"`)
	s.want(200, s.post("/first-days", "line", "One evening at a time.", "tonight", "the river"))
	s.clock.set(s.clock.now.AddDate(0, 0, 1))
	if body := s.want(200, s.get("/")).body; !strings.Contains(body, "One evening at a time.") || strings.Contains(body, "the river") {
		t.Error("yesterday's evening is tonight, or the line is gone")
	}
	s.clock.set(s.clock.now.AddDate(0, 0, 30))
	s.want(200, s.post("/first-days"))
	if body := s.want(200, s.get("/")).body; strings.Contains(body, `action="/first-days"`) {
		t.Error("a month later these are first days")
	}
}

// How an urge ended is written down with one tap, and what helped is there at the
// next one.
func TestAnUrgeEnds(t *testing.T) {
	s := newSite(t, 3)
	since := strconv.FormatInt(evening.Unix(), 10)
	s.clock.set(evening.Add(5 * time.Minute))
	s.contains(s.want(200, s.get("/urge?since="+since)), "You have been here for 5 min", `value="300"`)
	s.clock.set(evening.Add(12 * time.Minute))
	s.contains(s.want(200, s.get("/urge?since="+since)), "Ten minutes are over. The urge may be weaker by now.")
	r := s.want(200, s.post("/urge/end", "since", since, "end", "passed", "helped", "A walk."))
	s.contains(r, "Written down. It passed")
	if u := s.last(journal.KindUrge).Urge(); u.End != "passed" || u.Minutes == nil || *u.Minutes != 12 || u.Helped != "A walk." {
		t.Errorf("%+v", u)
	}
	before := s.count()
	r = s.want(200, s.post("/urge/end", "end", "used"))
	if s.contains(r, "Nothing that you have reached is lost", "an old amount can be too much"); r.path != "/" || s.count() != before+1 {
		t.Errorf("used leads to %s", r.path)
	}
	s.contains(s.want(200, s.get("/urge")), "What helped before", "A walk.")
	s.contains(s.want(422, s.post("/urge/end", "helped", "kept words")), "kept words", "Choose how it ended")
	s.contains(s.want(200, s.post("/urge/end", "end", "used", "helped", "I want to die")), `class="panel urgent danger"`)
}

// The page for an urge waits without scripts, and shows the person's own words.
func TestUrge(t *testing.T) {
	t.Parallel()
	s := newSite(t, 3)
	s.contains(s.want(200, s.get("/urge")), "It is 7:40 PM. Nothing has to be decided before 7:50 PM.", "Breathe in", "988")
	s.clock.set(s.clock.now.Add(6 * time.Minute))
	r := s.want(200, s.get("/urge?since="+strconv.FormatInt(evening.Unix(), 10)))
	s.contains(r, "You have been here for 6 min")
	s.contains(s.want(200, s.get("/urge?since=1")), "Nothing has to be decided")
	r = s.want(200, s.post("/urge", "reasons", "My mornings.\nMy daughter.", "someone_name", "Ana", "someone_number", "555-0100"))
	s.contains(r, "It is here when you need it", "My mornings.\nMy daughter.</blockquote>", `href="tel:5550100"`)
	s.contains(s.want(422, s.post("/urge", "reasons", "kept words", "someone_name", strings.Repeat("a", 200))), "kept words")
	s.contains(s.want(200, s.post("/urge", "reasons", "or I kill myself")), `class="panel urgent danger"`)
	tab := browser.Open(t).Tab(t, browser.Look{Width: 360, Height: 640})
	s.enter(tab)
	s.wants("quit")
	tab.Go(s.url + "/")
	for _, part := range []string{`.scale-10`, `#steady .since`, `a[href="/urge"]`} {
		if !browser.Eval[bool](tab, `(() => { const r = document.querySelector(`+"`"+part+"`"+`).getBoundingClientRect(); return r.top >= 0 && r.bottom <= document.querySelector(".nav").getBoundingClientRect().top })()`) {
			t.Errorf("%s is not on the first screen", part)
		}
	}
	tab.Submit(`a[href="/urge"]`)
	tab.Click(`input[name=craving][value="8"]`)
	tab.Click(`form[action="/check-in"] button`)
	tab.Until(`document.getElementById("toasts").textContent.includes("Craving 8 of 10")`)
}
