package pkpd

import (
	"context"
	"errors"
	"math"
	"slices"
	"sync"
)

// Band is a median and the ranges that hold 50, 80 and 95 % of the draws.
type Band struct {
	Median                                      float64
	Low50, High50, Low80, High80, Low95, High95 float64
}

// Forecast is what a person's draws say of the hours to come.
type Forecast struct {
	Times         []float64 // h, of the History's time line
	MitragynineNM []Band
	SevenOHNM     []Band
	Occupancy     []Band // 0..1
	Withdrawal    []Band // 0..64, what the doses alone explain
	// Rough is what would be felt, on the person's own scale of 0..10, with all
	// that the doses do not explain; Symptoms the same as the sum of the twelve
	// symptoms, 0..48, nil unless the person answered those.
	Rough, Symptoms []Band
	Grades          Grading
}

// Draw is one of the people that a Person may be, followed through a regimen.
type Draw struct {
	Copies    int // of Person.Total
	Effects   Effects
	Params    Params
	Content   []float64 // factor on the mitragynine of each product
	Content7  []float64 // factor on its 7-OH
	Reporting Reporting
	Rows      []Row
	// Felt is what would be felt at each time, not cut to 0..10, one path a copy.
	Felt [][]float64
}

// maxForecast bounds the times of one forecast.
const maxForecast = 20_000

// forecaster follows draws through one regimen. Not safe for several goroutines.
type forecaster struct {
	person  *Person
	track   *track
	forms   uint8
	body    body
	fitted  fittedPerson
	rows    []Row
	away    []float64   // of the draw followed last: departure from balance at each time
	felt    [][]float64 // of the draw followed last: one path a copy
	cos     []float64   // of each time's hour of the day
	sin     []float64
	gap     []float64 // hours since the time before, or since now
	quick   []float64 // what quick keeps over it, and its spread as a share
	quickSD []float64
	law     []float64 // the same of discrepancy, its spread in points
	lawSD   []float64
	slow    []float64 // of the draw in work: the same of slow
	slowSD  []float64
	// of the copy in work, see wander
	aside, lawPath, quickPath []float64
}

// Total is the number of draws that count, each as often as its copies.
func (person *Person) Total() int { return person.total }

func (person *Person) plan(r Regimen, times []float64) (*track, uint8, error) {
	if len(times) == 0 || len(times) > maxForecast {
		return nil, 0, errors.New("a forecast needs 1 to 20000 times")
	}
	p := person.problem
	ticks := make([]int32, len(times))
	for i, t := range times {
		if !(t >= p.nowH && t <= p.nowH+MaxHours/4) || i > 0 && t < times[i-1] {
			return nil, 0, errors.New("the times of a forecast must ascend from now on")
		}
		ticks[i] = toTick(t - p.nowH)
	}
	doses, forms, err := p.compile(r, times[len(times)-1])
	if err != nil {
		return nil, 0, err
	}
	return newTrack(0, ticks[len(ticks)-1], doses, ticks), forms, nil
}

func (person *Person) forecaster(t *track, forms uint8, times []float64) *forecaster {
	p := person.problem
	f := &forecaster{person: person, track: t, forms: forms, rows: make([]Row, t.rows), away: make([]float64, t.rows)}
	person.room(&f.body)
	last := 0.0
	for _, at := range times {
		h := float64(toTick(at-p.nowH)) / ticksPerHour
		c, s := dayPhase(h)
		f.cos, f.sin = append(f.cos, c), append(f.sin, s)
		f.gap, f.quick = append(f.gap, h-last), append(f.quick, exp(-(h-last)/quickTauH))
		keep := exp(-(h - last) / discrepancyTauH)
		f.law, f.lawSD = append(f.law, keep), append(f.lawSD, discrepancySD*math.Sqrt(1-float64(keep*keep)))
		last = h
	}
	m := len(times)
	for _, list := range []*[]float64{&f.quickSD, &f.slow, &f.slowSD, &f.aside, &f.lawPath, &f.quickPath} {
		*list = make([]float64, m)
	}
	for t, q := range f.quick {
		f.quickSD[t] = math.Sqrt(1 - float64(q*q))
	}
	return f
}

// stand puts b where draw i is now, ready for forms and lengths of tracks. Its
// factors must have room for the groups and the products.
func (person *Person) stand(i int, b *body, fitted *fittedPerson, forms uint8, used uint32) {
	p, s := person.problem, person.sample
	theta := s.point(i)
	p.at(theta, fitted, b.factorM, b.factor7)
	for k, q := range p.product { // products not taken so far
		b.factorM[len(p.groups)+k] = exp(q.MitragynineLogSD * theta[contentAt+2*k])
		b.factor7[len(p.groups)+k] = exp(q.SevenOHLogSD * theta[contentAt+2*k+1])
	}
	b.set(&fitted.params, forms, used)
	b.state = s.states[i]
	if forms != p.forms { // forms new in the regimen have modes of their own
		from, to := &s.states[i].z, &b.state.z
		*to = [nModes]float64{}
		n, m := copy(to[:modeKa], from[:modeKa]), modeKa
		for form := range nForms {
			bit := uint8(1) << form
			if p.forms&bit != 0 {
				to[n], to[n+1] = from[m], from[m+1]
				m += 2
			}
			if forms&bit != 0 {
				n += 2
			}
		}
	}
}

