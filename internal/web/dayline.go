package web

import (
	"strconv"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/outlook"
	"github.com/evenkeel/evenkeel/journal"
)

// dayLine is the line of the day: what was logged, placed by time, on a line
// that ends in now.
type dayLine struct {
	marks []lineMark
	ticks []lineTick
}

type lineMark struct {
	x    string // in per cent
	kind journal.Kind
	// n counts the marks that fall together, the first of them shown.
	n int
}

type lineTick struct {
	x, label string
	// minor ticks leave their label out on a narrow page; the first stands
	// beside its tick where there is no room to its left.
	minor, first bool
}

const (
	// leastLine is the shortest time a line shows: just after midnight a day
	// has hardly begun.
	leastLine = 6 * time.Hour
	// lineLeft and lineRight keep the ends of the line off the edge, per cent.
	lineLeft, lineRight = 2.5, 94.0
	// together is how near two marks may come, in per cent, before they share one.
	together = 2.2
)

func (v *view) dayLine(t *outlook.Today) dayLine {
	now := t.Now
	from := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	if now.Sub(from) < leastLine {
		from = now.Add(-leastLine)
	}
	place := func(at time.Time) float64 {
		return lineLeft + (lineRight-lineLeft)*float64(at.Sub(from))/float64(now.Sub(from))
	}
	var l dayLine
	entries := t.Day.Entries
	if last := t.LastDose; last != nil && last.At.After(from) && journal.DateOf(last.At) != t.Day.Date {
		entries = append([]*journal.Entry{last}, entries...)
	}
	lastX := map[journal.Kind]float64{}
	lastI := map[journal.Kind]int{}
	for _, e := range entries {
		if e.At.Before(from) || e.At.After(now.Add(time.Minute)) || e.Kind == journal.KindNone {
			continue
		}
		x := min(place(e.At), lineRight)
		if old, ok := lastX[e.Kind]; ok && x-old < together {
			l.marks[lastI[e.Kind]].n++
			continue
		}
		lastX[e.Kind], lastI[e.Kind] = x, len(l.marks)
		l.marks = append(l.marks, lineMark{x: percent(x), kind: e.Kind, n: 1})
	}
	l.ticks = v.ticks(from, now, place, lineRight-9)
	return l
}

// ticks are round hours between two times: every third, or every second of
// those on a short line. Labels beyond the limit would run into "now".
func (v *view) ticks(from, to time.Time, place func(time.Time) float64, limit float64) []lineTick {
	step := 3
	if to.Sub(from) <= 9*time.Hour {
		step = 2
	} else if to.Sub(from) > 26*time.Hour {
		step = 6
	}
	var list []lineTick
	at := time.Date(from.Year(), from.Month(), from.Day(), from.Hour()/step*step, 0, 0, 0, from.Location())
	for i := 0; !at.After(to) && i < 60; i++ {
		if x := place(at); x >= lineLeft && x <= limit {
			list = append(list, lineTick{x: percent(x), label: v.hour(at), minor: len(list)%2 == 1, first: x < 5})
		}
		at = at.Add(time.Duration(step) * time.Hour)
	}
	return list
}

func percent(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) + "%" }
