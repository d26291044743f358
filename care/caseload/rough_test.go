package caseload

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/journal"
)

// People whose days wander round the same figure, each day going on from the one
// before, are seldom said to be rougher or less rough, though somebody looks every day for
// a quarter of a year: 8 of 100 at most.
func TestWanderingDaysAreNoChange(t *testing.T) {
	rng := rand.New(rand.NewPCG(14, 3))
	const people, looks = 400, 90
	fooled := 0
	for range people {
		phi, usual, spread := 0.6*rng.Float64(), 2+5*rng.Float64(), 0.8+rng.Float64()
		today := journal.Date("2026-06-01")
		x := rng.NormFloat64()
		var days []care.Day
		hit := false
		for d := range 42 + looks {
			x = phi*x + math.Sqrt(1-phi*phi)*rng.NormFloat64()
			if rough := math.Round(min(max(usual+spread*x, 0), 10)); rng.Float64() < 0.8 {
				days = append(days, care.Day{Date: today, Rough: &rough})
			}
			if d >= 42 {
				l := look{Row: &Row{}, p: &care.Projection{Trends: days}, now: today.Time(), today: today}
				l.rough()
				hit = hit || l.Rough.Shows
			}
			today = today.Add(1)
		}
		if hit {
			fooled++
		}
	}
	if fooled > people*8/100 {
		t.Errorf("%d of %d people were said to change", fooled, people)
	}
}

// What valid calls a day is what package journal reads as one.
func TestValid(t *testing.T) {
	for _, d := range []journal.Date{"2026-11-24", "2024-02-29", "2026-02-29", "2026-04-31", "2026-00-10", "2026-13-01", "2026-1-01", "", "2026-11-2x", "2026-11-00", "2000-02-29", "1900-02-29", "9999-99-99"} {
		_, err := journal.ParseDate(string(d))
		if valid(d) != (err == nil) {
			t.Errorf("valid(%q) = %v, and it is read with %v", d, valid(d), err)
		}
	}
}

// BenchmarkList orders the list of 5,000 people with 90 days each.
func BenchmarkList(b *testing.B) {
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	rng := rand.New(rand.NewPCG(1, 1))
	list := make([]care.Received, 5000)
	for i := range list {
		p := &care.Projection{Made: now, Consent: journal.Consent{Patient: string(rune('a' + i%26)), Until: "2027-01-01"}, Contact: &care.Contact{LastCheckIn: journal.DateOf(now).Add(-rng.IntN(12))}}
		for d := range 90 {
			rough := float64(rng.IntN(11))
			p.Trends = append(p.Trends, care.Day{Date: journal.DateOf(now).Add(d - 89), Rough: &rough})
		}
		list[i] = care.Received{Shown: p, Since: now, Asked: now}
	}
	for b.Loop() {
		Of(list, now)
	}
}
