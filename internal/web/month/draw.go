package month

import (
	"math"
	"time"

	"github.com/evenkeel/evenkeel/insight"
	"github.com/evenkeel/evenkeel/internal/web/chart"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/reading"
	"github.com/evenkeel/evenkeel/journal"
)

// fewest is how many figures are worth a picture.
const fewest = 3

// begin is the moment at which a day begins in pictures of the calendar.
func begin(d journal.Date) time.Time { return d.Time().Add(-12 * time.Hour) }

// figure is the small picture of a sentence, with the table that says the same;
// nil where there is too little to draw.
func figure(v *kit.View, i *insight.Item) (*chart.Figure, chart.Table) {
	points := i.Plot.Points
	if len(points) < fewest {
		return nil, chart.Table{}
	}
	unit := v.T(i.Plot.Unit)
	first, last := points[0].From, points[len(points)-1].To
	x := chart.Axis{Time: chart.Time{From: begin(first), To: begin(last)}}
	x.Ticks = chart.Dates(x.Time, true, func(at time.Time) string { return v.DateShort(journal.DateOf(at)) })
	line := chart.Series{Class: "median", Dots: true}
	table := chart.Table{Title: v.T("insight.table"), Head: []string{v.T("tolerance.day"), unit}}
	probe := chart.Probe{Label: v.T("plot.along", "plot", unit), Start: len(points) - 1}
	high := 4.0
	if !math.IsNaN(i.Plot.Across) {
		high = max(high, i.Plot.Across)
	}
	for k, p := range points {
		mid := begin(p.From).Add(begin(p.To).Sub(begin(p.From)) / 2)
		line.Points = append(line.Points, chart.Point{At: mid, Value: p.Value, Broken: k > 0 && points[k-1].To != p.From})
		value := v.Number(math.Round(10*p.Value) / 10)
		when := v.DateShort(p.From)
		if p.To != p.From.Add(1) {
			when = v.T("insight.week_of", "day", when)
		}
		table.Rows = append(table.Rows, chart.Row{When: when, Cells: []string{value}})
		probe.Moments = append(probe.Moments, chart.Moment{At: mid, Value: p.Value, Text: v.T("plot.at", "time", when, "what", value)})
		high = max(high, p.Value)
	}
	plot := chart.Plot{Height: 72, Above: 8, X: x, Y: chart.Linear{High: chart.Ceiling(high)}, Lines: []chart.Series{line}, Probe: &probe}
	plot.Steps = reading.Steps(plot.Y.High, v.Number)
	if !math.IsNaN(i.Plot.Across) {
		plot.Across = []chart.Rule{{Value: i.Plot.Across, Label: v.T("insight.first_weeks")}}
	}
	return &chart.Figure{Class: "trend", Name: v.T("insight.drawn"), Scale: unit, Plot: &plot}, table
}
