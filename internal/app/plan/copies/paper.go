package copies

import (
	"math"
	"strings"
	"time"

	"github.com/evenkeel/evenkeel/directory"
	"github.com/evenkeel/evenkeel/internal/app/summary"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/taper"
)

// Step is a run of days with the same amount, as a sheet has it.
type Step struct {
	From journal.Date `json:"from"`
	// To is the last day; empty where it goes on.
	To     journal.Date `json:"to,omitempty"`
	Amount float64      `json:"amount"`
	Doses  []Dose       `json:"doses"`
}

// Dose is a dose of a day.
type Dose struct {
	At     string  `json:"at"` // 24 hours
	Amount float64 `json:"amount"`
}

// Week is how much of the product seven days take, or those that are left of a
// plan: what a person may set aside.
type Week struct {
	From   journal.Date `json:"from"`
	Days   int          `json:"days"`
	Amount float64      `json:"amount"`
}

// mostWeeks are on a sheet: a quarter.
const mostWeeks = 13

// Sheet is the plan on paper: its steps, what each week takes, days to write on,
// and whom to call.
func (c *Copy) Sheet() summary.Document {
	d := summary.Document{Title: c.T("copies.title"), Lang: c.Tag(), Made: c.now, Letter: summary.Letter(journal.Or(c.j.Settings().Country, "")), Foot: c.T("copies.foot"),
		Intro: []string{c.T("copies.about", "product", c.plan.ProductName, "day", c.Day(c.today, c.now), "year", c.now.Year()), c.T("copies.yours")}}
	if c.plan.Held != "" {
		d.Intro = append(d.Intro, c.T("copies.held"))
	}
	add := func(name string, data any, blocks ...summary.Block) {
		d.Sections = append(d.Sections, summary.Section{Name: name, Title: c.T("copies.part." + name), Data: data, Blocks: blocks})
	}
	steps, table := c.steps()
	add("steps", steps, summary.Block{Table: table})
	if weeks := c.weeks(); len(weeks) > 0 {
		add("aside", weeks, summary.Block{Text: c.T("copies.aside_how")}, summary.Block{Table: c.weekTable(weeks)})
	}
	add("days", nil, summary.Block{Text: c.T("copies.days_how")}, summary.Block{Table: c.dayTable()})
	add("safe", nil, summary.Block{List: c.safe()})
	return d
}

func (c *Copy) clock(minute int) string {
	return c.Clock(time.Date(2000, 1, 1, minute/60, minute%60, 0, 0, time.UTC), c.Clock24(journal.Or(c.j.Settings().Clock, "")))
}

func (c *Copy) written(amount float64) string {
	if amount == 0 {
		return c.T("way.nothing_left")
	}
	return whole(c.Amount(amount, c.plan.Unit))
}

func (c *Copy) steps() ([]Step, *summary.Table) {
	t := &summary.Table{Columns: []string{c.T("copies.from"), c.T("copies.to"), c.T("way.col.amount"), c.T("way.col.doses")}}
	var list []Step
	for _, run := range c.ahead() {
		s := Step{From: run.from, Amount: run.amount(), Doses: []Dose{}}
		var doses []string
		for _, x := range run.doses {
			s.Doses = append(s.Doses, Dose{time.Date(2000, 1, 1, x.Minute/60, x.Minute%60, 0, 0, time.UTC).Format("15:04"), x.Amount})
			doses = append(doses, whole(c.clock(x.Minute)+": "+c.Amount(x.Amount, c.plan.Unit)))
		}
		until := c.T("copies.goes_on")
		if !run.open {
			s.To = run.to()
			until = whole(c.DateShort(s.To))
		}
		list = append(list, s)
		t.Rows = append(t.Rows, []string{whole(c.DateShort(run.from)), until, c.written(s.Amount), strings.Join(doses, "; ")})
	}
	return list, t
}

// whole keeps what belongs together on one line of a narrow column.
func whole(s string) string { return strings.ReplaceAll(s, " ", "\u00a0") }

// weeks adds the days ahead up in sevens; the last week may be shorter, and weeks
// of none at the end are left out.
func (c *Copy) weeks() []Week {
	var list []Week
	for _, run := range c.ahead() {
		if run.open && run.amount() == 0 {
			break
		}
		for n := range run.days {
			if last := len(list) - 1; last < 0 || list[last].Days == 7 {
				if len(list) == mostWeeks {
					return list
				}
				list = append(list, Week{From: run.from.Add(n)})
			}
			w := &list[len(list)-1]
			w.Days++
			w.Amount = math.Round((w.Amount+run.amount())*1e6) / 1e6
		}
	}
	return list
}

func (c *Copy) weekTable(weeks []Week) *summary.Table {
	t := &summary.Table{Columns: []string{c.T("copies.from"), c.T("copies.week_days"), c.T("copies.week_amount")}}
	for _, w := range weeks {
		t.Rows = append(t.Rows, []string{c.DateShort(w.From), c.Number(float64(w.Days)), c.written(w.Amount)})
	}
	return t
}

// sheetDays are written out to be filled in by hand.
const sheetDays = 28

func (c *Copy) dayTable() *summary.Table {
	t := &summary.Table{Columns: []string{c.T("way.beside.col.day"), c.T("copies.planned"), c.T("copies.taken"), c.T("copies.how")}}
	first := max(c.today, c.plan.Begins)
	for n := range sheetDays {
		t.Rows = append(t.Rows, []string{c.DateShort(first.Add(n)), c.written(taper.Amount(c.plan, first.Add(n))), "", ""})
	}
	return t
}

// safe is what to remember, and whom to call.
func (c *Copy) safe() []string {
	list := []string{c.T("copies.safe.bend"), c.T("way.went.tolerance"), c.T("copies.safe.alone"), c.T("copies.safe.ask")}
	country, known := directory.Local(journal.Or(c.j.Settings().Country, ""))
	if !known {
		return append(list, c.T("copies.safe.emergency_here"))
	}
	if l, ok := country.Crisis(c.Tag()); ok {
		list = append(list, c.T("copies.safe.line", "name", l.NameIn(c.Tag()), "number", l.Call))
	}
	return append(list, c.T("copies.safe.emergency", "number", country.Emergency))
}
