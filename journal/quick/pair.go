package quick

import "slices"

// pairAmounts finds amounts of different kinds that stand side by side with
// nothing between them: "5 g powder 2 tsp" is more likely one dose said twice
// than two, so the second is not saved without asking. The strength or count
// of a medicine goes to its note.
func (g *gatherer) pairAmounts() {
	for k := 1; k < len(g.groups); k++ {
		prev, gr := g.groups[k-1], g.groups[k]
		if !g.sideBySide(prev, gr) {
			continue
		}
		a, b := prev.head.intake, gr.head.intake
		switch {
		case a.class == "" && b.class == "":
			gr.beside = a.unit != b.unit && (unitKind(a.unit) != countKind || unitKind(b.unit) != countKind)
		case a.class != "" && b.class == "" && b.name == "":
			if !saysMore(a, b) {
				gr.beside = a.unit != "" && unitKind(a.unit) != unitKind(b.unit)
				continue
			}
			prev.notes = append(prev.notes, g.words(gr.head.from, gr.head.to))
			prev.notes = append(prev.notes, gr.notes...)
			if !gr.led {
				prev.times = append(prev.times, gr.times...)
			}
			prev.reasons = append(prev.reasons, gr.reasons...)
			prev.to, prev.guarded = gr.to, prev.guarded || gr.guarded
			g.groups = slices.Delete(g.groups, k, k+1)
			k--
		case a.class == "" && b.class != "" && a.name == "":
			// "2 pills hydrocodone 10 mg" is read as one already; here the
			// first has its own unit and no name.
			gr.beside = a.unit != "" && b.unit != "" && b.counted && unitKind(a.unit) != unitKind(b.unit) && (b.unit == "mg" || b.unit == "mcg") && unitKind(a.unit) == countKind
		}
	}
}

// sideBySide reports that both are amounts and only words that carry nothing
// stand between them.
func (g *gatherer) sideBySide(prev, gr *group) bool {
	if prev.head.kind != intakeItem || gr.head.kind != intakeItem || gr.joined != noBreak || prev.sentence != gr.sentence {
		return false
	}
	if !prev.head.intake.counted || !gr.head.intake.counted || gr.head.intake.unit == "" {
		return false
	}
	return prev.head.to <= gr.head.from && g.onlyFiller(prev.head.to, gr.head.from)
}

// saysMore reports that b can only be about the substance a: pills of a
// medicine, its strength, the size of a drink.
func saysMore(a, b *intake) bool {
	switch b.unit {
	case "pill":
		return unitKind(a.unit) == weightKind
	case "mg", "mcg":
		return unitKind(a.unit) == countKind
	case "oz", "mL":
		return a.class == "alcohol" || a.class == "stimulant"
	}
	return false
}
