package diary

import (
	"math"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/journal"
)

type diarist struct {
	t *testing.T
	f journal.Fold
	n byte
}

func (d *diarist) add(at string, p journal.Payload) {
	d.t.Helper()
	when, err := time.Parse("2006-01-02 15:04 -0700", at)
	if err != nil {
		d.t.Fatal(err)
	}
	d.n++
	e := journal.Event{At: when, Body: p}
	e.Stamp(when)
	d.f.Apply(journal.ID{15: d.n}, e)
}

func (d *diarist) read(now string) []Day {
	at, err := time.Parse("2006-01-02 15:04 -0700", now)
	if err != nil {
		d.t.Fatal(err)
	}
	return Read(d.f.Journal(), at)
}

// What is known of the hours since a dose: nothing on an unknown day; on the
// first known day after it, that none was taken since midnight.
func TestHoursSince(t *testing.T) {
	d := diarist{t: t}
	calm := 5
	check := &journal.CheckIn{Calm: &calm}
	d.add("2026-11-10 09:00 -0500", check) // before any dose, on an unknown day
	d.add("2026-11-11 06:00 -0500", check) // 6 h after midnight of a known day
	d.add("2026-11-11 08:00 -0500", &journal.Dose{Amount: 3, Unit: "g"})
	d.add("2026-11-11 10:00 -0500", check) // 2 h after, 12 h before the next
	d.add("2026-11-11 22:00 -0500", &journal.Dose{Amount: 3, Unit: "g"})
	d.add("2026-11-12 07:00 -0500", check) // 9 h after, known from the day before
	d.add("2026-11-12 21:00 -0500", &journal.None{})
	d.add("2026-11-14 07:00 -0500", check) // nobody knows of the 13th
	d.add("2026-11-14 08:00 -0500", &journal.Dose{Amount: 3, Unit: "g"})
	d.add("2026-11-15 07:00 -0500", check) // today: not over
	days := d.read("2026-11-15 09:00 -0500")
	if len(days) != 5 {
		t.Fatalf("%d days", len(days))
	}
	for _, c := range []struct {
		day, check   int
		since, until float64
		exact        bool
	}{
		{0, 0, math.NaN(), math.Inf(1), false},
		{1, 0, 6, 2, false},
		{1, 1, 2, 12, true},
		{2, 0, 9, math.Inf(1), true},
		{4, 0, 7, 1, false},
	} {
		got := days[c.day].Checks[c.check]
		same := got.Since == c.since || math.IsNaN(got.Since) && math.IsNaN(c.since)
		if !same || got.Until != c.until || got.Exact != c.exact {
			t.Errorf("%s: %v h since (exact %v), %v h until; want %v (%v), %v", days[c.day].Date, got.Since, got.Exact, got.Until, c.since, c.exact, c.until)
		}
	}
	for i, want := range []bool{false, true, true, false, true} {
		if days[i].Known != want {
			t.Errorf("%s known: %v", days[i].Date, days[i].Known)
		}
	}
}

func TestWhatNobodyRatedIsNoNumber(t *testing.T) {
	d := diarist{t: t}
	calm, hours := 5, 6.5
	d.add("2026-11-10 09:00 -0500", &journal.CheckIn{Calm: &calm})
	d.add("2026-11-10 10:00 -0500", &journal.CheckIn{SleepHours: &hours})
	d.add("2026-11-10 11:00 -0500", &journal.Substance{Class: "alcohol"})
	day := d.read("2026-11-11 09:00 -0500")[0]
	if len(day.Checks) != 1 || day.Mean(Calm) != 5 || !math.IsNaN(day.Mean(Mood)) || day.Sleep != 6.5 || !day.Alcohol || day.Known {
		t.Errorf("%+v", day)
	}
	if got := (&diarist{t: t}).read("2026-11-11 09:00 -0500"); got != nil {
		t.Errorf("an empty journal has days: %v", got)
	}
}
