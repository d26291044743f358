package kit

import (
	"slices"

	"github.com/evenkeel/evenkeel/internal/locale"
	"github.com/evenkeel/evenkeel/journal"
)

// StandardUnits are the ones that quick entry knows too, those of the
// person's own system first.
func (v *View) StandardUnits() []string {
	metric, us := []string{"g", "mg", "mL"}, []string{"oz", "tsp", "tbsp"}
	if journal.Or(v.Settings.Units, "metric") == "us" {
		metric, us = us, metric
	}
	return slices.Concat(metric, us, []string{"capsule", "tablet", "shot", "scoop", "serving"})
}

// Spans are the units that a form asks for a long time in.
func (v *View) Spans() []Option {
	list := make([]Option, len(locale.Spans))
	for i, u := range locale.Spans {
		list[i] = Option{u.Name, v.T("spans." + u.Name)}
	}
	return list
}

// Goals are what a person may be after; none is better than another.
func (v *View) Goals() []Option {
	return []Option{{"understand", v.T("goal.understand")}, {"cut_down", v.T("goal.cut_down")}, {"quit", v.T("goal.quit")}}
}
