package journal

import "math"

// KindPlan is a way down that the person chose, or a change of it.
const KindPlan Kind = "plan"

// PlanChanges are what an event of a plan says was done.
var PlanChanges = []string{"begun", "returned", "held", "resumed", "gentle", "stretched", "ended"}

// Plan is a way down as it stands after a change: the last one by time holds.
// Every number in it was typed or chosen by the person.
type Plan struct {
	// Change is one of PlanChanges.
	Change string `json:"change"`
	// Product of the list; zero where it is on none.
	Product     ID     `json:"product,omitzero"`
	ProductName string `json:"product_name"`
	Unit        string `json:"unit"`
	// Grain is the smallest amount of Unit that the person can measure.
	Grain float64 `json:"grain"`
	// Begins is the day 0 of Steps.
	Begins Date `json:"begins"`
	// Steps in order; the first is of day 0 and the last one goes on.
	Steps []PlanStep `json:"steps"`
	// Held is the day since which the plan stays where it is; empty while it goes
	// on.
	Held Date `json:"held,omitempty"`
}

// PlanStep is a day of a plan, and those after it until the next step.
type PlanStep struct {
	Day   int        `json:"day"`
	Doses []PlanDose `json:"doses,omitempty"`
}

// PlanDose is a dose of a planned day.
type PlanDose struct {
	// Minute after midnight, 0 to 1439.
	Minute int `json:"minute"`
	// Amount in the plan's unit, more than 0.
	Amount float64 `json:"amount"`
}

// Kind is KindPlan.
func (*Plan) Kind() Kind { return KindPlan }

// Plan is the event's plan; nil when it is about something else.
func (e *Event) Plan() *Plan { return of[Plan](e) }

// Bounds of a plan: far outside any life.
const (
	mostPlanSteps = 2000
	mostPlanDoses = 48
	mostPlanDays  = 20_000
)

var _ = register(Descriptor{
	Kind: KindPlan, Order: 13, Apart: true, New: func() Payload { return new(Plan) },
	Check: func(p Payload) error { return p.(*Plan).check() },
	Title: func(p Payload) Phrase {
		pl := p.(*Plan)
		return Phrase{"plan.said", []any{"what", Option("plan.change." + pl.Change), "product", pl.ProductName}}
	},
})

func (p *Plan) check() error {
	if err := first(oneOf("change", p.Change, PlanChanges), word("product_name", p.ProductName), word("unit", p.Unit), between("grain", p.Grain, 0, MaxAmount)); err != nil {
		return err
	}
	if _, err := ParseDate(string(p.Begins)); err != nil || p.Grain == 0 || len(p.Steps) == 0 || len(p.Steps) > mostPlanSteps {
		return bad("steps", "event.plan")
	}
	if p.Held != "" {
		if _, err := ParseDate(string(p.Held)); err != nil {
			return bad("held", "event.plan")
		}
	}
	for i, s := range p.Steps {
		if len(s.Doses) > mostPlanDoses || s.Day > mostPlanDays || i == 0 && s.Day != 0 || i > 0 && s.Day <= p.Steps[i-1].Day {
			return bad("steps", "event.plan")
		}
		for _, d := range s.Doses {
			if d.Minute < 0 || d.Minute >= 24*60 || !(d.Amount > 0 && d.Amount <= MaxAmount) || math.IsNaN(d.Amount) {
				return bad("steps", "event.plan")
			}
		}
	}
	return nil
}
