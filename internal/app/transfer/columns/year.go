package columns

import (
	"regexp"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/internal/app/transfer/table"
)

// turned is how many months a date must jump for a new year to have begun.
const turned = 6

// years counts on the years of dates that do not say theirs.
type years struct {
	year  int // of the date before
	month int // of the date before; 0 for none
}

// of is the year of the next date.
func (y *years) of(month int) int {
	switch {
	case y.month == 0:
	case y.month-month >= turned:
		y.year++
	case month-y.month >= turned:
		y.year--
	}
	y.month = month
	return y.year
}

var yearInTitle = regexp.MustCompile(`\b(19|20)\d\d\b`)

// findYear gives the first date without a year the one with which the latest of
// them lies in the last twelve months; a year in the title above the table goes
// before.
func (p *Plan) findYear(t *table.Table, now time.Time) error {
	if found := yearInTitle.FindAllString(strings.Join(t.Titles, " "), -1); len(found) == 1 {
		p.Year = digits(found[0])
		return nil
	}
	var latest moment
	count := years{}
	err := t.Rows(func(r table.Row) bool {
		for i, c := range p.Columns {
			if c.Field != "at" && c.Field != "date" {
				continue
			}
			if m, ok := momentOf(r.Cells[i], p.Order); ok && m.month > 0 && m.year == 0 {
				m.year = count.of(m.month)
				if latest.month == 0 || m.year*400+m.month*32+m.day > latest.year*400+latest.month*32+latest.day {
					latest = m
				}
			}
		}
		return true
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
