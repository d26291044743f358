package main

import (
	"math"

	"github.com/evenkeel/evenkeel/pkpd"
	"github.com/evenkeel/evenkeel/taper"
	"github.com/evenkeel/evenkeel/tools/bodies"
)

// A day is followed on half hours: what is eaten arrives over more, and
// adaptation takes days.
const (
	slots = 48
	slotH = 24.0 / slots
	// ahead is how long a dose is followed: mitragynine halves in two days.
	aheadDays = 14
)

// flesh is a body that doses act on, one day after another, so that what is
// taken tomorrow can depend on how today was. What doses leave at the receptor
// is pkpd's, from one run with one dose: occupancy o is x/(1+x) and drive
// n/(1+x) with x and n sums over the doses, so they add up. What the body makes
// of the drive is its own law, the model's or another.
type flesh struct {
	body bodies.Body
	// x and n of one grain, on half hours from the dose on.
	x, n                           []float64
	keepFast, keepSlow, keepSingle float64

	state
}

// state is where a body stands at midnight.
type state struct {
	aheadX, aheadN          []float64 // of all doses so far, from now on
	fast, slow, one, drives float64
}

// newFlesh is a body before its first dose. strength is how much more a grain
// holds than its label says.
func newFlesh(b bodies.Body, h *habit, strength float64) (*flesh, error) {
	const days = aheadDays
	times := make([]float64, days*slots)
	for i := range times {
		times[i] = slotH * float64(i)
	}
	d := h.dose(taper.Dose{Grains: 1}, 0)
	d.MitragynineMg *= strength
	d.SevenOHMg *= strength
	rows, adapt, err := pkpd.Curve(&b.Params, []pkpd.Dose{d}, times)
	if err != nil {
		return nil, err
	}
	keep := func(tau float64) float64 { return math.Exp(-slotH / tau) }
	f := &flesh{body: b, keepFast: keep(b.TauFast), keepSlow: keep(b.TauSlow), keepSingle: keep(b.OneTau)}
	most := 0.0
	for i, r := range rows {
		free := 1 - r.Occupancy
		f.x, f.n = append(f.x, r.Occupancy/free), append(f.n, adapt[i].Drive/free)
		most = max(most, f.x[i])
	}
	last := len(f.x)
	for last > slots && f.x[last-1] < 1e-4*most {
		last--
	}
	f.x, f.n = f.x[:last], f.n[:last]
	f.aheadX, f.aheadN = make([]float64, last+slots), make([]float64, last+slots)
	return f, nil
}

// from returns the body as it was in a state; the two share what does not change.
func (f *flesh) from(s *state) *flesh {
	g := *f
	g.state = *s
	g.aheadX, g.aheadN = append([]float64(nil), s.aheadX...), append([]float64(nil), s.aheadN...)
	return &g
}

// live takes a day's doses and writes the withdrawal, 0..64, at its half hours.
func (f *flesh) live(day taper.Pattern, w *[slots]float64) {
	for _, d := range day {
		at, g := d.Minute*slots/(24*60), float64(d.Grains)
		x, n := f.aheadX[at:], f.aheadN[at:]
		for i, v := range f.x {
			x[i] += g * v
			n[i] += g * f.n[i]
		}
	}
	for i := range w {
		drive := f.aheadN[i] / (1 + f.aheadX[i])
		middle := (drive + f.drives) / 2
		f.fast = middle + (f.fast-middle)*f.keepFast
		f.slow = middle + (f.slow-middle)*f.keepSlow
		f.one = middle + (f.one-middle)*f.keepSingle
		f.drives = drive
		w[i] = f.body.Withdrawal(f.fast, f.slow, f.one, drive)
	}
	k := copy(f.aheadX, f.aheadX[slots:])
	copy(f.aheadN, f.aheadN[slots:])
	clear(f.aheadX[k:])
	clear(f.aheadN[k:])
}
