package outlook_test

import (
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/internal/app/record"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/journal"
)

func TestTodayBesideWhatWasSet(t *testing.T) {
	ctx := t.Context()
	a := place.InMemory(t)
	blue, _, err := record.Product(ctx, a, journal.ID{}, journal.Product{Name: "blue", Form: journal.SevenOH, Units: []journal.Unit{{Name: "tablet", SevenOH: journal.Content{Basis: journal.Label, Mg: 15}}}})
	if err != nil {
		t.Fatal(err)
	}
	leaf, _, err := record.Product(ctx, a, journal.ID{}, journal.Product{Name: "leaf", Form: journal.Capsule, Units: []journal.Unit{{Name: "capsule", Grams: 0.6}}})
	if err != nil {
		t.Fatal(err)
	}
	now := a.Now(ctx)
	place.Record(t, a, journal.Event{At: now.Add(-time.Hour), Body: &journal.Dose{Product: blue, Amount: 2, Unit: "tablet"}},
		journal.Event{At: now.Add(-time.Hour), Body: &journal.Dose{Product: leaf, Amount: 5, Unit: "capsule"}},
		journal.Event{At: now.Add(-time.Hour), Body: &journal.Dose{Amount: 500, Unit: "mg"}})
	for _, c := range []struct {
		unit  string
		taken float64
		other int
	}{{"tablet", 2, 2}, {"Tablet", 2, 2}, {"capsule", 5, 2}, {"g", 3.5, 1}, {"mg", 530, 1}, {"mug", 0, 3}} {
		if err := record.Settings(ctx, a, journal.Settings{Daily: &journal.Daily{Amount: 4, Unit: c.unit}}); err != nil {
			t.Fatal(err)
		}
		j := place.Read(t, a)
		d := outlook.DailyOf(j, j.Day(journal.DateOf(now)))
		if d == nil || d.Taken != c.taken || d.Other != c.other {
			t.Errorf("%s: %+v, want %v and %d others", c.unit, d, c.taken, c.other)
		}
	}
	if err := record.Settings(ctx, a, journal.Settings{Daily: &journal.Daily{}}); err != nil {
		t.Fatal(err)
	}
	if j := place.Read(t, a); outlook.DailyOf(j, j.Day(journal.DateOf(now))) != nil {
		t.Error("an amount of 0 is still set")
	}
}

// Three doses of 0.1, 0.2 and 0.3 g are the 0.6 g that were set, neither a little
// more nor less.
func TestSumsOfTenths(t *testing.T) {
	ctx := t.Context()
	a := place.InMemory(t)
	now := a.Now(ctx)
	for _, n := range []float64{0.1, 0.2, 0.3} {
		place.Record(t, a, journal.Event{At: now, Body: &journal.Dose{Amount: n, Unit: "g"}})
	}
	if err := record.Settings(ctx, a, journal.Settings{Daily: &journal.Daily{Amount: 0.6, Unit: "g"}}); err != nil {
		t.Fatal(err)
	}
	j := place.Read(t, a)
	if d := outlook.DailyOf(j, j.Day(journal.DateOf(now))); d.Taken != d.Amount {
		t.Errorf("%v taken, %v set", d.Taken, d.Amount)
	}
}

// A dose on Thursday, none on Friday, nothing on Saturday: of the two whole days
// before Sunday one is unknown.
func TestUnknownDaysSinceADose(t *testing.T) {
	a := place.InMemory(t)
	now := a.Now(t.Context())
	place.Record(t, a, journal.Event{At: now.AddDate(0, 0, -3), Body: &journal.Dose{Amount: 1, Unit: "g"}}, journal.Event{At: now.AddDate(0, 0, -2), Body: &journal.None{}})
	if n := outlook.UnknownSince(place.Read(t, a), now.AddDate(0, 0, -3), now); n != 1 {
		t.Errorf("%d, want 1", n)
	}
	if n := outlook.UnknownSince(place.Read(t, a), now, now); n != 0 {
		t.Errorf("%d since now", n)
	}
}
