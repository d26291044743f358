package chart

import "time"

// Tick is a label along an axis.
type Tick struct {
	// At is a share of the width.
	At    float64
	Label string
	// Minor ticks leave their label out where the page is narrow. The first
	// stands beside its tick and the last before it, where there is no room
	// around them.
	Minor, First, Last bool
}

const (
	// edge is how near the left end a label finds no room around its tick.
	edge = 0.05
	// leastLeft keeps the first tick of a line off the end.
	leastLeft = 0.025
	// mostTicks is far more than any line has room for.
	mostTicks = 60
)

// Hours are ticks at round hours: every third, every second on a short line,
// every sixth on a long one, up to the share of the width where labels would
// run into something else.
func Hours(t Time, upTo float64, label func(time.Time) string) []Tick {
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
		if x := t.Along(at); x >= leastLeft && x <= upTo {
			list = append(list, Tick{At: x, Label: label(at), Minor: len(list)%2 == 1, First: x < edge})
		}
		at = at.Add(time.Duration(step) * time.Hour)
	}
	return list
}

// midnight begins the day of t where t is.
func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

// Days are the names of the days, each in the middle of its day. A name needs
// room: the first and last day are often cut short.
func Days(t Time, label func(time.Time) string) []Tick {
	var list []Tick
	for day := midnight(t.From); day.Before(t.To); day = day.AddDate(0, 0, 1) {
		if x := t.Along(day.Add(12 * time.Hour)); x > 0.02 && x < 0.98 {
			list = append(list, Tick{At: x, Label: label(day), Minor: len(list)%2 == 1})
		}
	}
	return list
}

// Midnights are the lines between the days of an axis.
func Midnights(t Time) []float64 {
	var list []float64
	for day := midnight(t.From).AddDate(0, 0, 1); day.Before(t.To); day = day.AddDate(0, 0, 1) {
		list = append(list, t.Along(day))
	}
	return list
}

// Half leaves every second tick, for a picture of half the width.
func Half(ticks []Tick) []Tick {
	var list []Tick
	for i := 0; i < len(ticks); i += 2 {
		one := ticks[i]
		one.Minor = i%4 != 0
		list = append(list, one)
	}
	return list
}

// Back are ticks at whole times before the end of an axis, the longest first.
func Back(t Time, label func(i int) string, days ...int) []Tick {
	var list []Tick
	for i, n := range days {
		if at := t.To.AddDate(0, 0, -n); at.After(t.From) {
			x := t.Along(at)
			list = append(list, Tick{At: x, Label: label(i), First: x < 0.1})
		}
	}
	return list
}
