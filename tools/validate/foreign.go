package main

import (
	"math"
	"sync"

	"github.com/evenkeel/evenkeel/pkpd"
	"github.com/evenkeel/evenkeel/tools/bodies"
)

// other makes people with a body that the model does not know, changed from the
// central one. All of them have a daily swing in how rough they feel, moods
// that last for days, and one dose in seven never written down.
func other(change bodies.Change) func(uint64, int) (*subject, error) {
	scale := sync.OnceValue(func() float64 {
		pop := pkpd.FitPrior()
		return bodies.Anchored(pop.Typical, change)
	})
	return func(seed uint64, i int) (*subject, error) {
		h, ph, use := design(seed, i)
		st := pkpd.NewStream(seed+2, uint64(i))
		pop := pkpd.FitPrior()
		pop = pop.Central()
		eta := pop.Draw(&st)
		b := bodies.Made(pop.Typical.With(&eta), change, scale(), &st)
		content := math.Exp(h.Products[0].MitragynineLogSD * st.Normal())
		if use.form == pkpd.SevenOH {
			content = math.Exp(h.Products[0].SevenOHLogSD * st.Normal())
		}

		// What was really taken: the record, the unknown days and the time before
		// it at the habit's pace.
		var taken []pkpd.Dose
		add := func(from, to float64) {
			for d := math.Floor(from / 24); 24*d < to; d++ {
				for k := range use.perDay {
					t := 24*d + use.wake + 15*float64(k)/float64(use.perDay) + 1.2*st.Uniform()
					if t >= from && t < to {
						taken = append(taken, use.dose(t, content*use.mg))
					}
				}
			}
		}
		add(-60*24, h.FromH)
		for _, u := range h.Unknown {
			add(u.FromH, u.ToH)
		}
		logged := h.Intakes[:0]
		for _, d := range h.Intakes {
			true := d.Dose
			true.MitragynineMg *= content
			true.SevenOHMg *= content
			taken = append(taken, true)
			if st.Uniform() > 1.0/7 {
				logged = append(logged, d)
			}
		}
		full := append([]pkpd.Intake(nil), h.Intakes...)
		h.Intakes = logged

		withdrawal := func(doses []pkpd.Dose, until float64) (func(t float64) float64, error) {
			const step = 0.25
			var times []float64
			for t := -60 * 24.0; t <= until+step; t += step {
				times = append(times, t)
			}
			_, drive, err := pkpd.Curve(&b.Params, doses, times)
			if err != nil {
				return nil, err
			}
			w := make([]float64, len(times))
			tol, keep := 0.0, math.Exp(-step/b.OneTau)
			for j, d := range drive {
				tol = d.Drive + (tol-d.Drive)*keep
				w[j] = b.Withdrawal(d.Fast, d.Slow, tol, d.Drive)
			}
			return func(t float64) float64 { return w[min(len(w)-1, int((t+60*24)/step+0.5))] }, nil
		}

		s := &subject{phase: ph, future: map[string][]float64{}, felt: map[string][]float64{}}
		last := horizons[len(horizons)-1]
		mood := 0.0
		feels := func(w, t, gap float64) float64 {
			keep := math.Exp(-gap / 36)
			mood = mood*keep + 0.9*math.Sqrt(1-keep*keep)*st.Normal()
			return 1.5 + 0.156*w + math.Cos(2*math.Pi*(t-7)/24) + mood + 0.8*st.Normal()
		}
		score := func(w, t, gap float64) float64 {
			return math.Min(10, math.Max(0, math.Floor(feels(w, t, gap)+0.5)))
		}
		curves := map[string]func(float64) float64{}
		for _, w := range whatIfs {
			doses := taken
			if w.name == "same" {
				for c := 0; c < 2; c++ { // the last seven days as they really were
					for _, d := range full {
						if d.AtH > h.NowH-7*24 {
							e := d.Dose
							e.AtH += 7 * 24 * float64(c+1)
							e.MitragynineMg *= content
							e.SevenOHMg *= content
							doses = append(doses[:len(doses):len(doses)], e)
						}
					}
				}
			}
			curve, err := withdrawal(doses, h.NowH+last)
			if err != nil {
				return nil, err
			}
			curves[w.name] = curve
			for _, t := range at(h.NowH, horizons) {
				s.future[w.name] = append(s.future[w.name], curve(t))
			}
			if (w.name == "stop") == (ph == stopping) {
				before := h.FromH
				for j := range h.CheckIns {
					c := &h.CheckIns[j]
					c.Kind = pkpd.Rough
					c.Score = score(curve(c.AtH), c.AtH, c.AtH-before)
					before = c.AtH
				}
				feels(0, h.NowH, h.NowH-before) // mood now
				now, before := mood, h.NowH
				for _, t := range tomorrow(&h) {
					s.tomorrow = append(s.tomorrow, score(curve(t), t, t-before))
					before = t
				}
				mood = now
			}
		}
		now := mood
		for _, w := range whatIfs {
			mood = now
			before := h.NowH
			for _, t := range at(h.NowH, horizons) {
				s.felt[w.name] = append(s.felt[w.name], pkpd.Rough10(feels(curves[w.name](t), t, t-before)))
				before = t
			}
		}
		s.history = h
		return s, nil
	}
}
