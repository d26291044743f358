package exposure

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/journal"
)

// habit is n days of tablets at the given hours, the last of them days ago.
func habit(d *diary, n, daysAgo int, clock ...int) {
	p := d.add(100*24*time.Hour, tablet("white", 15))
	for day := range n {
		for _, h := range clock {
			at := time.Date(evening.Year(), evening.Month(), evening.Day()-daysAgo-day, h, 0, 0, 0, evening.Location())
			if !at.After(evening) {
				d.add(evening.Sub(at), &journal.Dose{Product: p, Amount: 1, Unit: "tablet"})
			}
		}
	}
}

// A line rises right after a dose: there is a point at the dose and one five
// minutes later, and none of the points before it has any of it.
func TestPointsStandAtDoseTimes(t *testing.T) {
	var d diary
	p := d.add(100*time.Hour, tablet("white", 15))
	d.add(3*time.Hour+7*time.Minute, &journal.Dose{Product: p, Amount: 1, Unit: "tablet"})
	c := Around(d.f.Journal(), evening)
	if len(c.Taken) != 1 || !c.Taken[0].Equal(evening.Add(-187*time.Minute)) {
		t.Fatalf("taken %v", c.Taken)
	}
	at := map[int]float64{}
	for i, p := range c.Points {
		if i > 0 && !p.At.After(c.Points[i-1].At) {
			t.Fatalf("point %d at %v does not follow %v", i, p.At, c.Points[i-1].At)
		}
		m := int(math.Round(p.At.Sub(c.Taken[0]).Minutes()))
		at[m] = p.SevenOH.Mid
		if m <= 0 && p.SevenOH.Mid > 0 {
			t.Errorf("%v nM %d minutes before the dose", p.SevenOH.Mid, -m)
		}
	}
	for _, m := range []int{0, 5, 10, 30} {
		if _, ok := at[m]; !ok {
			t.Errorf("no point %d minutes after the dose: %v", m, at)
		}
	}
	if !(at[30] > at[10] && at[10] >= at[5]) {
		t.Errorf("it does not rise: %v %v %v", at[5], at[10], at[30])
	}
	if got := c.Points[c.Now].At; !got.Equal(evening) {
		t.Errorf("now is %v", got)
	}
}

// The same doses every day: each body's share of its own usual peak has no
// spread where it peaks, and today's peak is the usual one. The level itself
// differs several times over between people.
func TestActingIsAShareOfTheUsualPeak(t *testing.T) {
	var d diary
	habit(&d, 10, 0, 8, 13)
	c := Around(d.f.Journal(), evening)
	if c.UsualDays != 9 {
		t.Errorf("%d days of use before today, want 9", c.UsualDays)
	}
	high, wide := Level{}, 1.0
	for _, p := range c.Points {
		if p.Acting.Mid > high.Mid {
			high, wide = p.Acting, p.SevenOH.High/p.SevenOH.Low
		}
	}
	if math.Abs(high.Mid-1) > 0.05 || high.Low < 0.9 || high.High > 1.1 {
		t.Errorf("the peak is %v of the usual one", high)
	}
	if wide < 1.5 {
		t.Errorf("the level there spreads by %v only", wide)
	}
}

// Fewer than three days of use are no usual: what acts is then a share of the
// highest of these hours.
func TestNoUsualOutOfTwoDays(t *testing.T) {
	var d diary
	habit(&d, 3, 0, 8)
	c := Around(d.f.Journal(), evening)
	high := 0.0
	for _, p := range c.Points {
		high = max(high, p.Acting.High)
	}
	if c.UsualDays != 0 || math.Abs(high-1) > 1e-9 {
		t.Errorf("%d days, highest %v", c.UsualDays, high)
	}
}

// Days without an entry are unknown: nothing stands on firm ground a day after
// one, until most of the day before has entries again.
func TestGaps(t *testing.T) {
	today := time.Date(2026, 11, 22, 0, 0, 0, 0, evening.Location())
	for _, c := range []struct {
		name    string
		entries []int // hours from the midnight of today at which something was taken
		at      int   // hours from that midnight
		want    bool
	}{
		{"yesterday and today have entries", []int{-16, 8}, 19, false},
		{"nothing yesterday, early today", []int{-40, 8}, 9, true},  // 15 of 24 h unknown
		{"nothing yesterday, late today", []int{-40, 8}, 13, false}, // 11 of 24 h
		{"nothing yet this morning", []int{-16}, 9, false},          // 9 h
		{"nothing all day", []int{-16}, 19, true},                   // 19 h
		{"what is to come is not missing", []int{-16, 8}, 30, false},
	} {
		var d diary
		p := d.add(200*time.Hour, tablet("white", 15))
		for _, h := range c.entries {
			d.add(evening.Sub(today.Add(time.Duration(h)*time.Hour)), &journal.Dose{Product: p, Amount: 1, Unit: "tablet"})
		}
		if got := gapsOf(d.f.Journal(), evening)(today.Add(time.Duration(c.at) * time.Hour)); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// BenchmarkAround is the curve of somebody who takes 7-OH five times a day.
func BenchmarkAround(b *testing.B) {
	for _, times := range []int{2, 5, 12} {
		b.Run(fmt.Sprint(times, " a day"), func(b *testing.B) {
			var d diary
			var clock []int
			for i := range times {
				clock = append(clock, 8+i)
			}
			habit(&d, 14, 0, clock...)
			j := d.f.Journal()
			for b.Loop() {
				Around(j, evening)
			}
		})
	}
}
