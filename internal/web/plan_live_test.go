package web_test

import (
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/journal"
)

// A month with a plan, slips included: it begins when the person says, says what
// is left, asks once over plan, and changes only when it is asked to.
func TestAMonthWithAPlan(t *testing.T) {
	s := newSite(t, 0)
	yes, less := true, "cut_down"
	if err := record.Settings(t.Context(), s.app, journal.Settings{Welcomed: &yes, Goal: &less, Daily: &journal.Daily{Amount: 7, Unit: "g"}}); err != nil {
		t.Fatal(err)
	}
	leaf := func(n float64) {
		place.Record(t, s.app, journal.Event{At: s.clock.now, Body: &journal.Dose{ProductName: "leaf", Amount: n, Unit: "g"}})
	}
	on := func(day, hour int) { s.clock.set(time.Date(2026, 11, 22+day, hour, 0, 0, 0, evening.Location())) }
	did := func(fields ...string) reply {
		s.clock.set(s.clock.now.Add(time.Minute))
		return s.post("/plan/change", fields...)
	}
	typed := func(more ...string) []string {
		return append(typedPlan("strategy1", "step", "size1", "1", "every1", "7", "pace", "1"), more...)
	}
	// Seven grams in a month and more: what is known of that is read first.
	r := s.post("/plan/use", typed("begins", "2026-11-23")...)
	s.contains(r, "Read what is known about that", "I have read what is known", "Side by side")
	if s.contains(s.post("/plan/use", typed("seen", "1", "begins", "2026-11-20")...), "The first day is a date from today"); len(plansOf(s)) != 0 {
		t.Fatal("a refused plan is kept")
	}
	if s.post("/plan/use", typed("seen", "1", "begins", "2026-11-23", "flag", "seizures")...); len(plansOf(s)) != 0 {
		t.Fatal("a plan in spite of a flag")
	}
	s.contains(s.want(200, s.post("/plan/use", typed("seen", "1", "begins", "2026-11-23")...)), "Your plan is written down", "Your plan begins")
	s.contains(s.get("/"), "Today beside what you set")

	on(1, 9)
	if strings.Contains(s.get("/").body, "Today beside what you set") {
		t.Error("two amounts for one day")
	}
	s.contains(s.want(200, s.get("/")), "Your plan has 9 g today. Nothing is written yet", "Next step", "In your plan: 8:00 AM 3 g, 2:00 PM 3 g, 8:00 PM 3 g.")
	leaf(3)
	s.contains(s.get("/"), "Your plan has 9 g today; 6 g of it is left")
	on(1, 20)
	leaf(8)
	s.contains(s.get("/"), "Your plan has 9 g today, and 2 g more is written", "What would help now", "One more day at this amount")
	if strings.Contains(s.get("/").body, "failure") {
		t.Error("a slip is called a failure")
	}
	before := len(plansOf(s))
	s.want(200, did("what", "gentle", "from", "/"))
	r = s.get("/")
	if strings.Contains(r.body, "What would help now") || len(plansOf(s)) != before+1 {
		t.Error("it asks again, or nothing was changed")
	}
	if p := plansOf(s)[before].Plan(); p.Steps[1].Day != 8 || p.Steps[2].Day != 15 {
		t.Errorf("one more day gives %+v", p.Steps)
	}
	for day := 2; day <= 3; day++ {
		on(day, 21)
		leaf(10)
		s.contains(s.get("/"), "What would help now")
		s.contains(s.want(200, did("what", "returned", "from", "/")), "Your plan stays as it is")
		s.clock.set(s.clock.now.Add(time.Hour))
		leaf(1)
		if strings.Contains(s.get("/").body, "What would help now") {
			t.Error("it asks twice on one day")
		}
	}
	// A reason that is named beside a plan stands before its amounts.
	r = s.want(200, s.post("/plan/compare", typedPlan("flag", "liver")...))
	s.contains(r, "This needs a clinician first", "See a clinician today", "Your plan")
	if strings.Contains(r.body, "Your plan has") || strings.Contains(r.body, "The whole plan") {
		t.Error("the plan goes on beside what needs a clinician")
	}
	s.contains(s.get("/plan"), "Three or more of the last seven days were over plan", "At or under plan on 0 of 2 days", "an old amount can be too much")
	before = len(plansOf(s))
	if r = did("what", "stretched", "days", ""); len(plansOf(s)) != before {
		t.Error("slowed down by a number that nobody typed")
	}
	s.want(200, did("what", "stretched", "days", "3"))
	s.want(200, did("what", "held"))
	on(20, 12)
	r = s.get("/")
	s.contains(r, "on hold since", "Your plan has 9 g today")
	if strings.Contains(r.body, "an old amount can be too much") {
		t.Error("days of which nothing is known are taken for a break")
	}
	place.Record(t, s.app, journal.Event{At: s.clock.now.AddDate(0, 0, -1), Body: &journal.None{}})
	s.contains(s.get("/"), "an old amount can be too much")
	s.want(200, did("what", "resumed"))
	s.contains(s.get("/plan"), "Next step", "At or under plan on 1 of 4 days")
	// Days without an entry counted neither way. A very hard day is not passed over.
	eight := 8
	place.Record(t, s.app, journal.Event{At: s.clock.now, Body: &journal.CheckIn{Rough: &eight}})
	s.contains(s.get("/"), "The last days look very hard", "You can hold the plan at this amount", `href="/help"`)
	// And what needs a clinician stands before it.
	place.Record(t, s.app, journal.Event{At: s.clock.now, Body: &journal.BodyChange{Change: "seizure"}})
	r = s.get("/")
	s.contains(r, "something that needs a clinician")
	if strings.Contains(r.body, "9 g today") {
		t.Error("the plan goes on beside a seizure")
	}
	s.want(200, did("what", "ended"))
	if strings.Contains(s.get("/").body, "Your plan") || len(plansOf(s)) < 6 {
		t.Error("an ended plan is shown, or its history is lost")
	}
}

// An amount of the person's own on the first day: the page counts from what the
// plan began with, goes back up to it, and lists no day before the first.
func TestAnotherAmountOnTheFirstDayOfAPlan(t *testing.T) {
	s := newSite(t, 0)
	s.want(200, s.post("/plan/use", typedPlan("strategy1", "step", "size1", "1", "every1", "30", "pace", "1", "seen", "1", "begins", "2026-11-22")...))
	s.clock.set(s.clock.now.Add(time.Minute))
	s.want(200, s.post("/plan/change", "what", "jumped", "to", "7", "seen", "1"))
	r := s.get("/plan")
	s.contains(r, "Your plan came down from 9 g a day to 7 g", "Nov 22: 7 g")
	if strings.Contains(r.body, "Oct") {
		t.Error("the plan lists days before its first")
	}
	s.clock.set(s.clock.now.Add(time.Minute))
	s.contains(s.want(200, s.post("/plan/change", "what", "jumped", "to", "9")), "Your plan has 9 g today")
}

// plansOf are the events of plans, in order.
func plansOf(s *site) []*journal.Entry {
	var list []*journal.Entry
	for _, e := range s.journal().All() {
		if e.Plan() != nil {
			list = append(list, e)
		}
	}
	return list
}
