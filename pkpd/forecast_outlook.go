package pkpd

import (
	"context"
	"math"
	"slices"
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
	EasingLittle               // most likely no withdrawal to speak of
)

// Outlook is a plain reading of a Person: enumerations and figures; the words
// belong to the pages.
type Outlook struct {
	Standing     Standing
	StandingProb float64 // of the Standing named, 0..1; NaN when unknown
	UsualDays    int     // earlier days it is compared with

	Easing Easing
	// When most of the withdrawal would be over if nothing more were taken, in
	// hours after now: median and the range of 80 % of the draws that have any.
	// NaN unless Easing is EasingBy or EasingUnsure with a figure.
	OverMedianH, OverLow80H, OverHigh80H float64
	AnyProb                              float64 // that there would be withdrawal to speak of
	PeakMedian                           float64 // of the worst hour, 0..64
}

// What the words mean. Assumed.
const (
	minUsualDays = 3
	usualMargin  = 0.1  // occupancy further than this share from the usual is higher or lower
	sureEnough   = 0.6  // a reading below it is not given
	toSpeakOf    = 5.0  // points of 64 at the worst hour
	mostlyOver   = 0.25 // of the worst hour
	widestRange  = 96.0 // h; a wider 80 % range is "not sure yet"
	outlookDays  = 42
	outlookStep  = 3.0 // h
)

// Outlook reads the person's draws.
func (person *Person) Outlook(ctx context.Context) (Outlook, error) {
	nan := math.NaN()
	o := Outlook{StandingProb: nan, OverMedianH: nan, OverLow80H: nan, OverHigh80H: nan, AnyProb: nan, PeakMedian: nan}
	s, p := person.sample, person.problem
	o.UsualDays = len(p.usual)
	if o.UsualDays >= minUsualDays {
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
		if prob := float64(count[best]) / float64(person.total); prob >= sureEnough {
			o.Standing, o.StandingProb = best, prob
		}
	}

	var times []float64
	for h := 0.0; h <= 24*outlookDays; h += outlookStep {
		times = append(times, person.NowH+h)
	}
	t, forms, err := person.plan(StopNow(), times)
	if err != nil {
		return o, err
	}
	peaks, over := make([]float64, len(person.unique)), make([]float64, len(person.unique))
	followers := make([]*forecaster, 2)
	err = share(ctx, 2, len(person.unique), func(w, j int) {
		if followers[w] == nil {
			followers[w] = person.forecaster(t, forms)
		}
		f := followers[w]
		f.follow(person.unique[j])
		worst := 0
		for k := range f.rows {
			if f.rows[k].Withdrawal > f.rows[worst].Withdrawal {
				worst = k
			}
		}
		peaks[j] = f.rows[worst].Withdrawal
		end := worst
		for end < len(f.rows)-1 && f.rows[end].Withdrawal > mostlyOver*peaks[j] {
			end++
		}
		over[j] = float64(end) * outlookStep
	})
	if err != nil {
		return o, err
	}
	var all, when []float64
	for j, i := range person.unique {
		for range person.copies[i] {
			all = append(all, peaks[j])
			if peaks[j] >= toSpeakOf {
				when = append(when, over[j])
			}
		}
	}
	slices.Sort(all)
	slices.Sort(when)
	q := func(v []float64, p float64) float64 { return v[int(p*float64(len(v)-1)+0.5)] }
	o.PeakMedian = q(all, 0.5)
	o.AnyProb = float64(len(when)) / float64(len(all))
	if len(when) > 0 {
		o.OverMedianH, o.OverLow80H, o.OverHigh80H = q(when, 0.5), q(when, 0.1), q(when, 0.9)
	}
	switch {
	case person.Basis != Fitted:
		o.Easing = EasingUnsure
	case o.AnyProb < 1-sureEnough:
		o.Easing = EasingLittle
	case o.AnyProb >= sureEnough && o.OverHigh80H-o.OverLow80H <= widestRange:
		o.Easing = EasingBy
	}
	return o, nil
}

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
	for e, name := range EffectNames {
		sum, sum2, n := 0.0, 0.0, float64(person.total)
		for j, i := range person.unique {
			v, c := s.point(i)[e], float64(person.copies[i])
			sum += c * v
			sum2 += c * v * v
			column[j], copies[j] = float32(exp(p.pop.Omega[e]*v)), int32(person.copies[i])
		}
		sd := math.Sqrt(max(0, sum2/n-sum*sum/(n*n)))
		l := Learnt{Symbol: name, Factor: t.band(column, copies, person.total), Share: min(1, max(0, 1-sd))}
		for _, q := range Standard().Parameters {
			if q.Symbol == effectSymbols[e] {
				l.Grade = q.Grade
			}
		}
		if person.Basis != Fitted {
			l.Share = 0
		}
		out = append(out, l)
	}
	return out
}
