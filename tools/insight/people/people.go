// Package people makes up people whose truth is known: nothing acts on anything,
// or only what was planted does. Their scores drift over days and hours, they
// check in more when it is rough, they leave days and doses out, and some take
// more when they feel low.
package people

import (
	"math"
	"math/rand/v2"

	"github.com/evenkeel/evenkeel/insight/diary"
	"github.com/evenkeel/evenkeel/journal"
)

// Kind says how a population doses and writes.
type Kind struct {
	// Low is how much more often a dose follows a low mood: the exponent for one
	// point, drawn between the two; negative for dosing when it is good.
	LowFrom, LowTo float64
	// Lift is added to every score for 0.5 to 3 h after a dose that was taken.
	Lift float64
	// Alcohol is taken off the next day.
	Alcohol float64
	// Better is how many points of 4 the first product helps more than the second.
	Better float64
	// Missing is how much more often a bad day goes unwritten, for one point;
	// negative for good days. Both is drawn where it is NaN.
	Missing float64
	// Follow makes the lift follow a course of rise and fall and the size of the
	// dose, in place of the same from 0.5 to 3 h.
	Follow bool
	// Crash makes moods that fall at once and come back slowly, with doses taken
	// in the fall.
	Crash bool
	// Growth of the amount in a week, as a share; Cut what is left of the amount
	// after the middle, 1 for no cut; Since is added to every score from then on.
	Growth, Cut, Since float64
}

// Null are the two populations in which nothing acts on anything.
var (
	NullA = Kind{Missing: math.NaN(), Cut: 1}
	NullB = Kind{LowFrom: 0.2, LowTo: 0.7, Missing: math.NaN(), Cut: 1}
)

// Products are the two that a person takes.
var Products = [2]journal.ID{{15: 1}, {15: 2}}

const (
	stepH      = 0.25
	wake, rest = 7., 23.
	daySD      = 0.8
	hourSD     = 1.1
)

// Person is somebody, ready to live the next day.
type Person struct {
	Kind
	rng *rand.Rand

	low, missing      float64
	phi, tau          float64 // of days; of hours, in h
	base              [diary.Scores]float64
	curve, peak, week float64
	drift             float64
	amount, spread    float64

	day                    float64
	owns                   [diary.Scores]float64
	hours                  [diary.Scores]float64
	mood                   float64
	at                     [diary.Scores]float64 // when hours were last moved
	last                   float64               // last dose taken
	n                      int
	away                   bool
	drank                  bool
	sleep, level, amountAR float64
	link                   diary.Link
	taken                  []taken // of the last days, for Follow
	// Grams of the doses that the last lived day shows.
	Grams []float64
}

// New is a person of a kind.
func New(k Kind, seed, who uint64) *Person {
	p := &Person{Kind: k, rng: rand.New(rand.NewPCG(seed, who))}
	u := func(lo, hi float64) float64 { return lo + (hi-lo)*p.rng.Float64() }
	p.low, p.phi, p.tau = u(k.LowFrom, k.LowTo), u(0.3, 0.8), u(2, 8)
	p.missing = k.Missing
	if math.IsNaN(p.missing) {
		p.missing = []float64{-0.5, 0.5}[p.rng.IntN(2)]
	}
	for s := range p.base {
		p.base[s] = u(4.5, 6.5)
	}
	p.curve, p.peak, p.week, p.drift = u(0, 1), u(9, 20), u(-0.5, 0.8), u(-1, 1)
	p.amount, p.spread = u(6, 20), u(0.15, 0.4)
	p.last = -8
	return p
}

func (p *Person) normal() float64 { return p.rng.NormFloat64() }

// worse are the scores of which more is worse.
var worse = [diary.Scores]bool{diary.Pain: true, diary.Rough: true, diary.Craving: true}

// Live is the next day, as it was written down.
func (p *Person) Live() diary.Day {
	date := journal.Date("2026-01-05").Add(p.n)
	d := diary.Day{Date: date, Sleep: math.NaN()}
	begin := float64(p.n) * 24
	still := math.Sqrt(1 - p.phi*p.phi)
	p.day = p.phi*p.day + still*p.normal()
	for s := range p.owns {
		p.owns[s] = p.phi*p.owns[s] + still*p.normal()
	}
	offset := p.drift * float64(p.n) / 180
	if p.n%7 >= 5 {
		offset += p.week
	}
	if p.drank {
		offset -= p.Alcohol
	}
	if p.n >= 90 {
		offset += p.Since
	}
	p.sleep = 0.4*p.sleep + math.Sqrt(1-0.16)*p.normal()
	p.amountAR = 0.5*p.amountAR + math.Sqrt(0.75)*p.normal()
	p.level = p.amount * math.Exp(p.spread*p.amountAR) * math.Pow(1+p.Growth, float64(p.n)/7)
	if p.Cut < 1 && p.n >= 90 {
		p.level *= p.Cut
	}
	p.Grams = nil
	p.hoursOf(&d, begin, offset)
	p.drank = p.rng.Float64() < map[bool]float64{true: 0.5, false: 0.15}[p.n%7 >= 4]
	d.Alcohol = p.drank
	if p.rng.Float64() < 0.8 {
		d.Sleep = math.Round(2*(7+p.sleep)) / 2
	}
	p.write(&d)
	p.link.Set(&d, begin)
	p.n++
	return d
}

type taken struct{ at, share float64 }

