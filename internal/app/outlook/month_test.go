package outlook_test

import (
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/insight"
	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/journal"
)

// What is kept of a month follows each entry of a day that is over, also one of
// somebody who travels: noted at UTC-10 in the evening of yesterday, when at
// UTC+14 today had long begun and been written in.
func TestAKeptMonthFollowsTheEntries(t *testing.T) {
	a := place.InMemory(t)
	look := outlook.New(a)
	now := a.Now(t.Context())
	day := func(days, hour, offset int) time.Time {
		return time.Date(now.Year(), now.Month(), now.Day()+days, hour, 0, 0, 0, time.FixedZone("", offset*3600))
	}
	for _, c := range []struct {
		at          time.Time
		days, known int
	}{
		{day(-3, 8, -5), 3, 1},
		{now.Add(-time.Hour), 3, 1},
		{day(0, 1, 14), 3, 1},
		{day(-1, 20, -10), 3, 2},
		{day(-2, 9, -5), 3, 3},
	} {
		place.Record(t, a, journal.Event{At: c.at, Body: &journal.Dose{Amount: 2, Unit: "g"}})
		j := place.Read(t, a)
		got, want := look.Month(j, now), insight.Of(j, now)
		if got.Days != c.days || got.Known != c.known || want.Known != c.known {
			t.Errorf("after %v: %d of %d days are known, and read anew %d; want %d of %d", c.at, got.Known, got.Days, want.Known, c.known, c.days)
		}
	}
	if tomorrow := look.Month(place.Read(t, a), now.AddDate(0, 0, 1)); tomorrow.Days != 4 || tomorrow.Known != 4 {
		t.Errorf("a day later %d of %d days are known", tomorrow.Known, tomorrow.Days)
	}
}
