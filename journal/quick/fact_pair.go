package quick

import (
	"slices"
)

// pairAmounts finds amounts of different kinds that stand side by side with
// nothing between them: "5 g powder 2 tsp" is more likely one dose said twice
// than two, so the second is not saved without asking. The strength or count
// of a medicine goes to its note.
func (g *facts) pairAmounts() {
	for k := 1; k < len(g.list); k++ {
		prev, f := g.list[k-1], g.list[k]
		if !g.sideBySide(prev, f) {
			continue
		}
		a, b := prev.head.intake, f.head.intake
		switch {
		case a.class == "" && b.class == "":
			f.beside = f.beside || a.unit != b.unit && (unitKind(a.unit) != countKind || unitKind(b.unit) != countKind)
			if f.beside { // the "or" between them is not unread
				g.unknown = slices.DeleteFunc(g.unknown, func(u [2]int) bool { return u[0] >= prev.head.to && u[1] <= f.head.from })
			}
		case a.class != "" && b.class == "" && b.name == "":
			if !saysMore(a, b) {
				f.beside = a.unit != "" && unitKind(a.unit) != unitKind(b.unit)
				continue
			}
			prev.notes = append(prev.notes, g.words(f.head.from, f.head.to))
			prev.notes = append(prev.notes, f.notes...)
			if !f.led {
				prev.times = append(prev.times, f.times...)
			}
			prev.reasons = append(prev.reasons, f.reasons...)
			prev.to, prev.guarded = f.to, prev.guarded || f.guarded
			g.list = slices.Delete(g.list, k, k+1)
			k--
		case a.class == "" && b.class != "" && a.name == "":
			// "2 pills hydrocodone 10 mg" is read as one already; here the
			// first has its own unit and no name.
			f.beside = a.unit != "" && b.unit != "" && b.counted && unitKind(a.unit) != unitKind(b.unit) && (b.unit == "mg" || b.unit == "mcg") && unitKind(a.unit) == countKind
		}
	}
}

// sideBySide reports that both are amounts and only words that carry nothing
// stand between them.
func (g *facts) sideBySide(prev, f *fact) bool {
	if prev.head.kind != intakePhrase || f.head.kind != intakePhrase || prev.sentence != f.sentence {
		return false
	}
	loose := prev.head.intake.class == "" && f.head.intake.class == "" && f.head.intake.name == "" && g.maybeSame(prev, f)
	if !loose && f.joined != noBreak {
		return false
	}
	if !prev.head.intake.counted || !f.head.intake.counted || f.head.intake.unit == "" {
		return false
	}
	return prev.head.to <= f.head.from && (loose || g.onlyFiller(prev.head.to, f.head.from))
}

// maybeSame reports that only a comma, a slash or "or" parts a weight or volume
// from the count before it, or the other way round, and that neither has a time
// of its own: "6 caps, about 3 g".
func (g *facts) maybeSame(prev, f *fact) bool {
	if f.joined == hardBreak || len(f.times) > 0 && !f.led || len(prev.times) > 0 && !prev.led && prev.times[0].from < f.from && prev.times[0].from >= prev.head.to {
		return false
	}
	for i := prev.head.to; i < f.head.from; i++ {
		if g.mark(i, ",/") || g.word(i, wOr) || g.is(i, roleApprox) || g.mark(i, "~") {
			continue
		}
		return false
	}
	return prev.head.intake.flaw == sound && f.head.intake.flaw == sound
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

// mergeHalves joins a name and an amount that stand apart: "green leaf at 8
// am 3 g".
func (g *facts) mergeHalves() {
	for k := 1; k < len(g.list); k++ {
		a, b := g.list[k-1], g.list[k]
		if a.head.kind != intakePhrase || b.head.kind != intakePhrase || a.sentence != b.sentence || a.paren || b.paren && b.head.intake.counted {
			continue
		}
		if b.joined == andBreak || b.joined == commaBreak && a.to != b.from-1 {
			continue
		}
		name, amount := a.head.intake, b.head.intake
		if !name.counted {
			if name.flaw != noAmount || name.class != "" || name.unit != "" || !amount.counted || amount.name != "" || amount.class != "" {
				continue
			}
		} else {
			name, amount = amount, name
			if name.flaw != noAmount || name.counted || name.class != "" || name.unit != "" || amount.name != "" || amount.class != "" || amount.flaw != sound {
				continue
			}
		}
		whole := *amount
		whole.name, whole.nameFrom, whole.nameTo, whole.tinted = name.name, name.nameFrom, name.nameTo, name.tinted
		if whole.container == "" {
			whole.container = name.container
		}
		head := *a.head
		head.intake = &whole
		a.head = &head
		if len(a.times) == 0 || b.times != nil && !b.led {
			a.times, a.led = b.times, b.led
		}
		a.reasons, a.notes = append(a.reasons, b.reasons...), append(a.notes, b.notes...)
		a.perDay, a.length, a.since = or(a.perDay, b.perDay), or(a.length, b.length), or(a.since, b.since)
		a.guarded = a.guarded || b.guarded
		a.to = b.to
		g.list = slices.Delete(g.list, k, k+1)
		k--
	}
}

// strayNumbers puts a dose in doubt when a number without a unit follows it:
// "3 g 8" may be a time, "3 g 1/5" a date.
func (g *facts) strayNumbers() {
	for k := 1; k < len(g.list); k++ {
		a, b := g.list[k-1], g.list[k]
		if a.head.kind != intakePhrase || b.head.kind != intakePhrase || a.sentence != b.sentence || b.joined == commaBreak {
			continue
		}
		if first := a.head.intake; first.stray() && g.onlyMarks(a.to, b.from) { // "3 +/- 1 g", "4 00 caps"
			b.from, b.head.intake.flaw, b.head.intake.class = a.from, garbledAmount, ""
			g.list = slices.Delete(g.list, k-1, k)
			k--
			continue
		}
		if a.clause != b.clause || a.head.intake.flaw != sound {
			continue
		}
		if in := b.head.intake; in.stray() {
			b.from, in.flaw = a.from, strayNumber
			g.list = slices.Delete(g.list, k-1, k)
			k--
		}
	}
}

// onlyMarks reports that no words stand in from..to besides "and".
func (g *facts) onlyMarks(from, to int) bool {
	for k := from; k < to; k++ {
		if g.toks[k].kind != markToken && !g.word(k, wAnd) {
			return false
		}
	}
	return true
}

func or[T any](a, b *T) *T {
	if a != nil {
		return a
	}
	return b
}
