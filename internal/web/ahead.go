package web

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/exposure"
	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/pkpd"
)

// aheadChart is a forecast drawn in boxes of 1000 by 100 that the page
// stretches: withdrawal on its scale, and below it the two levels.
type aheadChart struct {
	// empty says that there is nothing to draw: no dose, no withdrawal.
	empty      bool
	withdrawal fan
	levels     []fan
	days       []lineTick // names of the days, in their middle
	midnights  []string   // between the days
	words      string
	rows       []aheadRow
}

// fan is a median line in the ranges that hold 50, 80 and 95 % of the runs.
type fan struct {
	key              string // "withdrawal", "mitragynine" or "seven_oh"
	in95, in80, in50 string // paths of the ranges
	median           string
	top              float64
	lines            []fanLine
	flat             bool
	last             pkpd.Band
	highest          int     // index of the median's maximum
	high             float64 // the highest of the range of 80 %
}

// fanLine is a line across at a round figure.
type fanLine struct{ y, label string }

// aheadRow is a line of the table behind the chart.
type aheadRow struct{ when, withdrawal, mitragynine, sevenOH string }

// mostWithdrawal is the upper end of the scale of withdrawal (SOWS).
const mostWithdrawal = 64

// tops are the upper ends of the two levels, nM: the same for every position
// of the slider, so that what is higher looks higher.
type tops [2]float64

// topsOf are the ends that hold a forecast.
func topsOf(f *pkpd.Forecast) tops { return tops{topOf(f.MitragynineNM), topOf(f.SevenOHNM)} }

// topOf is a round figure above the bands; 0 where there is nothing to see.
func topOf(bands []pkpd.Band) float64 {
	high := 0.0
	for _, b := range bands {
		high = max(high, b.High80)
	}
	if high < nextToNone {
		return 0
	}
	return ceiling(high)
}

// nextToNone is a level (nM) or a score that is not worth drawing.
const nextToNone = 0.05

// String writes them for an address, and readTops reads that; what makes no
// sense is as good as nothing.
func (t tops) String() string { return number(t[0]) + "," + number(t[1]) }

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
	own := topsOf(f)
	c := aheadChart{withdrawal: newFan("withdrawal", f.Withdrawal, mostWithdrawal)}
	for _, y := range []int{16, 32, 48} {
		c.withdrawal.lines = append(c.withdrawal.lines, fanLine{percent(100 - 100*float64(y)/mostWithdrawal), strconv.Itoa(y)})
	}
	c.levels = []fan{newFan("mitragynine", f.MitragynineNM, max(own[0], least[0])), newFan("seven_oh", f.SevenOHNM, max(own[1], least[1]))}
	if c.empty = c.levels[0].flat && c.levels[1].flat && c.withdrawal.flat; c.empty {
		return c
	}
	c.days, c.midnights = v.dayTicks(a.Times)
	c.words = v.aheadWords(a, &c.withdrawal)
	c.rows = v.aheadRows(a)
	return c
}

// newFan draws bands at even steps up to top; with a top of 0 there is nothing
// to draw. The widest band is left to withdrawal: the levels are small pictures.
func newFan(key string, bands []pkpd.Band, top float64) fan {
	f := fan{key: key, top: top, last: bands[len(bands)-1]}
	for i, b := range bands {
		f.high = max(f.high, b.High80)
		if b.Median > bands[f.highest].Median {
			f.highest = i
		}
	}
	if f.flat = f.high < nextToNone; f.flat && top == 0 {
		return f
	}
	if key == "withdrawal" {
		f.in95 = f.between(bands, func(b pkpd.Band) (float64, float64) { return b.Low95, b.High95 })
	}
	f.in80 = f.between(bands, func(b pkpd.Band) (float64, float64) { return b.Low80, b.High80 })
	f.in50 = f.between(bands, func(b pkpd.Band) (float64, float64) { return b.Low50, b.High50 })
	var line strings.Builder
	for i, b := range bands {
		point(&line, i == 0, f.x(i, len(bands)), f.y(b.Median))
	}
	f.median = line.String()
	return f
}

func (f *fan) x(i, n int) float64 { return curveWidth * float64(i) / float64(n-1) }

// y keeps what is above the upper edge at the edge.
func (f *fan) y(value float64) float64 { return 100 * (1 - min(value/f.top, 1)) }

func (f *fan) between(bands []pkpd.Band, ends func(pkpd.Band) (low, high float64)) string {
	var path strings.Builder
	for i, b := range bands {
		_, high := ends(b)
		point(&path, i == 0, f.x(i, len(bands)), f.y(high))
	}
	for i := len(bands) - 1; i >= 0; i-- {
		low, _ := ends(bands[i])
		point(&path, false, f.x(i, len(bands)), f.y(low))
	}
	path.WriteByte('Z')
	return path.String()
}

// dayTicks are the names of the days and the midnights between them.
func (v *view) dayTicks(times []time.Time) (days []lineTick, midnights []string) {
	first, last := times[0], times[len(times)-1]
	place := func(at time.Time) float64 { return 100 * float64(at.Sub(first)) / float64(last.Sub(first)) }
	for day := time.Date(first.Year(), first.Month(), first.Day(), 0, 0, 0, 0, first.Location()); day.Before(last); day = day.AddDate(0, 0, 1) {
		if day.After(first) {
			midnights = append(midnights, percent(place(day)))
		}
		// A name needs room: the first and last day are often cut short.
		if x := place(day.Add(12 * time.Hour)); x > 2 && x < 98 {
			days = append(days, lineTick{x: percent(x), label: v.T("weekday_short." + strconv.Itoa(int(day.Weekday()))), minor: len(days)%2 == 1})
		}
	}
	return days, midnights
}

// aheadWords says the chart in a sentence or two.
func (v *view) aheadWords(a *outlook.Ahead, f *fan) string {
	worst := a.Forecast.Withdrawal[f.highest]
	scale := func(n float64) int { return int(math.Round(n)) }
	if scale(worst.Median) < 1 {
		if scale(f.high) < 1 {
			return v.T("ahead.none")
		}
		return v.T("ahead.little", "high", scale(f.high))
	}
	words := v.T("ahead.worst", "day", v.coming(a.Times[f.highest]), "mid", scale(worst.Median), "low", scale(worst.Low80), "high", scale(worst.High80))
	last := v.day(journal.DateOf(a.Times[len(a.Times)-1]))
	if scale(f.last.High80) < 1 {
		return words + " " + v.T("ahead.gone", "day", last)
	}
	if scale(f.last.Median) < 1 {
		return words + " " + v.T("ahead.fading", "day", last, "high", scale(f.last.High80))
	}
	return words + " " + v.T("ahead.after", "day", last, "mid", scale(f.last.Median), "low", scale(f.last.Low80), "high", scale(f.last.High80))
}

// aheadRows samples the forecast every twelve hours.
func (v *view) aheadRows(a *outlook.Ahead) []aheadRow {
	var rows []aheadRow
	next := a.Times[0]
	cell := func(b pkpd.Band) string {
		return v.levelCell(exposure.Level{Low: b.Low80, Mid: b.Median, High: b.High80})
	}
	for i, at := range a.Times {
		if at.Before(next) {
			continue
		}
		next = at.Add(12 * time.Hour)
		rows = append(rows, aheadRow{v.when(at), cell(a.Forecast.Withdrawal[i]), cell(a.Forecast.MitragynineNM[i]), cell(a.Forecast.SevenOHNM[i])})
	}
	return rows
}
