package quick

import (
	"time"

	"github.com/evenkeel/evenkeel/journal"
)

// trouble is what keeps a time of the line from being one moment.
type trouble uint8

const (
	placedWell trouble = iota
	needsClock         // a day, or a part of one
	eitherHour         // morning or evening
	eitherDay
	inFuture
	nextYear    // a date without a year that is nearer ahead than behind
	skippedTime // the clocks went forward over it
	noSuchTime
)

// calendar puts times of the line on the days before now.
type calendar struct {
	now    time.Time
	habit  string // the clock that the person reads: "12h" or "24h"
	chosen bool   // the person chose it; else it is their language's
	// twelve and twentyFour say which clock the line itself uses.
	twelve, twentyFour bool
}

// calendarOf is the calendar for the times of a line.
func calendarOf(c *Context, list []phrase) calendar {
	cal := calendar{now: c.Now, habit: c.clock(), chosen: c.Clock != ""}
	for i := range list {
		if w := list[i].when; w != nil {
			cal.twelve, cal.twentyFour = cal.twelve || w.twelve, cal.twentyFour || w.twentyFour
		}
	}
	return cal
}

// placed is a time on the calendar; one and two are the readings that are
// possible where there are two.
type placed struct {
	at       time.Time
	trouble  trouble
	one, two time.Time
}

// longestBack is how far a clock time without a day reaches into yesterday:
// "11 pm" at one in the morning. A reading that only a missing "pm" allows
// reaches half as far.
const longestBack = 12 * time.Hour

// place puts a time on the calendar.
func (c *calendar) place(w *when) placed {
	now := c.now
	switch {
	case w.bad:
		return placed{trouble: noSuchTime}
	case w.future:
		return placed{trouble: inFuture}
	case !w.instant.IsZero():
		if w.instant.After(now) {
			return placed{trouble: inFuture}
		}
		return placed{at: w.instant.Round(0).Truncate(time.Second)}
	case w.vague, w.loose && !w.hasClock:
		return placed{trouble: needsClock}
	}
	date, ok := c.date(w.day)
	if !ok {
		return placed{trouble: noSuchTime}
	}
	if !w.hasClock {
		if w.part == "" && w.day.kind == noDay {
			return placed{at: now}
		}
		if c.ahead(w.day) {
			return placed{trouble: nextYear, one: date}
		}
		if c.dayOf(now).Before(date) {
			return placed{trouble: inFuture}
		}
		return placed{trouble: needsClock}
	}
	hours, shift, ok := c.hours(w)
	if !ok {
		return placed{trouble: noSuchTime}
	}
	date = date.AddDate(0, 0, shift)
	if c.ahead(w.day) {
		return placed{trouble: nextYear, one: date}
	}
	return c.choose(w, date, hours)
}

// ahead reports that a date without a year is nearer to come than gone by:
// "december 25" in November is hardly last year's.
func (c *calendar) ahead(d dayRef) bool {
	if d.kind != datedDay || d.year != 0 {
		return false
	}
	last, ok := c.date(d)
	return ok && c.dayOf(c.now).Sub(last) > 183*24*time.Hour
}

