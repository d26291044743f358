package fhir

import (
	"fmt"

	"github.com/evenkeel/evenkeel/care"
	"github.com/evenkeel/evenkeel/journal"
)

// plan is the way down that the person chose, with its goal: what its last step has.
func (d *document) plan() {
	p := d.p.Plan
	if p == nil {
		return
	}
	product := concept{Text: d.named(p.Product)}
	title := d.c.T("fhir.plan_title", "product", product.Text)
	cp := &carePlan{
		base: base{ResourceType: "CarePlan"}, Status: planStatus(p), Intent: "plan", Title: title,
		Subject: d.patient, Author: d.patient, Period: period{Start: day(p.Begins)},
	}
	var rows [][]string
	for i, s := range p.Steps {
		a := activityDetail{Status: stepStatus(p, i), Product: product, DailyAmount: amount(daily(s), p.Unit), Description: d.doses(p, s)}
		when := d.c.T("fhir.not_known")
		if a.Period = stepPeriod(p, i); a.Period != nil {
			when = a.Period.Start
		}
		cp.Activity = append(cp.Activity, activity{a})
		rows = append(rows, []string{when, d.c.Amount(daily(s), text(p.Unit)), a.Description})
	}
	entries := []reference{}
	if len(p.Steps) > 0 {
		g := d.add("", d.goal(p))
		cp.Goal = []reference{g}
		entries = append(entries, g)
	}
	entries = append(entries, d.add("", cp), d.add("over-plan", d.overPlan(p)))
	var x xhtml
	x.paragraph(title)
	x.paragraph(d.c.T("fhir.plan_status."+planStatus(p), "day", day(p.Held)))
	x.table(d.columns("from", "daily", "times"), rows)
	x.paragraph(d.c.T("fhir.over_plan", "over", p.OverDays, "known", p.KnownDays))
	d.section("plan", &x, entries...).loinc(planOfCare)
}

func planStatus(p *care.Plan) string {
	switch {
	case p.Ended:
		return "revoked"
	case p.Held != "":
		return "on-hold"
	}
	return "active"
}

// current is the step that the plan is at, -1 before the first.
func current(p *care.Plan) int {
	at := -1
	for i, s := range p.Steps {
		if s.Day <= p.Day {
			at = i
		}
	}
	return at
}

// stepStatus says of the past nothing: whether a step was kept is told by the days.
func stepStatus(p *care.Plan, i int) string {
	at := current(p)
	switch {
	case i < at:
		return "unknown"
	case p.Ended:
		return "cancelled"
	case p.Held != "":
		return "on-hold"
	case i == at:
		return "in-progress"
	}
	return "scheduled"
}

// stepPeriod is the days of a step. What a plan that is held or was ended would have
// had next has none.
func stepPeriod(p *care.Plan, i int) *period {
	s, at := p.Steps[i], current(p)
	if s.Day < 0 || i > at && (p.Ended || p.Held != "") {
		return nil
	}
	w := &period{Start: day(p.Begins.Add(s.Day))}
	if i+1 < len(p.Steps) && (i < at || !p.Ended && p.Held == "") {
		w.End = day(p.Begins.Add(p.Steps[i+1].Day - 1))
	}
	return w
}

func daily(s journal.PlanStep) (sum float64) {
	for _, dose := range s.Doses {
		sum += dose.Amount
	}
	return sum
}

// doses are a step's times and amounts.
func (d *document) doses(p *care.Plan, s journal.PlanStep) string {
	said := ""
	for i, dose := range s.Doses {
		if i > 0 {
			said += ", "
		}
		said += fmt.Sprintf("%02d:%02d ", dose.Minute/60, dose.Minute%60) + d.c.Amount(dose.Amount, text(p.Unit))
	}
	return said
}

func (d *document) goal(p *care.Plan) *goal {
	last := p.Steps[len(p.Steps)-1]
	lifecycle := map[string]string{"active": "active", "on-hold": "on-hold", "revoked": "cancelled"}[planStatus(p)]
	target := goalTarget{Measure: ours("measure", "daily-amount", d.c.T("fhir.column.daily")), Detail: amount(daily(last), p.Unit)}
	if w := stepPeriod(p, len(p.Steps)-1); w != nil {
		target.Due = w.Start
	}
	return &goal{
		base: base{ResourceType: "Goal"}, Lifecycle: lifecycle, Subject: d.patient, ExpressedBy: d.patient, StartDate: day(p.Begins),
		Description: concept{Text: d.c.T("fhir.goal", "amount", d.c.Amount(daily(last), text(p.Unit)), "product", d.named(p.Product))},
		Target:      []goalTarget{target},
	}
}

// overPlan is on how many of the known days of the last fourteen more was taken than
// planned.
func (d *document) overPlan(p *care.Plan) *observation {
	o := d.observed(ours("measure", "plan-days", d.c.T("fhir.section.plan")), instant(d.p.Made))
	over := component{Code: ours("measure", "days-over-plan", d.c.T("fhir.days_over")), Integer: &p.OverDays}
	if p.KnownDays == 0 {
		over.Integer, over.AbsentReason = nil, absent(unknown)
	}
	o.Component = []component{over, {Code: ours("measure", "days-known", d.c.T("fhir.days_known")), Integer: &p.KnownDays}}
	return o
}
