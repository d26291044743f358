package plan

import (
	"math"
	"net/url"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/outlook"
	use "github.com/evenkeel/evenkeel/internal/app/plan"
	"github.com/evenkeel/evenkeel/internal/web/chart"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/reading"
	"github.com/evenkeel/evenkeel/pkpd"
	"github.com/evenkeel/evenkeel/say"
	"github.com/evenkeel/evenkeel/taper"
)

// way is one pace as the page shows it.
type way struct {
	name  string
	said  []string
	fast  string // what is known of a pace as fast; empty for a slower one
	err   error
	fan   *chart.Figure
	steps chart.Table
	whys  chart.Table // of the lowest amounts: what holds each step
	days  chart.Table
	// number of the pace in the form, and all of the form that a choice brings
	// along.
	number  string
	carried [][2]string
}

func waysOf(v *kit.View, a *use.Answer, f url.Values) []way {
	var list []way
	var numbers []string
	for _, n := range paceNumbers() {
		if f.Get("strategy"+n) != "" {
			numbers = append(numbers, n)
		}
	}
	for i := range a.List {
		w := &a.List[i]
		out := way{name: v.Phrase(use.Pace(&w.Pace, a.Start.Unit), v.Now), err: w.Err, number: numbers[i], carried: carried(f)}
		if w.Err != nil {
			list = append(list, out)
			continue
		}
		for _, p := range use.Say(&a.Paces, w) {
			out.said = append(out.said, v.Phrase(p, v.Now))
		}
		if p, ok := use.Fast(&w.Schedule); ok {
			out.fast = v.Phrase(p, v.Now)
		}
		out.steps = stepsOf(v, &w.Schedule)
		if w.Least != nil {
			out.whys = whysOf(v, w)
		}
		if !a.Guessed {
			out.days = daysOf(v, &a.Paces, w)
			if !v.Hides() {
				out.fan = fanOf(v, &a.Paces, w)
			}
		}
		list = append(list, out)
	}
	return list
}

// fanOf is how rough each day could be, and the range of going on as now.
func fanOf(v *kit.View, p *outlook.Paces, w *outlook.Way) *chart.Figure {
	times := noons(p)
	weeks := chart.Time{From: times[0], To: times[len(times)-1]}
	var ticks []chart.Tick
	every := max(7, (p.Days/5+6)/7*7)
	for d := 0; d < p.Days; d += every {
		ticks = append(ticks, chart.Tick{At: weeks.Along(times[d]), Label: v.T("way.day_n", "n", d+1), First: d == 0})
	}
	plot := chart.Plot{Height: 150, Above: 12, X: chart.Axis{Time: weeks, Ticks: ticks}, Y: chart.Linear{High: 10}, Steps: reading.Steps(10, v.Number)}
	limits := say.Limits()
	for _, l := range []struct{ limit, word string }{{"moderate_from", "say.moderate"}, {"severe_from", "say.severe"}} {
		plot.Across = append(plot.Across, chart.Rule{Value: limits[l.limit].Value, Label: v.T(l.word)})
	}
	levels, same := w.Course.Levels[1:], p.Same.Levels[1:]
	plot.Bands = append(reading.Fan(times, levels), reading.Between(times, same, "band band-same", func(b pkpd.Band) (float64, float64) { return b.Low80, b.High80 }))
	plot.Lines = []chart.Series{reading.Median(times, levels)}
	f := chart.Figure{Class: "fan fan-rough", Name: v.T("way.rough"), Scale: v.T("ahead.scale"), Plot: &plot}
	probe := chart.Probe{Label: v.T("plot.along", "plot", f.Name)}
	for i, b := range levels {
		probe.Moments = append(probe.Moments, chart.Moment{At: times[i], Value: b.Median,
			Text: v.T("plot.at", "time", v.T("way.day_n", "n", i+1), "what", rangeOf(v, b))})
	}
	plot.Probe = &probe
	return &f
}

// noons are the middles of the days of the plan.
func noons(p *outlook.Paces) []time.Time {
	times := make([]time.Time, p.Days)
	for d := range times {
		times[d] = p.First.Add(d).Time()
	}
	return times
}

func rangeOf(v *kit.View, b pkpd.Band) string {
	return v.T("way.of_10", "low", math.Round(b.Low80), "high", math.Round(b.High80))
}

// daysOf says the same in figures, every week.
func daysOf(v *kit.View, p *outlook.Paces, w *outlook.Way) chart.Table {
	t := chart.Table{Title: v.T("way.table"), Head: []string{v.T("way.col.day"), v.T("way.col.rough"), v.T("way.col.same")}}
	for d := 1; d <= p.Days; d += 7 {
		t.Rows = append(t.Rows, chart.Row{When: v.T("way.day_n", "n", d), Cells: []string{rangeOf(v, w.Course.Levels[d]), rangeOf(v, p.Same.Levels[d])}})
	}
	return t
}

// stepsOf are the amounts, step by step.
func stepsOf(v *kit.View, s *taper.Schedule) chart.Table {
	t := chart.Table{Title: v.T("way.amounts"), Head: []string{v.T("way.col.day"), v.T("way.col.amount"), v.T("way.col.doses")}}
	for _, st := range s.Steps {
		amount, doses := v.T("way.nothing_left"), []string{}
		if n := st.Pattern.Grains(); n > 0 {
			amount = v.Amount(s.Start.Amount(n), s.Start.Unit)
		}
		for _, d := range st.Pattern {
			at := d.At(v.Today(), v.Now.Location())
			doses = append(doses, v.Clock(at)+" "+v.Figure(s.Start.Amount(d.Grains)))
		}
		t.Rows = append(t.Rows, chart.Row{When: v.T("way.day_n", "n", st.Day+1), Cells: []string{amount, strings.Join(doses, "; ")}})
	}
	return t
}

// whysOf says of each step of a least plan why it is not lower.
func whysOf(v *kit.View, w *outlook.Way) chart.Table {
	t := chart.Table{Title: v.T("way.least.why"), Head: []string{v.T("way.col.day"), v.T("way.least.col")}}
	for i := range w.Least.Binds {
		b := &w.Least.Binds[i]
		t.Rows = append(t.Rows, chart.Row{When: v.T("way.day_n", "n", b.Day+1), Cells: []string{v.Phrase(use.Why(w, b), v.Now)}})
	}
	return t
}

// keyOf says what the shades mean.
func keyOf(v *kit.View) []chart.Key {
	return []chart.Key{{Class: "swatch-median", Means: v.T("legend.median")}, {Class: "swatch-50", Means: v.T("legend.50")},
		{Class: "swatch-80", Means: v.T("legend.80")}, {Class: "swatch-same", Means: v.T("way.same")}}
}
