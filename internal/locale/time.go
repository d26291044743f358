package locale

import (
	"strconv"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/evenkeel/evenkeel/journal"
)

// Clock24 reports whether times are written with 24 hours: as the setting
// says ("12h", "24h"), or as the language does.
func (c *Catalogue) Clock24(setting string) bool {
	switch setting {
	case "12h":
		return false
	case "24h":
		return true
	}
	return c.T("clock.default") == "24h"
}

// Clock is the time of day, "2:05 PM" or "14:05".
func (c *Catalogue) Clock(t time.Time, h24 bool) string {
	if h24 {
		return t.Format("15:04")
	}
	return t.Format("3:04 PM")
}

// Day names a date in full, with the year when it is another one than now's.
func (c *Catalogue) Day(d journal.Date, now time.Time) string {
	t := d.Time()
	key := "date.day"
	if t.Year() != now.Year() {
		key = "date.day_year"
	}
	return c.T(key, "weekday", c.T("weekday."+strconv.Itoa(int(t.Weekday()))), "month", c.T("month."+strconv.Itoa(int(t.Month()))),
		"day", t.Day(), "year", t.Year())
}

// DayShort names a date in little room, "Sun, Nov 22".
func (c *Catalogue) DayShort(d journal.Date) string {
	return c.T("date.day_short", "weekday", c.Weekday(d), "date", c.DateShort(d))
}

// DateShort is a date without its weekday, "Nov 22".
func (c *Catalogue) DateShort(d journal.Date) string {
	t := d.Time()
	return c.T("date.short", "month", c.T("month_short."+strconv.Itoa(int(t.Month()))), "day", t.Day())
}

// Month names the month of a date with its year, with a capital as a heading
// has it.
func (c *Catalogue) Month(d journal.Date) string {
	t := d.Time()
	return Upper(c.T("month.year", "month", c.T("month."+strconv.Itoa(int(t.Month()))), "year", strconv.Itoa(t.Year())))
}

// Upper begins a text with a capital.
func Upper(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// Weekday is the short name of a date's weekday, "Sun".
func (c *Catalogue) Weekday(d journal.Date) string {
	return c.T("weekday_short." + strconv.Itoa(int(d.Time().Weekday())))
}

// Near names a date from today's side: today, yesterday, or the date.
func (c *Catalogue) Near(d journal.Date, now time.Time) string {
	switch journal.DateOf(now).DaysUntil(d) {
	case 0:
		return c.T("date.today")
	case -1:
		return c.T("date.yesterday")
	}
	return c.Day(d, now)
}

// When is a time as one says it: the clock today, with the day before it
// otherwise.
func (c *Catalogue) When(t, now time.Time, h24 bool) string {
	d := journal.DateOf(t)
	if d == journal.DateOf(now) {
		return c.Clock(t, h24)
	}
	return c.T("date.at", "day", c.Near(d, now), "time", c.Clock(t, h24))
}

// WhenSaid is the same within a sentence: no capital, and a date in little room.
func (c *Catalogue) WhenSaid(t, now time.Time, h24 bool) string {
	d := journal.DateOf(t)
	day := c.DayShort(d)
	switch journal.DateOf(now).DaysUntil(d) {
	case 0:
		return c.Clock(t, h24)
	case -1:
		day = c.T("date.yesterday_said")
	}
	return c.T("date.at", "day", day, "time", c.Clock(t, h24))
}

// Lasted is a span in the two largest parts that matter.
func (c *Catalogue) Lasted(d time.Duration) string {
	m := int(d.Minutes())
	switch {
	case m < 1:
		return c.T("span.now")
	case m < 60:
		return c.T("span.min", "n", m)
	case m < 24*60:
		if m%60 == 0 {
			return c.T("span.h", "n", m/60)
		}
		return c.T("span.h_min", "h", m/60, "min", m%60)
	}
	if h := m / 60 % 24; h > 0 && m < 7*24*60 {
		return c.T("span.d_h", "n", m/60/24, "h", h)
	}
	return c.T("span.d", "n", m/60/24)
}

// Spans are the units that a person says a long time in. A year has 365 days
// and a month 30: "about 3 years" is no sharper than that.
var Spans = []struct {
	Name string
	Days float64
}{{"years", 365}, {"months", 30}, {"weeks", 7}, {"days", 1}}

// Days says a number of days in the largest unit that fits it evenly.
func (c *Catalogue) Days(n float64) string {
	for _, u := range Spans {
		if m := n / u.Days; m >= 1 && m == float64(int(m*2))/2 {
			return c.T("span."+u.Name, "n", m)
		}
	}
	return c.T("span.days", "n", n)
}
