package columns

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Order of day and month in dates that are written in numbers.
type Order string

const (
	// Unsaid is no order: dates that need one are asked about.
	Unsaid Order = ""
	// DayFirst reads 03/04 as the third of April.
	DayFirst Order = "day"
	// MonthFirst reads 03/04 as the fourth of March.
	MonthFirst Order = "month"
)

// shape is what a date tells of the order of day and month.
type shape int

const (
	plainDate shape = iota // has no such order, or no date at all
	either                 // both orders are possible
	dayFirst               // only the day can stand first
	monthFirst
)

// moment is a cell that says when: a day, a time of day or both.
type moment struct {
	year, month, day int // year 0 where it is not said, month 0 where no day is
	clock            clock
	timed            bool
	// zone is where the time was said to be of; nil where it was not.
	zone *time.Location
	// utc is a zone that machines write and people do not live in.
	utc bool
	// instant is given in place of the others by a count of seconds.
	instant time.Time
	shape   shape
}

var (
	isoForm     = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ,]+(.*))?$`)
	numericForm = regexp.MustCompile(`^(\d{1,2})\s?([-/.])\s?(\d{1,2})(?:\s?([-/.])\s?(\d{4}|\d{2}))?\.?(?:[,\s]+(.*))?$`)
	zoneForm    = regexp.MustCompile(`\s?(z|utc|gmt|[+-]\d{2}:?\d{2})$`)
	spaces      = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2009", " ", "\t", " ")
)

// momentOf reads a cell. A date of numbers is read in the given order; where none
// is given in the one that is possible, and as month first where both are.
func momentOf(s string, order Order) (moment, bool) {
	s = strings.TrimSpace(spaces.Replace(s))
	if s == "" || len(s) > 80 {
		return moment{}, false
	}
	if m, ok := isoOf(s); ok {
		return m, true
	}
	if m, ok := counted(s); ok {
		return m, true
	}
	if f := isoForm.FindStringSubmatch(s); f != nil {
		m := moment{year: digits(f[1]), month: digits(f[2]), day: digits(f[3])}
		return m.at(f[4])
	}
	rest := withoutWeekday(s)
	if f := numericForm.FindStringSubmatch(rest); f != nil && (f[4] == "" || f[4] == f[2]) && !(f[4] == "" && f[2] == "." && !strings.Contains(rest, f[3]+".")) {
		m := moment{year: fullYear(f[5])}
		m.order(digits(f[1]), digits(f[3]), order)
		return m.at(f[6])
	}
	if m, tail, ok := named(rest); ok {
		return m.at(tail)
	}
	if c, ok := clockOf(s, true); ok {
		return moment{clock: c, timed: true}, true
	}
	return moment{}, false
}

// isoOf reads what programs write, 2026-11-22 and 2026-11-22 19:40:05, without
// the forms below: tables of a million rows hold little else.
func isoOf(s string) (moment, bool) {
	two := func(at int) int {
		a, b := s[at]-'0', s[at+1]-'0'
		if a > 9 || b > 9 {
			return -1
		}
		return int(a)*10 + int(b)
	}
	if len(s) < 10 || s[4] != '-' || s[7] != '-' || two(0) < 0 || two(2) < 0 || two(5) < 0 || two(8) < 0 {
		return moment{}, false
	}
	m := moment{year: two(0)*100 + two(2), month: two(5), day: two(8)}
	switch {
	case len(s) == 10:
		return m, m.real()
	case len(s) != 16 && len(s) != 19 || s[10] != ' ' && s[10] != 'T' || s[13] != ':' || len(s) == 19 && s[16] != ':':
		return moment{}, false
	}
	m.timed, m.clock = true, clock{hour: two(11), min: two(14)}
	if len(s) == 19 {
		m.clock.sec = two(17)
	}
	c := m.clock
	return m, m.real() && c.hour >= 0 && c.hour < 24 && c.min >= 0 && c.min < 60 && c.sec >= 0 && c.sec < 60
}

// order tells day from month.
func (m *moment) order(a, b int, order Order) {
	switch {
	case a > 12 && b <= 12:
		m.shape = dayFirst
	case b > 12 && a <= 12:
		m.shape = monthFirst
	case a == b: // the same day either way
	default:
		m.shape = either
	}
	m.month, m.day = a, b
	if order == DayFirst || order == Unsaid && m.shape == dayFirst {
		m.month, m.day = b, a
	}
}

// at reads the time of day behind a date.
func (m moment) at(s string) (moment, bool) {
	if s = strings.TrimSpace(s); s != "" {
		low := strings.ToLower(s)
		if z := zoneForm.FindStringSubmatchIndex(low); z != nil {
			m.zone, m.utc = zoneOf(low[z[2]:z[3]])
			low = low[:z[0]]
		}
		low = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(low, "at "), "um "))
		c, ok := clockOf(low, true)
		if !ok {
			return m, false
		}
		m.clock, m.timed = c, true
	}
	return m, m.real()
}

// real tells a day that the calendar has.
func (m *moment) real() bool {
	if m.month < 1 || m.month > 12 || m.day < 1 || m.year != 0 && (m.year < 1900 || m.year > 9999) {
		return false
	}
	year := m.year
	if year == 0 {
		year = 2024 // has a day more in February
	}
	return time.Date(year, time.Month(m.month), m.day, 0, 0, 0, 0, time.UTC).Day() == m.day
}

func zoneOf(s string) (*time.Location, bool) {
	switch s {
	case "z", "utc", "gmt", "+00:00", "+0000", "-00:00", "-0000":
		return time.UTC, true
	}
	s = strings.Replace(s, ":", "", 1)
	seconds := digits(s[1:3])*3600 + digits(s[3:5])*60
	if s[0] == '-' {
		seconds = -seconds
	}
	return time.FixedZone("", seconds), false
}

// fullYear is a year of two digits as people mean it: what lies more than ten
// years ahead of 2026 was in the last century.
func fullYear(s string) int {
	y := digits(s)
	switch {
	case len(s) != 2:
		return y
	case y <= 36:
		return 2000 + y
	}
	return 1900 + y
}

// counted reads a moment as a number: seconds or milliseconds since 1970,
// 20261122, and the days since 1900 of a spreadsheet.
func counted(s string) (moment, bool) {
	if s[0] < '0' || s[0] > '9' {
		return moment{}, false
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		switch { // for the years 2001 to 2286
		case n >= 1e9 && n < 1e10:
			return moment{instant: time.Unix(n, 0), timed: true}, true
		case n >= 1e12 && n < 1e13:
			return moment{instant: time.UnixMilli(n), timed: true}, true
		case len(s) == 8 && n > 19000000:
			m := moment{year: int(n / 10000), month: int(n / 100 % 100), day: int(n % 100)}
			return m, m.real()
		}
	}
	// 1982 to 2064; smaller numbers are amounts as often as days.
	if v, err := strconv.ParseFloat(s, 64); err == nil && v >= 30000 && v < 60000 {
		day := math.Floor(v)
		t := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(day)).Add(time.Duration((v - day) * 24 * float64(time.Hour))).Round(time.Second)
		m := moment{year: t.Year(), month: int(t.Month()), day: t.Day()}
		if v != day {
			m.timed, m.clock = true, clock{hour: t.Hour(), min: t.Minute(), sec: t.Second()}
		}
		return m, true
	}
	return moment{}, false
}

// withoutWeekday takes a weekday off the front of a date.
func withoutWeekday(s string) string {
	at := strings.IndexAny(s, ", .")
	if at <= 0 || !words.weekday[plain(s[:at])] {
		return s
	}
	rest := strings.TrimLeft(s[at:], ",. ")
	if rest == "" || words.month[plain(s[:at])] > 0 && rest[0] >= '0' && rest[0] <= '9' && !numericForm.MatchString(rest) {
		return s // "Mar 3" is March before it is martes
	}
	return rest
}

// named reads a date with the month in letters, and gives what stands behind it:
// "Nov 22, 2026 7:40 PM", "22. November", "8th Dec 2021", "22 de noviembre de 2026".
func named(s string) (m moment, rest string, ok bool) {
	at := 0
	for at < len(s) && (m.month == 0 || m.day == 0 || m.year == 0) {
		end := at
		for end < len(s) && !strings.ContainsRune(" ,.", rune(s[end])) {
			end++
		}
		word := s[at:end]
		next := end
		for next < len(s) && strings.ContainsRune(" ,.", rune(s[next])) {
			next++
		}
		low := plain(word)
		n := strings.TrimRight(low, "stndrh")
		switch {
		case low == "":
		case m.month == 0 && words.month[low] > 0:
			m.month = words.month[low]
		case m.day == 0 && len(n) <= 2 && digits(n) > 0 && !strings.ContainsRune(word, ':'):
			m.day = digits(n)
		case m.year == 0 && len(low) == 4 && digits(low) >= 1900:
			m.year = digits(low)
		case words.filler[low] && m.month+m.day > 0:
		case words.weekday[low] && m.month+m.day == 0:
		default:
			return m, strings.TrimSpace(s[at:]), m.month > 0 && m.day > 0
		}
		at = next
	}
	return m, strings.TrimSpace(s[at:]), m.month > 0 && m.day > 0
}
