package pkpd

import "math"

// Guess is how much of what acts on the body rests on doses of unknown
// strength (Content.ContentGuessed). Such doses are neither zero nor left out:
// they widen every band. Where most of it is a guess, a page had better draw no
// curve of level and no comparison with the usual, and ask what the label says.
type Guess struct {
	Doses int // of unknown strength, in the last two weeks
	Of    int // all doses of that time
	// Share of what reaches the receptor that comes from them, over the draws:
	// at this hour, and over the last two weeks. Zero where nothing is guessed.
	Now, Weeks Band
}

// Most tells that more of what is in the body now, or of what it met in two
// weeks, rests on a guess than not.
func (g *Guess) Most() bool { return g.Now.Median > 0.5 || g.Weeks.Median > 0.5 }

const (
	guessDays  = 14
	guessStep  = 6 * ticksPerHour
	guessDraws = 100
)

// guess compares each of some draws with itself without the doses of unknown
// strength. Occupancy/(1-occupancy) is a sum over doses, so shares of it add up.
func (person *Person) guess(h *History) Guess {
	p := person.problem
	var g Guess
	for _, d := range h.Intakes {
		if d.AtH < h.NowH-24*guessDays {
			continue
		}
		if g.Of++; p.product[d.Product].ContentGuessed {
			g.Doses++
		}
	}
	any := false
	for _, q := range p.groups {
		any = any || p.product[q.product].ContentGuessed
	}
	if !any {
		return g
	}
	start := p.start
	var ticks []int32
	for t := max(start, -guessDays*ticksPerDay); t < 0; t += guessStep {
		ticks = append(ticks, t)
	}
	ticks = append(ticks, 0)
	q := *p
	q.record = newTrack(start, 0, p.record.doses, ticks)
	q.used |= q.record.used
	q.obs = nil
	e := newEvaluator(&q)
	var now, weeks []float64
	sum := func(without bool) (last, all float64) {
		for i, d := range p.groups {
			if without && p.product[d.product].ContentGuessed {
				e.body.factorM[i], e.body.factor7[i] = 0, 0
			}
		}
		e.runBody()
		for _, r := range e.rows {
			last = r.occupancy / (1 - r.occupancy)
			all += last
		}
		return last, all
	}
	stride := max(1, len(person.unique)/guessDraws)
	for u := 0; u < len(person.unique); u += stride {
		i := person.unique[u]
		q.at(person.sample.point(i), &e.person, e.body.factorM, e.body.factor7)
		last, all := sum(false)
		lastKnown, allKnown := sum(true)
		for range person.copies[i] {
			if last > 0 {
				now = append(now, math.Max(0, 1-lastKnown/last))
			}
			if all > 0 {
				weeks = append(weeks, math.Max(0, 1-allKnown/all))
			}
		}
	}
	if len(now) > 0 {
		g.Now = bandOf(now)
	}
	if len(weeks) > 0 {
		g.Weeks = bandOf(weeks)
	}
	return g
}
