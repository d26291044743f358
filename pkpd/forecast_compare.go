package pkpd

import "slices"

// courses follows every draw through several regimens at the same times. What
// does not hang on the doses is reckoned once for all of them: the tables of a
// body, and the chance of each copy.
type courses struct {
	person  *Person
	times   []float64
	day     []int // of each time
	days    int
	count   []float64 // times of each day
	tracks  []*track
	forms   uint8
	used    uint32
	lawLeft []float64 // of the discrepancy now, at the beginning of each day
	columns []courseColumns
}

// courseColumns are the answers to one regimen: one row a copy, in the last two
// one a day and copy.
type courseColumns struct {
	worstDay, worst, sows, mod, over, dip, lasting []float64
	any                                            []bool
	levels, doses                                  []float32
}

func (person *Person) courses(regimens []Regimen, times []float64, day []int, days int) (*courses, error) {
	c := &courses{person: person, times: times, day: day, days: days, count: make([]float64, days), columns: make([]courseColumns, len(regimens))}
	for _, d := range day {
		c.count[d]++
	}
	for d := range days {
		c.lawLeft = append(c.lawLeft, exp(-(times[0]-person.NowH+24*float64(d))/discrepancyTauH))
	}
	n := person.total
	for i, r := range regimens {
		t, forms, err := person.plan(r, times)
		if err != nil {
			return nil, err
		}
		c.tracks = append(c.tracks, t)
		c.forms |= forms
		c.used |= t.used
		o := &c.columns[i]
		for _, list := range []*[]float64{&o.worstDay, &o.worst, &o.sows, &o.mod, &o.over, &o.dip, &o.lasting} {
			*list = make([]float64, n)
		}
		o.any = make([]bool, n)
		o.levels, o.doses = make([]float32, days*n), make([]float32, days*n)
	}
	return c, nil
}

// courseWorker follows one draw after another. Not safe for several goroutines.
type courseWorker struct {
	*courses
	*forecaster
	rows            []imbalance
	regimen         []dosesPart
	level, slowLeft []float64
}

// dosesPart is what the doses of a regimen do to the draw in work: at each time,
// and as the mean of each day.
type dosesPart struct {
	adds, away         []float64
	part, dayAway      []float64
	swing, mean, worst float64
	low, high          []float64 // of each day
}

func (c *courses) worker() *courseWorker {
	w := &courseWorker{courses: c, forecaster: c.person.forecaster(c.tracks[0], c.forms, c.times)}
	w.rows = make([]imbalance, len(c.times))
	w.level, w.slowLeft = make([]float64, c.days), make([]float64, c.days)
	for range c.tracks {
		d := dosesPart{adds: make([]float64, len(c.times)), away: make([]float64, len(c.times))}
		for _, list := range []*[]float64{&d.part, &d.dayAway, &d.low, &d.high} {
			*list = make([]float64, c.days)
		}
		w.regimen = append(w.regimen, d)
	}
	return w
}

func (w *courseWorker) follow(u int) {
	person := w.courses.person
	i, b := person.unique[u], &w.body
	person.stand(i, b, &w.fitted, w.courses.forms, w.used)
	now := b.state
	rep := &w.fitted.reporting
	for r, t := range w.tracks {
		b.state = now
		b.run(t, w.rows, nil)
		w.regimen[r].read(w)
	}
	for d := range w.days {
		w.slowLeft[d] = exp(-(w.times[0] - person.NowH + 24*float64(d)) / rep.SlowTauH)
	}
	w.keepSlow()
	for c := range person.copies[i] {
		w.wander(u, c)
		at := person.first[u] + c
		for r := range w.regimen {
			w.felt(&w.regimen[r], &w.columns[r], at)
		}
	}
}

// read takes the doses' part of each day from the rows: its mean, and how far it
// swings.
func (p *dosesPart) read(w *courseWorker) {
	q, rep := &w.fitted.params, &w.fitted.reporting
	clear(p.part)
	clear(p.dayAway)
	clear(p.high)
	last := -1
	for k, d := range w.day {
		adds := float64(rep.Slope * withdrawal(q.Gain, w.rows[k].excess))
		p.adds[k], p.away[k] = adds, departure(q.Threshold, w.rows[k].excess)
		if d != last || adds < p.low[d] {
			p.low[d] = adds
		}
		last = d
		p.high[d] = max(p.high[d], adds)
		p.part[d] += adds
		p.dayAway[d] += p.away[k]
	}
	p.swing, p.mean, p.worst = 0, 0, 0
	for d := range p.part {
		p.part[d] /= w.count[d]
		p.dayAway[d] /= w.count[d]
		p.swing += (p.high[d] - p.low[d]) / float64(w.days)
		p.mean += p.part[d] / float64(w.days)
		p.worst = max(p.worst, p.part[d]/rep.Slope)
	}
}

// felt writes what one copy feels under one regimen.
func (w *courseWorker) felt(p *dosesPart, o *courseColumns, at int) {
	base := w.fitted.reporting.Baseline
	clear(w.level)
	for k, d := range w.day {
		w.level[d] += Rough10(base + p.adds[k] + w.aside[k] + float64(w.lawPath[k]*p.away[k]))
	}
	person := w.courses.person
	n := person.total
	x := &person.felt[at]
	for d, v := range w.level {
		v /= w.count[d]
		o.levels[d*n+at], o.doses[d*n+at] = float32(v), float32(p.part[d])
		if v > o.worst[at] || d == 0 {
			o.worst[at], o.worstDay[at] = v, float64(d)
		}
		if v >= moderateFrom {
			o.mod[at]++
		}
		// What lingers of slow and of the discrepancy fades, and neither makes up
		// for the other; what they may do anew is not part of "over".
		linger := x[feltSlow] * w.slowLeft[d]
		law := x[feltDiscrepancy] * w.lawLeft[d] * p.dayAway[d]
		if p.part[d]+max(0, linger)+max(0, law) >= aPoint {
			o.any[at] = true
			o.over[at] = float64(d + 1)
		}
	}
	o.sows[at], o.dip[at], o.lasting[at] = p.worst, p.swing, p.mean
}

// course reads a Course from the columns of all copies.
func (o *courseColumns) course(r *Regimen, days, n int) Course {
	c := Course{Days: days, WorstLevel: bandOf(o.worst), WorstSOWS: bandOf(o.sows), DaysModerate: bandOf(o.mod),
		Dip: bandOf(o.dip), Lasting: bandOf(o.lasting), worst: o.worst, modDay: o.mod}
	var rank ranker
	ones := slices.Repeat([]int32{1}, n)
	for d := range days {
		c.Levels = append(c.Levels, rank.band(o.levels[d*n:(d+1)*n], ones, n))
		c.Doses = append(c.Doses, rank.band(o.doses[d*n:(d+1)*n], ones, n))
	}
	var when, which []float64
	for i, is := range o.any {
		if is {
			when, which = append(when, o.over[i]), append(which, o.worstDay[i])
			c.AnyProb += 1 / float64(n)
		}
		if o.over[i] < float64(days) {
			c.OverProb += 1 / float64(n)
		}
	}
	if len(when) == 0 {
		when, which = []float64{0}, o.worstDay
	}
	c.OverDay, c.WorstDay = bandOf(when), bandOf(which)
	c.DipsDominate = r.ongoing() && c.Dip.Median >= aPoint && c.Dip.Median > c.Lasting.Median
	return c
}
