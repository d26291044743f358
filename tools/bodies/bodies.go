// Package bodies has made-up bodies that the model was not made from, and that
// no fit can find exactly: what tools try the model and its plans on, so that
// they are not tried only where they must be right.
package bodies

import (
	"math"

	"github.com/evenkeel/evenkeel/pkpd"
)

// Law is what a body does with the receptor drive in place of the model's
// adaptation.
type Law struct {
	One       bool    // one adaptation instead of two, with its own time constant and gain
	Threshold float64 // of the imbalance that is felt
}

// LawOf is the model's own law for a person.
func LawOf(p *pkpd.Params) Law { return Law{Threshold: p.Threshold} }

// Change turns a person of the model into one of another body.
type Change func(*pkpd.Params, *Law)

// OneAdaptation has one state of adaptation, with a gain of its own.
func OneAdaptation(_ *pkpd.Params, l *Law) { l.One, l.Threshold = true, 0.1 }

// NoThreshold feels every imbalance.
func NoThreshold(_ *pkpd.Params, l *Law) { l.Threshold = 0 }

// Slower adapts and recovers three times as slowly.
func Slower(p *pkpd.Params, _ *Law) { p.TauFast *= 3; p.TauSlow *= 3 }

// AnotherShare gets a third of the 7-OH that was taken as such and twice that
// made on the way in.
func AnotherShare(p *pkpd.Params, _ *Law) {
	for f := range p.FSevenOH {
		p.FSevenOH[f] /= 3
		p.FirstPass[f] *= 2
	}
}

// HalfAndTwice feels half the imbalance, and adapts half as fast.
func HalfAndTwice(p *pkpd.Params, l *Law) {
	l.Threshold = p.Threshold / 2
	p.TauFast *= 2
	p.TauSlow *= 2
}

// SlowByFour has a slow adaptation four times as slow.
func SlowByFour(p *pkpd.Params, _ *Law) { p.TauSlow *= 4 }

// QuarterThreshold feels a quarter of the imbalance.
func QuarterThreshold(p *pkpd.Params, l *Law) { l.Threshold = p.Threshold / 4 }

// Anchored is the gain that gives a central person of the changed body the
// worst hour that the central one has after leaf, 4 x 50 mg a day for 90 days:
// another body is one that the surveys would still have met. It is 1 for one
// adaptation, whose gain is its own.
func Anchored(central pkpd.Params, change Change) float64 {
	var doses []pkpd.Dose
	for k := range 360 {
		doses = append(doses, pkpd.Dose{AtH: 6 * float64(k), Form: pkpd.Leaf, MitragynineMg: 50})
	}
	var times []float64
	for h := 0.0; h < 168; h += 2 {
		times = append(times, 6*359+h)
	}
	worst := func(p pkpd.Params, threshold float64) float64 {
		_, drive, err := pkpd.Curve(&p, doses, times)
		if err != nil {
			return 0
		}
		w := 0.0
		for _, d := range drive {
			w = math.Max(w, p.WFast*d.Fast+p.WSlow*d.Slow-d.Drive-threshold)
		}
		return w
	}
	changed, law := central, LawOf(&central)
	change(&changed, &law)
	if law.One {
		return 1
	}
	return worst(central, central.Threshold) / worst(changed, law.Threshold)
}
