package pkpd

import (
	"context"
	"errors"
	"slices"
)

// Severity puts a word on the person's own scale of 0 to 10.
type Severity uint8

// None is 0, Mild 1 to 3, Moderate 4 to 6, Severe 7 to 10. The cut points are
// those of ratings of pain: up to 3.4 mild, 3.5 to 6.4 moderate, from 6.5 severe
// (Boonstra 2014, Pain 155:2545). That they hold for feeling rough is assumed.
const (
	None Severity = iota
	Mild
	Moderate
	Severe
)

const (
	mildFrom     = 0.5
	moderateFrom = 3.5
	severeFrom   = 6.5
)

// SeverityOf is the word for a level of 0 to 10.
func SeverityOf(rough float64) Severity {
	switch {
	case rough >= severeFrom:
		return Severe
	case rough >= moderateFrom:
		return Moderate
	case rough >= mildFrom:
		return Mild
	}
	return None
}

// SeverityOfSOWS is the word for a withdrawal of 0 to 64: mild to 10, moderate
// to 20, severe above. Assumed: the paper of the scale has no such words.
func SeverityOfSOWS(w float64) Severity {
	switch {
	case w > 20.5:
		return Severe
	case w > 10.5:
		return Moderate
	case w >= 1:
		return Mild
	}
	return None
}

// Course is what people ask of one regimen. Days are blocks of 24 h from the
// first midnight on; day 0 is what is left of today. The level of a day is its
// mean on the person's own scale, without what comes and goes within hours.
type Course struct {
	Days         int
	WorstDay     Band // which day
	WorstLevel   Band // 0..10, of that day
	WorstSOWS    Band // 0..64, of the worst day by the doses alone
	DaysModerate Band // days at moderate or more
	OverDay      Band // first day from which on neither doses nor what lingers add a point; Days when not within
	OverProb     float64
	AnyProb      float64 // that on some day they add a point or more
	Dip          Band    // how far withdrawal swings within a day, points of 0..10, mean over the days
	Lasting      Band    // what withdrawal adds to a day, points of 0..10, mean over the days
	DipsDominate bool    // ongoing use: what there is comes and goes between doses
	// Levels are those of each day, 0..10; Doses what the doses alone add to it.
	Levels, Doses []Band
	worst, modDay []float64
}

// Comparison holds the courses of several regimens from the same draws and the
// same chance.
type Comparison struct{ Courses []Course }

// CourseOptions: how many days (1..180; 0 is 28), and hours from now until
// midnight, where day 1 begins (0 is 24).
type CourseOptions struct {
	Days      int
	MidnightH float64
}

const (
	courseStep = 3.0 // h
	aPoint     = 1.0 // of 0..10: what is worth speaking of; assumed
	maxCourse  = 180 // days
)

// Compare follows every draw through each regimen.
func (person *Person) Compare(ctx context.Context, regimens []Regimen, o CourseOptions) (*Comparison, error) {
	if o.Days == 0 {
		o.Days = 28
	}
	if o.MidnightH == 0 {
		o.MidnightH = 24
	}
	if o.Days < 1 || o.Days > maxCourse || !(o.MidnightH > 0 && o.MidnightH <= 24) {
		return nil, errors.New("a comparison takes 1 to 180 days and a midnight within 24 hours")
	}
	var times []float64
	var day []int
	for h := 0.0; h < o.MidnightH+24*float64(o.Days-1); h += courseStep {
		times = append(times, person.NowH+h)
		d := 0
		if h >= o.MidnightH {
			d = 1 + int((h-o.MidnightH)/24)
		}
		day = append(day, d)
	}
	run, err := person.courses(regimens, times, day, o.Days)
	if err != nil {
		return nil, err
	}
	const workers = 2
	followers := make([]*courseWorker, workers)
	err = share(ctx, workers, len(person.unique), func(w, u int) {
		if followers[w] == nil {
			followers[w] = run.worker()
		}
		followers[w].follow(u)
	})
	if err != nil {
		return nil, err
	}
	c := &Comparison{}
	for i := range regimens {
		c.Courses = append(c.Courses, run.columns[i].course(&regimens[i], o.Days, person.total))
	}
	return c, nil
}

// LowerWorst is the probability that regimen i has the lower worst day than j;
// days as good as equal count half.
func (c *Comparison) LowerWorst(i, j int) float64 {
	return lower(c.Courses[i].worst, c.Courses[j].worst, 0.05)
}

// FewerDays is the probability that regimen i has fewer days at moderate or
// more than j; ties count half.
func (c *Comparison) FewerDays(i, j int) float64 {
	return lower(c.Courses[i].modDay, c.Courses[j].modDay, 0.5)
}

func lower(a, b []float64, tie float64) float64 {
	sum := 0.0
	for k := range a {
		switch d := a[k] - b[k]; {
		case d < -tie:
			sum++
		case d <= tie:
			sum += 0.5
		}
	}
	return sum / float64(len(a))
}

// ongoing tells whether the regimen goes on with doses.
func (r *Regimen) ongoing() bool { return r.scale > 0 || len(r.given) > 0 }

// bandOf is the Band of values of equal weight.
func bandOf(values []float64) Band {
	v := slices.Clone(values)
	slices.Sort(v)
	var q [len(bandRanks)]float64
	for i, p := range bandRanks {
		at := p * float64(len(v)-1)
		k := int(at)
		q[i] = v[k]
		if k+1 < len(v) {
			q[i] += (at - float64(k)) * (v[k+1] - v[k])
		}
	}
	return bandFrom(&q)
}
