package main

import (
	"math"

	"github.com/evenkeel/evenkeel/pkpd"
)

// fittedPD are the parameters that the withdrawal figures decide.
var fittedPD = []string{"K7", "threshold", "gain", "w_fast", "F7.seven_oh"}

// habit is the same doses every day, spread over the waking hours.
func habit(form pkpd.Form, mg, mg7 float64, perDay int, spread float64, days int) []pkpd.Dose {
	var out []pkpd.Dose
	for d := range days {
		for k := range perDay {
			out = append(out, pkpd.Dose{AtH: 24*float64(d) + spread*float64(k)/float64(perDay), Form: form, MitragynineMg: mg, SevenOHMg: mg7})
		}
	}
	return out
}

// stopping returns each person's highest withdrawal in the ten days after the
// last dose, on the scale's own 0 to 64.
func stopping(pop *pkpd.Population, n int, doses []pkpd.Dose) []float64 {
	last := doses[len(doses)-1].AtH
	var times []float64
	for t := 4.0; t <= 240; t += 4 {
		times = append(times, last+t)
	}
	out := make([]float64, n)
	for i, rows := range cohort(pop, n, doses, times) {
		for _, r := range rows {
			out[i] = max(out[i], min(64, r.Withdrawal))
		}
	}
	return out
}

// users returns the mean and SD of the highest withdrawal over the survey's mix
// of habits.
func users(pop *pkpd.Population, d map[string][]float64, n int) (mean, sd float64) {
	var s, ss float64
	for i, per := range d["frequency2022.doses_a_day"] {
		for j, g := range d["frequency2022.grams_a_dose"] {
			w := d["frequency2022.doses_a_day_share"][i] * d["frequency2022.grams_a_dose_share"][j] / float64(n)
			doses := habit(pkpd.Leaf, g*d["frequency2022.mitragynine_mg_per_g"][0], 0, int(per), d["frequency2022.waking_h"][0], int(d["frequency2022.days_of_use"][0]))
			for _, x := range stopping(pop, n, doses) {
				s += w * x
				ss += w * x * x
			}
		}
	}
	return s, math.Sqrt(ss - s*s)
}

// measureWithdrawal returns the model's value of every withdrawal figure and of
// a few more that the report shows.
func measureWithdrawal(pop *pkpd.Population, d map[string][]float64, n int) map[string]float64 {
	out := map[string]float64{}
	out["users.sows"], out["users.sows.sd"] = users(pop, d, n)

	// The trial: everyone's highest withdrawal, between doses too.
	var times []float64
	for t := 4.0; t <= 24*38; t += 4 {
		times = append(times, t)
	}
	var all []float64
	for _, mg := range d["huestis2024.doses_mg"] {
		var worst []float64
		for _, rows := range cohort(pop, 2*n, daily(pkpd.Leaf, mg, 15), times) {
			w := 0.0
			for _, r := range rows {
				w = max(w, r.Withdrawal)
			}
			worst = append(worst, w)
		}
		all = append(all, worst...)
		out["control.top"] = shareAbove(worst, 1)
	}
	out["control.none"] = quantile(all, 0.95)
	out["control.share"] = shareAbove(all, 1)

	// Someone typical who stops 7-OH.
	redose := d["community2026.redose_h"][0]
	days := int(d["community2026.days_of_use"][0])
	seven := habit(pkpd.SevenOH, 0, d["community2026.seven_oh_mg_a_dose"][0], int(24/redose), 24, days)
	last := seven[len(seven)-1].AtH
	times = nil
	for t := 0.5; t <= 240; t += 0.5 {
		times = append(times, last+t)
	}
	rows, _, err := pkpd.Curve(&pop.Typical, seven, times)
	if err != nil {
		panic(err)
	}
	peak, at := 0.0, 0.0
	for i, r := range rows {
		if r.Withdrawal > peak {
			peak, at = r.Withdrawal, times[i]-last
		}
	}
	out["seven.peak"], out["seven.height"] = at, peak
	out["seven.onset"] = math.Inf(1)
	for i, r := range rows {
		if r.Withdrawal >= max(0.1*peak, 1) {
			out["seven.onset"] = times[i] - last
			break
		}
	}
	out["seven.day5"] = rows[239].Withdrawal / peak

	// More often against more at a time, both doubling 2 doses of 3 g, and the
	// same 6 g in one dose and in four. Means over people.
	mg := d["frequency2022.mitragynine_mg_per_g"][0]
	spread := d["frequency2022.waking_h"][0]
	of := func(grams float64, per int) float64 {
		return mean(stopping(pop, n, habit(pkpd.Leaf, grams*mg, 0, per, spread, days)))
	}
	out["frequency.base"] = of(3, 2)
	out["frequency.oftener"] = of(3, 4)
	out["frequency.larger"] = of(6, 2)
	out["frequency.one"] = of(6, 1)
	out["frequency.four"] = of(1.5, 4)
	out["users.frequency"] = out["frequency.oftener"] / out["frequency.larger"]
	return out
}

// fitWithdrawal moves fittedPD and the spread of the gain.
func fitWithdrawal(l *pkpd.Library, figs map[string]*figure, d map[string][]float64) {
	symbols := append(append([]string(nil), fittedPD...), "omega")
	start := []float64{math.Log(get(l, "K7")), logit(get(l, "threshold")), math.Log(get(l, "gain")), logit(get(l, "w_fast")), math.Log(get(l, "F7.seven_oh")), math.Log(omega(l, "gain"))}
	place := func(x []float64) {
		for i, s := range symbols {
			switch s {
			case "threshold":
				set(l, s, round(expit(x[i])))
			case "w_fast":
				set(l, s, round(expit(x[i])))
				set(l, "w_slow", round(1-get(l, "w_fast")))
			case "omega":
				setOmega(l, "gain", round(math.Exp(x[i])))
			case "F7.seven_oh":
				for _, form := range []string{"tea", "leaf", "extract", "seven_oh"} {
					set(l, "F7."+form, round(math.Exp(x[i])))
				}
			default:
				set(l, s, round(math.Exp(x[i])))
			}
		}
	}
	objective := func(x []float64) float64 {
		place(x)
		if omega(l, "gain") > 1 {
			return 1e9
		}
		pop := l.Population()
		m := measureWithdrawal(&pop, d, 40)
		square := func(v float64) float64 { return v * v }
		sum := square((m["users.sows"]-figs["users.sows"].number("value"))/0.5) +
			square((m["users.sows.sd"]-figs["users.sows"].number("sd"))/1)
		sum += square(max(0, m["control.none"]-0.4) / 0.3)
		sum += square((m["seven.onset"]-9)/1.5) + square(max(0, math.Abs(m["seven.peak"]-48)-20)/3) +
			square(math.Log(get(l, "F7.seven_oh")/0.3)/0.5) + square(max(0, 1.1-m["users.frequency"])/0.02) +
			square(max(0, m["seven.day5"]-0.35)/0.05) + square(max(0, m["seven.height"]-45)/3)
		return sum
	}
	x := start
	for range 3 {
		x = minimise(objective, x, 0.3, 120)
	}
	place(x)
}

func logit(p float64) float64 { return math.Log(p / (1 - p)) }
func expit(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

func omega(l *pkpd.Library, symbol string) float64 {
	for _, q := range l.Parameters {
		if q.Symbol == symbol {
			return q.Omega
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

func shareAbove(v []float64, limit float64) float64 {
	n := 0.0
	for _, x := range v {
		if x >= limit {
			n++
		}
	}
	return n / float64(len(v))
}
