// Package trends shows how days went over weeks and months: what was taken, how
// far apart, how rough it was, how long the nights were, what it cost. Unknown
// days are seen to be unknown; there are medians and spreads, and no verdicts.
package trends

import (
	"net/http"
	"strconv"

	"github.com/evenkeel/evenkeel/insight/trend"
	"github.com/evenkeel/evenkeel/internal/fault"
	"github.com/evenkeel/evenkeel/internal/web/chart"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/internal/web/shell"
)

// Routes are the page.
func Routes() []shell.Route {
	return []shell.Route{{Pattern: "GET /trends", Do: show, Part: "trends", Nav: true}}
}

// spans are how far back a person can look, in days: four weeks, twelve, and
// a year of weeks.
var spans = []int{28, 84, 364}

// daily is the longest span that is drawn day by day; longer ones are drawn by
// the week.
const daily = 84

// page is how days went over a span.
type page struct {
	span    int
	days    []trend.Day
	compare []row
	figures []chart.Figure
	months  []month
	spent   []spent
	table   chart.Table
}

func show(v *shell.Visit) error {
	span, err := spanOf(v.R.URL.Query().Get("days"))
	if err != nil {
		return err
	}
	j, err := v.Read()
	if err != nil {
		return err
	}
	// Twice the span, to compare with the time before, and today beside it.
	whole := trend.Of(j, v.Now, 2*span+1)
	shown := whole
	if from := len(whole.Days) - span; from > 0 {
		shown.Days = whole.Days[from:]
	}
	p := page{span: span, days: shown.Days}
	if len(p.days) > 0 {
		p.compare = compare(&v.View, &whole, span)
		p.figures, p.table = draw(&v.View, &shown, span)
		p.months = calendar(&v.View, p.days)
		p.spent = money(&v.View, &shown)
	}
	v.Notify()
	return v.Show(http.StatusOK, wholePage(&v.View, &p))
}

// spanOf reads a span from the address; four weeks without one.
func spanOf(s string) (int, error) {
	if s == "" {
		return spans[0], nil
	}
	for _, n := range spans {
		if s == strconv.Itoa(n) {
			return n, nil
		}
	}
	return 0, fault.New(fault.Invalid, "trends.no_such_span")
}

// spent is what was written down as spent in a month.
type spent struct{ month, sum string }

func money(v *kit.View, t *trend.Trend) []spent {
	var list []spent
	months := t.Months()
	for i := len(months) - 1; i >= 0; i-- {
		m := &months[i]
		if len(m.Spent) == 0 {
			continue
		}
		sum := ""
		for i, one := range m.Spent {
			if i > 0 {
				sum += " · "
			}
			sum += v.Money(one.N, one.Currency)
		}
		list = append(list, spent{v.Month(m.From), sum})
	}
	return list
}
