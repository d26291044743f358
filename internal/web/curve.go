package web

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/exposure"
	"github.com/evenkeel/evenkeel/internal/locale"
)

// curve is one analyte over the hours around now, drawn in a box of 1000 by
// 100 that the page stretches.
type curve struct {
	key        string // "mitragynine" or "seven_oh": names its texts and its colour
	band, past string // paths
	ahead      string
	top        float64 // nM at the upper edge
	now        exposure.Level
	nowX       string
	nowY       string
	rising     bool
	flat       bool // nothing worth drawing
	ticks      []lineTick
}

const curveWidth = 1000

// curves draws both analytes. The two have panels and scales of their own:
// their levels differ too much for one.
func (v *view) curves(b *exposure.Curve) []curve {
	if !b.Known() {
		return nil
	}
	return []curve{
		v.curve(b, "mitragynine", func(p exposure.Point) exposure.Level { return p.Mitragynine }),
		v.curve(b, "seven_oh", func(p exposure.Point) exposure.Level { return p.SevenOH }),
	}
}

func (v *view) curve(b *exposure.Curve, key string, level func(exposure.Point) exposure.Level) curve {
	first, last := b.Points[0].At, b.Points[len(b.Points)-1].At
	span := last.Sub(first)
	c := curve{key: key, now: level(b.Points[b.Now])}
	high := 0.0
	for _, p := range b.Points {
		l := level(p)
		high = max(high, l.Mid, l.High)
	}
	if high < 0.05 {
		c.flat = true
		return c
	}
	c.top = ceiling(high)
	x := func(at time.Time) float64 { return curveWidth * float64(at.Sub(first)) / float64(span) }
	y := func(nM float64) float64 { return 100 * (1 - nM/c.top) }
	var past, ahead, upper strings.Builder
	lower := make([]string, 0, len(b.Points))
	banded := false
	for i, p := range b.Points {
		l := level(p)
		point(&upper, i == 0, x(p.At), y(max(l.High, l.Mid)))
		lower = append(lower, pair(x(p.At), y(min(l.Low, l.Mid))))
		banded = banded || l.High > l.Low
		if i <= b.Now {
			point(&past, i == 0, x(p.At), y(l.Mid))
		}
		if i >= b.Now {
			point(&ahead, i == b.Now, x(p.At), y(l.Mid))
		}
	}
	c.past, c.ahead = past.String(), ahead.String()
	if banded {
		for i := len(lower) - 1; i >= 0; i-- {
			upper.WriteString("L" + lower[i])
		}
		c.band = upper.String() + "Z"
	} else {
		c.band = c.past + "L" + pair(x(b.Points[b.Now].At), 100) + "L" + pair(0, 100) + "Z"
	}
	c.nowX = percent(x(b.Points[b.Now].At) / curveWidth * 100)
	c.nowY = percent(y(c.now.Mid))
	if b.Now+1 < len(b.Points) {
		c.rising = level(b.Points[b.Now+1]).Mid > c.now.Mid
	}
	c.ticks = v.ticks(first, last, func(at time.Time) float64 { return x(at) / curveWidth * 100 }, 97)
	return c
}

// ceiling is the next round figure above a level, so that the upper edge has
// a plain label.
func ceiling(f float64) float64 {
	scale := math.Pow(10, math.Floor(math.Log10(f)))
	for _, m := range []float64{1, 1.5, 2, 3, 4, 5, 6, 8, 10} {
		if f <= m*scale {
			return locale.Two(m * scale)
		}
	}
	return locale.Two(10 * scale)
}

func point(b *strings.Builder, start bool, x, y float64) {
	if start {
		b.WriteByte('M')
	} else {
		b.WriteByte('L')
	}
	b.WriteString(pair(x, y))
}

func pair(x, y float64) string {
	return strconv.FormatFloat(x, 'f', 0, 64) + " " + strconv.FormatFloat(y, 'f', 1, 64)
}

// levelWords says a level in two figures, with its range where there is one.
func (v *view) levelWords(l exposure.Level) string {
	if locale.Two(l.Low) == locale.Two(l.High) {
		return v.T("curve.level", "mid", locale.Two(l.Mid))
	}
	return v.T("curve.level_range", "mid", locale.Two(l.Mid), "low", locale.Two(l.Low), "high", locale.Two(l.High))
}

// curveRow is a line of the table behind the curves.
type curveRow struct {
	when             string
	mitragynine, soh string
	now              bool
}

// curveRows samples the points about every two hours, now included.
func (v *view) curveRows(b *exposure.Curve) []curveRow {
	var rows []curveRow
	next := time.Time{}
	for i, p := range b.Points {
		if p.At.Before(next) && i != b.Now {
			continue
		}
		next = p.At.Add(2 * time.Hour)
		rows = append(rows, curveRow{when: v.when(p.At), mitragynine: v.levelCell(p.Mitragynine), soh: v.levelCell(p.SevenOH), now: i == b.Now})
	}
	return rows
}

func (v *view) levelCell(l exposure.Level) string {
	if locale.Two(l.Low) == locale.Two(l.High) {
		return v.Number(locale.Two(l.Mid))
	}
	return v.T("curve.cell", "mid", locale.Two(l.Mid), "low", locale.Two(l.Low), "high", locale.Two(l.High))
}