// dayOf is midnight UTC of the local day of t: a date to count with.
func (c *calendar) dayOf(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// date is the latest day that fits, as midnight UTC.
func (c *calendar) date(d dayRef) (time.Time, bool) {
	today := c.dayOf(c.now)
	switch d.kind {
	case offsetDay:
		return today.AddDate(0, 0, d.offset), true
	case weekDay:
		back := (int(today.Weekday()) - int(d.weekday) + 7) % 7
		if back == 0 && d.notNow {
			back = 7
		}
		return today.AddDate(0, 0, -back), true
	case datedDay:
		year := d.year
		if year == 0 {
			year = today.Year()
		}
		// Without a year: the latest one in which the day exists and is past.
		for range 9 {
			t := time.Date(year, d.month, d.day, 0, 0, 0, 0, time.UTC)
			if t.Month() == d.month && t.Day() == d.day && (d.year != 0 || !t.After(today)) {
				return t, true
			}
			if d.year != 0 {
				break
			}
			year--
		}
		return time.Time{}, false
	}
	return today, true
}

// hours lists the readings of the clock time on the 24-hour clock, the one as
// written first, and the days to go on for hours after midnight.
func (c *calendar) hours(w *when) (hours []int, shift int, ok bool) {
	h := w.hour
	night := w.part == "night" && w.day.kind != noDay
	switch w.meridiem {
	case 'a':
		h %= 12
		if night && h < 6 {
			shift = 1
		}
		return []int{h}, shift, true
	case 'p':
		return []int{h%12 + 12}, 0, true
	}
	if h > 12 || h == 0 || w.certain {
		if night && h < 6 {
			shift = 1
		}
		return []int{h}, shift, true
	}
	switch w.part {
	case "morning":
		return []int{h}, 0, h < 12
	case "afternoon":
		return []int{h%12 + 12}, 0, h == 12 || h < 7
	case "late": // from noon until night, as "la tarde" is
		return []int{h%12 + 12}, 0, h == 12 || h < 10
	case "pm":
		return []int{h%12 + 12}, 0, true
	case "evening":
		return []int{h%12 + 12}, 0, h >= 4 && h < 12
	case "night":
		if h >= 6 && h < 12 {
			return []int{h + 12}, 0, true
		}
		if night {
			shift = 1
		}
		return []int{h % 12}, shift, true
	}
	if c.twentyFour || c.habit == "24h" && !c.twelve && (!w.bare || c.chosen) {
		return []int{h}, 0, true
	}
	return []int{h, (h + 12) % 24}, 0, true
}

// choose finds the moment among the readings.
func (c *calendar) choose(w *when, date time.Time, hours []int) placed {
	now := c.now
	var past []time.Time
	skipped := false
	for _, h := range hours {
		t, ok := c.wall(date, h, w.minute)
		switch {
		case !ok:
			skipped = true
		case !t.After(now):
			past = append(past, t)
		}
	}
	onClock24 := !w.bare && c.habit == "24h" && !c.twelve
	switch {
	case len(past) == 2 && onClock24, len(past) == 1:
		return placed{at: past[0]}
	case len(past) == 2:
		return placed{trouble: eitherHour, one: past[0], two: past[1]}
	case skipped:
		return placed{trouble: skippedTime}
	}
	if w.day.kind == weekDay && date.Equal(c.dayOf(now)) {
		// "monday 9 pm" on a Monday morning is a week ago.
		w.day.notNow = true
		return c.choose(w, date.AddDate(0, 0, -7), hours)
	}
	if w.day.kind == noDay {
		reach := longestBack
		if len(hours) > 1 {
			reach /= 2
		}
		var near []time.Time
		for _, h := range hours {
			if t, ok := c.wall(date.AddDate(0, 0, -1), h, w.minute); ok && now.Sub(t) <= reach {
				near = append(near, t)
			}
		}
		if len(near) == 1 {
			return placed{at: near[0]}
		}
	}
	return placed{trouble: inFuture}
}

// wall is the moment when the clocks of that day showed the time: the first
// one where they showed it twice, and none where they skipped it.
func (c *calendar) wall(date time.Time, hour, minute int) (time.Time, bool) {
	y, m, d := date.Date()
	t := time.Date(y, m, d, hour, minute, 0, 0, c.now.Location())
	shows := func(t time.Time) bool {
		ty, tm, td := t.Date()
		return ty == y && tm == m && td == d && t.Hour() == hour && t.Minute() == minute
	}
	if !shows(t) {
		return t, false
	}
	for _, back := range []time.Duration{2 * time.Hour, time.Hour, 30 * time.Minute} {
		if shows(t.Add(-back)) {
			return t.Add(-back), true
		}
	}
	return t, true
}

// endOfDay is the last minute of a day, or now when that day is today.
func (c *calendar) endOfDay(date time.Time) time.Time { return c.onDay(date, 23, 59) }

// onDay is a time of a day that nobody gave, for what belongs to a day and
// not to an hour; never later than now.
func (c *calendar) onDay(date time.Time, hour, minute int) time.Time {
	y, m, d := date.Date()
	t := time.Date(y, m, d, hour, minute, 0, 0, c.now.Location())
	if t.After(c.now) {
		return c.now
	}
	return t
}

// dateOf names a day as the journal does.
func dateOf(t time.Time) journal.Date { return journal.Date(t.Format(time.DateOnly)) }
