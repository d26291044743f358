package main

import (
	"math"

	"github.com/evenkeel/evenkeel/pkpd"
)

// phase is what a synthetic person was doing when the record ends.
type phase int

const (
	steady   phase = iota // going on as before
	lighter               // fewer doses in the last week
	stopping              // nothing for the last two days
	nPhases
)

var phaseNames = [nPhases]string{"going on as usual", "cutting down for a week", "stopped two days ago"}

// habit is what a synthetic person takes.
type habit struct {
	form   pkpd.Form
	mg     float64 // of the main analyte, per dose
	perDay int
	wake   float64
}

// design makes the record of synthetic person i without scores: what was
// written down, when, and what is missing. plan tells what really happened.
func design(seed uint64, i int) (pkpd.History, phase, habit) {
	s := pkpd.NewStream(seed, uint64(i))
	pick := func(n int) int { return min(n-1, int(s.Uniform()*float64(n))) }
	around := func(median, sd float64) float64 { return median * math.Exp(sd*s.Normal()) }

	use := habit{perDay: 2 + pick(5), wake: 7 + 2*s.Uniform()}
	product := pkpd.Content{MitragynineLogSD: 0.15 + 0.35*s.Uniform(), SevenOHLogSD: 0.2}
	switch pick(10) {
	case 0, 1:
		use.form, use.mg = pkpd.SevenOH, around(15, 0.5)
	case 2, 3:
		use.form, use.mg = pkpd.Extract, around(25, 0.4)
	case 4:
		use.form, use.mg = pkpd.Tea, around(50, 0.4)
	default:
		use.form, use.mg = pkpd.Leaf, around(45, 0.5)
	}
	days := 10 + pick(25)
	h := pkpd.History{NowH: 24*float64(days) + 8 + 12*s.Uniform(), Products: []pkpd.Content{product}}
	ph := phase(pick(int(nPhases)))
	for d := 0; d <= days; d++ {
		skip := 0.06
		if ph == lighter && d > days-7 {
			skip = 0.5
		}
		for k := range use.perDay {
			at := 24*float64(d) + use.wake + 15*float64(k)/float64(use.perDay) + 1.2*s.Uniform()
			skipped, amount := s.Uniform() < skip, around(use.mg, 0.2)
			if skipped || at > h.NowH || ph == stopping && at > h.NowH-48 {
				continue
			}
			h.Intakes = append(h.Intakes, pkpd.Intake{Dose: use.dose(at, amount)})
		}
		for _, clock := range []float64{use.wake - 0.3 + s.Uniform(), 13 + 2*s.Uniform(), 20 + 2*s.Uniform()} {
			at := 24*float64(d) + clock
			if s.Uniform() < 0.7 && at <= h.NowH {
				c := pkpd.Rating{AtH: at, Kind: pkpd.Rough}
				if s.Uniform() < 0.3 {
					c.Kind = pkpd.Symptoms
				}
				h.CheckIns = append(h.CheckIns, c)
			}
		}
	}
	if pick(3) == 0 { // a day or two of which nothing is known
		from := 24 * float64(2+pick(days-6))
		u := pkpd.Interval{FromH: from, ToH: from + 24*float64(1+pick(2))}
		h.Unknown = append(h.Unknown, u)
		keep := h.Intakes[:0]
		for _, d := range h.Intakes {
			if d.AtH < u.FromH || d.AtH >= u.ToH {
				keep = append(keep, d)
			}
		}
		h.Intakes = keep
		checks := h.CheckIns[:0]
		for _, c := range h.CheckIns {
			if c.AtH < u.FromH || c.AtH >= u.ToH {
				checks = append(checks, c)
			}
		}
		h.CheckIns = checks
	}
	if pick(4) > 0 {
		b := pkpd.PriorUse{Form: use.form, TimesPerDay: float64(use.perDay), Days: around(200, 1)}
		if use.form == pkpd.SevenOH {
			b.SevenOHMgDay = use.mg * float64(use.perDay)
		} else {
			b.MitragynineMgDay = use.mg * float64(use.perDay)
		}
		h.Before = []pkpd.PriorUse{b}
	}
	return h, ph, use
}

func (u habit) dose(at, mg float64) pkpd.Dose {
	d := pkpd.Dose{AtH: at, Form: u.form}
	if u.form == pkpd.SevenOH {
		d.SevenOHMg = mg
	} else {
		d.MitragynineMg = mg
	}
	return d
}

// tomorrow are the hours of the next day at which people would check in.
func tomorrow(h *pkpd.History) []float64 { return []float64{h.NowH + 14, h.NowH + 19, h.NowH + 24} }