// room makes the factors of a body that stand fills.
func (person *Person) room(b *body) {
	n := len(person.problem.groups) + len(person.problem.product)
	b.factorM, b.factor7 = make([]float64, n), make([]float64, n)
}

// follow runs draw i into f.rows.
func (f *forecaster) follow(i int) {
	b := &f.body
	f.person.stand(i, b, &f.fitted, f.forms, f.track.used)
	b.run(f.track, nil, f.rows)
	gain, threshold := f.fitted.params.Gain, f.fitted.params.Threshold
	for k := range f.rows {
		excess := f.rows[k].Withdrawal
		f.rows[k].Withdrawal, f.away[k] = withdrawal(gain, excess), departure(threshold, excess)
	}
}

// Each calls visit for every draw that counts, in order. The Draw and its
// slices are good until visit returns.
func (person *Person) Each(r Regimen, times []float64, visit func(*Draw)) error {
	t, forms, err := person.plan(r, times)
	if err != nil {
		return err
	}
	f := person.forecaster(t, forms, times)
	p, s := person.problem, person.sample
	d := Draw{Content: make([]float64, len(p.product)), Content7: make([]float64, len(p.product)), Rows: f.rows}
	for u, i := range person.unique {
		f.follow(i)
		f.feel(u)
		d.Copies, d.Params, d.Reporting = person.copies[i], f.fitted.params, f.fitted.reporting
		d.Effects = p.effects(s.point(i))
		d.Felt = f.felt[:d.Copies]
		copy(d.Content, f.body.factorM[len(p.groups):])
		copy(d.Content7, f.body.factor7[len(p.groups):])
		visit(&d)
	}
	return nil
}

// quantities of a row, in the order of the columns below.
const nQuantities = 4

// Forecast follows every draw through a regimen and returns bands at times (h,
// ascending, from now on; moved to the nearest sixteenth of an hour).
func (person *Person) Forecast(ctx context.Context, r Regimen, times []float64) (*Forecast, error) {
	t, forms, err := person.plan(r, times)
	if err != nil {
		return nil, err
	}
	// Two goroutines; each fills its own draws, then sorts its own columns.
	const workers = 2
	nDraws, nTimes, total := len(person.unique), len(times), person.total
	symptoms := person.answersSymptoms()
	values := make([]float32, nTimes*nQuantities*nDraws)
	rough := make([]float32, nTimes*total)
	var sums []float32
	if symptoms {
		sums = make([]float32, nTimes*total)
	}
	followers := make([]*forecaster, workers)
	err = share(ctx, workers, nDraws, func(w, j int) {
		if followers[w] == nil {
			followers[w] = person.forecaster(t, forms, times)
		}
		f := followers[w]
		f.follow(person.unique[j])
		f.feel(j)
		for k := range f.rows {
			q, at := &f.rows[k], k*nQuantities*nDraws+j
			values[at] = float32(q.MitragynineNM)
			values[at+nDraws] = float32(q.SevenOHNM)
			values[at+2*nDraws] = float32(q.Occupancy)
			values[at+3*nDraws] = float32(q.Withdrawal)
		}
		for c := range person.copies[person.unique[j]] {
			for k, v := range f.felt[c] {
				at := k*total + person.first[j] + c
				rough[at] = float32(Rough10(v))
				if symptoms {
					sums[at] = float32(f.fitted.reporting.symptomSum(v))
				}
			}
		}
	})
	if err != nil {
		return nil, err
	}
	f := &Forecast{Times: slices.Clone(times), Grades: person.Grades(forms)}
	for _, list := range []*[]Band{&f.MitragynineNM, &f.SevenOHNM, &f.Occupancy, &f.Withdrawal, &f.Rough, &f.Symptoms} {
		*list = make([]Band, nTimes)
	}
	bodies := [nQuantities][]Band{f.MitragynineNM, f.SevenOHNM, f.Occupancy, f.Withdrawal}
	copies := make([]int32, nDraws)
	for j, i := range person.unique {
		copies[j] = int32(person.copies[i])
	}
	ones := slices.Repeat([]int32{1}, total)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			var t ranker
			for k := w; k < nTimes; k += workers {
				for q := range nQuantities {
					at := (k*nQuantities + q) * nDraws
					bodies[q][k] = t.band(values[at:at+nDraws], copies, total)
				}
				f.Rough[k] = t.band(rough[k*total:(k+1)*total], ones, total)
				if symptoms {
					f.Symptoms[k] = t.band(sums[k*total:(k+1)*total], ones, total)
				}
			}
		})
	}
	wg.Wait()
	if !symptoms {
		f.Symptoms = nil
	}
	return f, nil
}

// answersSymptoms tells whether the person checks in by symptoms.
func (person *Person) answersSymptoms() bool {
	return slices.ContainsFunc(person.problem.obs, func(o observation) bool { return o.kind == Symptoms })
}
