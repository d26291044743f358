package web

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/exposure"
	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/internal/web/chart"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
)

// aheadChart is a forecast: withdrawal on its scale, below it the two levels.
type aheadChart struct {
	// empty says that there is nothing to draw: no dose, no withdrawal.
	empty      bool
	words      string
	withdrawal chart.Figure
	levels     []chart.Figure
	table      chart.Table
}

// mostWithdrawal is the upper end of the scale of withdrawal (SOWS).
const mostWithdrawal = 64

// tops are the upper ends of the two levels, nM: the same for every position
// of the slider, so that what is higher looks higher.
type tops [2]float64

// topsOf are the ends that hold a forecast.
func topsOf(f *pkpd.Forecast) tops { return tops{topOf(f.MitragynineNM), topOf(f.SevenOHNM)} }

// topOf is a round figure above the bands; 0 where there is nothing to see.
func topOf(bands []pkpd.Band) float64 {
	if high := highest(bands); high >= nextToNone {
		return chart.Ceiling(high)
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

// aheadChart draws a forecast, its levels up to the given ends at least.
func (v *view) aheadChart(a *outlook.Ahead, least tops) aheadChart {
	f := a.Forecast
	if max(highest(f.Withdrawal), highest(f.MitragynineNM), highest(f.SevenOHNM)) < nextToNone {
		return aheadChart{empty: true}
	}
	own := topsOf(f)
	week := chart.Time{From: a.Times[0], To: a.Times[len(a.Times)-1]}
	axis := chart.Axis{Time: week, Down: chart.Midnights(week), Ticks: chart.Days(week, func(day time.Time) string {
		return v.T("weekday_short." + strconv.Itoa(int(day.Weekday())))
	})}
	return aheadChart{
		words:      v.aheadWords(a, highest(f.Withdrawal)),
		withdrawal: v.withdrawal(a, axis),
		levels:     []chart.Figure{v.levelAhead(a, axis, "mitragynine", f.MitragynineNM, max(own[0], least[0])), v.levelAhead(a, axis, "seven_oh", f.SevenOHNM, max(own[1], least[1]))},
		table:      v.aheadTable(a),
	}
}

func (v *view) withdrawal(a *outlook.Ahead, axis chart.Axis) chart.Figure {
	p := chart.Plot{Height: 200, X: axis, Y: chart.Linear{High: mostWithdrawal}, Top: strconv.Itoa(mostWithdrawal)}
	for _, y := range []int{16, 32, 48} {
		p.Across = append(p.Across, chart.Rule{Value: float64(y), Label: strconv.Itoa(y)})
	}
	p.Bands = append([]chart.Band{between(a.Times, a.Forecast.Withdrawal, "band band-95", func(b pkpd.Band) (float64, float64) { return b.Low95, b.High95 })}, inner(a.Times, a.Forecast.Withdrawal)...)
	p.Lines = []chart.Series{median(a.Times, a.Forecast.Withdrawal)}
	return chart.Figure{Class: "fan fan-withdrawal", Name: v.T("ahead.withdrawal"), Readout: v.T("ahead.scale"), Plot: &p}
}

// levelAhead is a small picture, so the widest range is left to withdrawal.
// With a top of 0 there is nothing to draw.
func (v *view) levelAhead(a *outlook.Ahead, axis chart.Axis, key string, bands []pkpd.Band, top float64) chart.Figure {
	f := chart.Figure{Class: "fan fan-level fan-" + key, Name: v.T("curve." + key), Readout: v.T("ahead.level_scale", "n", top)}
	if highest(bands) < nextToNone {
		f.Readout = v.T("curve.none")
	}
	if top > 0 {
		axis.Ticks = chart.Half(axis.Ticks)
		f.Plot = &chart.Plot{Height: 70, X: axis, Y: chart.Linear{High: top}, Bands: inner(a.Times, bands), Lines: []chart.Series{median(a.Times, bands)}}
	}
	return f
}

// inner are the ranges that hold 80 and 50 % of the runs.
func inner(times []time.Time, bands []pkpd.Band) []chart.Band {
	return []chart.Band{
		between(times, bands, "band band-80", func(b pkpd.Band) (float64, float64) { return b.Low80, b.High80 }),
		between(times, bands, "band band-50", func(b pkpd.Band) (float64, float64) { return b.Low50, b.High50 }),
	}
}

func between(times []time.Time, bands []pkpd.Band, class string, ends func(pkpd.Band) (low, high float64)) chart.Band {
	out := chart.Band{Class: class, Spans: make([]chart.Span, len(bands))}
	for i, b := range bands {
		low, high := ends(b)
		out.Spans[i] = chart.Span{At: times[i], Low: low, High: high}
	}
	return out
}

func median(times []time.Time, bands []pkpd.Band) chart.Series {
	out := chart.Series{Class: "median", Points: make([]chart.Point, len(bands))}
	for i, b := range bands {
		out.Points[i] = chart.Point{At: times[i], Value: b.Median}
	}
	return out
}

// aheadKey says what the shades of the withdrawal mean.
func (v *view) aheadKey() []chart.Key {
	return []chart.Key{{Class: "swatch-median", Means: v.T("legend.median")}, {Class: "swatch-50", Means: v.T("legend.50")},
		{Class: "swatch-80", Means: v.T("legend.80")}, {Class: "swatch-95", Means: v.T("legend.95")}}
}

// aheadWords says the chart in a sentence or two: where withdrawal is worst,
// and what is left of it at the end.
func (v *view) aheadWords(a *outlook.Ahead, high float64) string {
	bands := a.Forecast.Withdrawal
	scale := func(n float64) int { return int(math.Round(n)) }
	at := 0
	for i, b := range bands {
		if b.Median > bands[at].Median {
			at = i
		}
	}
	worst, end := bands[at], bands[len(bands)-1]
	if scale(worst.Median) < 1 {
		if scale(high) < 1 {
			return v.T("ahead.none")
		}
		return v.T("ahead.little", "high", scale(high))
	}
	words := v.T("ahead.worst", "day", v.coming(a.Times[at]), "mid", scale(worst.Median), "low", scale(worst.Low80), "high", scale(worst.High80))
	last := v.Day(journal.DateOf(a.Times[len(a.Times)-1]))
	if scale(end.High80) < 1 {
		return words + " " + v.T("ahead.gone", "day", last)
	}
	if scale(end.Median) < 1 {
		return words + " " + v.T("ahead.fading", "day", last, "high", scale(end.High80))
	}
	return words + " " + v.T("ahead.after", "day", last, "mid", scale(end.Median), "low", scale(end.Low80), "high", scale(end.High80))
}

// aheadTable samples the forecast every twelve hours.
func (v *view) aheadTable(a *outlook.Ahead) chart.Table {
	t := chart.Table{Title: v.T("ahead.table"), Head: []string{v.T("body.time"), v.T("ahead.withdrawal_col"), v.T("curve.mitragynine.nM"), v.T("curve.seven_oh.nM")}}
	cell := func(b pkpd.Band) string {
		return v.levelCell(exposure.Level{Low: b.Low80, Mid: b.Median, High: b.High80})
	}
	for _, i := range chart.Sample(a.Times, 12*time.Hour, -1) {
		t.Rows = append(t.Rows, chart.Row{When: v.When(a.Times[i]), Cells: []string{cell(a.Forecast.Withdrawal[i]), cell(a.Forecast.MitragynineNM[i]), cell(a.Forecast.SevenOHNM[i])}})
	}
	return t
}
