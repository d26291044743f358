package main

import (
	"math"
	"sync"

	"github.com/evenkeel/evenkeel/pkpd"
)

// cohort simulates n people under one schedule and returns their rows, person
// by person. The same people come back each time: person i is always drawn from
// the same stream, so that a change of a parameter is all that changes.
func cohort(pop *pkpd.Population, n int, doses []pkpd.Dose, times []float64) [][]pkpd.Row {
	plan, err := pkpd.NewPlan(&pop.Typical, doses, times)
	if err != nil {
		panic(err) // the schedules are ours
	}
	out := make([][]pkpd.Row, n)
	var wg sync.WaitGroup
	for half := range 2 {
		wg.Go(func() {
			var e pkpd.Engine
			for i := half; i < n; i += 2 {
				s := pkpd.NewStream(20260101, uint64(i))
				eta := pop.Draw(&s)
				p := pop.Typical.With(&eta)
				out[i] = make([]pkpd.Row, len(times))
				if err := e.Run(&p, plan, out[i], nil); err != nil {
					panic(err)
				}
			}
		})
	}
	wg.Wait()
	return out
}

// column takes one analyte out of a person's rows between two indices.
func column(rows []pkpd.Row, seven bool) []float64 {
	out := make([]float64, len(rows))
	for i, r := range rows {
		if out[i] = r.MitragynineNM; seven {
			out[i] = r.SevenOHNM
		}
	}
	return out
}

func daily(form pkpd.Form, mg float64, days int) []pkpd.Dose {
	out := make([]pkpd.Dose, days)
	for d := range out {
		out[d] = pkpd.Dose{AtH: 24 * float64(d), Form: form, MitragynineMg: mg}
	}
	return out
}

// sampled is one arm of a study: the summaries of everyone for both analytes.
type sampled struct {
	cmax, tmax, thalf, auc, auc24 [2][]float64
}

// sample runs one arm and measures it as the study did: sampling times after
// the last dose, values below lloq unseen.
func sample(pop *pkpd.Population, n int, doses []pkpd.Dose, after []float64, lloq float64) sampled {
	last := doses[len(doses)-1].AtH
	times := []float64{last}
	for _, t := range after {
		times = append(times, last+t)
	}
	since := append([]float64{0}, after...)
	var s sampled
	for _, rows := range cohort(pop, n, doses, times) {
		for a := range 2 {
			c := column(rows, a == 1)
			x := pkpd.NCA(since, c, lloq)
			day := 0
			for day+1 < len(since) && since[day+1] <= 24 {
				day++
			}
			d := pkpd.NCA(since[:day+1], c[:day+1], lloq)
			s.cmax[a] = append(s.cmax[a], x.Cmax)
			s.tmax[a] = append(s.tmax[a], x.Tmax)
			s.thalf[a] = append(s.thalf[a], x.THalf)
			s.auc[a] = append(s.auc[a], x.AUCInf)
			s.auc24[a] = append(s.auc24[a], d.AUCLast)
		}
	}
	return s
}

func finite(v []float64) []float64 {
	var out []float64
	for _, x := range v {
		if !math.IsNaN(x) && !math.IsInf(x, 0) {
			out = append(out, x)
		}
	}
	return out
}

func median(v []float64) float64 { return pkpd.Quantile(v, 0.5) }

func mean(v []float64) float64 {
	s, n := 0.0, 0.0
	for _, x := range finite(v) {
		s += x
		n++
	}
	return s / n
}

func sd(v []float64) float64 {
	m, s, n := mean(v), 0.0, 0.0
	for _, x := range finite(v) {
		s += (x - m) * (x - m)
		n++
	}
	return math.Sqrt(s / (n - 1))
}

// measurePK returns the model's value of every pharmacokinetic figure.
func measurePK(pop *pkpd.Population, d map[string][]float64, n int) map[string]float64 {
	out := map[string]float64{}
	tea := sample(pop, n, daily(pkpd.Tea, 39, 1), d["tanna2022.sampling_h"], d["tanna2022.lloq_nM"][0])
	for a, name := range []string{"m", "7"} {
		out["tanna."+name+".cmax"] = median(tea.cmax[a])
		out["tanna."+name+".tmax"] = median(tea.tmax[a])
		out["tanna."+name+".thalf"] = median(tea.thalf[a])
		out["tanna."+name+".auc"] = median(tea.auc[a])
	}
	out["tanna.ratio.auc"] = out["tanna.7.auc"] / out["tanna.m.auc"]

	for _, arm := range []struct {
		name string
		mg   float64
	}{{"extract10", 9.9}, {"extract30", 29.6}} {
		s := sample(pop, n, daily(pkpd.Extract, arm.mg, 1), d["huestis2026.sampling_h"], d["huestis2026.lloq_nM"][0])
		out[arm.name+".m.cmax"] = mean(s.cmax[0]) * pkpd.MassMitragynine / 1000
		out[arm.name+".7.cmax"] = mean(s.cmax[1]) * pkpd.MassSevenOH / 1000
		out["extract.m.tmax"] = median(s.tmax[0])
		out[arm.name+".m.cv"] = sd(s.cmax[0]) / mean(s.cmax[0])
		out[arm.name+".7.cv"] = sd(s.cmax[1]) / mean(s.cmax[1])
	}

	lloq := d["huestis2024.lloq_nM"][0]
	var highest [2][2]float64
	var ratio [2][]float64
	var tmax [2][2][]float64
	var accumulation []float64
	for _, mg := range d["huestis2024.doses_mg"] {
		one := sample(pop, n, daily(pkpd.Leaf, mg, 1), d["huestis2024.sampling_h"], lloq)
		many := sample(pop, n, daily(pkpd.Leaf, mg, 15), d["huestis2024.sampling_last_h"], lloq)
		for i, s := range []sampled{one, many} {
			for a := range 2 {
				highest[i][a] = max(highest[i][a], mean(s.thalf[a]))
				tmax[i][a] = append(tmax[i][a], median(s.tmax[a]))
			}
			var r []float64
			for k := range s.auc24[0] {
				r = append(r, s.auc24[1][k]*pkpd.MassSevenOH/(s.auc24[0][k]*pkpd.MassMitragynine))
			}
			ratio[i] = append(ratio[i], mean(r))
		}
		accumulation = append(accumulation, mean(many.cmax[0])/mean(one.cmax[0]))
	}
	for i, day := range []string{"1", "15"} {
		for a, name := range []string{"m", "7"} {
			out["leaf."+name+".tmax"+day] = median(tmax[i][a])
			out["leaf."+name+".thalf"+day] = highest[i][a]
		}
		out["leaf.ratio"+day] = mean(ratio[i])
	}
	out["leaf.m.accumulation"] = mean(accumulation)

	// Troughs before each dose: when do they stop rising?
	var times []float64
	for day := 1.0; day <= 15; day++ {
		times = append(times, 24*day)
	}
	trough := cohort(pop, n, daily(pkpd.Leaf, 26.6, 15), times)
	for a, name := range []string{"m", "7"} {
		total := make([]float64, len(times))
		for _, rows := range trough {
			for i, c := range column(rows, a == 1) {
				total[i] += c
			}
		}
		day := len(times)
		for day > 1 && total[day-2] >= 0.95*total[len(total)-1] {
			day--
		}
		out["leaf."+name+".steady"] = float64(day)
	}
	return out
}
