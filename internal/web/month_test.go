package web_test

import (
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/journal"
)

// The month of somebody who just began says what is missing and makes nothing
// up; with reasons written, it counts them and leads to the days.
func TestMonthSaysWhatItRestsOn(t *testing.T) {
	t.Parallel()
	empty := newSite(t, 0)
	empty.contains(empty.want(200, empty.get("/month")), "Nothing to show yet")
	s := newSite(t, 0)
	at := func(daysAgo, hour int) time.Time {
		return time.Date(evening.Year(), evening.Month(), evening.Day()-daysAgo, hour, 0, 0, 0, evening.Location())
	}
	var list []app.Draft
	for i := range 20 {
		list = append(list, app.Draft{Event: journal.Event{At: at(5-i/4, 8+2*(i%4)), Body: &journal.Dose{Amount: 3, Unit: "g", Reasons: []journal.Reason{"pain"}}}})
	}
	if _, err := s.app.Write(t.Context(), func(*app.Tx) ([]app.Draft, error) { return list, nil }); err != nil {
		t.Fatal(err)
	}
	r := s.want(200, s.get("/month"))
	s.contains(r, "5 of 5 days are known", "You gave a reason for 20 of 20 doses", "“Pain”: 20 (100 %, likely 84 to 100 %)", "Doses without a reason are not counted", `href="/journal?before=2026-11-22"`,
		"11 more days with a check-in both soon and long after a dose")
}

// Today speaks of one sentence that took weeks to show. Put away, it stays away,
// and nothing new comes within the week; turned off, none comes at all.
func TestTodaySaysOneSentenceUntilItIsPutAway(t *testing.T) {
	t.Parallel()
	s := newSite(t, 0)
	var list []app.Draft
	for day := range 56 {
		at := time.Date(evening.Year(), evening.Month(), evening.Day()-56+day, 8, 0, 0, 0, evening.Location())
		list = append(list, app.Draft{Event: journal.Event{At: at, Body: &journal.Dose{Amount: float64(1 + day/7), Unit: "g"}}})
	}
	if _, err := s.app.Write(t.Context(), func(*app.Tx) ([]app.Draft, error) { return list, nil }); err != nil {
		t.Fatal(err)
	}
	const sentence = "Over 8 weeks the amount of leaf a day, in g, rose"
	r := s.want(200, s.get("/"))
	s.contains(r, sentence, `name="id" value="creep grams insight.creep.up.grams"`)
	s.contains(s.want(200, s.post("/insight", "id", "creep grams insight.creep.up.grams")), "It is put away")
	if r := s.want(200, s.get("/")); strings.Contains(r.body, sentence) {
		t.Error("it is still there")
	}
	told := s.journal().Settings().Told
	if told == nil || told.On != journal.DateOf(evening) || len(told.IDs) != 1 {
		t.Errorf("remembered: %+v", told)
	}
	again := newSite(t, 0)
	if _, err := again.app.Write(t.Context(), func(*app.Tx) ([]app.Draft, error) { return list, nil }); err != nil {
		t.Fatal(err)
	}
	again.contains(again.want(200, again.post("/insight", "off", "1")), "shows no such sentences now")
	again.contains(again.want(200, again.get("/month")), sentence)
	if r := again.want(200, again.get("/")); strings.Contains(r.body, sentence) {
		t.Error("turned off, it is still there")
	}
}
