package trends

import (
	"strconv"
	"time"

	"github.com/evenkeel/evenkeel/insight/trend"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/journal"
)

// month is a month of the calendar, a row a week.
type month struct {
	name  string
	heads []string
	weeks [][7]square
}

// square is one day of it. The zero value is no day of the month.
type square struct {
	day int
	// class is known, none or unknown; empty for a day that is no part of what
	// is shown.
	class string
	// sign is seen, words are read out.
	sign, words string
}

// calendar lays days out by month, the latest first.
func calendar(v *kit.View, days []trend.Day) []month {
	first := time.Sunday
	if v.T("calendar.first") == "1" {
		first = time.Monday
	}
	var heads []string
	for i := range 7 {
		heads = append(heads, v.T("weekday_short."+strconv.Itoa((int(first)+i)%7)))
	}
	var list []month
	for end := len(days); end > 0; {
		begin := end - 1
		for begin > 0 && days[begin-1].Date.Time().Month() == days[end-1].Date.Time().Month() {
			begin--
		}
		list = append(list, month{v.Month(days[begin].Date), heads, weeksOf(v, days[begin:end], first)})
		end = begin
	}
	return list
}

// weeksOf lays the days of one month out, with the days of it that are not
// shown as numbers alone.
func weeksOf(v *kit.View, days []trend.Day, first time.Weekday) [][7]square {
	at := days[0].Date.Time()
	at = at.AddDate(0, 0, 1-at.Day())
	var weeks [][7]square
	var week [7]square
	i := 0
	for month := at.Month(); at.Month() == month; at = at.AddDate(0, 0, 1) {
		column := (int(at.Weekday()) - int(first) + 7) % 7
		if column == 0 && at.Day() > 1 {
			weeks, week = append(weeks, week), [7]square{}
		}
		week[column] = square{day: at.Day()}
		if i < len(days) && days[i].Date == journal.DateOf(at) {
			week[column] = squareOf(v, &days[i])
			i++
		}
	}
	return append(weeks, week)
}

func squareOf(v *kit.View, d *trend.Day) square {
	s := square{day: d.Date.Time().Day()}
	switch d.State {
	case journal.DayDoses:
		s.class, s.sign, s.words = "known", strconv.Itoa(d.Doses), v.T("day.doses", "n", d.Doses)
	case journal.DayNone:
		s.class, s.sign, s.words = "none", "0", v.T("day.none")
	default:
		s.class, s.sign, s.words = "unknown", "?", v.T("trends.unknown")
	}
	return s
}
