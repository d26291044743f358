package today

import (
	"time"

	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/internal/web/chart"
	"github.com/evenkeel/evenkeel/internal/web/shell"
	"github.com/evenkeel/evenkeel/journal"
)

const (
	// leastLine is the shortest time a line shows: just after midnight a day
	// has hardly begun.
	leastLine = 6 * time.Hour
	// lineLeft and lineRight keep the ends of the line off the edge.
	lineLeft, lineRight = 0.025, 0.94
	// lineLabels is how far labels may go before they run into "now".
	lineLabels = lineRight - 0.09
)

// shapes are how the kinds of entries are marked, where it is not as others.
var shapes = map[journal.Kind]chart.Shape{journal.KindDose: chart.Stem, journal.KindCheckIn: chart.Dot}

// dayLine is the line of the day: what was logged, placed by time, on a line
// that ends in now. The list of the day's entries says the same in words.
func dayLine(v *shell.Visit, t *outlook.Today) *chart.Strip {
	from := time.Date(t.Now.Year(), t.Now.Month(), t.Now.Day(), 0, 0, 0, 0, t.Now.Location())
	if t.Now.Sub(from) < leastLine {
		from = t.Now.Add(-leastLine)
	}
	x := chart.Time{From: from, To: t.Now, Left: lineLeft, Right: lineRight}
	s := chart.Strip{Class: "dayline", X: x, Ticks: chart.Hours(x, lineLabels, v.Hour), Now: v.T("today.now")}
	entries := t.Day.Entries
	if last := t.LastDose; last != nil && last.At.After(from) && journal.DateOf(last.At) != t.Day.Date {
		entries = append([]*journal.Entry{last}, entries...)
	}
	for _, e := range entries {
		if e.At.After(t.Now.Add(time.Minute)) || e.Kind == journal.KindNone {
			continue
		}
		shape, ok := shapes[e.Kind]
		if !ok {
			shape = chart.Small
		}
		s.Marks = append(s.Marks, chart.Mark{At: e.At, Shape: shape})
	}
	return &s
}
