package pkpd

import (
	"math"
)

// habitDose is a dose of the last day before the record.
type habitDose struct {
	Dose
	group int32
	days  float64 // how long it had been taken
}

// before returns the habit's last day and how long it had lasted.
func (p *problem) before(h *History, known []int) (day []habitDose, days float64) {
	switch {
	case h.NewToIt:
		return nil, 0
	case len(h.Before) > 0:
		at := p.newLatent(latentRecall, 0)
		for _, b := range h.Before {
			n := max(1, int(math.Floor(b.TimesPerDay+0.5)))
			if b.TimesPerDay == 0 {
				n = usualTimes
			}
			days = max(days, b.Days)
			for i := range n {
				clock := wakeH + wakingHours*float64(i)/float64(n)
				back := math.Mod(h.FromH-clock, 24)
				if back <= 0 {
					back += 24
				}
				day = append(day, habitDose{Dose{h.FromH - back, b.Form, b.MitragynineMgDay / float64(n), b.SevenOHMgDay / float64(n)},
					p.group(b.Product, at), b.Days})
			}
		}
		return day, days
	}
	// Nobody said: most likely what the first known day shows, by an unknown factor.
	var first []Intake
	if len(known) > 0 {
		first = h.dayIntakes(known[len(known)-1])
	} else if h.NowH-h.FromH < 24 {
		first = h.Intakes
	}
	if len(first) == 0 {
		return nil, 0
	}
	at := p.newLatent(latentUnknown, 0)
	for _, d := range first {
		d.AtH -= 24 * (1 + math.Floor((d.AtH-h.FromH)/24)) // the day that ends when the record begins
		day = append(day, habitDose{d.Dose, p.group(d.Product, at), unknownDays})
	}
	return day, unknownDays
}

// lay numbers the coordinates and finds those that matter.
func (p *problem) lay(lists ...[]trackDose) {
	var mg, seven, leaf bool
	mgOf, sevenOf, latentUsed := map[int]bool{}, map[int]bool{}, map[int]bool{}
	for _, list := range lists {
		for _, d := range list {
			g := p.groups[d.group]
			if d.m > 0 {
				mg, mgOf[g.product] = true, true
				leaf = leaf || d.form == Leaf
			}
			if d.s > 0 {
				seven, sevenOf[g.product] = true, true
			}
			latentUsed[g.latent] = true
		}
	}
	var kinds [nScores]bool
	for _, o := range p.obs {
		kinds[o.kind] = true
	}
	add := func(kind coordKind, index int, matters bool) {
		if matters && len(p.obs) > 0 {
			p.active = append(p.active, len(p.coords))
		}
		p.coords = append(p.coords, coord{kind, index})
	}
	// A column of root matters when it moves an effect that does.
	var moves [NEffects]bool
	for e := range NEffects {
		switch e {
		case EffV, EffF, EffFirstPass:
			moves[e] = mg
		case EffFSevenOH:
			moves[e] = seven
		case EffLeaf:
			moves[e] = mg && leaf
		default:
			moves[e] = mg || seven
		}
	}
	for c := range NEffects {
		matters := false
		for e := range NEffects {
			matters = matters || moves[e] && p.root[e][c] != 0
		}
		add(coordEffect, int(c), matters)
	}
	for i, q := range p.product {
		add(coordMitragynine, i, q.MitragynineLogSD > 0 && mgOf[i])
		add(coordSevenOH, i, q.SevenOHLogSD > 0 && sevenOf[i])
	}
	for i := range p.latent {
		add(coordLatent, i, latentUsed[i])
	}
	for k := range nReporting {
		add(coordReporting, int(k), k < repOffset || kinds[Symptoms])
	}
}
