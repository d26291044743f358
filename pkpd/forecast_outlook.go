package pkpd

import (
	"context"
	"math"
)

// Standing is how the level at the receptor compares with the person's usual
// for this hour of the day.
type Standing uint8

const (
	StandingUnknown Standing = iota // not enough known days, or no way to tell
	LikeUsual
	Higher
	Lower
)

// Easing is what stopping now would most likely bring.
type Easing uint8

const (
	EasingUnsure Easing = iota // the range is too wide to name a day, or nothing was fitted
	EasingBy                   // most of it most likely over by Outlook.OverMedianH
	EasingLittle               // little to come: not even the 80 % band of the worst day reaches moderate
)

// Outlook is a plain reading of a Person: enumerations and figures; the words
// belong to the pages.
type Outlook struct {
	Standing     Standing
	StandingProb float64 // of the Standing named, 0..1; NaN when unknown
	UsualDays    int     // earlier days it is compared with

	Easing Easing
	// When it would be over if nothing more were taken, in hours after now:
	// median and 80 % range of the draws that have any. NaN where none has.
	OverMedianH, OverLow80H, OverHigh80H float64
	AnyProb                              float64 // that there would be anything to speak of
}

// What the words mean. Assumed.
const (
	minUsualDays = 3
	usualMargin  = 0.1  // occupancy further than this share from the usual is higher or lower
	sureEnough   = 0.6  // a reading below it is not given
	widestRange  = 96.0 // h; a wider 80 % range is "not sure yet"
	outlookDays  = 28
)

// Outlook reads the person's draws.
func (person *Person) Outlook(ctx context.Context) (Outlook, error) {
	nan := math.NaN()
	o := Outlook{StandingProb: nan, OverMedianH: nan, OverLow80H: nan, OverHigh80H: nan, AnyProb: nan}
	o.Standing, o.StandingProb, o.UsualDays = person.Standing()
	all, err := person.Compare(ctx, []Regimen{StopNow()}, CourseOptions{Days: outlookDays})
	if err != nil {
		return o, err
	}
	c := &all.Courses[0]
	o.AnyProb = c.AnyProb
	if c.AnyProb > 0 {
		o.OverMedianH, o.OverLow80H, o.OverHigh80H = 24*c.OverDay.Median, 24*c.OverDay.Low80, 24*c.OverDay.High80
	}
	switch {
	case person.Basis != Fitted:
		o.Easing = EasingUnsure
	case c.WorstLevel.High80 < moderateFrom && c.AnyProb < 1-sureEnough:
		o.Easing = EasingLittle
	case o.AnyProb >= sureEnough && o.OverHigh80H-o.OverLow80H <= widestRange:
		o.Easing = EasingBy
	}
	return o, nil
}

// Standing compares what acts at the receptor now with the usual of this hour
// over days earlier days. prob is that of the standing named, NaN where none is.
func (person *Person) Standing() (standing Standing, prob float64, days int) {
	s, p := person.sample, person.problem
	days, prob = len(p.usual), math.NaN()
	if days >= minUsualDays {
		var count [4]int
		for _, i := range person.unique {
			now, usual := float64(s.occNow[i]), float64(s.occUsual[i])
			at := LikeUsual
			switch {
			case now > usual*(1+usualMargin)+0.01:
				at = Higher
			case now < usual*(1-usualMargin)-0.01:
				at = Lower
			}
			count[at] += person.copies[i]
		}
		best := LikeUsual
		for _, c := range []Standing{Higher, Lower} {
			if count[c] > count[best] {
				best = c
			}
		}
		if p := float64(count[best]) / float64(person.total); p >= sureEnough {
			standing, prob = best, p
		}
	}
	return standing, prob, days
}
