package pkpd

import "math"

// Learnt is what the check-ins taught about one parameter.
type Learnt struct {
	Symbol string  // as in EffectNames
	Factor Band    // on the typical value
	Grade  string  // of the typical value, a key of Grades
	Share  float64 // of the prior's spread that is gone, 0 nothing .. 1 all
}

// Learnt lists the effects, in the order of EffectNames.
func (person *Person) Learnt() []Learnt {
	p, s := person.problem, person.sample
	var out []Learnt
	column, copies := make([]float32, len(person.unique)), make([]int32, len(person.unique))
	var t ranker
	effects := make([]Effects, len(person.unique))
	for j, i := range person.unique {
		effects[j] = p.effects(s.point(i))
	}
	for e, name := range EffectNames {
		sum, sum2, n := 0.0, 0.0, float64(person.total)
		prior := 0.0
		for _, l := range p.root[e] {
			prior += l * l
		}
		for j, i := range person.unique {
			v, c := effects[j][e], float64(person.copies[i])
			sum += c * v
			sum2 += c * v * v
			column[j], copies[j] = float32(exp(v)), int32(person.copies[i])
		}
		sd := math.Sqrt(max(0, sum2/n-sum*sum/(n*n)))
		l := Learnt{Symbol: name, Factor: t.band(column, copies, person.total), Share: min(1, max(0, 1-sd/max(math.Sqrt(prior), 1e-9)))}
		for _, q := range Standard().Parameters {
			if q.Symbol == effectSymbols[e] {
				l.Grade = q.Grade
			}
		}
		if person.Basis != Fitted || prior == 0 {
			l.Share = 0
		}
		out = append(out, l)
	}
	return out
}
