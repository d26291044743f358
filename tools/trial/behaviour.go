package main

import (
	"math"

	"github.com/evenkeel/evenkeel/pkpd"
	"github.com/evenkeel/evenkeel/taper"
)

// behaviour is how people keep to a plan. No figure of it is of kratom. Where
// they were derived from: tapers of opioids and lapses of people who stopped
// smoking (docs/science.md, section 10).
type behaviour struct {
	// Over is the chance a day of taking more than planned, at a roughness of 2.
	Over float64
	// PerPoint is how its logarithm grows with each point of yesterday's roughness.
	PerPoint float64
	// Next times more likely is it on the day after such a day, less each day
	// until the fourth.
	Next float64
	// Back is how far such a day goes back to the amount of the beginning, 0..1.
	Back float64
	// Days of seven over plan end the plan.
	Days int
	// Rough is the chance a day to end it while the last three were 7 or more.
	Rough float64
	// Unlogged is the share of days without entries, in runs.
	Unlogged float64
}

// usual are the figures that were suggested before anything was run.
var usual = behaviour{Over: 0.03, PerPoint: 0.12, Next: 2.5, Back: 0.5, Days: 5, Rough: 0.2, Unlogged: 0.15}

// kept is a plan kept to the letter: 8 of 7 days never come.
var kept = behaviour{Days: 8}

// variant is what else may be true of behaviour.
type variant struct {
	name string
	behaviour
}

func with(change func(*behaviour)) behaviour {
	b := usual
	change(&b)
	return b
}

// variants are the usual figures, and each of them varied by a factor of two
// where that has a meaning. 3 of 7 days and never stand for that of 5.
var variants = []variant{
	{"as suggested", usual},
	{"days over plan half as likely", with(func(b *behaviour) { b.Over /= 2 })},
	{"days over plan twice as likely", with(func(b *behaviour) { b.Over *= 2 })},
	{"roughness counts half", with(func(b *behaviour) { b.PerPoint /= 2 })},
	{"roughness counts double", with(func(b *behaviour) { b.PerPoint *= 2 })},
	{"the day after one 1.25 times as likely", with(func(b *behaviour) { b.Next /= 2 })},
	{"the day after one 5 times as likely", with(func(b *behaviour) { b.Next *= 2 })},
	{"a day over plan goes a quarter of the way back", with(func(b *behaviour) { b.Back /= 2 })},
	{"a day over plan goes all the way back", with(func(b *behaviour) { b.Back = 1 })},
	{"3 days over plan in 7 end it", with(func(b *behaviour) { b.Days = 3 })},
	{"days over plan never end it", with(func(b *behaviour) { b.Days = 8 })},
	{"three rough days end it half as often", with(func(b *behaviour) { b.Rough /= 2 })},
	{"three rough days end it twice as often", with(func(b *behaviour) { b.Rough *= 2 })},
	{"half as many days without entries before", with(func(b *behaviour) { b.Unlogged /= 2 })},
	{"twice as many days without entries before", with(func(b *behaviour) { b.Unlogged *= 2 })},
}

const (
	baseline = 1.5   // roughness without withdrawal; assumed
	slope    = 0.156 // of roughness on withdrawal: the tops of both scales meet
	// Mood, which no dose explains, moves it by moodSD points and lasts moodTauH.
	moodSD   = 0.9
	moodTauH = 36.0
	after    = 28      // days followed after the goal is reached
	longest  = 2 * 365 // days that a plan is followed
)

// lived is what came of a plan.
type lived struct {
	peak   float64 // points that the doses' absence adds, at the worst half hour
	goal   int     // day on which none was reached, and kept up for four weeks; -1 else
	above  int     // days on which it added more than the ceiling
	over   int     // days over plan
	gaveUp bool
}

// follow lives a schedule from the state at its first midnight. Chance is the
// person's own: the same on the same day under every plan.
func (p *person) follow(s *taper.Schedule, b *behaviour, ceiling float64) lived {
	f := p.flesh.from(&p.begun)
	out := lived{goal: -1}
	luck := pkpd.NewStream(p.seed, streamDays)
	mood, felt := 0.0, baseline
	var w [slots]float64
	since, rough := 99, 0
	var overs [7]bool
	fade := math.Exp(-24 / moodTauH)
	end := longest
	if s.Reached >= 0 {
		end = min(end, s.Reached+after)
	}
	for n := range end {
		slip, leave, swing := luck.Uniform(), luck.Uniform(), luck.Normal()
		plan := s.On(n)
		hazard := b.Over * math.Exp(b.PerPoint*(felt-2)) * (1 + (b.Next-1)*max(0, float64(4-since))/3)
		overs[n%7] = slip < min(hazard, 0.95) && plan.Grains() < s.Start.Day.Grains()
		if overs[n%7] {
			plan, since = above(plan, s.Start.Day, b.Back), 0
			out.over++
		}
		since++
		f.live(plan, &w)
		mood = mood*fade + moodSD*math.Sqrt(1-fade*fade)*swing
		sum, most := 0.0, 0.0
		for _, v := range w {
			sum, most = sum+v, max(most, v)
		}
		out.peak = max(out.peak, slope*most)
		if slope*most > ceiling {
			out.above++
		}
		felt = pkpd.Rough10(baseline + slope*sum/slots + mood)
		if rough++; felt < 7 {
			rough = 0
		}
		if count(overs[:]) >= b.Days || rough >= 3 && leave < b.Rough {
			out.gaveUp = true
			return out
		}
	}
	if s.Reached >= 0 && s.Reached+after <= longest {
		out.goal = s.Reached
	}
	return out
}

// above is a day on which more was taken than planned: each dose some way back
// to what it was in the beginning.
func above(plan, start taper.Pattern, back float64) taper.Pattern {
	var out taper.Pattern
	for _, d := range start {
		now := 0
		for _, q := range plan {
			if q.Minute == d.Minute {
				now = q.Grains
			}
		}
		if n := now + int(math.Ceil(back*float64(d.Grains-now))); n > 0 {
			out = append(out, taper.Dose{Minute: d.Minute, Grains: n})
		}
	}
	return out
}

func count(list []bool) int {
	n := 0
	for _, v := range list {
		if v {
			n++
		}
	}
	return n
}
