package pkpd

import (
	"math"
	"sync"
)

// chance gives the normal numbers of one path. A forecast needs hundreds of
// thousands; a table of 4096 levels and twelve bits each are as good for bands
// and ten times as fast as Stream.
type chance struct {
	table *[4096]float64
	state uint64
	bits  uint64
	left  int
}

var normalTable = sync.OnceValue(func() *[4096]float64 {
	var t [4096]float64
	for i := range t {
		t[i] = normalQuantile((float64(i) + 0.5) / 4096)
	}
	return &t
})

func newChance(seed, path uint64) chance {
	s := NewStream(seed, streamPath+path)
	return chance{table: normalTable(), state: s.uint64()}
}

func (c *chance) normal() float64 {
	if c.left == 0 { // splitmix64 (Steele, Lea, Flood 2014, doi:10.1145/2660193.2660195)
		c.state += 0x9e3779b97f4a7c15
		z := c.state
		z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
		z = (z ^ z>>27) * 0x94d049bb133111eb
		c.bits, c.left = z^z>>31, 5
	}
	v := c.table[c.bits&4095]
	c.bits >>= 12
	c.left--
	return v
}

// wander fills aside with what copy c of unique draw u feels that neither doses
// nor hours explain but lasts, and the hour of the day; law with the discrepancy,
// which departure scales; quick with what comes and goes within hours. It hangs on
// no dose: regimens at the same times share it. Call keepSlow before it.
func (f *forecaster) wander(u, c int) {
	person := f.person
	r := &f.fitted.reporting
	k := person.first[u] + c
	z := newChance(person.seed, uint64(k))
	x := person.felt[k]
	slow, quick, law := x[feltSlow], x[feltQuick], x[feltDiscrepancy]
	for t, gap := range f.gap {
		if gap > 0 {
			slow = float64(slow*f.slow[t]) + float64(f.slowSD[t]*z.normal())
			quick = float64(quick*f.quick[t]) + float64(r.QuickSD*float64(f.quickSD[t]*z.normal()))
			law = float64(law*f.law[t]) + float64(f.lawSD[t]*z.normal())
		}
		f.aside[t] = slow + float64(x[feltCos]*f.cos[t]) + float64(x[feltSin]*f.sin[t])
		f.lawPath[t], f.quickPath[t] = law, quick
	}
}

// keepSlow fills what slow keeps from time to time for the draw followed last.
func (f *forecaster) keepSlow() {
	r := &f.fitted.reporting
	lastGap, keep, sd := -1.0, 0.0, 0.0
	for t, gap := range f.gap {
		if gap != lastGap {
			lastGap, keep = gap, exp(-gap/r.SlowTauH)
			sd = r.SlowSD * math.Sqrt(1-float64(keep*keep))
		}
		f.slow[t], f.slowSD[t] = keep, sd
	}
}

// feel fills felt for unique draw u, after follow. Every copy has chance of its
// own.
func (f *forecaster) feel(u int) {
	person := f.person
	i, n := person.unique[u], len(f.gap)
	r := &f.fitted.reporting
	for len(f.felt) < person.copies[i] {
		f.felt = append(f.felt, make([]float64, n))
	}
	f.keepSlow()
	for c := range person.copies[i] {
		f.wander(u, c)
		felt := f.felt[c]
		for t := range felt {
			felt[t] = r.Baseline + float64(r.Slope*f.rows[t].Withdrawal) + f.aside[t] + float64(f.lawPath[t]*f.away[t]) + f.quickPath[t]
		}
	}
}
