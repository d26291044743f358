package pkpd

import (
	"context"
	"errors"
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
	Withdrawal    []Band // 0..64
	Grades        Grading
}

// Draw is one of the people that a Person may be, followed through a regimen.
type Draw struct {
	Copies    int // of Person.Total
	Effects   Effects
	Params    Params    // with share and threshold of the adaptation, which Effects do not hold
	Content   []float64 // factor on the mitragynine of each product
	Content7  []float64 // factor on its 7-OH
	Reporting [nScores]Reporting
	Rows      []Row
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
	factorM []float64
	factor7 []float64
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

func (person *Person) forecaster(t *track, forms uint8) *forecaster {
	p := person.problem
	f := &forecaster{person: person, track: t, forms: forms, rows: make([]Row, t.rows)}
	n := len(p.groups) + len(p.product)
	f.factorM, f.factor7 = make([]float64, n), make([]float64, n)
	return f
}

// follow runs draw i into f.rows.
func (f *forecaster) follow(i int) {
	p, s := f.person.problem, f.person.sample
	theta := s.point(i)
	p.at(theta, &f.fitted, f.factorM, f.factor7)
	for k, q := range p.product { // products not taken so far
		f.factorM[len(p.groups)+k] = exp(q.MitragynineLogSD * theta[contentAt+2*k])
		f.factor7[len(p.groups)+k] = exp(q.SevenOHLogSD * theta[contentAt+2*k+1])
	}
	b := &f.body
	b.factorM, b.factor7 = f.factorM, f.factor7
	b.set(&f.fitted.params, f.forms, f.track.used)
	b.state = s.states[i]
	if f.forms != p.forms { // forms new in the regimen have modes of their own
		from, to := &s.states[i].z, &b.state.z
		*to = [nModes]float64{}
		n, m := copy(to[:modeKa], from[:modeKa]), modeKa
		for form := range nForms {
			bit := uint8(1) << form
			if p.forms&bit != 0 {
				to[n], to[n+1] = from[m], from[m+1]
				m += 2
			}
			if f.forms&bit != 0 {
				n += 2
			}
		}
	}
	b.run(f.track, nil, f.rows)
	gain := f.fitted.params.Gain
	for k := range f.rows {
		f.rows[k].Withdrawal = withdrawal(gain, f.rows[k].Withdrawal)
	}
}

// Each calls visit for every draw that counts, in order. The Draw and its
// slices are good until visit returns.
func (person *Person) Each(r Regimen, times []float64, visit func(*Draw)) error {
	t, forms, err := person.plan(r, times)
	if err != nil {
		return err
	}
	f := person.forecaster(t, forms)
	p, s := person.problem, person.sample
	d := Draw{Content: make([]float64, len(p.product)), Content7: make([]float64, len(p.product)), Rows: f.rows}
	for _, i := range person.unique {
		f.follow(i)
		theta := s.point(i)
		d.Copies, d.Params, d.Reporting = person.copies[i], f.fitted.params, f.fitted.reporting
		for e := range d.Effects {
			d.Effects[e] = p.pop.Omega[e] * theta[e]
		}
		copy(d.Content, f.factorM[len(p.groups):])
		copy(d.Content7, f.factor7[len(p.groups):])
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
	nDraws, nTimes := len(person.unique), len(times)
	values := make([]float32, nTimes*nQuantities*nDraws)
	followers := make([]*forecaster, workers)
	err = share(ctx, workers, nDraws, func(w, j int) {
		if followers[w] == nil {
			followers[w] = person.forecaster(t, forms)
		}
		f := followers[w]
		f.follow(person.unique[j])
		for k := range f.rows {
			q, at := &f.rows[k], k*nQuantities*nDraws+j
			values[at] = float32(q.MitragynineNM)
			values[at+nDraws] = float32(q.SevenOHNM)
			values[at+2*nDraws] = float32(q.Occupancy)
			values[at+3*nDraws] = float32(q.Withdrawal)
		}
	})
	if err != nil {
		return nil, err
	}
	bands := make([]Band, nQuantities*nTimes)
	f := &Forecast{Times: slices.Clone(times), Grades: person.Grades(forms)}
	f.MitragynineNM, f.SevenOHNM, f.Occupancy, f.Withdrawal = bands[:nTimes:nTimes], bands[nTimes:2*nTimes:2*nTimes], bands[2*nTimes:3*nTimes:3*nTimes], bands[3*nTimes:]
	copies := make([]int32, nDraws)
	for j, i := range person.unique {
		copies[j] = int32(person.copies[i])
	}
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			var t ranker
			for c := w; c < nTimes*nQuantities; c += workers {
				bands[(c%nQuantities)*nTimes+c/nQuantities] = t.band(values[c*nDraws:(c+1)*nDraws], copies, person.total)
			}
		})
	}
	wg.Wait()
	return f, nil
}

// Grading is the weakest evidence behind each quantity, a key of Grades.
type Grading struct{ Mitragynine, SevenOH, Occupancy, Withdrawal string }

// gradeOrder is from strongest to weakest.
var gradeOrder = []string{"RCT", "OL", "S", "CS", "AN", "IV", "EX", "COM", "assumed"}

// Grades tells how far the numbers of this person can be trusted for a set of
// forms (a bit each): the weakest grade among the parameters they hang on. What
// was learnt from the person's own scores does not raise it.
func (person *Person) Grades(forms uint8) Grading {
	weakest := func(symbols ...string) string {
		at := 0
		for _, q := range Standard().Parameters {
			if slices.Contains(symbols, q.Symbol) {
				at = max(at, slices.Index(gradeOrder, q.Grade))
			}
		}
		return gradeOrder[at]
	}
	m := []string{"CL", "V1", "Q", "V2"}
	s := []string{"CL7", "fm"}
	for f := range nForms {
		if forms&(1<<f) != 0 {
			m = append(m, "F."+formNames[f], "ka."+formNames[f])
			s = append(s, "fp."+formNames[f])
			if f == SevenOH {
				s = append(s, "F7."+formNames[f], "V7")
			}
		}
	}
	r := append(slices.Concat(m, s), "K7", "K.ratio", "ke0.m", "ke0.7", "E.m")
	w := append(slices.Clone(r), "tau_fast", "tau_slow", "w_fast", "w_slow", "threshold", "gain")
	return Grading{weakest(m...), weakest(s...), weakest(r...), weakest(w...)}
}
