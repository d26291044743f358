package main

import (
	"fmt"

	"github.com/evenkeel/evenkeel/pkpd"
)

// people runs n people, each of a body of their own, and returns the 5th, 50th and 95th percentile of a
// quantity at each time.
func people(n int, doses []pkpd.Dose, times []float64, of func(pkpd.Row) float64) (low, mid, high []float64, err error) {
	pop := pkpd.Prior()
	plan, err := pkpd.NewPlan(&pop.Typical, doses, times)
	if err != nil {
		return nil, nil, nil, err
	}
	persons := make([]pkpd.Params, n)
	rows := make([][]pkpd.Row, n)
	for i := range persons {
		s := pkpd.NewStream(1, uint64(i))
		eta := pop.Draw(&s)
		persons[i] = pop.Typical.With(&eta)
		rows[i] = make([]pkpd.Row, len(times))
	}
	var e pkpd.Engine
	if err := e.RunMany(persons, plan, rows); err != nil {
		return nil, nil, nil, err
	}
	v := make([]float64, n)
	for k := range times {
		for i := range v {
			v[i] = of(rows[i][k])
		}
		low, mid, high = append(low, pkpd.Quantile(v, 0.05)), append(mid, pkpd.Quantile(v, 0.5)), append(high, pkpd.Quantile(v, 0.95))
	}
	return low, mid, high, nil
}

func grid(to, step float64) []float64 {
	var t []float64
	for x := 0.0; x <= to+1e-9; x += step {
		t = append(t, x)
	}
	return t
}

func mitragynine(r pkpd.Row) float64 { return r.MitragynineNM }
func sevenOH(r pkpd.Row) float64     { return r.SevenOHNM }
func withdrawal(r pkpd.Row) float64  { return r.Withdrawal }

func tea(by map[string]figure) (*plot, error) {
	p := newPlot("One tea of 39 mg mitragynine: model and Tanna 2022",
		"Plasma mitragynine and 7-OH over 48 hours, median and 90 percent of people, with the published median peaks and their ranges.",
		axis{label: "hours after the tea", low: 0, top: 48, ticks: []float64{0, 6, 12, 24, 36, 48}},
		axis{label: "nM", low: 0.1, top: 300, log: true, ticks: []float64{0.1, 1, 10, 100}})
	times := grid(48, 0.25)
	for i, of := range []func(pkpd.Row) float64{mitragynine, sevenOH} {
		low, mid, high, err := people(400, []pkpd.Dose{{Form: pkpd.Tea, MitragynineMg: 39}}, times, of)
		if err != nil {
			return nil, err
		}
		class, name, id := []string{"a", "b"}[i], []string{"mitragynine", "7-OH"}[i], []string{"m", "7"}[i]
		p.band(class, times, low, high)
		p.line(class, name, times, mid)
		c, t := by["tanna."+id+".cmax"], by["tanna."+id+".tmax"]
		value := []float64{81.9, 16.1}[i]
		p.data(1, t.Low, t.High, value, c.Low, c.High)
	}
	p.note("data", "published peak and range")
	return p, nil
}

func leaf15(map[string]figure) (*plot, error) {
	p := newPlot("26.6 mg of mitragynine in leaf, once a day for 15 days",
		"Plasma mitragynine and 7-OH over 22 days, median and 90 percent of people: peaks rise little, troughs settle after eight to nine days.",
		axis{label: "days", low: 0, top: 22, ticks: []float64{0, 5, 10, 15, 20}},
		axis{label: "nM", low: 0.1, top: 500, log: true, ticks: []float64{0.1, 1, 10, 100}})
	var doses []pkpd.Dose
	for d := range 15 {
		doses = append(doses, pkpd.Dose{AtH: 24 * float64(d), Form: pkpd.Leaf, MitragynineMg: 26.6})
	}
	times := grid(22*24, 1)
	days := make([]float64, len(times))
	for i, t := range times {
		days[i] = t / 24
	}
	for i, of := range []func(pkpd.Row) float64{mitragynine, sevenOH} {
		low, mid, high, err := people(200, doses, times, of)
		if err != nil {
			return nil, err
		}
		p.band([]string{"a", "b"}[i], days, low, high)
		p.line([]string{"a", "b"}[i], []string{"mitragynine", "7-OH"}[i], days, mid)
	}
	return p, nil
}

func stopping(map[string]figure) (*plot, error) {
	p := newPlot("Stopping after 60 days, and the trial that saw no withdrawal",
		"Median withdrawal after the last dose: leaf 3 g three times a day, 7-OH 30 mg every four hours, and the trial's 53.2 mg once a day for 15 days. Bars mark when people who stop 7-OH report onset and peak.",
		axis{label: "days after the last dose", low: 0, top: 10, ticks: []float64{0, 1, 2, 3, 5, 7, 10}},
		axis{label: "SOWS, 0 to 64", low: 0, top: 64, ticks: []float64{0, 16, 32, 48, 64}})
	habit := func(form pkpd.Form, mg, mg7, every float64, perDay, days int) []pkpd.Dose {
		var out []pkpd.Dose
		for d := range days {
			for k := range perDay {
				out = append(out, pkpd.Dose{AtH: 24*float64(d) + every*float64(k), Form: form, MitragynineMg: mg, SevenOHMg: mg7})
			}
		}
		return out
	}
	for _, c := range []struct {
		class, name string
		doses       []pkpd.Dose
		band        bool
	}{
		{"b", "7-OH, 30 mg six times a day", habit(pkpd.SevenOH, 0, 30, 4, 6, 60), true},
		{"a", "leaf, 3 g three times a day", habit(pkpd.Leaf, 45, 0, 16.0/3, 3, 60), true},
		{"c", "trial: 53.2 mg a day, 15 days", habit(pkpd.Leaf, 53.2, 0, 24, 1, 15), false},
	} {
		last := c.doses[len(c.doses)-1].AtH
		times, days := grid(240, 2), grid(240, 2)
		for i := range times {
			days[i] = times[i] / 24
			times[i] += last
		}
		low, mid, high, err := people(200, c.doses, times, withdrawal)
		if err != nil {
			return nil, err
		}
		if c.band {
			p.band(c.class, days, low, high)
		}
		p.line(c.class, c.name, days, mid)
	}
	p.stretch("b", 60, 6.0/24, 12.0/24)
	p.stretch("b", 56, 1, 3)
	return p, nil
}

// summary shows every figure on one scale: where in what passes the model lies.
func summary(all []figure) func(map[string]figure) (*plot, error) {
	return func(map[string]figure) (*plot, error) {
		y := axis{low: -1, top: float64(len(all))}
		for i, f := range all {
			y.ticks = append(y.ticks, float64(len(all)-1-i))
			y.names = append(y.names, f.ID)
		}
		p := newPlot("The model within what passes",
			fmt.Sprintf("%d published figures; the bar is the published range or what is allowed around the value, the dot the model.", len(all)),
			axis{label: "0 lower end, 1 upper end of what passes", low: -0.25, top: 1.25, ticks: []float64{0, 0.5, 1}}, y)
		p.height, p.left = 60+17*float64(len(all)), 150
		for i, f := range all {
			at := float64(len(all) - 1 - i)
			p.stretch("a", at, 0, 1)
			p.dot("b", (f.Model-f.Low)/(f.High-f.Low), at)
		}
		return p, nil
	}
}
