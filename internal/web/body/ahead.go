package body

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/exposure"
	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/internal/web/chart"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/reading"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
	"github.com/evenkeel/evenkeel/say"
)

// aheadChart is a forecast: how rough it would be on the person's own scale,
// below it the two levels; none where they would be made up.
type aheadChart struct {
	// empty says that there is nothing to draw: no dose, nothing felt.
	empty  bool
	rough  chart.Figure
	levels []chart.Figure
	table  chart.Table
}

// mostRough is the upper end of the person's own scale.
const mostRough = 10

// tops are the upper ends of the two levels, nM: the same for every position
// of the slider, so that what is higher looks higher.
type tops [2]float64

// topsOf are the ends that hold a forecast.
func topsOf(f *pkpd.Forecast) tops {
	m, s := say.Quantifiable()
	return tops{topOf(f.MitragynineNM, m), topOf(f.SevenOHNM, s)}
}

// topOf is a round figure above the bands; 0 where a laboratory could measure
// nothing. It is never close to what it can just measure, so that next to
// nothing looks like it.
func topOf(bands []pkpd.Band, measurable float64) float64 {
	if high := highest(bands); high >= measurable {
		return chart.Ceiling(max(high, reading.LeastTop*measurable))
	}
	return 0
}

// highest is the upper end of the range that holds 80 % of the runs.
func highest(bands []pkpd.Band) float64 {
	high := 0.0
	for _, b := range bands {
		high = max(high, b.High80)
	}
	return high
}

// String writes them for an address, and readTops reads that; what makes no
// sense is as good as nothing.
func (t tops) String() string { return kit.Number(t[0]) + "," + kit.Number(t[1]) }

func readTops(s string) tops {
	m, h, _ := strings.Cut(s, ",")
	var t tops
	for i, part := range []string{m, h} {
		if f, err := strconv.ParseFloat(part, 64); err == nil && f > 0 && f < mostTop {
			t[i] = f
		}
	}
	return t
}

// mostTop is far above any level that somebody lives with, nM.
const mostTop = 1e6

// aheadOf draws a forecast, its levels up to the given ends at least.
func aheadOf(v *kit.View, a *outlook.Ahead, least tops) aheadChart {
	f := a.Forecast
	own := topsOf(f)
	// Without a dose and without a word of the person there is only what people
	// in general feel, which is nothing of theirs.
	if own == (tops{}) && (a.Basis != pkpd.Fitted || highest(f.Rough) < 0.5 && highest(a.Same.Rough) < 0.5) {
		return aheadChart{empty: true}
	}
	weeks := chart.Time{From: a.Times[0], To: a.Times[len(a.Times)-1]}
	axis := chart.Axis{Time: weeks, Down: chart.Midnights(weeks), Ticks: chart.Dates(weeks, false, func(day time.Time) string {
		return v.DateShort(journal.DateOf(day))
	})}
	out := aheadChart{rough: roughAhead(v, a, axis), table: aheadTable(v, a)}
	if !a.Guessed {
		m, s := say.Quantifiable()
		out.levels = []chart.Figure{levelAhead(v, axis, a.Times, "mitragynine", f.MitragynineNM, m, own[0], least[0]), levelAhead(v, axis, a.Times, "seven_oh", f.SevenOHNM, s, own[1], least[1])}
	}
	return out
}

// roughAhead is how rough it would be, and the range of going on as now.
func roughAhead(v *kit.View, a *outlook.Ahead, axis chart.Axis) chart.Figure {
	p := chart.Plot{Height: 200, Above: 16, X: axis, Y: chart.Linear{High: mostRough}, Steps: reading.Steps(mostRough, v.Number),
		Now: &chart.Now{At: a.Times[0], Label: v.T("today.now"), Dotless: true}}
	limits := say.Limits()
	for _, l := range []struct{ limit, word string }{{"moderate_from", "say.moderate"}, {"severe_from", "say.severe"}} {
		p.Across = append(p.Across, chart.Rule{Value: limits[l.limit].Value, Label: v.T(l.word)})
	}
	p.Bands = reading.Fan(a.Times, a.Forecast.Rough)
	if a.Share != 1 {
		// On top, as an outline: beneath it would be seen only where it is the wider.
		p.Bands = append(p.Bands, reading.Between(a.Times, a.Same.Rough, "band band-same", func(b pkpd.Band) (float64, float64) { return b.Low80, b.High80 }))
	}
	p.Lines = []chart.Series{reading.Median(a.Times, a.Forecast.Rough)}
	f := chart.Figure{Class: "fan fan-rough", Name: v.T("ahead.rough"), Scale: v.T("ahead.scale"), Plot: &p}
	p.Probe = probe(v, f.Name, a.Times, a.Forecast.Rough, func(b pkpd.Band) string { return v.T("ahead.of_10", "range", roughCell(v, b)) })
	return f
}

