package main

import (
	"math"

	"github.com/evenkeel/evenkeel/pkpd"
)

// fittedPK are the parameters that the pharmacokinetic figures decide.
var fittedPK = []string{"CL", "V1", "Q", "V2", "fp.tea", "fp.leaf", "fm", "CL7", "ka.tea", "ka.leaf", "ka.extract", "F.extract"}

// round keeps four significant digits: more than the data know, and few enough
// that the last bits of a machine's arithmetic never reach the file.
func round(x float64) float64 { return pkpd.Round(x, 4) }

func set(l *pkpd.Library, symbol string, v float64) {
	for i := range l.Parameters {
		if l.Parameters[i].Symbol == symbol {
			l.Parameters[i].Value = v
			return
		}
	}
	panic("no parameter " + symbol)
}

func get(l *pkpd.Library, symbol string) float64 {
	for _, q := range l.Parameters {
		if q.Symbol == symbol {
			return q.Value
		}
	}
	panic("no parameter " + symbol)
}

func setOmega(l *pkpd.Library, symbol string, v float64) {
	for i := range l.Parameters {
		if l.Parameters[i].Symbol == symbol {
			l.Parameters[i].Omega = v
			return
		}
	}
	panic("no parameter " + symbol)
}

// fitPK moves fittedPK so that the figures come as close as they can, each
// measured by the width of what passes, on the log scale.
func fitPK(l *pkpd.Library, figs map[string]*figure, d map[string][]float64) {
	start := make([]float64, len(fittedPK))
	for i, s := range fittedPK {
		start[i] = math.Log(get(l, s))
	}
	place := func(x []float64) {
		for i, s := range fittedPK {
			set(l, s, round(math.Exp(x[i])))
		}
		for _, to := range []string{"fp.extract", "fp.seven_oh"} {
			set(l, to, get(l, "fp.leaf"))
		}
		set(l, "F.seven_oh", get(l, "F.extract"))
		set(l, "ka.seven_oh", get(l, "ka.extract"))
	}
	objective := func(x []float64) float64 {
		place(x)
		pop := l.Population()
		sum := 0.0
		for id, v := range measurePK(&pop, d, people) {
			f, ok := figs[id]
			if !ok {
				continue
			}
			if math.IsNaN(v) || v <= 0 {
				return 1e9
			}
			width := 0.5 * math.Log(f.high/math.Max(f.low, 0.3*f.high))
			e := (math.Log(v) - math.Log(f.number("value"))) / width
			if f.row["statistic"] == "upper bound" || f.row["statistic"] == "bound" {
				e = math.Max(0, math.Log(v/f.high)/0.1)
			}
			sum += e * e
			edge := 0.01 * (f.high - f.low)
			if !(v >= f.low+edge && v <= f.high-edge) { // near the edge and outside is worse than far inside
				sum += 4 + 4*math.Pow(math.Max(0, math.Abs(e)-1), 2)
			}
		}
		for i := range x { // a weak hold, so that nothing runs away for a hair's gain
			sum += 0.02 * (x[i] - start[i]) * (x[i] - start[i])
		}
		return sum
	}
	x := start
	for range 3 {
		x = minimise(objective, x, 0.15, 150)
	}
	place(x)
}
