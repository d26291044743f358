package pkpd

import (
	"context"
	"testing"
)

// typicalHistory is thirty days of leaf, four times a day at uneven hours, with
// two scores a day, some of them after nights and skipped doses.
func typicalHistory() History {
	h := History{FromH: 0, NowH: 30*24 + 9.3, Products: []Content{{MitragynineLogSD: 0.3, SevenOHLogSD: 0.3}}}
	s := NewStream(99, 0)
	for d := range 30 {
		for k := range 4 {
			if d > 20 && k > 1 && d%3 == 0 {
				continue // lighter days, on which withdrawal shows
			}
			h.Intakes = append(h.Intakes, Intake{Dose{float64(24*d) + 8 + 4.2*float64(k) + 1.5*s.Uniform(), Leaf, 40 + 20*s.Uniform(), 0.2}, 0})
		}
		h.CheckIns = append(h.CheckIns,
			Rating{AtH: float64(24*d) + 7.5 + s.Uniform(), Kind: Rough, Score: 3},
			Rating{AtH: float64(24*d) + 20 + s.Uniform(), Kind: Rough, Score: 1})
	}
	h.Before = []PriorUse{{Form: Leaf, MitragynineMgDay: 180, TimesPerDay: 4, Days: 400}}
	return h
}

// invented fills in the scores of a person drawn from the prior.
func invented(h History, seed uint64) (History, *Person) {
	h, truth, err := Invent(h, FitOptions{Seed: seed})
	if err != nil {
		panic(err)
	}
	return h, truth
}

func hoursFrom(now, span, step float64) []float64 {
	var t []float64
	for h := 0.0; h <= span; h += step {
		t = append(t, now+h)
	}
	return t
}

// BenchmarkFitForecast is the whole of what a page waits for: 30 days with 4
// doses a day and 60 check-ins, fitted, and 14 days ahead with bands from 1000
// draws, two goroutines.
func BenchmarkFitForecast(b *testing.B) {
	h, _ := invented(typicalHistory(), 4)
	times := hoursFrom(h.NowH, 14*24, 3)
	b.ReportAllocs()
	var ess float64
	for b.Loop() {
		p, err := Fit(context.Background(), h, FitOptions{Seed: 1})
		if err != nil {
			b.Fatal(err)
		}
		if _, err = p.Forecast(context.Background(), SameAsNow(), times); err != nil {
			b.Fatal(err)
		}
		ess = p.Quality.ESS
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(b.N), "ms")
	b.ReportMetric(ess, "ess")
}

func BenchmarkForecast(b *testing.B) {
	h, _ := invented(typicalHistory(), 4)
	times := hoursFrom(h.NowH, 14*24, 3)
	p, err := Fit(context.Background(), h, FitOptions{Seed: 1})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err = p.Forecast(context.Background(), SameAsNow(), times); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(b.N), "ms")
}

func BenchmarkHistoryRun(b *testing.B) {
	h, _ := invented(typicalHistory(), 4)
	s, _ := h.sorted()
	pop := FitPrior()
	p := newProblem(&s, &pop)
	e := newEvaluator(p)
	theta := make([]float64, len(p.coords))
	for b.Loop() {
		e.run(theta)
	}
	b.ReportMetric(float64(len(p.record.ops)), "steps")
}

// BenchmarkManyProducts is a person with eight products in all four forms, two
// of unknown strength, and symptoms beside the 0 to 10.
func BenchmarkManyProducts(b *testing.B) {
	h := typicalHistory()
	h.Products = nil
	for k := range 8 {
		h.Products = append(h.Products, Content{MitragynineLogSD: 0.3 + 0.1*float64(k), SevenOHLogSD: 0.3, ContentGuessed: k > 5})
	}
	for i := range h.Intakes {
		d := &h.Intakes[i]
		d.Product = i % 8
		if d.Form = Form(d.Product % 4); d.Form == SevenOH {
			d.MitragynineMg, d.SevenOHMg = 0, 15
		}
	}
	for i := range h.CheckIns {
		h.CheckIns[i].Kind = ScoreKind(i % 3 / 2)
	}
	h, _ = invented(h, 4)
	times := hoursFrom(h.NowH, 14*24, 3)
	b.ReportAllocs()
	var ess float64
	for b.Loop() {
		p, err := Fit(context.Background(), h, FitOptions{Seed: 1})
		if err != nil {
			b.Fatal(err)
		}
		if _, err = p.Forecast(context.Background(), SameAsNow(), times); err != nil {
			b.Fatal(err)
		}
		ess = p.Quality.ESS
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(b.N), "ms")
	b.ReportMetric(ess, "ess")
}
