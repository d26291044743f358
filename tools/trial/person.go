package main

import (
	"math"
	"sync"

	"github.com/evenkeel/evenkeel/pkpd"
	"github.com/evenkeel/evenkeel/taper"
	"github.com/evenkeel/evenkeel/tools/bodies"
)

// kind is whom people are drawn from: the model's own family, or a body that it
// was not made from. change is nil for the first.
type kind struct {
	name   string
	change bodies.Change
}

var kinds = []kind{
	{"the model", nil},
	{"one adaptation", bodies.OneAdaptation},
	{"no threshold", bodies.NoThreshold},
	{"slower by three", bodies.Slower},
	{"another share of 7-OH", bodies.AnotherShare},
}

// The streams of a person, so that none moves another.
const (
	streamBody = iota
	streamRecord
	streamDays
)

const (
	// habitDays of the habit, then recordDays written down, before a plan begins.
	habitDays  = 180
	recordDays = 28
	// strengthSD is how far the true content of what is taken lies from its label,
	// on the log scale.
	strengthSD = 0.2
)

// person is one made-up person at the midnight at which a plan begins.
type person struct {
	id    int
	seed  uint64 // of their days
	kind  int
	habit int
	goal
	flesh *flesh
	begun state
	// history is what they had written down by then.
	history pkpd.History
}

// scales are the gains that go with each kind's change.
var scales = sync.OnceValue(func() []float64 {
	pop := pkpd.FitPrior()
	list := make([]float64, len(kinds))
	for i, k := range kinds {
		if k.change != nil {
			list[i] = bodies.Anchored(pop.Typical, k.change)
		}
	}
	return list
})

// newPerson makes person i. Kinds, habits and goals take turns; their numbers
// share no factor, so that each combination has as many people. unlogged is the
// share of days without entries.
func newPerson(seed uint64, i int, list []habit, unlogged float64) (*person, error) {
	p := &person{id: i, seed: seed*1_000_003 + uint64(i), kind: i % len(kinds), habit: i % len(list), goal: goals[i%len(goals)]}
	h := &list[p.habit]
	st := pkpd.NewStream(p.seed, streamBody)
	pop := pkpd.FitPrior()
	k := kinds[p.kind]
	var b bodies.Body
	if k.change == nil {
		eta := pop.Draw(&st)
		b = bodies.Body{Params: pop.Typical.With(&eta), OneTau: 1}
		b.Law = bodies.LawOf(&b.Params)
	} else {
		central := pop.Central()
		eta := central.Draw(&st)
		b = bodies.Made(central.Typical.With(&eta), k.change, scales()[p.kind], &st)
	}
	var err error
	if p.flesh, err = newFlesh(b, h, math.Exp(strengthSD*st.Normal())); err != nil {
		return nil, err
	}
	var w [slots]float64
	for range habitDays {
		p.flesh.live(h.day, &w)
	}
	p.record(h, unlogged)
	p.begun = p.flesh.state
	return p, nil
}

// record lives the last weeks before the plan as people do, a dose left out or
// smaller here and there, and writes them down as people do, with days missing.
func (p *person) record(h *habit, unlogged float64) {
	st := pkpd.NewStream(p.seed, streamRecord)
	before := pkpd.PriorUse{Form: h.form, TimesPerDay: float64(len(h.day)), Days: habitDays}
	if mg := h.mg * float64(h.day.Grains()); h.form == pkpd.SevenOH {
		before.SevenOHMgDay = mg
	} else {
		before.MitragynineMgDay = mg
	}
	p.history = pkpd.History{NowH: 24 * recordDays, Products: []pkpd.Content{{MitragynineLogSD: strengthSD, SevenOHLogSD: strengthSD}}, Before: []pkpd.PriorUse{before}}
	var w [slots]float64
	mood, fade, missing := moodSD*st.Normal(), math.Exp(-24/moodTauH), false
	for n := range recordDays {
		from := 24 * float64(n)
		// Runs of two days on average that make up the share of days unlogged.
		stay, begin := 0.5, 0.5*unlogged/(1-unlogged)
		if !missing {
			stay = begin
		}
		missing = st.Uniform() < stay
		var day taper.Pattern
		for _, d := range h.day {
			skip, less := st.Uniform() < 0.06, st.Uniform() < 0.15
			if less && d.Grains > 1 {
				d.Grains--
			}
			if skip {
				continue
			}
			day = append(day, d)
			if !missing {
				p.history.Intakes = append(p.history.Intakes, pkpd.Intake{Dose: h.dose(d, from)})
			}
		}
		p.flesh.live(day, &w)
		mood = mood*fade + moodSD*math.Sqrt(1-fade*fade)*st.Normal()
		for _, clock := range []int{15, 27, 41} { // half hours: 7:30, 13:30, 20:30
			asked, noise := st.Uniform() < 0.7, 0.8*st.Normal()
			if !asked || missing {
				continue
			}
			hour := slotH * float64(clock+1)
			felt := baseline + slope*w[clock] + mood + 0.5*math.Cos(2*math.Pi*(hour-7)/24) + noise
			p.history.CheckIns = append(p.history.CheckIns, pkpd.Rating{AtH: from + hour, Kind: pkpd.Rough, Score: math.Floor(pkpd.Rough10(felt) + 0.5)})
		}
		if missing {
			p.history.Unknown = append(p.history.Unknown, pkpd.Interval{FromH: from, ToH: from + 24})
		}
	}
}
