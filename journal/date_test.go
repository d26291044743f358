package journal

import (
	"testing"
	"time"
)

// Days follow on each other in every zone, also where the clocks are put forward
// at midnight and that hour is not there: in Chile on 6 September 2026.
func TestStartOfDay(t *testing.T) {
	for _, c := range []struct{ zone, from, want string }{
		{"America/Santiago", "2026-09-05T20:00:00-04:00", "2026-09-06T01:00:00-03:00"},
		{"America/Santiago", "2026-09-06T20:00:00-03:00", "2026-09-07T00:00:00-03:00"},
		{"America/Havana", "2026-03-07T00:30:00-05:00", "2026-03-08T01:00:00-04:00"},
		{"Africa/Cairo", "2026-04-23T12:00:00+02:00", "2026-04-24T01:00:00+03:00"},
		{"Europe/Madrid", "2026-03-28T12:00:00+01:00", "2026-03-29T00:00:00+01:00"},
		{"UTC", "2026-02-28T23:59:00Z", "2026-03-01T00:00:00Z"},
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		from, err := time.Parse(time.RFC3339, c.from)
		if err != nil {
			t.Fatal(err)
		}
		if got := StartOfDay(from.In(zone), 1).Format(time.RFC3339); got != c.want {
			t.Errorf("%s, the day after %s begins %s, want %s", c.zone, c.from, got, c.want)
		}
		day := from.In(zone).AddDate(0, 0, -1)
		for range 400 {
			next := StartOfDay(day, 1)
			if DateOf(next) != DateOf(day).Add(1) || !StartOfDay(next, 0).Equal(next) {
				t.Fatalf("%s: after %s comes %s", c.zone, day, next)
			}
			day = next
		}
	}
}
