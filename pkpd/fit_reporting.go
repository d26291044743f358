package pkpd

import "math"

// Reporting is how one person feels and writes. What is felt, on their own
// scale of 0 to 10, is
//
//	Baseline + Slope x withdrawal + slow + quick + the hour of the day
//	  + departure x discrepancy
//
// where slow and quick are Ornstein-Uhlenbeck processes of standard deviations
// SlowSD and QuickSD: what the logged doses do not explain. For departure and
// discrepancy, which is one too, see departure. Slow holds what
// lasts (another cause, bad nights, a label that is off) and fades with the
// time constant SlowTauH; quick what comes and goes within hours. A check-in of
// 0 to 10 is the whole number nearest to what is felt. The sum of symptoms, on
// the 0..64 scale, is Offset + PerPoint x felt + Spread x noise: one state
// feeds both forms.
type Reporting struct {
	Baseline, Slope  float64 // points of 0..10, and per point of withdrawal
	SlowSD, SlowTauH float64
	QuickSD          float64

	Offset, PerPoint, Spread float64 // of the symptoms
}

// The same for everyone. Assumed.
const (
	quickTauH = 3.0  // h
	dailySD   = 0.4  // of each of the two amplitudes of a daily swing
	askSD     = 0.35 // of picking a whole number, in points of 0..10
	recentH   = 48.0 // how far back a contradiction is looked for
	heldH     = 24.0 // how far back what was felt is drawn again
)

// reportingCoord is a part of Reporting as a coordinate.
type reportingCoord int

const (
	repBaseline reportingCoord = iota
	repSlope
	repSlowSD
	repSlowTau
	repQuick
	repOffset
	repPerPoint
	repSpread
	nReporting
)

// reportingPrior is what is expected of a person before their first check-in:
// middle and spread, on the log scale but for the first and sixth. Nobody has
// measured these for our forms: assumed. A slope of 0.156 makes the top of one
// scale the top of the other (10/64). Baselines are wide because many who use
// kratom live with pain or low mood.
var reportingPrior = [nReporting]struct {
	mid, sd float64
	log     bool
}{
	repBaseline: {2, 2, false},
	repSlope:    {0.156, 0.4, true},
	repSlowSD:   {0.8, 0.5, true},
	repSlowTau:  {36, 0.7, true},
	repQuick:    {0.9, 0.4, true},
	repOffset:   {-2, 5, false},
	repPerPoint: {6, 0.3, true},
	repSpread:   {3, 0.4, true},
}

func reportingAt(theta []float64) Reporting {
	var v [nReporting]float64
	for i := range v {
		q := &reportingPrior[i]
		if q.log {
			v[i] = q.mid * exp(q.sd*theta[i])
		} else {
			v[i] = q.mid + q.sd*theta[i]
		}
	}
	return Reporting{v[repBaseline], v[repSlope], v[repSlowSD], v[repSlowTau], v[repQuick], v[repOffset], v[repPerPoint], v[repSpread]}
}

// form returns how a check-in reads what is felt, on the form's own scale
// before observation.scale: offset + per x felt + noise of standard deviation sd.
func (r *Reporting) form(k ScoreKind) (offset, per, sd float64) {
	if k == Rough {
		return 0, 1, askSD
	}
	return r.Offset, r.PerPoint, r.Spread
}

// Write returns the score that the person would give while feeling felt (on
// 0..10, not cut). answered is as in CheckIn.
func (r *Reporting) Write(kind ScoreKind, answered int, felt float64, s *Stream) float64 {
	c := Rating{Kind: kind, Answered: answered}
	offset, per, sd := r.form(kind)
	return min(c.top(), max(0, math.Floor((offset+per*felt+sd*s.Normal())*c.scale()+0.5)))
}

// scale turns the 0..64 scale of symptoms into their sum.
func (c *Rating) scale() float64 {
	if c.Kind == Rough {
		return 1
	}
	return c.top() / WithdrawalMax
}

// Rough10 cuts what is felt to the scale of 0 to 10.
func Rough10(felt float64) float64 { return min(10, max(0, felt)) }

// symptomSum is what is felt as the expected sum of the twelve symptoms, 0..48.
func (r *Reporting) symptomSum(felt float64) float64 {
	return min(48, max(0, (r.Offset+r.PerPoint*felt)*48/WithdrawalMax))
}
