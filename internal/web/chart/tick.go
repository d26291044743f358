package chart

import (
	"time"
	"unicode/utf8"

	"github.com/evenkeel/evenkeel/journal"
)

// Tick is a label along an axis.
type Tick struct {
	// At is a share of the width.
	At    float64
	Label string
	// Keep gives a label its room before others get theirs.
	Keep bool
	// Minor ticks leave their label out where the page is narrow. A first one
	// stands beside its tick and a last one before it, where there is no room
	// around them.
	Minor, First, Last bool
}

const (
	// narrow and wideEnough are how wide an axis is on the narrowest phone and
	// on a page that shows the minor labels, in CSS pixels.
	narrow, wideEnough = 208.0, 430.0
	// apart is the least room between two labels.
	apart = 8.0
	// mostTicks is far more than any line has room for.
	mostTicks = 400
)

// extent is where a label begins and ends on an axis of a width.
func (t *Tick) extent(width float64) (from, to float64) {
	w := letter * float64(utf8.RuneCountInString(t.Label))
	x := t.At * width
	switch {
	case t.First:
		return x, x + w
	case t.Last:
		return x - w, x
	}
	return x - w/2, x + w/2
}

// nudge keeps a label at an end off the edge.
func (t *Tick) nudge() string {
	switch {
	case t.First:
		return "3"
	case t.Last:
		return "-3"
	}
	return "0"
}

// Fit gives labels their room: one that would be cut off at an end stands
// beside its tick, one that would run into another is left out where the page is
// narrow, or altogether.
func Fit(ticks []Tick) []Tick {
	for i := range ticks {
		t := &ticks[i]
		if from, to := t.extent(narrow); from < 0 {
			t.First = true
		} else if to > narrow {
			t.Last = true
		}
	}
	in := make([]bool, len(ticks))
	place := func(width float64, keep, minor bool) {
		for i := range ticks {
			if in[i] || ticks[i].Keep != keep {
				continue
			}
			from, to := ticks[i].extent(width)
			free := from >= -1 && to <= width+1
			for k := range ticks {
				if in[k] {
					f, t := ticks[k].extent(width)
					free = free && (to+apart <= f || t+apart <= from)
				}
			}
			if free {
				in[i], ticks[i].Minor = true, minor
			}
		}
	}
	place(narrow, true, false)
	place(narrow, false, false)
	place(wideEnough, false, true)
	var list []Tick
	for i, t := range ticks {
		if in[i] {
			list = append(list, t)
		}
	}
	return list
}

// Hours are ticks at round hours: every second on a short line, every third, or
// every sixth on one of more than a day.
func Hours(t Time, label func(time.Time) string) []Tick {
	step := 3
	switch span := t.To.Sub(t.From); {
	case span <= 9*time.Hour:
		step = 2
	case span > 26*time.Hour:
		step = 6
	}
	var list []Tick
	from := t.From
	at := time.Date(from.Year(), from.Month(), from.Day(), from.Hour()/step*step, 0, 0, 0, from.Location())
	for i := 0; !at.After(t.To) && i < mostTicks; i++ {
		if x := t.Along(at); x >= 0 && x <= 1 {
			list = append(list, Tick{At: x, Label: label(at)})
		}
		at = at.Add(time.Duration(step) * time.Hour)
	}
	return Fit(list)
}

// Days are the dates of the days that are seen, each in the middle of what is
// seen of it. short is for a day that is cut.
func Days(t Time, label, short func(time.Time) string) []Tick {
	var list []Tick
	for day := journal.StartOfDay(t.From, 0); day.Before(t.To); day = journal.StartOfDay(day, 1) {
		from, to := max(t.Along(day), 0), min(t.Along(journal.StartOfDay(day, 1)), 1)
		text := label(day)
		room := narrow * (to - from)
		if letter*float64(utf8.RuneCountInString(text))+apart > room {
			text = short(day)
		}
		if letter*float64(utf8.RuneCountInString(text)) <= room {
			list = append(list, Tick{At: (from + to) / 2, Label: text})
		}
	}
	return Fit(list)
}

// Midnights are the lines between the days of an axis.
func Midnights(t Time) []float64 {
	var list []float64
	for day := journal.StartOfDay(t.From, 1); day.Before(t.To); day = journal.StartOfDay(day, 1) {
		list = append(list, t.Along(day))
	}
	return list
}

// steps are how many days may lie between two dates.
var steps = []int{1, 2, 3, 4, 7, 14, 28, 56, 91, 182, 364}

// Dates are ticks at the beginning of days, evenly apart: as near as their labels
// allow, and every so many of them where the page is narrow. They are counted on
// from the first day, or back from the last.
func Dates(t Time, back bool, label func(time.Time) string) []Tick {
	day, sign := journal.StartOfDay(t.From, 0), 1
	if back {
		day, sign = journal.StartOfDay(t.To, 0), -1
	}
	room := letter*float64(utf8.RuneCountInString(label(day))) + apart
	oneDay := t.Along(journal.StartOfDay(day, 1)) - t.Along(day)
	fits := func(n int, width float64) bool { return width*oneDay*float64(n) >= room }
	near, far := 0, 0
	for _, n := range steps {
		if far == 0 && fits(n, narrow) {
			far = n
		}
	}
	for _, n := range steps {
		if near == 0 && far%n == 0 && fits(n, wideEnough) {
			near = n
		}
	}
	if far == 0 || near == 0 {
		return nil // longer than a life
	}
	var list []Tick
	if t.Along(day) < 0 {
		day = journal.StartOfDay(day, 1)
	}
	for i := 0; i < mostTicks; i += near {
		one := journal.StartOfDay(day, sign*i)
		tick := Tick{At: t.Along(one), Label: label(one), Minor: i%far != 0}
		if from, to := tick.extent(narrow); from >= 0 && to <= narrow {
			list = append(list, tick)
		} else if tick.At < 0 || tick.At > 1 {
			break
		}
	}
	return list
}
