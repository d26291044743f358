package pkpd

import "fmt"

// RunMany is Run for many persons under one plan: rows[i] are people[i]'s. On a
// build and a processor that have them it uses vector instructions, four
// persons at a time; the results are the same bits either way.
func (e *Engine) RunMany(people []Params, plan *Plan, rows [][]Row) error {
	i := 0
	for ; i+lanes <= len(people) && vectors; i += lanes {
		if !e.runVector((*[lanes]Params)(people[i:]), plan, (*[lanes][]Row)(rows[i:])) {
			for k := i; k < i+lanes; k++ {
				if err := e.Run(&people[k], plan, rows[k], nil); err != nil {
					return fmt.Errorf("person %d: %w", k, err)
				}
			}
		}
	}
	for ; i < len(people); i++ {
		if err := e.Run(&people[i], plan, rows[i], nil); err != nil {
			return fmt.Errorf("person %d: %w", i, err)
		}
	}
	return nil
}

// Kernel names what RunMany uses here: "vector" or "scalar".
func Kernel() string {
	if vectors {
		return "vector"
	}
	return "scalar"
}

// lanes is how many persons share a vector.
const lanes = 4
