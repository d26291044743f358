package pkpd

import (
	"math"
	"slices"
)

// bandRanks are the quantiles of a Band.
var bandRanks = [...]float64{0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975}

// ranker takes the quantiles of a column of values that count several times
// each, without sorting all of it: it counts the values in even bins, and sorts
// only the bins that hold a quantile. Not safe for several goroutines.
type ranker struct {
	counts [rankerBins]int32
	wanted [rankerBins]bool
	near   []copied
}

type copied struct {
	value float32
	n     int32
}

const rankerBins = 256

// band returns the quantiles of values, value j counting copies[j] times, total
// in all. Between two values it is linear.
func (t *ranker) band(values []float32, copies []int32, total int) Band {
	low, high := values[0], values[0]
	for _, v := range values {
		low, high = min(low, v), max(high, v)
	}
	var q [len(bandRanks)]float64
	if !(low < high) {
		for i := range q {
			q[i] = float64(low)
		}
		return bandFrom(&q)
	}
	scale := (rankerBins - 1) / (high - low)
	clear(t.counts[:])
	clear(t.wanted[:])
	for j, v := range values {
		t.counts[uint8((v-low)*scale)] += copies[j]
	}
	// The ranks below and above each quantile, and the bins they are in.
	var ranks [2 * len(bandRanks)]int
	var part [len(bandRanks)]float64
	for i, p := range bandRanks {
		at := p * float64(total-1)
		below := int(math.Floor(at))
		ranks[2*i], ranks[2*i+1], part[i] = below, min(below+1, total-1), at-float64(below)
	}
	bin, seen := 0, int(t.counts[0])
	for _, r := range ranks {
		for r >= seen {
			bin++
			seen += int(t.counts[bin])
		}
		t.wanted[bin] = true
	}
	t.near = t.near[:0]
	for j, v := range values {
		if t.wanted[uint8((v-low)*scale)] {
			t.near = append(t.near, copied{v, copies[j]})
		}
	}
	slices.SortFunc(t.near, func(a, b copied) int {
		if a.value < b.value {
			return -1
		} else if a.value > b.value {
			return 1
		}
		return 0
	})
	// Walk through the bins; those not wanted are passed over as a whole.
	bin, seen = -1, 0
	at := 0
	value := func(r int) float64 {
		for {
			for at < len(t.near) && int(uint8((t.near[at].value-low)*scale)) <= bin {
				if r < seen+int(t.near[at].n) {
					return float64(t.near[at].value)
				}
				seen += int(t.near[at].n)
				at++
			}
			bin++
			if !t.wanted[bin] {
				seen += int(t.counts[bin])
			}
		}
	}
	var found [2 * len(bandRanks)]float64
	for i, r := range ranks {
		found[i] = value(r)
	}
	for i := range q {
		a, b := found[2*i], found[2*i+1]
		q[i] = a + float64(part[i]*(b-a))
	}
	return bandFrom(&q)
}

func bandFrom(q *[len(bandRanks)]float64) Band {
	return Band{Low95: q[0], Low80: q[1], Low50: q[2], Median: q[3], High50: q[4], High80: q[5], High95: q[6]}
}
