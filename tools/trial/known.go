package main

import (
	"context"
	"slices"

	"github.com/evenkeel/evenkeel/pkpd"
	"github.com/evenkeel/evenkeel/taper"
)

const (
	// share of the draws that must stay under the ceiling on each day.
	share = 0.8
	// lookAfter days from the last step on are looked at, too.
	lookAfter = 10
)

// known is what a plan is made from: draws of whoever the person may be, ready
// to be followed through days of any level between now and none.
type known struct {
	drawn
	habit  *habit
	start  taper.Start
	ladder taper.Ladder
	// half is the amount a day at which half of the receptors are taken, see
	// taper.Lay.
	half  float64
	basis pkpd.Grounds
}

// drawn are the draws as a plan asks for them.
type drawn struct{ days *pkpd.Days }

func (d drawn) Copies() []int { return d.days.Copies() }

func (d drawn) Follow(i int, s taper.Stretch, peaks []float32) {
	d.days.Follow(i, s.Begin, s.Level, s.From, s.To, s.Drug, peaks)
}

// learn fits a person's own check-ins with some draws, a part of which look at
// plans.
func learn(p *person, h *habit, draws, look int) (*known, error) {
	ctx := context.Background()
	who, err := pkpd.Fit(ctx, p.history, pkpd.FitOptions{Seed: p.seed, Draws: draws, Workers: 1})
	if err != nil {
		return nil, err
	}
	k := &known{habit: h, start: h.start(), basis: who.Basis}
	if k.ladder, err = taper.NewLadder(&k.start, 0); err != nil {
		return nil, err
	}
	who = who.Fewer(look)
	var levels [][]pkpd.Intake
	for _, day := range k.ladder {
		levels = append(levels, h.intakes(day, who.NowH))
	}
	if k.days, err = who.Days(ctx, float64(h.day[0].Minute)/60, nil, levels, nil); err != nil {
		return nil, err
	}
	return k, k.receptors(who)
}

// receptors finds half from the height of a day as it is.
func (k *known) receptors(who *pkpd.Person) error {
	var times []float64
	for h := range 25 {
		times = append(times, who.NowH+float64(h))
	}
	var peaks []float64
	err := who.Each(pkpd.Given(k.habit.intakes(k.start.Day, who.NowH)), times, func(d *pkpd.Draw) {
		most := 0.0
		for _, r := range d.Rows {
			most = max(most, r.Occupancy)
		}
		peaks = append(peaks, slices.Repeat([]float64{most}, d.Copies)...)
	})
	if err != nil {
		return err
	}
	slices.Sort(peaks)
	o := peaks[len(peaks)/2]
	k.half = k.start.Amount(k.start.Day.Grains()) * (1 - o) / o
	return nil
}

// over tells whether, on some day of a schedule or soon after it, more draws
// than may be are over the ceiling by what coming down adds.
func (k *known) over(s *taper.Schedule, ceiling float64) bool {
	days := s.Length() + lookAfter
	total := 0
	for _, copies := range k.Copies() {
		total += copies
	}
	allowed := int((1-share)*float64(total) + 1e-9)
	bad, peaks := make([]int, days), make([]float32, days)
	for i, copies := range k.Copies() {
		for n, from := 0, 0; n < len(s.Steps); n++ {
			at, until := s.Steps[n].Day, days
			if n+1 < len(s.Steps) {
				until = s.Steps[n+1].Day
			}
			k.Follow(i, taper.Stretch{Begin: at, Days: until - at, Level: s.Steps[n].Pattern.Grains(), From: from, To: 1, Drug: -1}, peaks[at:until])
			from = 1
		}
		for n, v := range peaks {
			if v > float32(ceiling) {
				if bad[n] += copies; bad[n] > allowed {
					return true
				}
			}
		}
	}
	return false
}
