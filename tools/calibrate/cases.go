package main

import (
	"math"

	"github.com/evenkeel/evenkeel/pkpd"
)

// outcome is what a population does in one case: of the highest withdrawal of
// each person in the ten days after stopping, or of the highest rise of the
// mornings above the usual one during a taper. Itself is the median of the
// highest morning itself, with what it has of usual.
type outcome struct {
	Median, P5, P95, Noticed, Mild, Moderate, Itself float64
}

// casePeople are drawn for each case, each of a body of their own.
const casePeople = 1000

// cases runs the table of cases for a population.
func cases(pop *pkpd.Population) ([]row, []outcome, error) {
	rows, err := readTable("cases.csv")
	if err != nil {
		return nil, nil, err
	}
	known, err := habits()
	if err != nil {
		return nil, nil, err
	}
	var out []outcome
	for _, r := range rows {
		h := known[r["habit"]]
		keep, step := r.number("keep"), int(r.number("step_days"))
		taper := step > 0
		steps := 0
		if taper { // down to a fifth; slow ones over half a year
			steps = min(int(math.Ceil(math.Log(0.2)/math.Log(keep))), 180/step)
		}
		doses, last := h.doses(keep, max(step, 1), steps)
		times := every(4, 240)
		if taper {
			times, last = nil, 0
			for day := h.days - 1; day < h.days+step*steps; day++ {
				times = append(times, 24*float64(day))
			}
		}
		for i := range times {
			times[i] += last
		}
		var peaks, itself []float64
		for _, rows := range cohort(pop, casePeople, doses, times) {
			w := highest(rows)
			if taper {
				w = highest(rows[1:])
			}
			itself = append(itself, w)
			if taper {
				w = max(0, w-rows[0].Withdrawal)
			}
			peaks = append(peaks, w)
		}
		share := func(limit float64) float64 {
			n := 0.0
			for _, w := range peaks {
				if w >= limit {
					n++
				}
			}
			return n / casePeople
		}
		out = append(out, outcome{round(median(peaks)), round(pkpd.Quantile(peaks, 0.05)), round(pkpd.Quantile(peaks, 0.95)), share(noticed), share(mild), share(moderate), round(median(itself))})
	}
	return rows, out, nil
}
