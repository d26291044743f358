package trends

import (
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/exposure"
	"github.com/evenkeel/evenkeel/insight/trend"
	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/internal/web/kit"
	"github.com/evenkeel/evenkeel/journal"
)

// cell is one figure of a day, or of a week.
type cell struct {
	from, to         time.Time
	value, low, high float64
	// known is false where there is no figure; partly says that it may be more.
	known, partly bool
	// words are the figure alone.
	words string
}

// begin is the moment at which a day begins in pictures of the calendar, which
// have no clock: in them every day is as long as any other.
func begin(d journal.Date) time.Time { return d.Time().Add(-12 * time.Hour) }

// measure is one thing that is drawn.
type measure struct {
	key  string
	day  func(v *kit.View, d *trend.Day, c *cell)
	week func(s *trend.Summary) trend.Spread
	// say puts a figure of a week into words.
	round func(float64) float64
	// bar draws amounts, a line what is felt. least is the least upper end.
	bar   bool
	least float64
	whole bool // counts whole things
}

// measures are in the order of the page. The gaps of a day come with it.
func measures(t *trend.Trend) []measure {
	gaps := gapsByDay(t)
	return []measure{
		{key: "doses", bar: true, least: 4, whole: true, round: tenth, week: func(s *trend.Summary) trend.Spread { return s.Doses },
			day: func(v *kit.View, d *trend.Day, c *cell) {
				c.value, c.known = float64(d.Doses), true
				c.words = v.T("day.doses", "n", d.Doses)
			}},
		{key: "mitragynine", bar: true, least: 20, round: locale.Two, week: func(s *trend.Summary) trend.Spread { return s.MitragynineMg },
			day: func(v *kit.View, d *trend.Day, c *cell) { held(v, &d.Mitragynine, d.Doses, c) }},
		{key: "seven_oh", bar: true, least: 4, round: locale.Two, week: func(s *trend.Summary) trend.Spread { return s.SevenOHMg },
			day: func(v *kit.View, d *trend.Day, c *cell) { held(v, &d.SevenOH, d.Doses, c) }},
		{key: "grams", bar: true, least: 4, round: tenth, week: func(s *trend.Summary) trend.Spread { return s.Grams },
			day: func(v *kit.View, d *trend.Day, c *cell) {
				c.value, c.partly = d.Grams.Sum, d.Grams.Unknown > 0
				c.known = d.Grams.Sum > 0 || d.Grams.Unknown == 0
				c.words = v.T("trends.g", "n", tenth(d.Grams.Sum))
			}},
		{key: "gaps", least: 4, round: tenth, week: func(s *trend.Summary) trend.Spread { return s.Gaps },
			day: func(v *kit.View, d *trend.Day, c *cell) { middle(v, gaps[d.Date], "trends.h", c) }},
		{key: "rough", least: 10, round: tenth, week: func(s *trend.Summary) trend.Spread { return s.Rough },
			day: func(v *kit.View, d *trend.Day, c *cell) { middle(v, d.Rough, "trends.of_10", c) }},
		{key: "sleep", least: 10, round: tenth, week: func(s *trend.Summary) trend.Spread { return s.SleepHours },
			day: func(v *kit.View, d *trend.Day, c *cell) {
				if d.SleepHours != nil {
					middle(v, []float64{*d.SleepHours}, "trends.h", c)
				}
			}},
	}
}

func gapsByDay(t *trend.Trend) map[journal.Date][]float64 {
	list := map[journal.Date][]float64{}
	for _, g := range t.Gaps {
		if !g.Unknown {
			list[journal.DateOf(g.At)] = append(list[journal.DateOf(g.At)], g.Hours)
		}
	}
	return list
}

// held is what a day's doses held. Where none of it is known there is no figure,
// where some is it may be more.
func held(v *kit.View, t *exposure.Total, doses int, c *cell) {
	c.value, c.low, c.high = t.Mid, t.Low, t.High
	c.partly = t.Unknown > 0
	c.known = doses == 0 || t.Unknown < doses
	if doses == 0 {
		c.words = v.T("trends.mg", "n", 0)
		return
	}
	c.words = v.Span(t.Range)
}

// middle is the middle of a day's figures, and their ends.
func middle(v *kit.View, figures []float64, key string, c *cell) {
	s := trend.SpreadOf(figures)
	if s.N == 0 {
		return
	}
	c.value, c.low, c.high, c.known = s.Mid, s.Least, s.Most, true
	c.words = v.T(key, "n", tenth(s.Mid))
	if s.Most > s.Least {
		c.words = v.T("trends.spread", "mid", tenth(s.Mid), "low", tenth(s.Least), "high", tenth(s.Most))
	}
}

// byDay are the cells of days. Amounts of an unknown day are unknown; what was
// felt or slept is known where it was written.
func (m *measure) byDay(v *kit.View, days []trend.Day) []cell {
	list := make([]cell, len(days))
	for i := range days {
		d, c := &days[i], &list[i]
		c.from, c.to = begin(d.Date), begin(d.Date.Add(1))
		if m.bar && d.State == journal.DayUnknown {
			continue
		}
		m.day(v, d, c)
		if c.known && d.Partial && m.bar {
			c.words = v.T("trends.so_far", "what", c.words)
		} else if c.known && c.partly {
			c.words = v.T("trends.at_least", "what", c.words)
		}
	}
	return list
}

// byWeek are the cells of weeks: the middle day, and what half of the days lie
// between.
func (m *measure) byWeek(v *kit.View, weeks []trend.Summary) []cell {
	list := make([]cell, len(weeks))
	for i := range weeks {
		s := m.week(&weeks[i])
		c := &list[i]
		c.from, c.to = begin(weeks[i].From), begin(weeks[i].To.Add(1))
		if s.N > 0 {
			c.value, c.low, c.high, c.known = s.Mid, s.Low, s.High, true
			c.words = v.T("trends.week", "n", s.N, "mid", m.round(s.Mid), "low", m.round(s.Low), "high", m.round(s.High))
		}
	}
	return list
}

// any tells that there is something to draw.
func anything(m *measure, cells []cell) bool {
	for _, c := range cells {
		if c.known && (c.value > 0 || m.key == "doses" || m.key == "rough") {
			return true
		}
	}
	return false
}

// highest is the upper end of what is drawn.
func highest(cells []cell) float64 {
	high := 0.0
	for _, c := range cells {
		high = max(high, c.value, c.high)
	}
	return high
}

// label names a cell: its day, or the days of its week.
func label(v *kit.View, c *cell) string {
	from, to := journal.DateOf(c.from), journal.DateOf(c.to.Add(-time.Hour))
	if from == to {
		return v.DayShort(from)
	}
	return strings.Join([]string{v.DateShort(from), v.DateShort(to)}, "–")
}

// mid is the middle of a cell's time.
func (c *cell) mid() time.Time { return c.from.Add(c.to.Sub(c.from) / 2) }
