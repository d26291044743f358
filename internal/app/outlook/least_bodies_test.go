package outlook

import (
	"context"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/taper"
)

// On a small ladder every plan is tried with the model's own bodies: none that
// keeps to the limits is under the bound on any day, nor, where the plan is proven
// to be the lowest, under the plan.
func TestNoPlanOfTheModelIsUnderTheLeastOne(t *testing.T) {
	a := place.InMemory(t)
	r := New(a)
	j, now := place.Read(t, a), time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	const draws, days, tail = 100, 24, 7
	proven := 0
	for _, c := range []struct {
		start   taper.Start
		ceiling float64
		every   int
	}{
		{taper.Start{ProductName: "7-OH", Unit: "mg", Grain: 15, Day: taper.Pattern{{Minute: 480, Grains: 2}, {Minute: 900, Grains: 2}, {Minute: 1320, Grains: 2}}}, 3, 4},
		{taper.Start{ProductName: "7-OH", Unit: "mg", Grain: 15, Day: taper.Pattern{{Minute: 480, Grains: 2}, {Minute: 900, Grains: 2}, {Minute: 1320, Grains: 2}}}, 4, 3},
		{taper.Start{ProductName: "7-OH", Unit: "mg", Grain: 20, Day: taper.Pattern{{Minute: 480, Grains: 3}, {Minute: 1200, Grains: 3}}}, 5, 4},
		{taper.Start{ProductName: "leaf", Unit: "g", Grain: 2, Kind: &journal.Product{Form: journal.LeafPowder, Units: []journal.Unit{{Name: "g", Grams: 1}}}, Day: taper.Pattern{{Minute: 480, Grains: 2}, {Minute: 900, Grains: 2}, {Minute: 1200, Grains: 2}}}, 1.5, 3},
	} {
		person, b, err := r.bodyFor(context.Background(), j, now, &c.start)
		if err != nil {
			t.Fatal(err)
		}
		person = person.Fewer(draws)
		ladder, err := taper.NewLadder(&c.start, 0)
		if err != nil {
			t.Fatal(err)
		}
		d, err := b.days(context.Background(), person, ladder)
		if err != nil {
			t.Fatal(err)
		}
		s, cert, err := taper.LeastPlan(context.Background(), c.start, ladder, taper.Limits{Ceiling: c.ceiling, Share: 0.8, Every: c.every, Days: days}, bodies{d})
		if err != nil {
			t.Fatal(err)
		}
		if cert.Proof == taper.Least {
			proven++
		}
		total := 0
		for _, n := range d.Copies() {
			total += n
		}
		tried, kept := 0, 0
		var path []int
		var all func(day, before int)
		all = func(day, before int) {
			if day == days {
				kept++
				for k, level := range path {
					grains, on := ladder[level].Grains(), k*c.every
					if cert.Bound != nil && grains < cert.Bound[on] {
						t.Fatalf("day %d: a plan has %d grains, the bound %d", on, grains, cert.Bound[on])
					}
					if cert.Proof == taper.Least && grains < s.On(on).Grains() {
						t.Fatalf("day %d: a plan has %d grains, the least %d", on, grains, s.On(on).Grains())
					}
				}
				return
			}
			n := c.every
			if day+n >= days {
				n = days - day + tail
			}
			mark := 1000 + day // the planner's own are below
			if day == 0 {
				mark = 0
			}
			for level := before; level >= 0; level-- {
				tried++
				peaks, over := make([]float32, n), make([]int, n)
				for i, copies := range d.Copies() {
					d.Follow(i, day, level, mark, 1000+day+c.every, -1, peaks)
					for k, v := range peaks {
						if v > float32(c.ceiling) {
							over[k] += copies
						}
					}
				}
				most := 0
				for _, k := range over {
					most = max(most, k)
				}
				if float64(most) > 0.2*float64(total)+1e-9 {
					continue
				}
				path = append(path, level)
				all(min(day+c.every, days), level)
				path = path[:len(path)-1]
			}
		}
		all(0, len(ladder)-1)
		t.Logf("ceiling %v, every %d days: %v, %s within %d; %d blocks tried, %d plans", c.ceiling, c.every, s.Steps, cert.Proof, cert.Within, tried, kept)
		if kept == 0 {
			t.Error("no plan was found, and the planner has one")
		}
	}
	if proven == 0 {
		t.Error("nothing was proven")
	}
}
