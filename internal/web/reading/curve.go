// Package reading puts what is known of a body before the eyes: in the words
// that the bands allow, and as curves. Today and Body share it.
package reading

import (
	"strconv"
	"time"

	"github.com/evenkeel/evenkeel/exposure"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/internal/web/chart"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/say"
)

// curves draws both analytes over the hours around now. The two have pictures
// and scales of their own: their levels differ too much for one.
func curves(v *kit.View, b *exposure.Curve) []chart.Figure {
	if !b.Known() {
		return nil
	}
	m, s := say.Quantifiable()
	return []chart.Figure{
		curve(v, b, "mitragynine", m, func(p exposure.Point) exposure.Level { return p.Mitragynine }),
		curve(v, b, "seven_oh", s, func(p exposure.Point) exposure.Level { return p.SevenOH }),
	}
}

// curve draws one level. What a laboratory could not measure, in nM, is next to
// none and no figure.
func curve(v *kit.View, b *exposure.Curve, key string, measurable float64, level func(exposure.Point) exposure.Level) chart.Figure {
	f := chart.Figure{Class: "curve curve-" + key, Name: v.T("curve." + key)}
	probe := chart.Probe{Label: v.T("plot.along", "plot", f.Name), Start: b.Now}
	line := chart.Series{Class: "past"}
	band := chart.Band{Class: "band"}
	high := 0.0
	for i, p := range b.Points {
		l := level(p)
		probe.Moments = append(probe.Moments, chart.Moment{At: p.At, Value: l.Mid, Text: v.T("plot.at", "time", Moment(v, p.At), "what", LevelWords(v, l, measurable))})
		if i == b.Now {
			probe.Moments[i].Text = nowWords(v, b, level, measurable)
		}
		line.Points = append(line.Points, chart.Point{At: p.At, Value: l.Mid})
		band.Spans = append(band.Spans, chart.Span{At: p.At, Low: min(l.Low, l.Mid), High: max(l.High, l.Mid)})
		high = max(high, l.Mid, l.High)
	}
	if high < measurable {
		f.Readout = noneWords(v, b)
		return f
	}
	now := b.Points[b.Now]
	axis := Hours(v, b.Points[0].At, b.Points[len(b.Points)-1].At)
	y := chart.Linear{High: chart.Ceiling(max(high, LeastTop*measurable))}
	past, coming := line.Split(b.Now, "ahead")
	if !band.Wide() {
		band = past.Under("band", y)
	}
	f.Scale = v.T("curve.unit")
	f.Plot = &chart.Plot{Height: 96, Above: 14, X: axis, Y: y, Steps: Steps(y.High, v.Number), Bands: []chart.Band{band}, Lines: []chart.Series{past, coming},
		Marks: doses(b), Probe: &probe, Now: &chart.Now{At: now.At, Value: level(now).Mid, Label: v.T("today.now")}}
	return f
}

// nowWords say the level now, and which way it goes: what was just taken is next
// to none in the blood, and on its way.
func nowWords(v *kit.View, b *exposure.Curve, level func(exposure.Point) exposure.Level, measurable float64) string {
	now := level(b.Points[b.Now])
	what := LevelWords(v, now, measurable)
	if now.High < measurable {
		what = noneWords(v, b)
	}
	words := v.T("plot.now", "what", what)
	if now.High >= measurable || ahead(b, level) >= measurable {
		words += ", " + direction(v, b, level)
	}
	return words
}

// noneWords say that there is next to none; where nothing is written about most
// of the last day, only as far as was written.
func noneWords(v *kit.View, b *exposure.Curve) string {
	if b.Missing() {
		return v.T("curve.none_written")
	}
	return v.T("curve.none")
}

// Steps are the figures along a side that ends in a round figure: none, half
// of it and all of it.
func Steps(top float64, label func(float64) string) []chart.Rule {
	return []chart.Rule{{Value: 0, Label: label(0)}, {Value: top / 2, Label: label(top / 2)}, {Value: top, Label: label(top)}}
}

// Hours is an axis of hours, with the dates under it.
func Hours(v *kit.View, from, to time.Time) chart.Axis {
	axis := chart.Axis{Time: chart.Time{From: from, To: to}}
	axis.Ticks = chart.Hours(axis.Time, v.Hour)
	day := func(t time.Time) string { return v.DayShort(journal.DateOf(t)) }
	axis.Dates = chart.Days(axis.Time, day, func(t time.Time) string { return v.Weekday(journal.DateOf(t)) + " " + strconv.Itoa(t.Day()) })
	axis.Down = chart.Midnights(axis.Time)
	return axis
}

// Moment is a time of the hours around now, with its weekday where it is not
// today's.
func Moment(v *kit.View, at time.Time) string {
	if d := journal.DateOf(at); d != v.Today() {
		return v.Weekday(d) + " " + v.Clock(at)
	}
	return v.Clock(at)
}

// doses are the marks of what was taken.
func doses(b *exposure.Curve) []chart.Mark {
	list := make([]chart.Mark, len(b.Taken))
	for i, at := range b.Taken {
		list[i] = chart.Mark{At: at, Class: "dose"}
	}
	return list
}

// ahead is the highest that a level may get from now on.
func ahead(b *exposure.Curve, level func(exposure.Point) exposure.Level) (high float64) {
	for _, p := range b.Points[b.Now:] {
		high = max(high, level(p).High)
	}
	return high
}

// direction says whether a level goes up or down from now on.
func direction(v *kit.View, b *exposure.Curve, level func(exposure.Point) exposure.Level) string {
	if b.Now+1 < len(b.Points) && level(b.Points[b.Now+1]).Mid > level(b.Points[b.Now]).Mid {
		return v.T("curve.rising")
	}
	return v.T("curve.falling")
}

// LevelWords says a level in two figures, with its range where there is one.
func LevelWords(v *kit.View, l exposure.Level, measurable float64) string {
	if l.High < measurable {
		return v.T("curve.none")
	}
	if locale.Two(l.Low) == locale.Two(l.High) {
		return v.T("curve.level", "mid", locale.Two(l.Mid))
	}
	return v.T("curve.level_range", "mid", locale.Two(l.Mid), "low", locale.Two(l.Low), "high", locale.Two(l.High))
}

// curveTable is what the curves show, about every two hours, now included.
func curveTable(v *kit.View, b *exposure.Curve) *chart.Table {
	t := chart.Table{Title: v.T("body.table"), Head: []string{v.T("body.time"), v.T("curve.mitragynine.nM"), v.T("curve.seven_oh.nM")}}
	times := make([]time.Time, len(b.Points))
	for i, p := range b.Points {
		times[i] = p.At
	}
	m, s := say.Quantifiable()
	for _, i := range chart.Sample(times, 2*time.Hour, b.Now) {
		row := chart.Row{When: v.When(times[i]), Cells: []string{LevelCell(v, b.Points[i].Mitragynine, m), LevelCell(v, b.Points[i].SevenOH, s)}}
		if i == b.Now {
			row.Note = v.T("today.now")
		}
		t.Rows = append(t.Rows, row)
	}
	return &t
}

// LevelCell is a level in a table.
func LevelCell(v *kit.View, l exposure.Level, measurable float64) string {
	if l.High < measurable {
		return v.T("curve.none")
	}
	if locale.Two(l.Low) == locale.Two(l.High) {
		return v.Number(locale.Two(l.Mid))
	}
	return v.T("curve.cell", "mid", locale.Two(l.Mid), "low", locale.Two(l.Low), "high", locale.Two(l.High))
}

// LeastTop is how many times what a laboratory can just measure fills a picture.
const LeastTop = 4
