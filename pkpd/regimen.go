package pkpd

import (
	"math"
	"slices"
)

// Regimen is what a forecast supposes of the days to come. The zero value is
// StopNow.
type Regimen struct {
	scale float64  // of the usual pattern
	given []Intake // AtH in hours of the History's time line
}

// StopNow takes nothing more.
func StopNow() Regimen { return Regimen{} }

// SameAsNow repeats the last known days, at most seven, at their own hours.
func SameAsNow() Regimen { return Scaled(1) }

// Scaled is SameAsNow with every dose times f, 0..10.
func Scaled(f float64) Regimen { return Regimen{scale: f} }

// Given takes exactly these doses; what lies before now is ignored. Products
// are those of the History.
func Given(doses []Intake) Regimen { return Regimen{given: slices.Clone(doses)} }

// given writes doses from now on as a track's, with the forms that they are of.
func (p *problem) given(list []Intake, untilH float64) (doses []trackDose, forms uint8, err error) {
	for i, d := range list {
		group, known := p.groupOf[doseGroup{d.Product, -1}]
		switch {
		case d.Form >= nForms || !(math.Abs(d.AtH) <= MaxHours) ||
			!(d.MitragynineMg >= 0 && d.MitragynineMg <= maxMg && d.SevenOHMg >= 0 && d.SevenOHMg <= maxMg):
			return nil, 0, refuse("", "pkpd.given_dose", "n", i+1)
		case d.Product < 0 || d.Product >= len(p.product):
			return nil, 0, refuse("", "pkpd.given_product", "n", i+1)
		case d.AtH < p.nowH || d.AtH > untilH:
			continue
		case !known:
			group = int32(len(p.groups) + d.Product) // see forecaster: products not taken so far come after the groups
		}
		forms |= 1 << d.Form
		doses = p.lag.put(doses, d.Dose, p.nowH, group)
	}
	return doses, forms, nil
}

// compile writes the doses of the regimen up to untilH as a track's, with those
// still on their way in.
func (p *problem) compile(r Regimen, untilH float64) ([]trackDose, uint8, error) {
	if !(r.scale >= 0 && r.scale <= 10) {
		return nil, 0, refuse("", "pkpd.pattern", "value", r.scale)
	}
	forms := p.forms
	doses := slices.Clone(p.pending)
	if r.scale > 0 && p.cycle > 0 {
		for shift := 24 * float64(p.cycle); shift-24*float64(p.cycle) < untilH-p.nowH; shift += 24 * float64(p.cycle) {
			for _, d := range p.repeat {
				d.AtH += shift + p.nowH
				d.MitragynineMg *= r.scale
				d.SevenOHMg *= r.scale
				doses = p.lag.put(doses, d.Dose, p.nowH, p.groupOf[doseGroup{d.Product, -1}])
			}
		}
	}
	given, more, err := p.given(r.given, untilH)
	if err != nil {
		return nil, 0, err
	}
	doses, forms = append(doses, given...), forms|more
	sortDoses(doses)
	last := toTick(untilH - p.nowH)
	for len(doses) > 0 && doses[len(doses)-1].tick > last {
		doses = doses[:len(doses)-1]
	}
	return doses, forms, nil
}
