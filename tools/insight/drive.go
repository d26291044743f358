package main

import (
	"math"

	"github.com/evenkeel/evenkeel/insight/diary"
	"github.com/evenkeel/evenkeel/pkpd"
	"github.com/evenkeel/evenkeel/tools/insight/people"
)

// drive puts the model's own picture of the body in place of the hours since a
// dose: a check-in counts as soon after a dose where the drive is in the upper
// third of those of earlier days, as long after where it is in the lower third.
type drive struct {
	doses []pkpd.Dose
	past  []float64 // drives at check-ins of earlier days
	err   error
}

const (
	mgPerGram = 16 // of leaf, for the made-up people alone
	enough    = 20 // check-ins before there are thirds
)

// set writes a made-up number of hours into the check-ins of a day.
func (v *drive) set(p *people.Person, d *diary.Day) {
	for i, o := range d.Doses {
		v.doses = append(v.doses, pkpd.Dose{AtH: o.At, Form: pkpd.Leaf, MitragynineMg: mgPerGram * p.Grams[i]})
	}
	if len(v.doses) > 24 {
		v.doses = v.doses[len(v.doses)-24:]
	}
	if len(v.doses) == 0 || len(d.Checks) == 0 {
		return
	}
	origin := v.doses[0].AtH
	doses := make([]pkpd.Dose, len(v.doses))
	for i := range doses {
		doses[i] = v.doses[i]
		doses[i].AtH -= origin
	}
	times := []float64{}
	for _, c := range d.Checks {
		times = append(times, max(0, c.At-origin))
	}
	person := pkpd.Typical()
	_, at, err := pkpd.Curve(&person, doses, times)
	if err != nil {
		v.err = err
		return
	}
	low, high := math.NaN(), math.NaN()
	if len(v.past) >= enough {
		low, high = pkpd.Quantile(v.past, 1./3), pkpd.Quantile(v.past, 2./3)
	}
	for i := range d.Checks {
		c := &d.Checks[i]
		v.past = append(v.past, at[i].Drive)
		if math.IsNaN(c.Since) || math.IsNaN(low) {
			continue
		}
		switch level := at[i].Drive; {
		case level >= high:
			c.Since, c.Exact = 1, true
		case level <= low:
			c.Since = 9
		default:
			c.Since = 3.7
		}
	}
}
