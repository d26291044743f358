package body

import (
	"math"
	"time"

	"github.com/evenkeel/evenkeel/exposure"
	"github.com/evenkeel/evenkeel/internal/web/chart"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/reading"
	"github.com/evenkeel/evenkeel/journal"
)

// toleranceChart is how far a typical body that took these doses has adjusted,
// over the last weeks, of the most it could.
type toleranceChart struct {
	words  []string
	figure chart.Figure
	key    []chart.Key
	table  chart.Table
}

// notable is the change of adaptation, of the most it could be, that is worth
// a word.
const notable = 0.03

func toleranceOf(v *kit.View, points []exposure.TolerancePoint) toleranceChart {
	n := len(points)
	if n < 2 {
		return toleranceChart{}
	}
	fast, slow := chart.Series{Class: "fast"}, chart.Series{Class: "slow"}
	times := make([]time.Time, n)
	now, before := points[n-1], points[0]
	for i, p := range points {
		times[i] = p.At
		fast.Points = append(fast.Points, chart.Point{At: p.At, Value: p.Fast})
		slow.Points = append(slow.Points, chart.Point{At: p.At, Value: p.Slow})
		if !p.At.After(now.At.AddDate(0, 0, -14)) {
			before = p
		}
	}
	axis := chart.Axis{Time: chart.Time{From: times[0], To: now.At}}
	axis.Ticks = chart.Dates(axis.Time, true, func(day time.Time) string { return v.DateShort(journal.DateOf(day)) })
	probe := chart.Probe{Label: v.T("plot.along", "plot", v.T("tolerance.title")), Start: n - 1}
	for _, p := range points {
		probe.Moments = append(probe.Moments, chart.Moment{At: p.At, Value: p.Slow, Text: v.T("plot.at", "time", v.DayShort(journal.DateOf(p.At)),
			"what", v.T("tolerance.both", "slow", share(v, p.Slow), "fast", share(v, p.Fast)))})
	}
	c := toleranceChart{
		words: []string{v.T("tolerance.now", "fast", share(v, now.Fast), "slow", share(v, now.Slow)), v.T("tolerance." + change(now, before))},
		figure: chart.Figure{Class: "fan tolerance", Name: v.T("tolerance.name"), Plot: &chart.Plot{Height: 116, Above: 8, X: axis, Y: chart.Linear{High: 1},
			Steps: reading.Steps(1, func(f float64) string { return share(v, f) }), Lines: []chart.Series{fast, slow}, Probe: &probe}},
		key:   []chart.Key{{Class: "swatch-fast", Means: v.T("tolerance.fast")}, {Class: "swatch-slow", Means: v.T("tolerance.slow")}},
		table: chart.Table{Title: v.T("tolerance.table"), Head: []string{v.T("tolerance.day"), v.T("tolerance.fast"), v.T("tolerance.slow")}},
	}
	for _, i := range chart.Sample(times, 48*time.Hour, -1) {
		c.table.Rows = append(c.table.Rows, chart.Row{When: v.Near(journal.DateOf(times[i])), Cells: []string{share(v, points[i].Fast), share(v, points[i].Slow)}})
	}
	return c
}

// change compares the slow part, which is what lasts.
func change(now, before exposure.TolerancePoint) string {
	switch d := now.Slow - before.Slow; {
	case d > notable:
		return "more"
	case d < -notable:
		return "less"
	}
	return "same"
}

// share says a part of the whole in whole per cent.
func share(v *kit.View, part float64) string {
	return v.T("tolerance.share", "n", int(math.Round(100*part)))
}
