package desk

import (
	"slices"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/internal/web/chart"
	"github.com/evenkeel/evenkeel/journal"
)

// shownDays is how many days the pictures and their table show at most, the last.
const shownDays = 90

// measure is one figure of a day, as it is drawn and told.
type measure struct {
	key, unit string
	use       bool // of the half of the use
	bar       bool
	top       float64 // the least upper edge
	of        func(*care.Day) *float64
}

var measures = []measure{
	{"doses", "doses", true, true, 4, func(d *care.Day) *float64 {
		if d.State == "unknown" {
			return nil
		}
		n := float64(d.Doses)
		return &n
	}},
	{"mitragynine", "mg", true, true, 10, func(d *care.Day) *float64 { return noneIsZero(d, d.Mitragynine) }},
	{"seven_oh", "mg", true, true, 1, func(d *care.Day) *float64 { return noneIsZero(d, d.SevenOH) }},
	{"rough", "ten", false, false, 10, func(d *care.Day) *float64 { return d.Rough }},
	{"craving", "ten", false, false, 10, func(d *care.Day) *float64 { return d.Craving }},
	{"sleep", "hours", false, false, 10, func(d *care.Day) *float64 { return d.SleepHours }},
}

// noneIsZero: a day on which none was taken held 0 mg; one of which nothing is known
// has no figure.
func noneIsZero(d *care.Day, mg *float64) *float64 {
	if d.State == "none" && mg == nil {
		return new(float64)
	}
	return mg
}

// draw makes the pictures of the days, and the table that says the same.
func (p *personPage) draw(v *visit) {
	days := slices.DeleteFunc(slices.Clone(p.p.Trends), func(d care.Day) bool {
		_, err := journal.ParseDate(string(d.Date))
		return err != nil
	})
	slices.SortStableFunc(days, func(a, b care.Day) int { return strings.Compare(string(a.Date), string(b.Date)) })
	days = days[max(0, len(days)-shownDays):]
	if len(days) == 0 {
		return
	}
	axis := chart.Axis{Time: chart.Time{From: midnight(days[0].Date), To: midnight(days[len(days)-1].Date.Add(1))}}
	axis.Ticks = chart.Dates(axis.Time, true, func(at time.Time) string { return v.DateShort(journal.DateOf(at)) })
	for _, m := range measures {
		if !anything(&m, days) {
			continue
		}
		into := &p.beside
		if m.use {
			into = &p.use
		}
		into.figures = append(into.figures, m.figure(v, axis, days))
	}
	p.table = tableOf(v, days)
}

func midnight(d journal.Date) time.Time { return d.Time().Add(-12 * time.Hour) }

func anything(m *measure, days []care.Day) bool {
	return slices.ContainsFunc(days, func(d care.Day) bool { x := m.of(&d); return x != nil && *x > 0 })
}

func (m *measure) figure(v *visit, axis chart.Axis, days []care.Day) chart.Figure {
	high := m.top
	for i := range days {
		if x := m.of(&days[i]); x != nil {
			high = max(high, chart.Ceiling(*x))
		}
	}
	p := chart.Plot{Height: 96, Above: 8, X: axis, Y: chart.Linear{High: high}}
	p.Steps = []chart.Rule{{Value: 0, Label: "0"}, {Value: high, Label: v.Number(high)}}
	name := v.T("program.row." + m.key)
	probe := chart.Probe{Label: v.T("plot.along", "plot", name), Start: len(days) - 1}
	line := chart.Series{Class: "median", Dots: true}
	broken := false
	for i := range days {
		d := &days[i]
		from, to := midnight(d.Date), midnight(d.Date.Add(1))
		x := m.of(d)
		moment := chart.Moment{At: from.Add(12 * time.Hour), Text: v.T("plot.at", "time", v.DateShort(d.Date), "what", m.words(v, x))}
		if x == nil {
			p.Blanks = append(p.Blanks, chart.Blank{From: from, To: to})
			broken = true
		} else {
			moment.Value = *x
			if m.bar {
				p.Bars = append(p.Bars, chart.Bar{From: from, To: to, Value: *x})
			}
			line.Points = append(line.Points, chart.Point{At: moment.At, Value: *x, Broken: broken})
			broken = false
		}
		probe.Moments = append(probe.Moments, moment)
	}
	if !m.bar {
		p.Lines = []chart.Series{line}
	}
	p.Probe = &probe
	return chart.Figure{Class: "trend trend-" + m.key, Name: name, Scale: v.T("program.unit." + m.unit), Plot: &p}
}

func (m *measure) words(v *visit, x *float64) string {
	if x == nil {
		return v.T("program.person.not_known")
	}
	return v.Figure(*x)
}

// tableOf says every day in figures, the newest first.
func tableOf(v *visit, days []care.Day) *chart.Table {
	t := &chart.Table{Title: v.T("program.person.days"), Head: []string{v.T("program.day"), v.T("program.row.taken"), v.T("program.row.planned")}}
	for _, m := range measures {
		t.Head = append(t.Head, v.T("program.row."+m.key))
	}
	for i := len(days) - 1; i >= 0; i-- {
		d := &days[i]
		row := chart.Row{When: v.DateShort(d.Date), Cells: []string{taken(v, d), "–"}}
		if d.Planned != nil {
			row.Cells[1] = v.Figure(*d.Planned)
		}
		for _, m := range measures {
			row.Cells = append(row.Cells, m.words(v, m.of(d)))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// taken is what was taken on a day; unknown is not none.
func taken(v *visit, d *care.Day) string {
	switch {
	case d.State == "none":
		return v.T("program.person.none")
	case d.State != "doses":
		return v.T("program.person.not_known")
	}
	var list []string
	for _, a := range d.Amounts {
		list = append(list, v.Dose(a.Amount, a.Unit, a.Product))
	}
	if len(list) == 0 {
		return v.T("program.person.not_known")
	}
	return strings.Join(list, ", ")
}
