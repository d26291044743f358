package web

import (
	"math"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/exposure"
	"github.com/evenkeel/evenkeel/journal"
)

// toleranceChart is how far a typical body that took these doses has adjusted,
// over the last weeks, in a box of 1000 by 100 per cent.
type toleranceChart struct {
	fast, slow string // paths
	words      []string
	ticks      []lineTick
	rows       []toleranceRow
}

type toleranceRow struct{ when, fast, slow string }

// notable is the change of adaptation, of the most it could be, that is worth
// a word.
const notable = 0.03

func (v *view) toleranceChart(points []exposure.TolerancePoint) toleranceChart {
	var c toleranceChart
	n := len(points)
	if n < 2 {
		return c
	}
	first, last := points[0].At, points[n-1].At
	var fast, slow strings.Builder
	x := func(at time.Time) float64 { return curveWidth * float64(at.Sub(first)) / float64(last.Sub(first)) }
	next := first
	for i, p := range points {
		point(&fast, i == 0, x(p.At), 100*(1-p.Fast))
		point(&slow, i == 0, x(p.At), 100*(1-p.Slow))
		if !p.At.Before(next) {
			next = p.At.AddDate(0, 0, 2)
			c.rows = append(c.rows, toleranceRow{v.near(journal.DateOf(p.At)), v.share(p.Fast), v.share(p.Slow)})
		}
	}
	c.fast, c.slow = fast.String(), slow.String()
	for _, weeks := range []int{4, 2} {
		if at := last.AddDate(0, 0, -7*weeks); at.After(first) {
			c.ticks = append(c.ticks, lineTick{x: percent(x(at) / curveWidth * 100), label: v.T("tolerance.ago", "n", weeks), first: x(at) < 0.1*curveWidth})
		}
	}
	now, before := points[n-1], points[0]
	for _, p := range points {
		if !p.At.After(last.AddDate(0, 0, -14)) {
			before = p
		}
	}
	c.words = []string{v.T("tolerance.now", "fast", v.share(now.Fast), "slow", v.share(now.Slow)), v.T("tolerance." + change(now, before))}
	return c
}

// change compares the slow part, which is what lasts.
func change(now, before exposure.TolerancePoint) string {
	switch d := now.Slow - before.Slow; {
	case d > notable:
		return "more"
	case d < -notable:
		return "less"
	}
	return "same"
}

// share says a part of the whole in whole per cent.
func (v *view) share(part float64) string {
	return v.T("tolerance.share", "n", int(math.Round(100*part)))
}
