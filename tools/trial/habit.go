package main

import (
	"fmt"
	"math"

	"github.com/evenkeel/evenkeel/pkpd"
	"github.com/evenkeel/evenkeel/taper"
)

// habit is what somebody takes every day before they begin, and the smallest
// amount that they can measure.
type habit struct {
	name string
	form pkpd.Form
	mg   float64 // of the main alkaloid in a grain
	day  taper.Pattern
	unit string
	size float64 // of a grain, in the unit
}

// habits are the ways of use that are tried: amounts a day from little to much,
// taken three or five times. A grain of leaf is a capsule of half a gram with
// 1.4 % mitragynine; one of 7-OH a quarter of a tablet of 20 mg. Assumed; the
// amounts span those of the survey and of what people write.
func habits() []habit {
	var list []habit
	for _, times := range []int{3, 5} {
		for _, grams := range []int{6, 12, 20, 30} {
			list = append(list, habit{fmt.Sprintf("leaf %d g in %d", grams, times), pkpd.Leaf, 7, spread(2*grams, times), "g", 0.5})
		}
		for _, mg := range []int{60, 120, 240, 480} {
			list = append(list, habit{fmt.Sprintf("7-OH %d mg in %d", mg, times), pkpd.SevenOH, 5, spread(mg/5, times), "mg", 5})
		}
	}
	return list
}

// spread lays grains evenly over doses from 8:00 to 22:00, on half hours, the
// larger ones first.
func spread(grains, times int) taper.Pattern {
	var p taper.Pattern
	for k := range times {
		at := 8*60 + 30*int(math.Round(28*float64(k)/float64(times-1)))
		p = append(p, taper.Dose{Minute: at, Grains: (grains + times - 1 - k) / times})
	}
	return p
}

func (h *habit) start() taper.Start {
	return taper.Start{ProductName: h.form.String(), Unit: h.unit, Grain: h.size, Day: h.day}
}

// dose is a planned one as the model takes it, on a day counted from atH.
func (h *habit) dose(d taper.Dose, dayH float64) pkpd.Dose {
	out := pkpd.Dose{AtH: dayH + float64(d.Minute)/60, Form: h.form}
	if mg := h.mg * float64(d.Grains); h.form == pkpd.SevenOH {
		out.SevenOHMg = mg
	} else {
		out.MitragynineMg = mg
	}
	return out
}

// intakes are those of a day from fromH on.
func (h *habit) intakes(day taper.Pattern, fromH float64) []pkpd.Intake {
	var list []pkpd.Intake
	for _, d := range day {
		list = append(list, pkpd.Intake{Dose: h.dose(d, fromH)})
	}
	return list
}
