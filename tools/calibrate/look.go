package main

import (
	"math"

	"github.com/evenkeel/evenkeel/pkpd"
)

// summaries are the figures by which a body is compared with what is known, in
// the order of look's result.
var summaries = []string{
	"users.mean", "users.sd", "users.frequency", "clinic.morning", "tea.share", "control.share",
	"leaf.peak", "leaf.left5", "leaf.left7", "leaf.days",
	"seven.onset", "seven.peak", "seven.left5", "seven.mild", "seven.heavier",
	"taper10.leaf", "taper10.seven", "taper10.lot", "taper5.leaf",
	"leaf12.mild", "leaf12.moderate", "seven60.mild", "seven60.moderate", // no anchor: what people ask
}

// Where words begin on the scale of 0 to 64. People without withdrawal score
// about 3 (smith2024obs): so much more than usual is noticed by the person
// themselves, and an observer sees it at 5.
const (
	noticed  = 3
	mild     = 5
	moderate = 11
)

// looker holds the scenes. Not safe for several goroutines.
type looker struct {
	users                    []*scene
	usersWeight              []float64
	base, often, large       *scene
	clinic, tea              *scene
	control                  []*scene
	leafCourse, sevens       *scene
	sixGrams, month, quarter *scene
	tapers                   [3]*scene // 10 % of leaf, 10 % of 7-OH, 5 % of leaf
	few, one, survey         *crowd
	peaks                    []float64
}

const (
	fewPeople  = 32 // per scene
	perHabit   = 4  // people per habit of the survey
	taperSteps = 15
)

func newLooker(lags *pkpd.Params, d map[string][]float64) (*looker, error) {
	h, err := habits()
	if err != nil {
		return nil, err
	}
	l := &looker{few: newCrowd(fewPeople), one: newCrowd(1)}
	clear(l.one.z)
	var failed error
	stop := func(name string, after []float64) *scene {
		doses, last := h[name].doses(1, 0, 0)
		s, err := newScene(lags, doses, last, after)
		if err != nil {
			failed = err
		}
		return s
	}
	days := every(6, 240)
	for i, per := range d["survey.uses_a_day"] {
		for _, p := range []float64{0.1, 0.3, 0.5, 0.7, 0.9} {
			mg := d["survey.mg_a_use_median"][0] * math.Exp(d["survey.mg_a_use_log_sd"][0]*probit(p))
			doses, last := habit{pkpd.Leaf, mg, int(per), 16, 90}.doses(1, 0, 0)
			s, err := newScene(lags, doses, last, days)
			if err != nil {
				return nil, err
			}
			l.users = append(l.users, s)
			l.usersWeight = append(l.usersWeight, d["survey.uses_a_day_share"][i]/5/perHabit)
		}
	}
	l.survey = newCrowd(len(l.users) * perHabit)
	l.base, l.often, l.large = stop("leaf.base", days), stop("leaf.oftener", days), stop("leaf.larger", days)
	l.sixGrams, l.month, l.quarter = stop("leaf.6g", days), stop("seven.month", days), stop("seven.60", days)
	clinic := h["leaf.clinic"]
	l.clinic = stop("leaf.clinic", []float64{24 - clinic.spread*float64(clinic.perDay-1)/float64(clinic.perDay)})
	l.tea = stop("tea.daily", every(2, 20)[4:])
	for _, mg := range d["huestis2024.doses_mg"] {
		doses, last := habit{pkpd.Leaf, mg, 1, 0, 15}.doses(1, 0, 0)
		s, err := newScene(lags, doses, last, days)
		if err != nil {
			return nil, err
		}
		l.control = append(l.control, s)
	}
	l.leafCourse = stop("leaf.12g", every(2, 720))
	l.sevens = stop("seven.heavy", every(1, 240))
	for i, t := range []struct {
		habit string
		keep  float64
		step  int
	}{{"leaf.30g", 0.9, 7}, {"seven.180", 0.9, 7}, {"leaf.30g", 0.95, 6}} {
		doses, _ := h[t.habit].doses(t.keep, t.step, taperSteps)
		var mornings []float64 // just before the day's first dose, from the last usual day on
		for day := h[t.habit].days - 1; day < h[t.habit].days+t.step*taperSteps; day++ {
			mornings = append(mornings, 24*float64(day))
		}
		if l.tapers[i], err = newScene(lags, doses, 0, mornings); err != nil {
			return nil, err
		}
	}
	return l, failed
}

