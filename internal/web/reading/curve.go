// Package reading puts what is known of a body before the eyes: in the words
// that the bands allow, and as curves. Today and Body share it.
package reading

import (
	"time"

	"github.com/evenkeel/evenkeel/exposure"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/internal/web/chart"
	"github.com/evenkeel/evenkeel/internal/web/kit"
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
	line := chart.Series{Class: "past"}
	band := chart.Band{Class: "band"}
	high := 0.0
	for _, p := range b.Points {
		l := level(p)
		line.Points = append(line.Points, chart.Point{At: p.At, Value: l.Mid})
		band.Spans = append(band.Spans, chart.Span{At: p.At, Low: min(l.Low, l.Mid), High: max(l.High, l.Mid)})
		high = max(high, l.Mid, l.High)
	}
	if high < measurable {
		f.Readout = v.T("curve.none")
		return f
	}
	now := b.Points[b.Now]
	f.Readout = levelWords(v, level(now), measurable)
	// What was just taken is next to none in the blood, and on its way.
	if level(now).High >= measurable || ahead(b, level) >= measurable {
		f.Readout += ", " + direction(v, b, level)
	}
	axis := chart.Axis{Time: chart.Time{From: b.Points[0].At, To: b.Points[len(b.Points)-1].At}}
	axis.Ticks = chart.Hours(axis.Time, 0.97, v.Hour)
	y := chart.Linear{High: chart.Ceiling(max(high, LeastTop*measurable))}
	past, coming := line.Split(b.Now, "ahead")
	if !band.Wide() {
		band = past.Under("band", y)
	}
	f.Plot = &chart.Plot{Height: 84, Above: 4, X: axis, Y: y, Top: v.T("curve.top", "n", y.High), Bands: []chart.Band{band},
		Lines: []chart.Series{past, coming}, Now: &chart.Now{At: now.At, Value: level(now).Mid}}
	return f
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

// levelWords says a level in two figures, with its range where there is one.
func levelWords(v *kit.View, l exposure.Level, measurable float64) string {
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
