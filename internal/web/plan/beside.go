package plan

import (
	"time"

	use "github.com/evenkeel/evenkeel/internal/app/plan"
	"github.com/evenkeel/evenkeel/internal/web/chart"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/reading"
	"github.com/evenkeel/evenkeel/pkpd"
)

// fewestDrawn days are drawn also where fewer were lived, so that a first dot has
// something to stand in.
const fewestDrawn = 14

// besideFigure draws the shades that were shown, and a dot for each day that was
// lived. The picture says nothing that the count and the table do not.
func besideFigure(v *kit.View, b *use.Beside) *chart.Figure {
	days := min(max(b.Begins.DaysUntil(v.Today())+1, fewestDrawn), len(b.Shown.Median))
	times, bands := make([]time.Time, days), make([]pkpd.Band, days)
	for i := range days {
		times[i], bands[i] = b.Begins.Add(i).Time(), b.Band(i)
	}
	span := chart.Time{From: times[0], To: times[days-1]}
	plot := chart.Plot{Height: 130, Above: 12, X: chart.Axis{Time: span}, Y: chart.Linear{High: 10}, Steps: reading.Steps(10, v.Number)}
	every := max(7, (days/3+6)/7*7)
	for i := 0; i < days; i += every {
		plot.X.Ticks = append(plot.X.Ticks, chart.Tick{At: span.Along(times[i]), Label: v.DateShort(b.Begins.Add(i)), First: i == 0})
	}
	plot.X.Ticks = chart.Fit(plot.X.Ticks)
	if b.Changed != "" && b.Changed < b.Begins.Add(days) {
		plot.X.Down = []float64{span.Along(b.Changed.Time())}
	}
	plot.Bands = reading.Fan(times, bands)
	dots := chart.Series{Class: "lived", Dots: true}
	for _, d := range b.Days {
		// No line between them: what lay between is not known.
		dots.Points = append(dots.Points, chart.Point{At: d.Day.Time(), Value: d.Mean, Broken: true})
	}
	plot.Lines = []chart.Series{reading.Median(times, bands), dots}
	return &chart.Figure{Class: "fan fan-rough", Name: v.T("way.rough"), Scale: v.T("ahead.scale"), Plot: &plot}
}

func besideKeys(v *kit.View) []chart.Key {
	return []chart.Key{{Class: "swatch-median", Means: v.T("legend.median")}, {Class: "swatch-50", Means: v.T("legend.50")},
		{Class: "swatch-80", Means: v.T("legend.80")}, {Class: "swatch-lived", Means: v.T("way.beside.lived")}}
}

// besideTable says the same in figures, for each day with a check-in.
func besideTable(v *kit.View, b *use.Beside) chart.Table {
	t := chart.Table{Title: v.T("way.beside.table"), Head: []string{v.T("way.beside.col.day"), v.T("way.beside.col.shown"), v.T("way.beside.col.lived"), v.T("way.beside.col.in")}}
	for _, d := range b.Days {
		in := v.T("way.beside.in")
		if !d.In {
			in = v.T("way.beside.out")
		}
		t.Rows = append(t.Rows, chart.Row{When: v.DateShort(d.Day), Cells: []string{rangeOf(v, d.Band), v.T("way.beside.lived_of", "mean", d.Mean), in}})
	}
	return t
}
