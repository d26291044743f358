package summary

import (
	"github.com/evenkeel/evenkeel/internal/app/plan"
	"github.com/evenkeel/evenkeel/journal"
	"github.com/evenkeel/evenkeel/taper"
)

// WayDown is the person's plan to come down; null without one.
type WayDown struct {
	Product string        `json:"product"`
	Unit    string        `json:"unit"`
	Begins  journal.Date  `json:"begins"`
	Held    journal.Date  `json:"held,omitempty"`
	Steps   []WayDownStep `json:"steps"`
	// Went is how it went so far, in words.
	Went []string `json:"went"`
	// Flags need a clinician first: nothing else is said beside one.
	Flags []taper.Flag `json:"flags,omitempty"`
}

// WayDownStep is an amount a day from a day on.
type WayDownStep struct {
	From   journal.Date `json:"from"`
	Amount float64      `json:"amount"`
}

// mostSteps keep the sheet to its two sides: the last that was begun, and those
// after it.
const mostSteps = 8

func wayDown(l *look) (any, []Block) {
	n := plan.Today(l.j, l.now)
	if n == nil {
		return (*WayDown)(nil), []Block{{Text: l.T("summary.plan_none")}}
	}
	if len(n.Flags) > 0 {
		blocks := []Block{{Text: l.T("summary.plan_flagged")}}
		var list []string
		for _, f := range n.Flags {
			list = append(list, l.T("way.flag."+string(f)))
		}
		return &WayDown{Steps: []WayDownStep{}, Went: []string{}, Flags: n.Flags}, append(blocks, Block{List: list})
	}
	w := &WayDown{Product: clip(n.ProductName, nameWidth), Unit: n.Unit, Begins: n.Begins, Held: n.Held, Steps: []WayDownStep{}, Went: []string{}}
	t := &Table{Columns: []string{l.T("summary.plan_from"), l.T("way.col.amount")}}
	on := l.today()
	if n.Held != "" {
		on = min(on, n.Held)
	}
	for i, s := range n.Steps {
		if s.Day < 0 || i+1 < len(n.Steps) && n.Begins.Add(n.Steps[i+1].Day) <= on {
			continue
		}
		step := WayDownStep{n.Begins.Add(s.Day), taper.Total(s.Doses)}
		w.Steps = append(w.Steps, step)
		amount := l.T("way.nothing_left")
		if step.Amount > 0 {
			amount = l.Amount(step.Amount, n.Unit)
		}
		// The last one of many says where it leads.
		if len(t.Rows) < mostSteps-1 || i+1 == len(n.Steps) {
			t.Rows = append(t.Rows, []string{l.Day(step.From, l.now), amount})
		}
	}
	for _, p := range plan.SayProgress(n) {
		if p.Key == "way.went.tolerance" {
			continue // the person's to remember
		}
		w.Went = append(w.Went, l.Phrase(p, l.now))
	}
	if b := plan.BesideOf(l.j, l.today()); b != nil && n.Begun && len(b.Days) > 0 {
		w.Went = append(w.Went, l.Phrase(plan.SayBeside(b)[0], l.now))
	}
	blocks := []Block{{Text: l.T("summary.plan_about", "product", w.Product, "day", l.Day(n.Begins, l.now))}}
	if n.Held != "" {
		blocks = append(blocks, Block{Text: l.T("way.now.held", "day", l.Day(n.Held, l.now))})
		t.Rows, w.Steps = t.Rows[:1], w.Steps[:1] // those after it come when it goes on
	}
	blocks = append(blocks, Block{Table: t}, Block{Text: l.T("summary.plan_note")})
	if len(w.Went) > 0 {
		blocks = append(blocks, Block{List: w.Went})
	}
	return w, blocks
}
