package say

import (
	"context"
	"math"

	"github.com/evenkeel/evenkeel/pkpd"
)

// Reading is all that a statement may look at.
type Reading struct {
	Basis    pkpd.Grounds
	CheckIns int // that the fit used
	LeftOut  int // doses of which not even the kind is known
	Guess    pkpd.Guess
	// Contradiction is nil where doses and words agree.
	Contradiction *pkpd.Contradiction

	Rough    pkpd.Band  // felt now, the person's own 0..10
	Symptoms *pkpd.Band // the same as the sum of symptoms, 0..48; nil if they are not used

	Mitragynine, SevenOH pkpd.Band // in the blood now, nM
	Standing             pkpd.Standing
	UsualDays            int

	// What taking nothing more, Share of the usual and going on as now would
	// bring, and how sure the comparisons are: the probability that the first
	// has the lower worst day, and fewer days at moderate or more.
	Stop, Part, Same pkpd.Course
	Share            float64
	StopSame         Odds
	PartSame         Odds
	Facts
}

// Odds is the probability that the first of two regimens is the lower one.
type Odds struct{ Worst, Days float64 }

// Facts are what the journal says beside the model.
type Facts struct {
	Doses        int     // taken in the last two weeks
	SinceLastH   float64 // hours since the last dose; +Inf without one
	UnknownDays  int     // of the last fourteen, those without entries
	OtherOpioids bool    // another opioid was logged in the last week
	SevenOHTaken bool    // some of the doses are 7-OH taken as such
	MidnightH    float64 // hours from now until midnight, 0..24
}

// Days is how far Read looks ahead.
const Days = 28

// Read asks a person all that Today and Body need. share is the part of the
// usual doses that the what-if supposes, 0..1.
func Read(ctx context.Context, p *pkpd.Person, f Facts, share float64) (Reading, error) {
	r := Reading{Basis: p.Basis, CheckIns: p.Quality.CheckIns, LeftOut: p.Quality.LeftOut, Guess: p.Guess,
		Contradiction: p.Contradiction, Share: share, Facts: f}
	now, err := p.Forecast(ctx, pkpd.StopNow(), []float64{p.NowH})
	if err != nil {
		return r, err
	}
	r.Rough, r.Mitragynine, r.SevenOH = now.Rough[0], now.MitragynineNM[0], now.SevenOHNM[0]
	if now.Symptoms != nil {
		r.Symptoms = &now.Symptoms[0]
	}
	r.Standing, _, r.UsualDays = p.Standing()
	c, err := p.Compare(ctx, []pkpd.Regimen{pkpd.StopNow(), pkpd.Scaled(share), pkpd.SameAsNow()}, pkpd.CourseOptions{Days: Days, MidnightH: f.MidnightH})
	if err != nil {
		return r, err
	}
	r.Stop, r.Part, r.Same = c.Courses[0], c.Courses[1], c.Courses[2]
	r.StopSame = Odds{c.LowerWorst(0, 2), c.FewerDays(0, 2)}
	r.PartSame = Odds{c.LowerWorst(1, 2), c.FewerDays(1, 2)}
	return r, nil
}

// fitted tells that the person's own words shaped the bands.
func (r *Reading) fitted() bool { return r.Basis == pkpd.Fitted }

// clear tells that nothing is known to be missing which would make every band
// too low.
func (r *Reading) clear() bool { return !r.OtherOpioids && r.LeftOut == 0 }

// stopped tells that the person has taken nothing for a day or more.
func (r *Reading) stopped() bool { return r.SinceLastH >= 24 }

// nothing tells that there is nothing the model could speak of.
func (r *Reading) nothing() bool {
	return r.Doses == 0 && r.LeftOut == 0 && r.Mitragynine.High95 == 0 && r.SevenOH.High95 == 0 && r.Stop.AnyProb == 0
}

// unmeasurable tells that blood holds less than a laboratory can measure.
func (r *Reading) unmeasurable() bool {
	m, s := Quantifiable()
	return r.Mitragynine.High80 < m && r.SevenOH.High80 < s
}

// between is a phrase for an 80 % band in whole numbers: "2 to 5", or "about 2".
func between(b pkpd.Band) Said {
	low, high := math.Round(b.Low80), math.Round(b.High80)
	if low == high {
		return word("about", "n", low)
	}
	return word("between", "low", low, "high", high)
}

// from is the word for the lower end of a band. Where the upper end is more than
// mild the lower is never called none.
func from(low, high pkpd.Severity) Said {
	if low == pkpd.None && high >= pkpd.Moderate {
		return word("little")
	}
	return word(severities[low])
}

// severity is the word for a level of 0 to 10.
func severity(v float64) Said { return word(severities[pkpd.SeverityOf(v)]) }

func severitySOWS(v float64) Said { return word(severities[pkpd.SeverityOfSOWS(v)]) }

var severities = map[pkpd.Severity]string{pkpd.None: "none", pkpd.Mild: "mild", pkpd.Moderate: "moderate", pkpd.Severe: "severe"}

// span is the width of an 80 % band.
func span(b pkpd.Band) float64 { return b.High80 - b.Low80 }
