package taper

import "github.com/evenkeel/evenkeel/journal"

// Switched is a plan that goes on with another product from today on: a day of
// it as the person and their clinician set it, and the steps that were left, on
// the same days, each by the same part. Nothing is converted: what a day of one
// product is in another is not known, so that the amount is theirs to say. A plan
// on hold stays there.
func Switched(p *journal.Plan, s *Start, today journal.Date) (journal.Plan, error) {
	if err := s.Check(); err != nil {
		return *p, err
	}
	at := stepOn(p, today)
	if at < 0 {
		return *p, refuse("way.not_begun")
	}
	now := Total(p.Steps[at].Doses)
	if now == 0 {
		return *p, refuse("way.switch_none")
	}
	day := index(p, today)
	out := journal.Plan{Change: "switched", Product: s.Product, ProductName: s.ProductName, Unit: s.Unit, Grain: s.Grain, Begins: today}
	if p.Held != "" {
		out.Held = today
	}
	last, full := s.Day, float64(s.Day.Grains())
	put := func(day int, d Pattern) {
		step := journal.PlanStep{Day: day}
		for _, one := range d {
			step.Doses = append(step.Doses, journal.PlanDose{Minute: one.Minute, Amount: s.Amount(one.Grains)})
		}
		out.Steps = append(out.Steps, step)
	}
	put(0, last)
	for _, left := range p.Steps[at+1:] {
		grains := min(int(full*Total(left.Doses)/now+1e-9), last.Grains())
		if grains == last.Grains() {
			continue // less than can be measured
		}
		last = last.less(grains, s.Day)
		put(left.Day-day, last)
	}
	return out, nil
}
