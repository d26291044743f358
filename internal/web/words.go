package web

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/journal"
)

// clock24 reports whether times are written with 24 hours.
func (v *view) clock24() bool {
	switch journal.Or(v.settings.Clock, "") {
	case "12h":
		return false
	case "24h":
		return true
	}
	return v.T("clock.default") == "24h"
}

// clock is the time of day, "2:05 PM" or "14:05".
func (v *view) clock(t time.Time) string {
	if v.clock24() {
		return t.Format("15:04")
	}
	return t.Format("3:04 PM")
}

// hour is a full hour, "2 PM" or "14:00", for an axis.
func (v *view) hour(t time.Time) string {
	if v.clock24() {
		return t.Format("15:04")
	}
	return t.Format("3 PM")
}

// day names a date in full, with the year when it is another one.
func (v *view) day(d journal.Date) string {
	t := d.Time()
	key := "date.day"
	if t.Year() != v.now.Year() {
		key = "date.day_year"
	}
	return v.T(key, "weekday", v.T("weekday."+strconv.Itoa(int(t.Weekday()))), "month", v.T("month."+strconv.Itoa(int(t.Month()))),
		"day", t.Day(), "year", t.Year())
}

// near names a date from today's side: today, yesterday, or the date.
func (v *view) near(d journal.Date) string {
	switch journal.DateOf(v.now).DaysUntil(d) {
	case 0:
		return v.T("date.today")
	case -1:
		return v.T("date.yesterday")
	}
	return v.day(d)
}

// when is a time as one says it: the clock today, with the day before it
// otherwise.
func (v *view) when(t time.Time) string {
	d := journal.DateOf(t)
	if d == journal.DateOf(v.now) {
		return v.clock(t)
	}
	return v.T("date.at", "day", v.near(d), "time", v.clock(t))
}

// lasted is a span in the two largest parts that matter.
func (v *view) lasted(d time.Duration) string {
	m := int(d.Minutes())
	switch {
	case m < 1:
		return v.T("span.now")
	case m < 60:
		return v.T("span.min", "n", m)
	case m < 24*60:
		if m%60 == 0 {
			return v.T("span.h", "n", m/60)
		}
		return v.T("span.h_min", "h", m/60, "min", m%60)
	}
	if h := m / 60 % 24; h > 0 && m < 7*24*60 {
		return v.T("span.d_h", "n", m/60/24, "h", h)
	}
	return v.T("span.d", "n", m/60/24)
}

var fractions = map[float64]string{0.25: "¼", 0.5: "½", 0.75: "¾"}

// figure writes an amount, with the quarters that people count tablets in.
func (v *view) figure(f float64) string {
	whole, part := math.Modf(f)
	if s, ok := fractions[part]; ok && whole < 100 {
		if whole == 0 {
			return s
		}
		return v.Number(whole) + s
	}
	return v.Number(f)
}

// amount writes a figure with its unit. Counted units have a plural, weights
// and volumes do not, and a person's own word stays as they wrote it.
func (v *view) amount(n float64, unit string) string {
	if key := "unit." + unit; v.Has(key) {
		return v.figure(n) + " " + v.unit(n, unit)
	}
	switch unit {
	case "g", "mg", "mL", "oz", "tsp", "tbsp":
		return v.figure(n) + " " + unit
	}
	if n <= 1 {
		return v.figure(n) + " " + unit
	}
	return v.figure(n) + " × " + unit
}

// unit is the word for n of a counted unit. Up to one is one: half a tablet.
func (v *view) unit(n float64, unit string) string {
	if n <= 1 {
		n = 1
	}
	return v.T("unit."+unit, "n", n)
}

// dose says amount and product in one phrase. A product whose name ends in
// its unit says it once: "½ blue tablet".
func (v *view) dose(amount float64, unit, product string) string {
	if product == "" {
		return v.amount(amount, unit)
	}
	if own, ok := strings.CutSuffix(product, unit); ok && v.Has("unit."+unit) && v.unit(1, unit) == unit {
		return v.figure(amount) + " " + own + v.unit(amount, unit)
	}
	return v.T("dose.phrase", "amount", v.amount(amount, unit), "product", product)
}

// two rounds to two figures, for estimates that are not better than that.
func two(f float64) float64 {
	if f <= 0 || math.IsInf(f, 0) || math.IsNaN(f) {
		return 0
	}
	scale := math.Pow(10, math.Floor(math.Log10(f))-1)
	r := math.Round(f/scale) * scale
	// Multiplying back leaves digits such as 0.30000000000000004.
	s, err := strconv.ParseFloat(strconv.FormatFloat(r, 'g', 6, 64), 64)
	if err != nil {
		return r
	}
	return s
}

// span is a range of mg: "45–80 mg", or one figure when both ends agree.
func (v *view) span(r journal.Range) string {
	lo, hi := two(r.Low), two(r.High)
	if lo == hi {
		return v.T("range.one", "mg", lo)
	}
	return v.T("range.two", "low", lo, "high", hi)
}

// offset is a UTC offset as people write it, "UTC−05:00".
func offset(t time.Time) string { return "UTC" + strings.Replace(t.Format("-07:00"), "-", "−", 1) }