// course is how strongly a dose is felt after some hours, 1 at its highest: it is
// taken up at 2 a hour and goes at 0.25.
func course(h float64) float64 {
	if h <= 0 || h > 24 {
		return 0
	}
	return 1.54 * (math.Exp(-0.25*h) - math.Exp(-2*h))
}

// felt is what doses add to every score at a time.
func (p *Person) felt(t float64) float64 {
	if !p.Follow {
		if h := t - p.last; h >= 0.5 && h <= 3 {
			return p.Lift
		}
		return 0
	}
	sum := 0.0
	for _, d := range p.taken {
		sum += d.share * course(t-d.at)
	}
	return p.Lift * min(1.5, sum)
}

// moment moves the hours of the common part on by a step.
func (p *Person) moment() {
	rho := math.Exp(-stepH / p.tau)
	if p.Crash {
		p.mood *= rho
		if p.rng.Float64() < stepH/6 {
			p.mood -= 1.5 + p.rng.ExpFloat64()
		}
		return
	}
	p.mood = rho*p.mood + math.Sqrt(1-rho*rho)*p.normal()
}

// score is how a score stands at a time.
func (p *Person) score(s diary.Score, t, offset float64) float64 {
	rho := math.Exp(-(t - p.at[s]) / p.tau)
	p.hours[s] = rho*p.hours[s] + math.Sqrt(1-rho*rho)*p.normal()
	p.at[s] = t
	half := math.Sqrt(0.5)
	v := half*(daySD*(p.day+p.owns[s])+hourSD*(p.mood+p.hours[s])) + p.common(t, offset)
	v += p.felt(t)
	if worse[s] {
		v = -v
	}
	return math.Round(min(10, max(0, p.base[s]+v)))
}

func (p *Person) common(t, offset float64) float64 {
	return offset + p.curve*math.Cos(2*math.Pi*(math.Mod(t, 24)-p.peak)/24)
}

// inner is the part of the mood that all scores share, less the clock's.
func (p *Person) inner() float64 { return math.Sqrt(0.5) * (daySD*p.day + hourSD*p.mood) }

func (p *Person) check(d *diary.Day, t, offset float64) {
	c := diary.Check{At: t, Hour: math.Mod(t, 24)}
	for s := range diary.Scores {
		c.Score[s] = p.score(s, t, offset)
	}
	d.Checks = append(d.Checks, c)
}

// hoursOf lives the hours awake.
func (p *Person) hoursOf(d *diary.Day, begin, offset float64) {
	after := math.Inf(1) // when a check-in after a dose is due
	for range int((24 - rest + wake) / stepH) {
		p.moment()
	}
	for t := begin + wake; t < begin+rest; t += stepH {
		p.moment()
		felt := p.inner() + p.common(t, offset)
		if t >= after || p.rng.Float64() < stepH*0.11*math.Exp(-0.3*felt) {
			p.check(d, t, offset)
			after = math.Inf(1)
		}
		hazard := 0.13 * min(t-p.last, 8) / 2 * math.Exp(-p.low*felt-p.low*p.low*0.8)
		if p.Crash {
			hazard = 0.13 * min(t-p.last, 8) / 2 * map[bool]float64{true: 3, false: 0.4}[p.mood < -1.5]
		}
		if p.rng.Float64() >= 1-math.Exp(-stepH*hazard) {
			continue
		}
		if p.rng.Float64() < 0.25 && (len(d.Checks) == 0 || d.Checks[len(d.Checks)-1].At < t) {
			p.check(d, t-0.1, offset)
		}
		p.last = t
		share := math.Exp(0.3 * p.normal())
		if len(p.taken) > 12 {
			p.taken = p.taken[1:]
		}
		p.taken = append(p.taken, taken{t, share})
		if p.rng.Float64() < 0.3 {
			after = t + 0.5 + 2*p.rng.Float64()
		}
		if p.rng.Float64() < 0.9 {
			d.Doses = append(d.Doses, p.dose(t))
			p.Grams = append(p.Grams, p.level/3*share)
		}
	}
}

// dose is one as it is written down: the product by the hour and the mood, the
// reason by the mood, the rating by the mood and not by the hour.
func (p *Person) dose(t float64) diary.Dose {
	o := diary.Dose{At: t, Hour: math.Mod(t, 24), Helped: -1}
	inner := p.inner()
	first := p.rng.Float64() < 1/(1+math.Exp(-0.8+0.15*(o.Hour-14)-0.3*inner))
	if o.Product = Products[1]; first {
		o.Product = Products[0]
	}
	if p.rng.Float64() < 0.7 {
		low := 1 / (1 + math.Exp(inner))
		list := []journal.Reason{"energy", "pain"}
		if p.rng.Float64() < low {
			list = []journal.Reason{"mood", "withdrawal"}
		}
		o.Reasons = []journal.Reason{list[p.rng.IntN(2)]}
	}
	if p.rng.Float64() < 0.6 {
		v := 2 + 0.4*inner + 0.8*p.normal()
		if first {
			v += p.Better
		}
		o.Helped = int(math.Round(min(4, max(0, v))))
	}
	return o
}

// write leaves out what was not written: days in runs, and some empty days that
// nobody said were empty.
func (p *Person) write(d *diary.Day) {
	stop := 1. / 12 * math.Exp(-p.missing*p.day)
	if p.away {
		stop = 0.6
	}
	p.away = p.rng.Float64() < stop
	if p.away {
		d.Doses, d.Checks, d.Alcohol, d.Sleep, p.Grams = nil, nil, false, math.NaN(), nil
		return
	}
	d.Known = len(d.Doses) > 0 || p.rng.Float64() < 0.7
}
