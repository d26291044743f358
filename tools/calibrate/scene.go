package main

import (
	"fmt"
	"math"

	"github.com/evenkeel/evenkeel/pkpd"
)

// A scene is one schedule and the moments looked at, compiled once and run for
// every body that the calibration tries.
type scene struct {
	plan  *pkpd.Plan
	times []float64 // h after the last dose of the habit
}

// firstStep of the scenes, h: adaptation is then right to some 1e-7 of its scale.
const firstStep = 1

func newScene(lags *pkpd.Params, doses []pkpd.Dose, last float64, after []float64) (*scene, error) {
	times := make([]float64, len(after))
	for i, t := range after {
		times[i] = last + t
	}
	plan, err := pkpd.NewPlanStep(lags, doses, times, firstStep)
	return &scene{plan: plan, times: after}, err
}

// habit is the same doses every day, spread over the waking hours.
type habit struct {
	form   pkpd.Form
	mg     float64 // of mitragynine, or of 7-OH for its form
	perDay int
	spread float64 // h
	days   int
}

func (h habit) dose(at, by float64) pkpd.Dose {
	d := pkpd.Dose{AtH: at, Form: h.form, MitragynineMg: by * h.mg}
	if h.form == pkpd.SevenOH {
		d.MitragynineMg, d.SevenOHMg = 0, by*h.mg
	}
	return d
}

// doses of the habit, then of a taper that multiplies the amount by keep every
// step days, for steps steps. last is the time of the habit's last dose.
func (h habit) doses(keep float64, step, steps int) (out []pkpd.Dose, last float64) {
	by := 1.0
	for day := range h.days + step*steps {
		if day >= h.days && (day-h.days)%step == 0 {
			by *= keep
		}
		for k := range h.perDay {
			at := 24*float64(day) + h.spread*float64(k)/float64(h.perDay)
			out = append(out, h.dose(at, by))
			if day < h.days {
				last = at
			}
		}
	}
	return out, last
}

// habits reads the table of habits.
func habits() (map[string]habit, error) {
	rows, err := readTable("habits.csv")
	if err != nil {
		return nil, err
	}
	out := map[string]habit{}
	for _, r := range rows {
		form, ok := pkpd.ParseForm(r["form"])
		if !ok {
			return nil, fmt.Errorf("habits.csv, %s: no such form", r["habit"])
		}
		out[r["habit"]] = habit{form, r.number("mg"), int(r.number("times_a_day")), r.number("spread_h"), int(r.number("days"))}
	}
	return out, nil
}

// every returns times from a step to an end, h.
func every(step, until float64) []float64 {
	var out []float64
	for t := step; t <= until+1e-9; t += step {
		out = append(out, t)
	}
	return out
}

// crowd is the people that a body is looked at with: the same draws for every
// body, so that a body is all that changes between two.
type crowd struct {
	z      []pkpd.Effects // standard normal
	people []pkpd.Params
	rows   [][]pkpd.Row
	engine pkpd.Engine
}

func newCrowd(n int) *crowd {
	c := &crowd{z: make([]pkpd.Effects, n), people: make([]pkpd.Params, n), rows: make([][]pkpd.Row, n)}
	for i := range c.z {
		s := pkpd.NewStream(20260101, uint64(i/2))
		for e := range c.z[i] {
			if c.z[i][e] = s.Normal(); i%2 == 1 {
				c.z[i][e] = -c.z[i][e] // in pairs, so that their mean is the typical person
			}
		}
	}
	return c
}

// gather makes the people of a body.
func (c *crowd) gather(typical *pkpd.Params, omega *pkpd.Effects) {
	for i := range c.people {
		var eta pkpd.Effects
		for e := range eta {
			eta[e] = omega[e] * c.z[i][e]
		}
		c.people[i] = typical.With(&eta)
	}
}

// run returns the rows of people from to until under a scene.
func (c *crowd) run(s *scene, from, until int) [][]pkpd.Row {
	rows := c.rows[from:until]
	for i := range rows {
		if cap(rows[i]) < s.plan.Rows() {
			rows[i] = make([]pkpd.Row, s.plan.Rows())
		}
		rows[i] = rows[i][:s.plan.Rows()]
	}
	if err := c.engine.RunMany(c.people[from:until], s.plan, rows); err != nil {
		panic(err) // the schedules are ours
	}
	return rows
}

// felt is the chance that someone at this withdrawal scores at least limit,
// when scores are off by 1.5 points: what makes a share of people smooth.
func felt(w, limit float64) float64 { return phi((w - limit) / 1.5) }

// phi is the standard normal distribution function.
func phi(x float64) float64 { return 0.5 * math.Erfc(-x/math.Sqrt2) }

func highest(rows []pkpd.Row) float64 {
	w := 0.0
	for _, r := range rows {
		w = max(w, r.Withdrawal)
	}
	return w
}
