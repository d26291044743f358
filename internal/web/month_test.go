package web_test

import (
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
