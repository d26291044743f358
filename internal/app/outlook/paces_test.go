package outlook_test

import (
	"context"
	"slices"
	"testing"

	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/internal/demo"
	"github.com/evenkeel/evenkeel/internal/testkit/cpu"
	"github.com/evenkeel/evenkeel/internal/testkit/place"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/taper"
)

// six are paces of all kinds, numbers chosen to last about three months.
var six = []taper.Pace{
	{Strategy: taper.Percent, Size: 10, Every: 7},
	{Strategy: taper.Percent, Size: 5, Every: 6},
	{Strategy: taper.Fixed, Size: 1, Every: 7},
	{Strategy: taper.Occupancy, Size: 12, Every: 7},
	{Strategy: taper.Fewer, Every: 21},
	{Strategy: taper.Gaps, Size: 60, Every: 10},
}

func TestPacesSideBySide(t *testing.T) {
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
	paces := append([]taper.Pace{{Strategy: taper.Table, Rows: []taper.Row{{Day: 0, Amount: 0}}}}, six[:5]...)
	w, err := look.Paces(ctx, j, now, start, 0, paces)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("start %+v from %+v, half of the receptors taken, others %d, days %d", start.Day, start.From, w.Others, w.Days)
	for _, x := range w.List {
		if x.Err != nil {
			t.Errorf("%+v: %v", x.Pace, x.Err)
			continue
		}
		t.Logf("%-9s %d days, needs %.1f, worst %+v on %+v", x.Pace.Strategy, x.Length(), x.Needs(), x.Course.WorstLevel, x.Course.WorstDay.Median)
		if len(x.Course.Levels) != w.Days+1 {
			t.Errorf("%d days of bands", len(x.Course.Levels))
		}
	}
	// By the doses alone, stopping at once is never milder on its first days than
	// a percent a week.
	stop, slow := w.List[0].Course.Doses, w.List[1].Course.Doses
	for d := 2; d < 5; d++ {
		if stop[d].High80 < slow[d].High80-0.01 {
			t.Errorf("day %d: stopping %v, ten percent a week %v", d, stop[d].High80, slow[d].High80)
		}
	}
	// The same question has the same answer.
	again, err := look.Paces(ctx, j, now, start, 0, paces)
	if err != nil || again.List[1].Course.Levels[20] != w.List[1].Course.Levels[20] {
		t.Error("the same paces give other bands")
	}
}

// Somebody without a journal types how it is, and gets people in general.
func TestPacesWithoutAJournal(t *testing.T) {
	ctx := context.Background()
	a := place.InMemory(t)
	look := outlook.New(a)
	s := taper.Start{ProductName: "7-OH", Unit: "mg", Grain: 5, Day: taper.Pattern{{Minute: 480, Grains: 6}, {Minute: 960, Grains: 6}, {Minute: 1320, Grains: 6}}}
	paces := []taper.Pace{six[0], {Strategy: taper.Table, Rows: []taper.Row{{Day: 0, Amount: 0}}}}
	w, err := look.Paces(ctx, place.Read(t, a), a.Now(ctx), s, 0, paces)
	if err != nil || !w.General || w.List[0].Err != nil || w.List[1].Err != nil || w.Days < 14 {
		t.Fatalf("%+v, %v", w, err)
	}
	// 90 mg of 7-OH a day for long, and then none: the doses' part of the worst
	// day is felt. A body that had taken nothing would feel nothing.
	if stop := w.List[1].Course; stop.WorstSOWS.Median < 5 || stop.Doses[2].Median < 0.5 {
		t.Errorf("stopping: worst by the doses %v, day 2 %v", stop.WorstSOWS, stop.Doses[2])
	}
}

// BenchmarkPaces is what a person waits for who compares six paces: 250 draws over
// 90 days each, the fit apart.
func BenchmarkPaces(b *testing.B) {
	ctx := context.Background()
	a := place.InMemory(b)
	look := outlook.New(a)
	if err := demo.Fill(ctx, a, 1, demo.Days); err != nil {
		b.Fatal(err)
	}
	j, now := place.Read(b, a), a.Now(ctx)
	start, _ := taper.Begin(j, journal.DateOf(now), 0.25)
	for _, c := range []struct {
		name string
		step int // the paces that change from one look to the next
	}{{"six anew", 6}, {"one of six anew", 1}} {
		b.Run(c.name, func(b *testing.B) {
			var w outlook.Paces
			paces := slices.Clone(six)
			since, n := cpu.Seconds(), 0
			for b.Loop() {
				n++
				paces[0].Size = 10 + float64(n%500)/10 // as somebody tries numbers
				for i := 1; i < c.step; i++ {
					paces[i].Every = six[i].Every + n%13
				}
				var err error
				if w, err = look.Paces(ctx, j, now, start, 0, paces); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(w.Days), "days")
			b.ReportMetric(1000*(cpu.Seconds()-since)/float64(b.N), "cpu-ms/op")
		})
	}
}
