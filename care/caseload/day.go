package caseload

import (
	"time"

	"github.com/evenkeel/evenkeel/journal"
)

// valid reports a day that exists: what comes from elsewhere is not trusted.
func valid(d journal.Date) bool {
	_, ok := parse(d)
	return ok
}

// dayNumber counts days, so that later is greater; 0 for what is no day.
func dayNumber(d journal.Date) int {
	n, _ := parse(d)
	return n
}

// between counts the days from one to the other.
func between(from, to journal.Date) int { return dayNumber(to) - dayNumber(from) }

// parse numbers a day. It is asked of every day of everybody on the list, and so
// it is not time.Parse, which takes a tenth of a second for 5,000 people.
func parse(d journal.Date) (int, bool) {
	if len(d) != 10 || d[4] != '-' || d[7] != '-' {
		return 0, false
	}
	y, ok1 := digits(d[:4])
	m, ok2 := digits(d[5:7])
	day, ok3 := digits(d[8:])
	if !ok1 || !ok2 || !ok3 || m < 1 || m > 12 || day < 1 || day > 31 {
		return 0, false
	}
	t := time.Date(y, time.Month(m), day, 0, 0, 0, 0, time.UTC)
	return int(t.Unix() / 86400), t.Day() == day
}

func digits(s journal.Date) (n int, ok bool) {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = 10*n + int(s[i]-'0')
	}
	return n, true
}
