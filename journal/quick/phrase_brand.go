package quick

import "slices"

// brandOf reads the name of a product that is sold in a unit of its own: "a
// feel free" is one bottle. Of one sold in several units the number is kept
// and the unit asked for. It returns i where no such name stands.
func (p *reader) brandOf(in *intake, i int) int {
	end := p.nameRun(i)
	for k := i; k < end; k++ {
		units := p.voc.brands[p.toks[k].text]
		if units == nil {
			continue
		}
		if _, n := p.unitAt(end); n > 0 {
			return i // it says its unit
		}
		p.setName(in, i, p.knownName(i, end))
		end = p.skip(in.nameTo, wVessel)
		if len(units) == 1 {
			in.unit = units[0]
			return end
		}
		in.flaw, in.oneOf = max(in.flaw, noUnit), units
		return end
	}
	return i
}

// brandUnit is the one unit in which a named brand is sold; "" when there is
// none, or more.
func (p *reader) brandUnit(from, to int) string {
	for k := from; k < to; k++ {
		if units := p.voc.brands[p.toks[k].text]; len(units) == 1 {
			return units[0]
		}
	}
	return ""
}

// own reports that the name at from..to is one of the person's products or
// units.
func (in *intake) own(p *reader, from, to int) bool {
	return len(p.findProducts(in.tinted)) > 0 || len(p.findProducts(in.name)) > 0 ||
		slices.ContainsFunc(p.toks[from:to], func(t token) bool { return t.brand || p.ownWord(t.text) })
}