// look returns the summaries of a body, in their order.
func (l *looker) look(typical *pkpd.Params, omega *pkpd.Effects) []float64 {
	out := make([]float64, 0, len(summaries))
	put := func(v ...float64) { out = append(out, v...) }
	l.few.gather(typical, omega)
	l.one.gather(typical, omega)
	l.survey.gather(typical, omega)

	sum, square := 0.0, 0.0
	for i, s := range l.users {
		for _, rows := range l.survey.run(s, i*perHabit, (i+1)*perHabit) {
			w := highest(rows)
			sum += l.usersWeight[i] * w
			square += l.usersWeight[i] * w * w
		}
	}
	put(sum, math.Sqrt(max(square-sum*sum, 1e-6)))
	put((mean(l.peaksOf(l.often)) + 0.5) / (mean(l.peaksOf(l.large)) + 0.5))
	morning := 0.0
	for _, rows := range l.few.run(l.clinic, 0, fewPeople) {
		morning += rows[0].Withdrawal / fewPeople
	}
	put(morning, l.share(l.tea, mild))
	control := 0.0
	for _, s := range l.control {
		control += l.share(s, mild) / float64(len(l.control))
	}
	put(control)

	leaf := courseOf(l.leafCourse.times, l.one.run(l.leafCourse, 0, 1)[0])
	put(leaf.peakH, leaf.left(120), leaf.left(168), leaf.until(3)/24)
	seven := courseOf(l.sevens.times, l.one.run(l.sevens, 0, 1)[0])
	put(seven.onset(), seven.peakH, seven.left(120))

	six := append([]float64(nil), l.peaksOf(l.sixGrams)...)
	month := l.peaksOf(l.month)
	feel, heavier := 0.0, 0.0
	for i, w := range month {
		feel += felt(w, mild) / fewPeople
		heavier += phi((w-six[i])/1.5) / fewPeople
	}
	put(feel, heavier)

	rise := func(s *scene, limit float64) float64 {
		share := 0.0
		for _, rows := range l.few.run(s, 0, fewPeople) {
			share += felt(highest(rows[1:])-rows[0].Withdrawal, limit) / fewPeople
		}
		return share
	}
	put(rise(l.tapers[0], noticed), rise(l.tapers[1], noticed), rise(l.tapers[1], moderate), rise(l.tapers[2], mild))
	put(l.share(l.often, mild), l.share(l.often, moderate), l.share(l.quarter, mild), l.share(l.quarter, moderate))
	return out
}

// peaksOf returns each person's highest withdrawal. The next call overwrites it.
func (l *looker) peaksOf(s *scene) []float64 {
	l.peaks = l.peaks[:0]
	for _, rows := range l.few.run(s, 0, fewPeople) {
		l.peaks = append(l.peaks, highest(rows))
	}
	return l.peaks
}

func (l *looker) share(s *scene, limit float64) float64 {
	share := 0.0
	for _, w := range l.peaksOf(s) {
		share += felt(w, limit) / fewPeople
	}
	return share
}

// course is one person's withdrawal after stopping.
type course struct {
	times, w    []float64
	peak, peakH float64
}

func courseOf(times []float64, rows []pkpd.Row) course {
	c := course{times: times, w: make([]float64, len(rows))}
	for i, r := range rows {
		c.w[i] = r.Withdrawal
		if r.Withdrawal > c.peak {
			c.peak, c.peakH = r.Withdrawal, times[i]
		}
	}
	return c
}

// left is the share of the peak that is left some hours after the last dose.
func (c *course) left(h float64) float64 {
	for i, t := range c.times {
		if t >= h {
			return c.w[i] / max(c.peak, 1)
		}
	}
	return 0
}

// onset is the first moment with a tenth of the peak, and a point at least; the
// end of the scene where there is none.
func (c *course) onset() float64 {
	for i, w := range c.w {
		if w >= max(0.1*c.peak, 1) {
			return c.times[i]
		}
	}
	return c.times[len(c.times)-1]
}

// until is the last moment with at least so many points; an hour if there is none.
func (c *course) until(points float64) float64 {
	last := 1.0
	for i, w := range c.w {
		if w >= points {
			last = c.times[i]
		}
	}
	return last
}
