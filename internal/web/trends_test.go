package web_test

import (
	"strings"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app"
	"github.com/evenkeel/evenkeel/journal"
)

// Two days with doses, an unknown one between, a "none": what is unknown is
// drawn, read out, listed and counted as unknown, never as zero.
func TestTrendsKeepUnknownDaysUnknown(t *testing.T) {
	t.Parallel()
	s := newSite(t, 0)
	at := func(daysAgo, hour int) time.Time {
		return time.Date(evening.Year(), evening.Month(), evening.Day()-daysAgo, hour, 0, 0, 0, evening.Location())
	}
	dose := &journal.Dose{Amount: 3, Unit: "g"}
	var list []app.Draft
	for _, e := range []journal.Event{{At: at(4, 8), Body: dose}, {At: at(4, 14), Body: dose}, {At: at(2, 8), Body: dose}, {At: at(1, 21), Body: &journal.None{}},
		{At: at(2, 9), Body: &journal.Spending{Amount: 20, Currency: "USD"}}} {
		list = append(list, app.Draft{Event: e})
	}
	if _, err := s.app.Write(t.Context(), func(*app.Tx) ([]app.Draft, error) { return list, nil }); err != nil {
		t.Fatal(err)
	}
	r := s.want(200, s.get("/trends"))
	s.contains(r, "3 of 4 days", "Thu, Nov 19: unknown", "Wed, Nov 18: 2 doses", "Sat, Nov 21: 0 doses", "20.00 USD", "November 2026", `class="blank"`, "Sun, Nov 22: unknown")
	if strings.Count(r.body, "square-unknown") != 2 || strings.Count(r.body, "square-none") != 1 || strings.Count(r.body, "square-known") != 2 {
		t.Error("the calendar does not tell the days apart")
	}
	s.contains(s.want(200, s.get("/trends?days=364")), "Week", "Nov 18–Nov 22")
	s.want(422, s.get("/trends?days=5"))
	empty := newSite(t, 0)
	empty.contains(empty.want(200, empty.get("/trends")), "Nothing to show yet")
}
