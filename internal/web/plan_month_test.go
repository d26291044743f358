package web_test

import (
	"bytes"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/testkit/browser"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/journal"
)

// month is the demo person with a phone and a plan, whose days are moved on.
type month struct {
	*site
	tab *browser.Tab
	id  journal.ID // of the plan's product
}

// on moves the clock to a day of the plan, counted from 1.
func (m *month) on(day, hour int) {
	m.clock.set(time.Date(2026, 11, 22+day, hour, 0, 0, 0, evening.Location()))
}

// lived writes a day down as a person would: a dose, and how rough it was.
func (m *month) lived(day int, grams float64, rough int) {
	m.t.Helper()
	m.on(day, 20)
	if grams == 0 {
		place.Record(m.t, m.app, journal.Event{At: m.clock.now, Body: &journal.None{}})
	} else {
		place.Record(m.t, m.app, journal.Event{At: m.clock.now, Body: &journal.Dose{Product: m.id, ProductName: "green leaf", Amount: grams, Unit: "g"}})
	}
	slept, mood := 6+float64(day/15)/2, 4+day/10
	place.Record(m.t, m.app, journal.Event{At: m.clock.now, Body: &journal.CheckIn{Rough: &rough, SleepHours: &slept, Mood: &mood}})
}

func (m *month) see(path string, texts ...string) {
	m.t.Helper()
	if m.tab.Go(m.url + path); m.tab.Wider() > 0 {
		m.t.Errorf("%s is wider than a phone", path)
	}
	m.says(texts...)
}

func (m *month) says(texts ...string) {
	m.t.Helper()
	body := m.tab.Text()
	for _, text := range texts {
		if !strings.Contains(body, text) {
			m.t.Fatalf("%s does not say %q:\n%s", m.tab.Path(), text, body)
		}
	}
}

// fill writes into fields of the page, by their selector.
func (m *month) fill(pairs ...string) {
	for i := 0; i < len(pairs); i += 2 {
		browser.Eval[bool](m.tab, `(() => { const e = document.querySelector(`+strconv.Quote(pairs[i])+`); for (let d = e.closest("details"); d; d = d.parentElement.closest("details")) d.open = true; if (e.type === "checkbox") e.checked = true; else e.value = `+strconv.Quote(pairs[i+1])+`; return true })()`)
	}
}

// shoot draws the page for looking at, where a folder was named.
func (m *month) shoot(name string) {
	if *screenshots == "" {
		return
	}
	for _, dark := range []bool{false, true} {
		mode := map[bool]string{false: "light", true: "dark"}[dark]
		m.tab.Look(browser.Look{Width: 360, Height: 640, Scale: 2, Dark: dark})
		m.tab.Screenshot(filepath.Join(*screenshots, "month-"+name+"-"+mode+".png"), true)
	}
	m.tab.Look(browser.Look{Width: 360, Height: 640})
}

