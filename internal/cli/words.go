package cli

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/evenkeel/evenkeel/journal"
)

// number is v as people write it: "0.5", "3", "1200".
func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// rounded is v at the precision that an estimate deserves: two figures.
func rounded(v float64) string {
	r, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 2, 64), 64)
	if err != nil {
		return number(v)
	}
	return number(r)
}

// uncounted are the units that stay the same for any amount.
var uncounted = []string{"g", "mg", "mL", "oz", "tsp", "tbsp"}

// amount is "3 g", "2 capsules", "0.5 blue tablet".
func amount(v float64, unit string) string {
	return number(v) + " " + plural(v, unit)
}

func plural(v float64, unit string) string {
	last := strings.ToLower(unit[max(0, len(unit)-1):])
	switch {
	case v <= 1 || slices.Contains(uncounted, unit) || last == "s" || last < "a" || last > "z":
		return unit
	case strings.HasSuffix(unit, "ch"), strings.HasSuffix(unit, "sh"), last == "x":
		return unit + "es"
	}
	return unit + "s"
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// span is a length of time in its two largest parts: "2 h 10 min".
func span(d time.Duration) string {
	minutes := int(d.Minutes())
	days, hours, minutes := minutes/1440, minutes/60%24, minutes%60
	var parts []string
	for _, p := range []struct {
		n    int
		unit string
	}{{days, plural(float64(days), "day")}, {hours, "h"}, {minutes, "min"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.unit))
		}
	}
	switch {
	case len(parts) == 0:
		return "less than a minute"
	case days > 0 && len(parts) > 1 && hours == 0:
		return parts[0] // "3 days 5 min" says more than anyone knows
	}
	return strings.Join(parts[:min(2, len(parts))], " ")
}

// clock is the time of day as the person set it.
func clock(t time.Time, s journal.Settings) string {
	if journal.Or(s.Clock, "") == "12h" {
		return t.Format("3:04 pm")
	}
	return t.Format("15:04")
}

// spaced turns a kind or choice such as "body_change" into words.
func spaced[T ~string](s T) string { return strings.ReplaceAll(string(s), "_", " ") }

// milligrams is an estimated amount with its spread.
func milligrams(r journal.Range) string {
	if !r.Known() {
		return "not known"
	}
	if r.Low == r.High {
		return number(figures(r.Mid)) + " mg"
	}
	return fmt.Sprintf("about %s mg (%s to %s)", rounded(r.Mid), rounded(r.Low), rounded(r.High))
}

// describe is an entry in one line, without its time.
func describe(e *journal.Event) string {
	var parts []string
	add := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
	score := func(name string, v *int, top int) {
		if v != nil {
			add("%s %d/%d", name, *v, top)
		}
	}
	note := ""
	switch {
	case e.Dose() != nil:
		d := e.Dose()
		add("%s", amount(d.Amount, d.Unit))
		// "1 blue tablet" needs no "of blue tablet" after it.
		if d.ProductName != "" && !strings.EqualFold(d.ProductName, d.Unit) {
			parts[0] += " " + d.ProductName
		}
		if len(d.Reasons) > 0 {
			words := make([]string, len(d.Reasons))
			for i, r := range d.Reasons {
				words[i] = string(r)
			}
			add("for %s", strings.Join(words, ", "))
		}
		score("helped", d.Helped, 4)
		note = d.Note
	case e.None() != nil:
		add("none up to then")
	case e.CheckIn() != nil:
		k := e.CheckIn()
		score("rough", k.Rough, 10)
		score("craving", k.Craving, 10)
		score("mood", k.Mood, 10)
		score("calm", k.Calm, 10)
		score("energy", k.Energy, 10)
		score("pain", k.Pain, 10)
		if k.SleepHours != nil {
			add("slept %s h", number(*k.SleepHours))
		}
		score("sleep quality", k.SleepQuality, 10)
		for _, s := range journal.Symptoms {
			if v, ok := k.Symptoms[s]; ok {
				add("%s %d/4", spaced(s), v)
			}
		}
		note = k.Note
	case e.Substance() != nil:
		s := e.Substance()
		add("%s", strings.TrimSpace(s.Amount+" "+s.Name))
		if parts[0] == "" {
			parts = nil
		}
		if !strings.EqualFold(s.Name, string(s.Class)) {
			add("%s", spaced(s.Class))
		}
		note = s.Note
	case e.BodyChange() != nil:
		b := e.BodyChange()
		add("%s", spaced(b.Change))
		if b.Since != "" {
			add("since %s", b.Since)
		}
		if b.Ongoing {
			add("still going on")
		}
		note = b.Note
	case e.Life() != nil:
		add("%s", spaced(e.Life().Area))
		if e.Life().Effect != "" {
			add("%s", e.Life().Effect)
		}
		note = e.Life().Note
	case e.Note() != nil:
		note = e.Note().Text
	case e.Spending() != nil:
		add("%s %s spent", number(e.Spending().Amount), e.Spending().Currency)
		note = e.Spending().Note
	case e.PriorUse() != nil:
		h := e.PriorUse()
		add("before this journal: %s", strings.TrimSpace(amount(h.PerDay, h.Unit)+" "+h.ProductName))
		add("a day for %s days", number(h.Days))
		if h.TimesPerDay > 0 {
			add("%s times a day", number(h.TimesPerDay))
		}
		note = h.Note
	}
	if note != "" {
		// A note may hold anything; on a terminal it stays on its line.
		add("%s", oneLine(note))
	}
	return strings.Join(parts, ", ")
}

// oneLine keeps what a person wrote from moving the terminal's cursor, changing
// its colours or turning its direction, and on one line.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
