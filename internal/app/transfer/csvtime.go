package transfer

import (
	"strconv"
	"strings"
	"time"
)

// dayFirst decides whether dates with slashes or dots put the day first. Dots
// do; with slashes a number over 12 tells, and without one it stays unclear
// and the month is taken to be first, as in the United States.
func dayFirst(dates []string) (first, unclear bool) {
	for _, s := range dates {
		s, _, _ = strings.Cut(strings.TrimSpace(s), " ")
		if strings.Count(s, ".") == 2 {
			return true, false
		}
		parts := strings.Split(s, "/")
		if len(parts) != 3 {
			continue
		}
		a, errA := strconv.Atoi(parts[0])
		b, errB := strconv.Atoi(parts[1])
		switch {
		case errA != nil || errB != nil || a > 31:
			continue
		case a > 12:
			return true, false
		case b > 12:
			return false, false
		}
		unclear = true
	}
	return false, unclear
}

var dateLayouts = []string{"2006-01-02", "2006/01/02", "Jan 2, 2006", "January 2, 2006", "2 Jan 2006", "2 January 2006", "Jan 2 2006"}
var monthFirstLayouts = []string{"1/2/2006", "1/2/06", "1-2-2006"}
var dayFirstLayouts = []string{"2/1/2006", "2/1/06", "2.1.2006", "2.1.06", "2-1-2006"}
var timeLayouts = []string{"15:04:05", "15:04", "3:04:05 PM", "3:04 PM", "3:04PM", "3 PM", "3PM", "15:04:05.999999999", "3:04 pm", "3:04pm", "3 pm", "3pm"}

// readTime reads a cell that holds a moment, or a day, which is put at noon and
// not timed. A time without an offset is in loc, the zone of the person's
// machine.
func readTime(s string, dayFirst bool, loc *time.Location) (at time.Time, timed bool, err error) {
	s = strings.TrimSpace(strings.ReplaceAll(s, "\u202f", " "))
	for _, l := range []string{time.RFC3339Nano, "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -0700"} {
		if t, err := time.Parse(l, s); err == nil {
			return t, true, nil
		}
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		switch { // seconds or milliseconds since 1970, for years 2001 to 2286
		case n >= 1e9 && n < 1e10:
			return time.Unix(n, 0).In(loc), true, nil
		case n >= 1e12 && n < 1e13:
			return time.UnixMilli(n).In(loc), true, nil
		}
	}
	dates := append(append([]string{}, dateLayouts...), monthFirstLayouts...)
	if dayFirst {
		dates = append(append([]string{}, dateLayouts...), dayFirstLayouts...)
	}
	for _, d := range dates {
		if t, err := time.ParseInLocation(d, s, loc); err == nil {
			return time.Date(t.Year(), t.Month(), t.Day(), 12, 0, 0, 0, loc), false, nil
		}
		for _, sep := range []string{" ", "T", ", "} {
			for _, c := range timeLayouts {
				if t, err := time.ParseInLocation(d+sep+c, s, loc); err == nil {
					return t, true, nil
				}
			}
		}
	}
	return time.Time{}, false, problem("transfer.cell.time")
}
