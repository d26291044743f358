package journal

import (
	"math"
	"slices"
)

// KindPlan is a way down that the person chose, or a change of it.
const KindPlan Kind = "plan"

// PlanChanges are what an event of a plan says was done.
var PlanChanges = []string{"begun", "returned", "held", "resumed", "gentle", "stretched", "jumped", "replanned", "switched", "ended"}

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
	// Steps in order; the last one goes on. The first is of day 0, or, where day 0
	// has something else than the plan began with, that: of a day below 0, and no
	// day is lived by it.
	Steps []PlanStep `json:"steps"`
	// Held is the day since which the plan stays where it is; empty while it goes
	// on.
	Held Date `json:"held,omitempty"`
	// Shown is the forecast that stood beside the plan when it was chosen, so that
	// it can be looked at beside what was lived; only where one was, and only in
	// the event that begins the plan.
	Shown *PlanForecast `json:"shown,omitempty"`
}

// PlanForecast is how rough each day of a plan could be, 0 to 10, as it was shown
// before any of it was lived. The first figure of each list is of day 0 of the
// plan; all lists are equally long. Eight in ten of the ways it could go lay from
// Low80 to High80, five in ten from Low50 to High50.
type PlanForecast struct {
	// Basis is what it stood on: one of PlanBases.
	Basis string `json:"basis"`
	// First is the day that was taken for day 0 when it was drawn.
	First  Date      `json:"first"`
	Low80  []float64 `json:"low80"`
	Low50  []float64 `json:"low50"`
	Median []float64 `json:"median"`
	High50 []float64 `json:"high50"`
	High80 []float64 `json:"high80"`
}

// PlanBases are what a forecast can stand on: the person's own entries, or people
// in general for the reason that it names.
var PlanBases = []string{"fitted", "no_check_ins", "no_content", "unstable", "general"}

// check reports lists that are no forecast.
func (f *PlanForecast) check() error {
	if err := oneOf("shown", f.Basis, PlanBases); err != nil {
		return err
	}
	if _, err := ParseDate(string(f.First)); err != nil || len(f.Median) == 0 || len(f.Median) > mostPlanForecast {
		return bad("shown", "event.plan")
	}
	lists := [][]float64{f.Low80, f.Low50, f.Median, f.High50, f.High80}
	for k, list := range lists {
		if len(list) != len(f.Median) {
			return bad("shown", "event.plan")
		}
		for i, v := range list {
			if !(v >= 0 && v <= 10) || k > 0 && v < lists[k-1][i] {
				return bad("shown", "event.plan")
			}
		}
	}
	return nil
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
	// mostPlanForecast days are half a year, the furthest that the model follows.
	mostPlanForecast = 180
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
	if p.Shown != nil {
		if err := p.Shown.check(); err != nil {
			return err
		}
	}
	if !slices.ContainsFunc(p.Steps[:min(2, len(p.Steps))], func(s PlanStep) bool { return s.Day == 0 }) {
		return bad("steps", "event.plan")
	}
	for i, s := range p.Steps {
		if len(s.Doses) > mostPlanDoses || s.Day > mostPlanDays || s.Day < -mostPlanDays || i > 0 && s.Day <= p.Steps[i-1].Day {
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
