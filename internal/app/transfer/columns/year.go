package columns

import (
	"cmp"
	"regexp"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/transfer/table"
)

// turned is how many months a date must jump for a new year to have begun.
const turned = 6

// years counts on the years of dates that do not say theirs.
type years struct {
	year  int  // of the date before
	month int  // of the date before; 0 for none
	back  bool // the last date stands first
}

// of is the year of the next date.
func (y *years) of(month int) int {
	switch {
	case y.month == 0:
	case !y.back && y.month-month >= turned:
		y.year++
	case y.back && month-y.month >= turned:
		y.year--
	}
	y.month = month
	return y.year
}

var yearInTitle = regexp.MustCompile(`\b(19|20)\d\d\b`)

// findYear gives the first date without a year the one with which the latest of
// them lies in the last twelve months; a year that the
// person chose, or that stands in the title above the table, goes before.
func (p *Plan) findYear(t *table.Table, now time.Time) error {
	chosen := p.Year
	if found := yearInTitle.FindAllString(strings.Join(t.Titles, " "), -1); len(found) == 1 && chosen == 0 {
		chosen = digits(found[0])
	}
	var latest, before moment
	ahead := 0
	err := p.yearless(t, func(m moment) {
		if step := m.month*32 + m.day - before.month*32 - before.day; before.month > 0 && step > -turned*32 && step < turned*32 {
			ahead += cmp.Compare(step, 0)
		}
		before = m
	})
	if err != nil {
		return err
	}
	p.Back = ahead < 0
	if chosen != 0 {
		p.Year = chosen
		return nil
	}
	count := years{back: p.Back}
	err = p.yearless(t, func(m moment) {
		m.year = count.of(m.month)
		if latest.month == 0 || m.year*400+m.month*32+m.day > latest.year*400+latest.month*32+latest.day {
			latest = m
		}
	})
	if err != nil || latest.month == 0 {
		return err
	}
	year := now.Year()
	if time.Date(year, time.Month(latest.month), latest.day, 0, 0, 0, 0, now.Location()).After(now) {
		year--
	}
	p.Year = year - latest.year
	return nil
}

// yearless yields the dates that do not say their year.
func (p *Plan) yearless(t *table.Table, yield func(moment)) error {
	return t.Rows(func(r table.Row) bool {
		for i, c := range p.Columns {
			if c.Field != "at" && c.Field != "date" {
				continue
			}
			if m, ok := momentOf(r.Cells[i], p.Order); ok && m.month > 0 && m.year == 0 {
				yield(m)
			}
		}
		return true
	})
}
