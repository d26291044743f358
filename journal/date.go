package journal

import (
	"fmt"
	"time"
)

// Date is a day of the calendar as the person lived it, "2006-01-02".
type Date string

// DateOf is the calendar day of t at t's own UTC offset.
func DateOf(t time.Time) Date { return Date(t.Format(time.DateOnly)) }

// ParseDate reads "2006-01-02" and refuses days that do not exist.
func ParseDate(s string) (Date, error) {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return "", fmt.Errorf("a date is written like 2026-11-22")
	}
	return Date(s), nil
}

// Add is the date n days later (earlier when n is negative).
func (d Date) Add(n int) Date {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return d
	}
	return Date(t.AddDate(0, 0, n).Format(time.DateOnly))
}

// Time is noon UTC of the date: a stable instant for naming weekday and month.
func (d Date) Time() time.Time {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return time.Time{}
	}
	return t.Add(12 * time.Hour)
}

// StartOfDay is when the calendar day n days after that of t begins where t is.
// Where the clocks are put forward at midnight, as in Chile and Cuba, that is one
// o'clock.
func StartOfDay(t time.Time, n int) time.Time {
	noon := time.Date(t.Year(), t.Month(), t.Day()+n, 12, 0, 0, 0, t.Location())
	begin := time.Date(noon.Year(), noon.Month(), noon.Day(), 0, 0, 0, 0, t.Location())
	if begin.Day() != noon.Day() { // there is no such hour: Go names one before it
		_, begin = begin.ZoneBounds()
	}
	return begin
}

// DaysUntil counts the days from d to e; negative when e lies before d.
func (d Date) DaysUntil(e Date) int {
	return int(e.Time().Sub(d.Time()).Hours() / 24)
}
