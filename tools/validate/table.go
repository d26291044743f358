package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/evenkeel/evenkeel/pkpd"
)

const bins = 20

// ranksOf counts where the truth lies among the draws.
func ranksOf(rs []*result, name string) (counts [bins]int, chi2, p float64) {
	for _, r := range rs {
		counts[min(bins-1, int(r.pit[name]*bins))]++
	}
	e := float64(len(rs)) / bins
	for _, n := range counts {
		chi2 += (float64(n) - e) * (float64(n) - e) / e
	}
	// Wilson and Hilferty 1931, doi:10.1073/pnas.17.12.684: the cube root is
	// about normal.
	const df = bins - 1
	z := (math.Cbrt(chi2/df) - (1 - 2.0/(9*df))) / math.Sqrt(2.0/(9*df))
	return counts, chi2, 0.5 * math.Erfc(z/math.Sqrt2)
}

func ranksTable(rs []*result) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d people, %d bins of %d expected; chi-square with %d degrees of freedom.\n\n", len(rs), bins, len(rs)/bins, bins-1)
	b.WriteString("| Quantity | fewest | most | chi-square | p |\n|---|---|---|---|---|\n")
	low := 0
	names := calibrated()
	for _, name := range names {
		c, chi2, p := ranksOf(rs, name)
		fmt.Fprintf(&b, "| %s | %d | %d | %.1f | %.3f |\n", name, slices.Min(c[:]), slices.Max(c[:]), chi2, p)
		if p < 0.05 {
			low++
		}
	}
	fmt.Fprintf(&b, "\n%d of %d have p below 0.05; chance alone gives about %.1f.\n", low, len(names), 0.05*float64(len(names)))
	return b.String()
}

type cover struct {
	n                int
	share            [3]float64 // percent
	width, miss, off float64
	score            float64
}

// coverOf counts people whose 95 % band reaches above one point: where both
// truth and band are zero, agreement costs nothing and proves nothing.
func coverOf(rs []*result, name string) (c cover) {
	for _, r := range rs {
		if !r.moves[name] {
			continue
		}
		c.n++
		for k, in := range r.inside[name] {
			c.share[k] += in
		}
		c.width += r.width[name]
		c.miss += r.miss[name]
		c.off += math.Abs(r.miss[name])
		c.score += r.score[name]
	}
	n := math.Max(1, float64(c.n))
	for k := range c.share {
		c.share[k] *= 100 / n
	}
	c.width, c.miss, c.off, c.score = c.width/n, c.miss/n, c.off/n, c.score/n
	return c
}

// coverageTable has a row for each what-if, horizon and world.
func coverageTable(all [][]*result, keyOf func(string, float64) string) string {
	var b strings.Builder
	b.WriteString("| What | people made by | people | in 50 % | in 80 % | in 95 % | width of 80 % | truth less median | absolute error | CRPS |\n|---|---|---|---|---|---|---|---|---|---|\n")
	for _, w := range whatIfs {
		for _, h := range horizons {
			for i, rs := range all {
				c := coverOf(rs, keyOf(w.name, h))
				fmt.Fprintf(&b, "| %s, +%g h | %s | %d | %.0f | %.0f | %.0f | %.1f | %+.1f | %.1f | %.2f |\n", w.name, h, worlds[i].name, c.n,
					c.share[0], c.share[1], c.share[2], c.width, c.miss, c.off, c.score)
			}
		}
	}
	return b.String()
}

func tomorrowTable(all [][]*result) string {
	var b strings.Builder
	b.WriteString("| Person | made by | people | MAE model | last value | mean | AR(1) | CRPS model | last value | mean | AR(1) |\n|---|---|---|---|---|---|---|---|---|---|---|\n")
	for ph := range nPhases {
		for i, rs := range all {
			var a, c [nForecasters]float64
			n := 0
			for _, r := range rs {
				if r.phase != ph || math.IsNaN(r.abs[0]) {
					continue
				}
				n++
				for f := range nForecasters {
					a[f] += r.abs[f]
					c[f] += r.crps[f]
				}
			}
			fmt.Fprintf(&b, "| %s | %s | %d |", phaseNames[ph], worlds[i].name, n)
			for _, v := range append(a[:], c[:]...) {
				fmt.Fprintf(&b, " %.2f |", v/float64(max(n, 1)))
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

func fitsTable(all [][]*result) string {
	var b strings.Builder
	b.WriteString("| People made by | fitted | unstable | check-ins, median | ESS of 1000, median (5th percentile) | Pareto k above 0.7 | next surprise told by the last, mean (95th percentile) | doses do not explain the last days | check-ins of the last day in their 80 % band |\n|---|---|---|---|---|---|---|---|---|\n")
	for i, rs := range all {
		basis := map[pkpd.Grounds]int{}
		var ess, checks, drift []float64
		high, against, held, heldOf := 0, 0, 0, 0
		for _, r := range rs {
			basis[r.basis]++
			q := r.quality
			if held, heldOf = held+r.held, heldOf+r.heldOf; r.against {
				against++
			}
			if math.IsNaN(q.ESS) {
				continue
			}
			ess, checks = append(ess, q.ESS), append(checks, float64(q.CheckIns))
			if !math.IsNaN(q.Drift) {
				drift = append(drift, q.Drift)
			}
			if q.ParetoK > 0.7 {
				high++
			}
		}
		slices.Sort(ess)
		slices.Sort(checks)
		slices.Sort(drift)
		percent := func(k, n int) float64 { return 100 * float64(k) / float64(max(n, 1)) }
		fmt.Fprintf(&b, "| %s | %d | %d | %.0f | %.0f (%.0f) | %.1f %% | %.2f (%.2f) | %.1f %% | %d of %d |\n", worlds[i].name,
			basis[pkpd.Fitted], basis[pkpd.Unstable], checks[len(checks)/2], ess[len(ess)/2], ess[len(ess)/20], percent(high, len(ess)),
			mean(drift), drift[len(drift)*95/100], percent(against, len(rs)), held, heldOf)
	}
	return b.String()
}
