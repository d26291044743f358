package quick

import (
	"math"
	"slices"
)

// restated takes out amounts that say another one again: "6 caps, so 3 g" is
// one dose, and so is "2 g + 2 g = 4 g" after its two. What was said again is
// kept as a note.
func (g *facts) restated() {
	for k := 1; k < len(g.list); k++ {
		prev, f := g.list[k-1], g.list[k]
		if !g.saidAgain(prev, f) {
			continue
		}
		a, b := prev.head.intake, f.head.intake
		same := a.unit == b.unit || b.unit == ""
		switch {
		case same && math.Abs(g.sum(k, a.unit)-b.amount) < 1e-9:
		case same:
			f.beside = true
			continue
		default:
			if a.name == "" && b.name != "" {
				a.name, a.nameFrom, a.nameTo = b.name, b.nameFrom, b.nameTo
			}
			prev.notes = append(prev.notes, g.words(f.head.from, f.head.to))
		}
		prev.to, prev.guarded = max(prev.to, f.to), prev.guarded || f.guarded
		if len(prev.times) == 0 && !f.led {
			prev.times = f.times
		}
		g.list = slices.Delete(g.list, k, k+1)
		k--
	}
}

// saidAgain reports that f says the amount of prev in other words: a word for
// that stands between them, or "total" behind.
func (g *facts) saidAgain(prev, f *fact) bool {
	if prev.head.kind != intakePhrase || f.head.kind != intakePhrase || prev.sentence != f.sentence {
		return false
	}
	a, b := prev.head.intake, f.head.intake
	if !a.counted || !b.counted || a.class != "" || b.class != "" || len(f.times) > 0 && !f.led && len(prev.times) > 0 || f.head.from < prev.head.to {
		return false
	}
	if b.flaw != sound && !(b.flaw == noUnit && b.unit == "") {
		return false
	}
	says := false
	for i := prev.head.to; i < f.head.from; i++ {
		switch {
		case g.word(i, wRestates, wEquals):
			says = true
		case g.word(i, wOr) && g.word(i+1, wRestates): // "o sea"
		case g.word(i, wIs) && a.unit == b.unit:
			says = true
		case g.toks[i].kind == markToken, g.is(i, roleFiller|rolePlace|roleApprox|roleJoin|roleDay), g.word(i, wAbout, wFor, wA, wOf, wIs):
		default:
			return false
		}
	}
	after := g.skip(f.head.to, wIn)
	return says || g.word(after, wTotal)
}

// sum is what the amounts before the k-th come to, as far back as they have the
// same unit and belong together.
func (g *facts) sum(k int, unit string) float64 {
	total := 0.
	for i := k - 1; i >= 0; i-- {
		in := g.list[i].head.intake
		if g.list[i].head.kind != intakePhrase || in.unit != unit || g.list[i].sentence != g.list[k].sentence {
			break
		}
		total += in.amount
	}
	return total
}

// notKept puts what was taken in doubt where the sentence says that it came up
// again.
func (g *facts) notKept() {
	for _, it := range g.phrases {
		if it.kind != barePhrase && it.kind != checkPhrase && it.kind != guardPhrase {
			continue
		}
		if _, n := g.match(it.from, roleVomit); n == 0 {
			continue
		}
		for _, f := range g.list {
			if f.head.kind == intakePhrase && f.head.intake.class == "" && f.from < it.from {
				f.guarded = true
			}
		}
	}
}
