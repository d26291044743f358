package main

import (
	"context"

	"github.com/evenkeel/evenkeel/pkpd"
	"github.com/evenkeel/evenkeel/tools/bodies"
)

// subject is one synthetic person: what they wrote down, what is true of the
// days to come under each regimen, and what they will say tomorrow.
type subject struct {
	history  pkpd.History
	phase    phase
	truth    *pkpd.Person // nil where the model did not make the person
	effects  pkpd.Effects
	report   pkpd.Reporting
	future   map[string][]float64 // withdrawal at horizons, by regimen
	felt     map[string][]float64 // what is felt then, 0..10
	tomorrow []float64            // rough scores at tomorrow(), doing what they do
}

// horizons in hours from now.
var horizons = []float64{12, 24, 48, 96, 168}

type whatIf struct {
	name    string
	regimen pkpd.Regimen
}

var whatIfs = []whatIf{{"stop", pkpd.StopNow()}, {"same", pkpd.SameAsNow()}}

func at(now float64, hours []float64) []float64 {
	out := make([]float64, len(hours))
	for i, h := range hours {
		out[i] = now + h
	}
	return out
}

// sameModel makes a person with the model itself.
func sameModel(seed uint64, i int) (*subject, error) {
	h, ph, _ := design(seed, i)
	h, truth, err := pkpd.Invent(h, pkpd.FitOptions{Seed: seed*1_000_003 + uint64(i)})
	if err != nil {
		return nil, err
	}
	s := &subject{history: h, phase: ph, truth: truth, future: map[string][]float64{}, felt: map[string][]float64{}}
	for _, w := range whatIfs {
		err := truth.Each(w.regimen, at(h.NowH, horizons), func(d *pkpd.Draw) {
			s.effects, s.report = d.Effects, d.Reporting
			for _, r := range d.Rows {
				s.future[w.name] = append(s.future[w.name], r.Withdrawal)
			}
			for _, v := range d.Felt[0] {
				s.felt[w.name] = append(s.felt[w.name], pkpd.Rough10(v))
			}
		})
		if err != nil {
			return nil, err
		}
	}
	st := pkpd.NewStream(seed+1, uint64(i))
	err = truth.Each(ongoing(ph), tomorrow(&h), func(d *pkpd.Draw) {
		for _, v := range d.Felt[0] {
			s.tomorrow = append(s.tomorrow, d.Reporting.Write(pkpd.Rough, 0, v, &st))
		}
	})
	return s, err
}

// ongoing is what a person in a phase goes on doing.
func ongoing(ph phase) pkpd.Regimen {
	if ph == stopping {
		return pkpd.StopNow()
	}
	return pkpd.SameAsNow()
}

// world is a kind of people. make draws person i of it.
type world struct {
	name string
	make func(seed uint64, i int) (*subject, error)
}

// worlds are the model's own people and those of bodies that it does not know.
var worlds = []world{
	{"the model", sameModel},
	{"one adaptation", other(bodies.OneAdaptation)},
	{"no threshold", other(bodies.NoThreshold)},
	{"slower by three", other(bodies.Slower)},
	{"another share of 7-OH", other(bodies.AnotherShare)},
}

// tuned are the people on whom the size of the discrepancy was chosen: other
// bodies than those that verify it, and another seed (tuneSeed).
var tuned = []world{
	{"the model", sameModel},
	{"half the threshold, twice as slow", other(bodies.HalfAndTwice)},
	{"slow adaptation slower by four", other(bodies.SlowByFour)},
	{"a quarter of the threshold", other(bodies.QuarterThreshold)},
}

func fit(s *subject, seed uint64) (*pkpd.Person, error) {
	return pkpd.Fit(context.Background(), s.history, pkpd.FitOptions{Seed: seed, Workers: 1})
}
