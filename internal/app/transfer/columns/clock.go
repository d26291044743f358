package columns

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// clock is a time of day.
type clock struct {
	hour, min, sec, nano int
	// bare is a time such as 7:30 that has neither am nor pm and could be in
	// either half of the day.
	bare bool
}

func (c clock) text() string { return fmt.Sprintf("%02d:%02d", c.hour, c.min) }

// whole is the time as it can be read again; a bare one stays bare.
func (c clock) whole() string {
	if c.bare {
		return fmt.Sprintf("%d:%02d", c.hour, c.min)
	}
	return fmt.Sprintf("%02d:%02d:%02d", c.hour, c.min, c.sec)
}

// clockForm is a time of day in the forms that tables have: 7:30, 19.30 Uhr,
// 07:30:15.5, 7:30a, 7 p.m., 7h30, 0730.
var clockForm = regexp.MustCompile(`^(\d{1,2})(?:[:.h](\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(?:(a|p)\.?\s?m?\.?|uhr|h|hs|hrs)?$`)

// fourDigits is a time as armies and some tables write it.
var fourDigits = regexp.MustCompile(`^([01]\d|2[0-3])([0-5]\d)$`)

// clockOf reads a time of day. words allows "noon", and "morning" at its usual
// hour.
func clockOf(s string, withWords bool) (clock, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	if withWords && s != "" && (s[0] < '0' || s[0] > '9') {
		w := plain(s)
		at, ok := words.clock[w]
		if !ok {
			at, ok = words.usual[w]
		}
		if !ok {
			return clock{}, false
		}
		c, ok := clockOf(at, false)
		c.bare = false
		return c, ok
	}
	if m := fourDigits.FindStringSubmatch(s); m != nil {
		return clock{hour: digits(m[1]), min: digits(m[2])}, true
	}
	m := clockForm.FindStringSubmatch(s)
	if m == nil {
		return clock{}, false
	}
	c := clock{hour: digits(m[1]), min: digits(m[2]), sec: digits(m[3])}
	if m[4] != "" {
		c.nano = digits((m[4] + "000000000")[:9])
	}
	half := m[5]
	marked := half != "" || strings.ContainsAny(s, "uh")
	if m[2] == "" && !marked {
		return clock{}, false // a bare number is no time
	}
	if c.hour > 23 || c.min > 59 || c.sec > 59 {
		return clock{}, false
	}
	if half != "" && c.hour > 12 && half == "a" {
		return clock{}, false
	}
	switch {
	case half == "p" && c.hour < 12:
		c.hour += 12
	case half == "a" && c.hour == 12:
		c.hour = 0
	}
	// Programs write 07:30 and seconds; 7:30 may be of the morning or the evening.
	c.bare = !marked && m[3] == "" && len(m[1]) == 1 && c.hour > 0
	return c, true
}

func digits(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
