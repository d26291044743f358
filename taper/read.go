package taper

import (
	"math"
	"strconv"
	"strings"

	"github.com/evenkeel/evenkeel/journal/number"
)

// lines are the doses or rows of a text: one a line, or parted by semicolons.
func lines(text string) []string {
	var out []string
	for _, l := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' || r == ';' }) {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// mostLines is more than any table that a person types.
const mostLines = 400

// ReadDay reads a day as people type it: a time and an amount for each dose, one
// a line or parted by semicolons, such as "8:00 3; 12:30 2.5; 9 pm 1". Times are
// of the 24 hour clock, or with am or pm. An amount that the grain cannot
// measure is refused, and not rounded: it is what is taken now.
func ReadDay(text string, s *Start, style number.Style) (Pattern, error) {
	list := lines(text)
	if len(list) > mostLines {
		return nil, refuse("way.too_many_doses", "n", MostDoses)
	}
	var p Pattern
	for _, l := range list {
		minute, rest, ok := clock(l)
		if !ok {
			return nil, refuse("way.line_day", "line", l)
		}
		amount, err := number.Parse(rest, style)
		if err != nil || !(amount > 0) || amount > MostGrains*s.Grain {
			return nil, refuse("way.line_day", "line", l)
		}
		grains := s.nearest(amount)
		if math.Abs(amount-s.Amount(grains)) > 1e-6 {
			return nil, refuse("way.day_finer", "amount", amount)
		}
		p = append(p, Dose{minute, grains})
	}
	check := *s
	check.Day = p
	return p, check.Check()
}

// clock reads the time that a line begins with.
func clock(l string) (minute int, rest string, ok bool) {
	digits := func(s string) (n, used int) {
		for used < len(s) && used < 2 && s[used] >= '0' && s[used] <= '9' {
			n = 10*n + int(s[used]-'0')
			used++
		}
		return n, used
	}
	h, used := digits(l)
	if used == 0 {
		return 0, "", false
	}
	rest, m := l[used:], 0
	colon := false
	if strings.HasPrefix(rest, ":") {
		if m, used = digits(rest[1:]); used != 2 {
			return 0, "", false
		}
		rest, colon = rest[1+used:], true
	}
	trimmed := strings.TrimLeft(rest, " \t")
	low := strings.ToLower(trimmed)
	half := ""
	for _, w := range []string{"am", "pm", "a.m.", "p.m."} {
		if strings.HasPrefix(low, w) {
			half, trimmed = w[:1], trimmed[len(w):]
			break
		}
	}
	switch {
	case half == "" && !colon, h > 23, m > 59, half != "" && (h < 1 || h > 12), trimmed == "":
		return 0, "", false // "8 3" could be anything
	case trimmed[0] != ' ' && trimmed[0] != '\t' && half == "" && trimmed == rest:
		return 0, "", false // "8:003"
	}
	if half == "p" && h < 12 {
		h += 12
	} else if half == "a" && h == 12 {
		h = 0
	}
	return 60*h + m, strings.TrimSpace(trimmed), true
}

// ReadTable reads a table as people type it: from which day on, and the amount a
// day, one step a line or parted by semicolons, such as "1 12; 8 10.5". The
// first day of a plan is day 1.
func ReadTable(text string, style number.Style) ([]Row, error) {
	list := lines(text)
	if len(list) > mostLines {
		return nil, refuse("way.too_many_rows", "n", mostLines)
	}
	var rows []Row
	for _, l := range list {
		parts := strings.Fields(l)
		if len(parts) != 2 {
			return nil, refuse("way.line_table", "line", l)
		}
		day, err := number.Parse(parts[0], style)
		if err != nil || day != math.Trunc(day) || day < 1 || day > MostDays {
			return nil, refuse("way.line_table", "line", l)
		}
		amount, err := number.Parse(parts[1], style)
		if err != nil || amount < 0 || amount > MostGrains*1000 {
			return nil, refuse("way.line_table", "line", l)
		}
		rows = append(rows, Row{int(day) - 1, amount})
	}
	return rows, nil
}

// ReadDays reads days of a plan as people type them, the first being 1: whole
// numbers parted by spaces, commas or lines.
func ReadDays(text string) ([]int, error) {
	var list []int
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,;\t\n\r", r) }) {
		n, err := strconv.Atoi(word)
		if err != nil || n < 1 || n > MostPlanned {
			return nil, refuse("way.hard_days_form", "text", text)
		}
		list = append(list, n)
	}
	return list, nil
}
