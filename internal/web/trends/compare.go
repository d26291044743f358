package trends

import (
	"math"

	"github.com/evenkeel/evenkeel/insight/trend"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/internal/web/kit"
)

// row is one figure of the last days and of the days before.
type row struct{ name, now, before string }

// leastDays is how many known figures a median needs: fewer say nothing of a
// habit.
const leastDays = 3

// compare sets the last days that are over beside as many before them.
func compare(v *kit.View, t *trend.Trend, span int) []row {
	yesterday := v.Today().Add(-1)
	now := t.Over(yesterday.Add(1-span), yesterday)
	before := t.Over(yesterday.Add(1-2*span), yesterday.Add(-span))
	known := func(s *trend.Summary) string {
		return v.T("trends.of_days", "known", s.Days-s.Unknown, "n", s.Days)
	}
	list := []row{{v.T("trends.known"), known(&now), known(&before)}}
	for _, f := range []struct {
		key   string
		of    func(*trend.Summary) trend.Spread
		round func(float64) float64
	}{
		{"doses", func(s *trend.Summary) trend.Spread { return s.Doses }, tenth},
		{"mitragynine", func(s *trend.Summary) trend.Spread { return s.MitragynineMg }, locale.Two},
		{"seven_oh", func(s *trend.Summary) trend.Spread { return s.SevenOHMg }, locale.Two},
		{"grams", func(s *trend.Summary) trend.Spread { return s.Grams }, tenth},
		{"gaps", func(s *trend.Summary) trend.Spread { return s.Gaps }, tenth},
		{"rough", func(s *trend.Summary) trend.Spread { return s.Rough }, tenth},
		{"sleep", func(s *trend.Summary) trend.Spread { return s.SleepHours }, tenth},
	} {
		a, b := f.of(&now), f.of(&before)
		if a.N == 0 && b.N == 0 || a.Most == 0 && b.Most == 0 && f.key != "doses" && f.key != "rough" {
			continue
		}
		name := v.T("trends.row." + f.key)
		if f.key != "doses" {
			name += ", " + v.T("trends.unit."+f.key)
		}
		list = append(list, row{name, spread(v, a, f.round), spread(v, b, f.round)})
	}
	return list
}

// spread says a middle with what half of the days lie between.
func spread(v *kit.View, s trend.Spread, round func(float64) float64) string {
	if s.N < leastDays {
		return v.T("trends.few")
	}
	low, mid, high := round(s.Low), round(s.Mid), round(s.High)
	if low == high {
		return v.Number(mid)
	}
	return v.T("trends.spread", "mid", mid, "low", low, "high", high)
}

func tenth(f float64) float64 { return math.Round(10*f) / 10 }
