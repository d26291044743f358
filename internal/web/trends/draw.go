package trends

import (
	"math"
	"time"

	"github.com/evenkeel/evenkeel/insight/trend"
	"github.com/evenkeel/evenkeel/internal/web/chart"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/reading"
	"github.com/evenkeel/evenkeel/journal"
)

// whiskers is the longest span whose bars have room for their ranges.
const whiskers = 28

// draw makes a picture of every measure that there is something of, and one
// table of them all.
func draw(v *kit.View, t *trend.Trend, span int) ([]chart.Figure, chart.Table) {
	var figures []chart.Figure
	first, last := t.Days[0].Date, t.Days[len(t.Days)-1].Date
	axis := chart.Axis{Time: chart.Time{From: begin(first), To: begin(last.Add(1))}}
	axis.Ticks = chart.Dates(axis.Time, true, func(at time.Time) string { return v.DateShort(journal.DateOf(at)) })
	table := chart.Table{Title: v.T("trends.table"), Head: []string{v.T("tolerance.day")}}
	var weeks []trend.Summary
	if span > daily {
		table.Head[0] = v.T("trends.weeks")
		weeks = t.Weeks()
	}
	for _, m := range measures(t) {
		var cells []cell
		if weeks != nil {
			cells = m.byWeek(v, weeks)
		} else {
			cells = m.byDay(v, t.Days)
		}
		if !anything(&m, cells) {
			continue
		}
		figures = append(figures, m.figure(v, axis, cells, span))
		table.Head = append(table.Head, v.T("trends.row."+m.key))
		for i := range cells {
			if len(table.Rows) <= i {
				table.Rows = append(table.Rows, chart.Row{When: label(v, &cells[i])})
			}
			table.Rows[i].Cells = append(table.Rows[i].Cells, words(v, &cells[i]))
		}
	}
	return figures, table
}

func words(v *kit.View, c *cell) string {
	if !c.known {
		return v.T("trends.unknown")
	}
	return c.words
}

// figure is the picture of one measure.
func (m *measure) figure(v *kit.View, axis chart.Axis, cells []cell, span int) chart.Figure {
	p := chart.Plot{Height: 96, Above: 8, X: axis, Y: chart.Linear{High: m.top(highest(cells))}}
	p.Steps = reading.Steps(p.Y.High, v.Number)
	name := v.T("trends.row." + m.key)
	probe := chart.Probe{Label: v.T("plot.along", "plot", name), Start: len(cells) - 1}
	for i := range cells {
		c := &cells[i]
		probe.Moments = append(probe.Moments, chart.Moment{At: c.mid(), Value: c.value, Text: v.T("plot.at", "time", label(v, c), "what", words(v, c))})
	}
	p.Probe = &probe
	if m.bar {
		m.bars(&p, cells, span)
	} else {
		m.lines(&p, cells)
	}
	return chart.Figure{Class: "trend trend-" + m.key, Name: name, Scale: v.T("trends.unit." + m.key), Plot: &p}
}

// top is the upper end: a round figure, even for what is counted, so that half
// of it is a whole.
func (m *measure) top(high float64) float64 {
	top := chart.Ceiling(max(high, m.least))
	if m.whole && math.Mod(top, 2) != 0 {
		top++
	}
	return top
}

// bars draws amounts, and where nothing is known a blank.
func (m *measure) bars(p *chart.Plot, cells []cell, span int) {
	for i := range cells {
		c := &cells[i]
		if !c.known {
			if n := len(p.Blanks); n > 0 && p.Blanks[n-1].To.Equal(c.from) {
				p.Blanks[n-1].To = c.to
			} else {
				p.Blanks = append(p.Blanks, chart.Blank{From: c.from, To: c.to})
			}
			continue
		}
		b := chart.Bar{From: c.from, To: c.to, Value: c.value}
		if c.partly || i == len(cells)-1 {
			b.Class = "partly"
		}
		if span <= whiskers || span > daily {
			b.Low, b.High = c.low, c.high
		}
		p.Bars = append(p.Bars, b)
	}
}

// lines draws what is felt: a dot for each day, joined where no day lies between,
// within the ends of the day.
func (m *measure) lines(p *chart.Plot, cells []cell) {
	line, band := chart.Series{Class: "median", Dots: true}, chart.Band{Class: "band"}
	broken := true
	for i := range cells {
		c := &cells[i]
		if !c.known {
			broken = true
			continue
		}
		line.Points = append(line.Points, chart.Point{At: c.mid(), Value: c.value, Broken: broken})
		band.Spans = append(band.Spans, chart.Span{At: c.mid(), Low: c.low, High: c.high, Broken: broken})
		broken = false
	}
	p.Lines, p.Bands = []chart.Series{line}, []chart.Band{band}
}
