//go:build unix

package desk_test

import (
	"context"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/care/caseload"
	"github.com/evenkeel/evenkeel/internal/app/desk"
	"github.com/evenkeel/evenkeel/internal/store/sqlite"
	"github.com/evenkeel/evenkeel/journal"
)

const many = 5000

// large is a projection as somebody has it who shares all parts but the sheet: 90 days,
// two products a day, thirteen weekly scores, a plan.
func (s *sharer) large() care.Projection {
	p := s.projection(1)
	p.Consent.Parts = []string{"contact", "scores", "trends", "plan", "flags"}
	p.Flags = []care.Flag{}
	today := journal.DateOf(s.w.clock.Time)
	for i := range 90 {
		rough, craving, sleep, seven := float64(i%10), float64((i+int(s.id[0]))%10), 6.5, 31.25
		d := care.Day{Date: today.Add(i - 89), State: "doses", Doses: 4, Mitragynine: &seven, SevenOH: &seven, Rough: &rough, Craving: &craving, SleepHours: &sleep, Planned: &seven,
			Amounts: []care.Amount{{Product: "green leaf powder", Form: "powder", Amount: 12.5, Unit: "g"}, {Product: "7-OH tablets", Form: "tablet", Amount: 2, Unit: "tablet"}}}
		p.Trends = append(p.Trends, d)
		if i%7 == 0 {
			v := float64(i % 27)
			p.Scores = append(p.Scores, care.Score{Instrument: "phq9", Version: 1, Day: d.Date, Name: "total", Value: &v, Said: "14 of 27. In the study of Kroenke and others (2001) this range was called moderate."})
		}
	}
	p.Plan = &care.Plan{Product: "green leaf powder", Unit: "g", Begins: today.Add(-40), OverDays: 2, KnownDays: 13}
	return p
}

// crowd is a desk of many people in a file, made once for all benchmarks that use it.
func crowd(b *testing.B) (*world, string) {
	b.Helper()
	w, path := newWorld(b), filepath.Join(b.TempDir(), "desk.db")
	store, err := sqlite.Open(b.Context(), path)
	want(b, "open", err, "")
	d := w.on(store)
	want(b, "begin", d.Begin(b.Context(), clinic, "Ana", "ana's words"), "")
	want(b, "start", d.Start(b.Context(), home, ""), "")
	for i := range many {
		s := w.sharer(d, "Person "+time.Duration(i).String())
		s.put(s.large())
		s.post(false)
		if i%500 == 499 {
			w.poll(d)
		}
	}
	want(b, "close", d.Close(), "")
	return w, path
}

func (w *world) opened(b *testing.B, path string) *desk.Desk {
	b.Helper()
	store, err := sqlite.Open(b.Context(), path)
	want(b, "open", err, "")
	d := w.on(store)
	want(b, "unlock", d.Unlock(b.Context(), "Ana", "ana's words"), "")
	return d
}

// BenchmarkDesk opens a desk of 5,000 people as a new process does, after the
// passphrase was stretched, lists them by who needs a call, and shows one of them.
func BenchmarkDesk(b *testing.B) {
	w, path := crowd(b)
	ctx := context.Background()
	b.Run("Open", func(b *testing.B) {
		before := processorTime(b)
		for b.Loop() {
			want(b, "close", w.opened(b, path).Close(), "")
		}
		b.ReportMetric((processorTime(b)-before).Seconds()*1e3/float64(b.N), "cpu-ms/op")
	})
	d := w.opened(b, path)
	defer d.Close()
	list, err := d.Received(ctx)
	if err != nil || len(list) != many {
		b.Fatal(len(list), err)
	}
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	b.Run("List", func(b *testing.B) {
		before := processorTime(b)
		defer func() { b.ReportMetric((processorTime(b)-before).Seconds()*1e3/float64(b.N), "cpu-ms/op") }()
		b.ReportMetric(float64(m.HeapAlloc)/1e6, "MB")
		for b.Loop() {
			if rows, err := d.List(ctx); err != nil || len(rows) != many {
				b.Fatal(len(rows), err)
			}
		}
	})
	b.Run("Show", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			if _, err := d.Open(ctx, list[i%many].ID); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Poll", func(b *testing.B) { // with nothing new
		for b.Loop() {
			if done, err := d.Poll(ctx); err != nil || done.Unchanged != many {
				b.Fatal(done.Unchanged, err)
			}
		}
	})
	b.Run("Aggregates", func(b *testing.B) {
		for b.Loop() {
			if a := caseload.Aggregates(list, w.clock.Time); a.People != many {
				b.Fatal(a.People)
			}
		}
	})
}

// processorTime is what this process took of the processors so far: on a busy machine
// it says more than a clock.
func processorTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	want(b, "usage", syscall.Getrusage(syscall.RUSAGE_SELF, &u), "")
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