// The demo person lives a month with a plan on a phone: chosen from the page,
// slips, a gentle day, slower, a hold, a jump, an urge; and sees in the end what
// the plan showed beside what was lived, and takes it along.
func TestAMonthIsLivedOnAPhone(t *testing.T) {
	t.Parallel()
	if throughPocket {
		t.Skip("a browser needs a port")
	}
	s := newSite(t, 20)
	m := &month{site: s, tab: browser.Open(t).Tab(t, browser.Look{Width: 360, Height: 640})}
	for _, p := range s.journal().Products() {
		if p.Product().Name == "green leaf" {
			m.id = p.ID
		}
	}
	s.wants("cut_down")
	s.enter(m.tab)

	m.see("/plan", "See what a pace may feel like")
	m.fill(`[name=none]`, "", `#f-product`, m.id.String(), `#f-unit`, "g", `#f-grain`, "0.5", `#f-day`, "8:00 4\n14:00 4\n20:00 4", `#f-strategy1`, "step", `#f-size1`, "1", `#f-every1`, "7")
	m.tab.Submit(`form[action="/plan/compare"] button`)
	m.says("1 g less, every 7 days", "Make this my plan")
	m.fill(`form[action="/plan/use"] [name=begins]`, "2026-11-23")
	if browser.Eval[bool](m.tab, `document.querySelector('form[action="/plan/use"] [name=seen]') !== null`) {
		m.fill(`form[action="/plan/use"] [name=seen]`, "")
	}
	m.tab.Submit(`form[action="/plan/use"] button`)
	m.says("Your plan is written down", "Your plan begins")

	// The first day goes over: one more day at this amount.
	m.lived(1, 13, 4)
	m.see("/", "Your plan has 12 g today, and 1 g more is written", "It happens", "What would help now")
	m.shoot("over")
	m.tab.Submit(`#plan form:has([value=gentle]) button`)
	m.says("Done. Your plan is as you said")
	if p := plansOf(s)[len(plansOf(s))-1].Plan(); p.Steps[1].Day != 8 {
		t.Errorf("a gentle day moves the next step to day %d", p.Steps[1].Day)
	}
	// Two more within the week: slower, by the person's own number.
	m.lived(2, 12, 4)
	m.lived(3, 14, 5)
	m.lived(4, 11, 4)
	m.lived(5, 14, 5)
	m.see("/", "Three or more of the last seven days were over plan", "Days longer that each step left lasts")
	m.shoot("slow")
	m.fill(`#days-slow`, "3")
	m.tab.Submit(`#plan form:has([value=stretched]) button`)
	if m.says("Done. Your plan is as you said"); strings.Contains(m.tab.Text(), "Three or more of the last seven days") {
		t.Error("slower is offered again")
	}
	if p := plansOf(s)[len(plansOf(s))-1].Plan(); p.Steps[1].Day != 11 || p.Steps[2].Day != 21 {
		t.Errorf("slowed down it has %+v", p.Steps)
	}
	// Two days are not written: they are unknown, and neither on plan nor over it.
	for day := 8; day <= 13; day++ {
		m.lived(day, 11, 4)
	}
	m.see("/plan", "At or under plan on 7 of 10 days")
	m.tab.Submit(`form:has([value=held]) button`)
	m.says("It is on hold since")
	for day := 14; day <= 18; day++ {
		m.lived(day, 11, 3)
	}
	m.see("/plan", "It is on hold since")
	m.tab.Submit(`form:has([value=resumed]) button`)
	// An urge passes.
	m.on(19, 21)
	m.see("/urge", "Nothing has to be decided before 9:10 PM")
	m.shoot("urge")
	m.fill(`#f-helped`, "A walk around the block.")
	m.tab.Submit(`form[action="/urge/end"] button[value=passed]`)
	m.says("Written down. It passed")
	// From what was really taken, then lower by their own word.
	for day := 19; day <= 25; day++ {
		m.lived(day, 9, 3)
	}
	m.see("/plan", "the middle amount was 9 g")
	m.fill(`#f-to`, "9.5")
	m.tab.Submit(`form:has([value=jumped]) button`)
	m.says("Your plan has 9½ g today", "Next step")
	for day := 26; day <= 29; day++ {
		m.lived(day, 9, 2)
	}
	m.on(30, 12)
	m.see("/plan", "days with a check-in lay where 8 in 10 ways would be", "Your plan came down from 12 g a day to 9½ g", "the longest time between two doses"[4:], "Sleep: ", "Mood: ", "They do not say that the plan is the reason", "an old amount can be too much")
	browser.Eval[bool](m.tab, `document.querySelectorAll("details").forEach(d => d.open = true); true`)
	m.shoot("plan")
	for _, v := range m.tab.Axe() {
		t.Errorf("the plan: %s", v)
	}
	m.tab.Look(browser.Look{Width: 360, Height: 640, Dark: true})
	for _, v := range m.tab.Axe(ofColour...) {
		t.Errorf("the plan in the dark: %s", v)
	}
	if n := browser.Eval[int](m.tab, `document.querySelectorAll("#lived ~ figure circle.lived").length`); n != 27 {
		t.Errorf("%d days are drawn", n)
	}
	hasLargeTargets(t, m.tab, "the plan")
	m.see("/plan/ahead", "The rest of your plan, from tomorrow on", "Your own check-ins and doses", "No study has followed people")
	m.shoot("ahead")
	m.see("/plan/sheet", "My plan", "To set aside", "Day by day")
	m.shoot("sheet")
	for _, v := range m.tab.Axe() {
		t.Errorf("the sheet: %s", v)
	}
	file := m.tab.Download(func() { m.tab.Click(`a[href="/plan/calendar.ics"]`) })
	if !bytes.HasPrefix(file, []byte("BEGIN:VCALENDAR\r\n")) || bytes.Contains(file, []byte("leaf")) {
		t.Errorf("the calendar: %.80s", file)
	}
}