// probe reads a forecast out, in bands and never in their middle alone.
func probe(v *kit.View, name string, times []time.Time, bands []pkpd.Band, words func(pkpd.Band) string) *chart.Probe {
	p := chart.Probe{Label: v.T("plot.along", "plot", name)}
	for i, b := range bands {
		at := v.DayShort(journal.DateOf(times[i])) + ", " + v.Clock(times[i])
		p.Moments = append(p.Moments, chart.Moment{At: times[i], Value: b.Median, Text: v.T("plot.at", "time", at, "what", words(b))})
	}
	p.Moments[0].Text = v.T("plot.now", "what", words(bands[0]))
	return &p
}

// levelAhead is a small picture of one level. With a top of 0 there is nothing
// to draw.
func levelAhead(v *kit.View, axis chart.Axis, times []time.Time, key string, bands []pkpd.Band, measurable, own, least float64) chart.Figure {
	top := max(own, least)
	f := chart.Figure{Class: "fan fan-level fan-" + key, Name: v.T("curve." + key)}
	if own == 0 {
		f.Readout = v.T("curve.none")
	}
	if top > 0 {
		f.Plot = &chart.Plot{Height: 84, Above: 8, X: axis, Y: chart.Linear{High: top}, Steps: reading.Steps(top, v.Number), Bands: reading.Fan(times, bands), Lines: []chart.Series{reading.Median(times, bands)}}
		if own > 0 {
			f.Scale = v.T("curve.unit")
			f.Plot.Probe = probe(v, f.Name, times, bands, func(b pkpd.Band) string { return reading.LevelWords(v, level(b), measurable) })
		}
	}
	return f
}

// aheadKey says what the shades mean.
func aheadKey(v *kit.View, share float64) []chart.Key {
	list := []chart.Key{{Class: "swatch-median", Means: v.T("legend.median")}, {Class: "swatch-50", Means: v.T("legend.50")}, {Class: "swatch-80", Means: v.T("legend.80")}}
	if share != 1 {
		list = append(list, chart.Key{Class: "swatch-same", Means: v.T("legend.same")})
	}
	return list
}

func level(b pkpd.Band) exposure.Level {
	return exposure.Level{Low: b.Low80, Mid: b.Median, High: b.High80}
}

func roughCell(v *kit.View, b pkpd.Band) string {
	return v.T("ahead.rough_cell", "low", math.Round(b.Low80), "high", math.Round(b.High80))
}

// aheadTable samples the forecast every twelve hours, and what it is compared
// with.
func aheadTable(v *kit.View, a *outlook.Ahead) chart.Table {
	t := chart.Table{Title: v.T("ahead.table"), Head: []string{v.T("body.time"), v.T("ahead.rough_col")}}
	m, s := say.Quantifiable()
	compared := a.Share != 1
	if compared {
		t.Head = append(t.Head, v.T("ahead.same_col"))
	}
	if !a.Guessed {
		t.Head = append(t.Head, v.T("curve.mitragynine.nM"), v.T("curve.seven_oh.nM"))
	}
	for _, i := range chart.Sample(a.Times, 12*time.Hour, -1) {
		cells := []string{roughCell(v, a.Forecast.Rough[i])}
		if compared {
			cells = append(cells, roughCell(v, a.Same.Rough[i]))
		}
		if !a.Guessed {
			cells = append(cells, reading.LevelCell(v, level(a.Forecast.MitragynineNM[i]), m), reading.LevelCell(v, level(a.Forecast.SevenOHNM[i]), s))
		}
		t.Rows = append(t.Rows, chart.Row{When: v.When(a.Times[i]), Cells: cells})
	}
	return t
}
