package outlook_test

import (
	"context"
	"testing"

	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/internal/demo"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/testkit/cpu"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/taper"
)

// under is a least plan's limits: a ceiling, days a step, nothing else.
func under(ceiling float64, every int) taper.Pace {
	return taper.Pace{Strategy: taper.Lowest, Limits: taper.Limits{Ceiling: ceiling, Share: 0.8, Every: every, Days: taper.MostPlanned}}
}

func sevenOH() taper.Start {
	return taper.Start{ProductName: "7-OH", Unit: "mg", Grain: 5, Day: taper.Pattern{{Minute: 480, Grains: 6}, {Minute: 960, Grains: 6}, {Minute: 1320, Grains: 6}}}
}

// A least plan keeps to what was set, in a share of the draws on each day and in
// fewer of them on all days; a tighter one is nowhere lower; another start says
// why there is none.
func TestTheLeastPlanOfAPerson(t *testing.T) {
	ctx := context.Background()
	a := place.InMemory(t)
	look := outlook.New(a)
	if err := demo.Fill(ctx, a, 1, demo.Days); err != nil {
		t.Fatal(err)
	}
	j, now := place.Read(t, a), a.Now(ctx)
	start, ok := taper.Begin(j, journal.DateOf(now), 0.25)
	if !ok {
		t.Fatal("no start from two months")
	}
	slow := under(2, 7)
	slow.Limits.Largest = 25
	for _, s := range []taper.Start{start, sevenOH()} {
		w, err := look.Paces(ctx, j, now, s, 0, []taper.Pace{under(1.5, 7), under(2, 7), under(4, 7), under(2, 1), slow})
		if err != nil {
			t.Fatal(err)
		}
		var before *outlook.Way
		for i := range w.List {
			x := &w.List[i]
			if x.Err != nil {
				if i > 0 || !fault.Is(x.Err, fault.Invalid) {
					t.Errorf("%+v: %v", x.Pace.Limits, x.Err)
				}
				continue // too tight for who takes 7-OH three times a day
			}
			c := x.Least
			if c == nil || c.Lowest < 0.8-1e-9 || c.Joint > c.Lowest || c.Joint < 0.3 || len(c.Binds) == 0 {
				t.Fatalf("%+v: %s, %v on a day, %v on all", x.Pace.Limits, c.Proof, c.Lowest, c.Joint)
			}
			for d := range c.Bound {
				if x.On(d).Grains() < c.Bound[d] {
					t.Errorf("%+v: day %d has %d grains, no plan can be under %d", x.Pace.Limits, d, x.On(d).Grains(), c.Bound[d])
				}
			}
			if i > 0 && i < 3 && before != nil {
				for d := range taper.MostPlanned {
					if x.On(d).Grains() > before.On(d).Grains() {
						t.Errorf("day %d: a looser ceiling has more", d)
					}
				}
			}
			before = x
		}
		if w.List[4].Length() < w.List[1].Length() || w.List[4].On(0).Grains() < s.Day.Grains()*3/4 {
			t.Errorf("steps of a quarter: %d days", w.List[4].Length())
		}
	}
	unknown := taper.Start{ProductName: "a blend", Unit: "spoon", Grain: 1, Day: taper.Pattern{{Minute: 480, Grains: 2}}}
	w, err := look.Paces(ctx, j, now, unknown, 0, []taper.Pace{under(2, 7)})
	if err != nil || !w.Guessed || !fault.Is(w.List[0].Err, fault.Invalid) {
		t.Errorf("unknown strength: %+v, %v", w.List, err)
	}
}

// BenchmarkLeast is what a person waits for who asks for one least plan: 500
// draws over 180 days with its proof, and the bands of it and of going on. The
// fit is there already where it is of the journal.
func BenchmarkLeast(b *testing.B) {
	ctx := context.Background()
	a := place.InMemory(b)
	look := outlook.New(a)
	if err := demo.Fill(ctx, a, 1, demo.Days); err != nil {
		b.Fatal(err)
	}
	j, now := place.Read(b, a), a.Now(ctx)
	start, _ := taper.Begin(j, journal.DateOf(now), 0.25)
	long := sevenOH()
	long.Grain, long.Day = 1, taper.Pattern{{Minute: 480, Grains: 60}, {Minute: 780, Grains: 60}, {Minute: 1020, Grains: 60}, {Minute: 1320, Grains: 60}}
	for _, c := range []struct {
		name  string
		start taper.Start
		pace  taper.Pace
	}{{"weekly", start, under(1, 7)}, {"daily", start, under(1, 1)}, {"long-weekly", long, under(3, 7)}, {"long-daily", long, under(3, 1)}} {
		b.Run(c.name, func(b *testing.B) {
			var w outlook.Paces
			since := cpu.Seconds()
			for b.Loop() {
				var err error
				c.pace.Limits.Ceiling += 1e-3 // what was asked before is kept
				if w, err = look.Paces(ctx, j, now, c.start, 0, []taper.Pace{c.pace}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(1000*(cpu.Seconds()-since)/float64(b.N), "cpu-ms/op")
			if x := w.List[0]; x.Err == nil {
				b.ReportMetric(float64(x.Length()), "days")
			} else {
				b.Log(x.Err)
			}
		})
	}
}
