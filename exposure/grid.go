package exposure

import (
	"math"
	"slices"
	"time"

	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
)

const (
	// leastUsual is how many days of use make a usual: fewer are no habit.
	leastUsual = 3
	// mostGap is how much of the day before a moment may lie in days without
	// entries before nothing is compared there. A morning on which nothing is
	// written yet is no gap; an evening is. Our choice.
	mostGap = 12 * time.Hour
)

// afterDose are hours after a dose at which a curve that rises is followed, and
// peakHours those at which the peak of a day is looked for: 7-OH and tea are
// highest within one to two hours, leaf and what is made of it within four.
var (
	afterDose = []float64{0, 1. / 12, 1. / 6, 0.5}
	peakHours = []float64{0.5, 1, 1.5, 2, 3, 4}
)

// grid is when a curve is asked for: where it is shown, and where the usual
// peak is looked for.
type grid struct {
	times []float64 // h from now, ascending
	shown []int     // places in times
	days  int
	day   []int // of each time, the day of use whose peak it may be; -1 for none
}

// daysOfUse are the days before today that have doses, within the reach of a
// curve.
func daysOfUse(j *journal.Journal, now time.Time) map[journal.Date]int {
	today := journal.DateOf(now)
	days := map[journal.Date]int{}
	for _, e := range j.Between(now.Add(-curveReach), now) {
		d := journal.DateOf(e.At)
		if _, seen := days[d]; e.Kind == journal.KindDose && d < today && !seen {
			days[d] = len(days)
		}
	}
	return days
}

// gridOf is the grid around now for doses and days of use.
func gridOf(now time.Time, doses []taken, days map[journal.Date]int) grid {
	type moment struct {
		h     float64
		day   int
		shown bool
	}
	var list []moment
	add := func(h float64, day int) {
		list = append(list, moment{h, day, h >= -curveBack.Hours() && h <= curveAhead.Hours()})
	}
	for i := range int((curveBack+curveAhead)/curveStep) + 1 {
		add((-curveBack + time.Duration(i)*curveStep).Hours(), -1)
	}
	usual := len(days) >= leastUsual
	for _, d := range doses {
		for _, h := range afterDose {
			add(d.AtH+h, -1)
		}
		day, ok := days[journal.DateOf(d.at)]
		if !ok || !usual {
			continue
		}
		for _, h := range peakHours {
			add(d.AtH+h, day)
		}
	}
	slices.SortStableFunc(list, func(a, b moment) int {
		switch {
		case a.h < b.h:
			return -1
		case a.h > b.h:
			return 1
		}
		return 0
	})
	g := grid{}
	if usual {
		g.days = len(days)
	}
	last := math.Inf(-1)
	for _, m := range list {
		if m.day < 0 && !m.shown {
			continue
		}
		if m.shown && m.h-last > 1./3600 { // two at one moment are one point
			g.shown = append(g.shown, len(g.times))
			last = m.h
		}
		g.times, g.day = append(g.times, m.h), append(g.day, m.day)
	}
	return g
}

// run asks for one person's curve and hands over the points that are shown,
// each with what acts as a share of the person's own peak.
func (g *grid) run(p *pkpd.Params, doses []taken, s *pkpd.Stream, each func(i int, r pkpd.Row, acting float64)) bool {
	rows, adapted, err := pkpd.Curve(p, amounts(doses, s), g.times)
	if err != nil {
		return false
	}
	top := g.peak(adapted)
	for i, k := range g.shown {
		share := 0.0
		if top > 0 {
			share = adapted[k].Drive / top
		}
		each(i, rows[k], share)
	}
	return true
}

// peak is the median over the days of use of their highest drive; the highest
// that is shown where there is no usual.
func (g *grid) peak(adapted []pkpd.Adaptation) float64 {
	if g.days == 0 {
		high := 0.0
		for _, k := range g.shown {
			high = max(high, adapted[k].Drive)
		}
		return high
	}
	peaks := make([]float64, g.days)
	for k, day := range g.day {
		if day >= 0 {
			peaks[day] = max(peaks[day], adapted[k].Drive)
		}
	}
	return pkpd.Quantile(peaks, 0.5)
}

// gapsOf tells of moments whether most of the day before them lies in days
// without entries, as far as it has passed.
func gapsOf(j *journal.Journal, now time.Time) func(at time.Time) bool {
	known := map[journal.Date]bool{}
	return func(at time.Time) bool {
		end := at
		if end.After(now) {
			end = now
		}
		unknown := time.Duration(0)
		for from := at.Add(-24 * time.Hour); from.Before(end); {
			next := journal.StartOfDay(from, 1)
			if next.After(end) {
				next = end
			}
			day := journal.DateOf(from)
			is, seen := known[day]
			if !seen {
				is = j.Day(day).State != journal.DayUnknown
				known[day] = is
			}
			if !is {
				unknown += next.Sub(from)
			}
			from = next
		}
		return unknown > mostGap
	}
}
