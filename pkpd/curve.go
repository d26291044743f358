package pkpd

// Curve returns one person's rows at times (h, ascending) under doses in any
// order. It is the small door for pages that show one curve; what runs many
// persons or many times should keep a Plan and an Engine.
func Curve(p *Params, doses []Dose, times []float64) ([]Row, []Adaptation, error) {
	if err := p.Check(); err != nil {
		return nil, nil, err
	}
	plan, err := NewPlan(p, doses, times)
	if err != nil {
		return nil, nil, err
	}
	rows, adapt := make([]Row, len(times)), make([]Adaptation, len(times))
	var e Engine
	if err := e.Run(p, plan, rows, adapt); err != nil {
		return nil, nil, err
	}
	return rows, adapt, nil
}
