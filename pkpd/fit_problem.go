package pkpd

import (
	"math"
	"slices"
)

// problem is one history made ready for fitting: the tracks, what is unknown
// (coordinates, each standard normal a priori), and what was observed.
type problem struct {
	pop    Population
	forms  uint8
	day    *track // one day of the habit before the record, or nil
	nDays  float64
	used   uint32 // lengths of both
	record *track // from the last days of that habit until now
	start  int32  // where record begins
	groups []doseGroup
	latent []latentKind
	coords []coord
	active []int // coordinates that the observations can say something about
	obs    []observation
	scored int                         // how many observations count, from the first: all, but see contradict
	recent int                         // the first observation of the last recentH hours
	root   [NEffects][NEffects]float64 // effects are root times standard normal coordinates
	usual  []int32                     // rows of the same hour on earlier days
	nowRow int32

	// kept for forecasts
	nowH    float64
	lag     lagTable
	pending []trackDose // taken, not yet being absorbed
	repeat  []Intake    // the last known days, oldest first, times in hours before now
	cycle   int         // how many days repeat is long
	groupOf map[doseGroup]int32
	product []Content
}

type latentKind uint8

const (
	latentUnknown latentKind = iota // days without entries, or use before the record that nobody described
	latentRecall                    // a habit that the person described
)

// doseGroup are the doses that share their factors. latent is -1 for a dose
// that was written down.
type doseGroup struct{ product, latent int }

type coordKind uint8

const (
	coordEffect coordKind = iota // a column of root
	coordMitragynine
	coordSevenOH
	coordLatent
	coordReporting
)

// Where coordinates stand: the effects, two for each product, the latents, the
// parts of Reporting.
const contentAt = int(NEffects)

type coord struct {
	kind  coordKind
	index int // column, product, latent or reportingCoord
}

// observation is a score. Times are those of the lattice.
type observation struct {
	row         int
	kind        ScoreKind
	scale       float64
	top, y      float64
	low, high   float64 // bounds of what was felt, on the scale of the form before scale
	first, last bool    // the lowest or highest score there is: no such bound
	atH         float64 // hours after now, not positive
	gapH        float64 // since the observation before,
	quick       float64 // what quick keeps over it,
	discrepancy float64 // and what discrepancy does
	cos, sin    float64 // of the hour of the day
}

// set fills what follows from the score.
func (o *observation) set(y float64) {
	o.y, o.first, o.last = y, y == 0, y == o.top
	o.low, o.high = (y-0.5)/o.scale, (y+0.5)/o.scale
}

// dayPhase returns cosine and sine of an hour after now as an hour of the day.
func dayPhase(h float64) (c, s float64) {
	return math.Cos(2 * math.Pi * h / 24), math.Sin(2 * math.Pi * h / 24)
}

// maxLatents bounds the unknown times that get an amount of their own: the
// latest ones; older ones share the last.
const maxLatents = 6

// usualDaysBack is how many earlier days "usual for this hour" looks at.
const usualDaysBack = 14

// cycleDays is how many known days a habit is repeated from, at most.
const cycleDays = 7

func newProblem(h *History, pop *Population) *problem {
	p := &problem{pop: *pop, lag: lagTable(pop.Typical.Tlag), nowH: h.NowH, groupOf: map[doseGroup]int32{}, product: h.Products, root: pop.root()}
	known := h.knownDays()
	start := toTick(h.FromH - h.NowH)
	var doses []trackDose
	for _, d := range h.Intakes {
		doses = p.lag.put(doses, d.Dose, h.NowH, p.group(d.Product, -1))
	}

	// Days without entries: each filled from the nearest known day.
	nearest := func(k int) (int, bool) {
		best, ok := 0, false
		for _, s := range known {
			if !ok || abs(s-k) <= abs(best-k) {
				best, ok = s, true
			}
		}
		return best, ok
	}
	for i, u := range slices.Backward(h.Unknown) {
		at := -1
		for k := int((h.NowH - u.ToH) / 24); h.NowH-24*float64(k) > u.FromH; k++ {
			from, ok := nearest(k)
			if !ok {
				break
			}
			for _, d := range h.dayIntakes(from) {
				d.AtH += 24 * float64(from-k)
				if d.AtH < u.FromH || d.AtH >= u.ToH {
					continue
				}
				if at < 0 {
					at = p.newLatent(latentUnknown, len(h.Unknown)-1-i)
				}
				doses = p.lag.put(doses, d.Dose, h.NowH, p.group(d.Product, at))
			}
		}
	}

	// Before the record: a habit, run dose by dose for its last days and in
	// closed form before them.
	habit, days := p.before(h, known)
	var day []trackDose
	if days > 0 {
		for e := 1; e <= explicitDays; e++ {
			for _, d := range habit {
				if d.days > float64(e-1) {
					d.AtH -= 24 * float64(e-1)
					doses = p.lag.put(doses, d.Dose, h.NowH, d.group)
				}
			}
		}
		start -= explicitDays * ticksPerDay
		if days > explicitDays {
			for _, d := range habit {
				if d.days > explicitDays {
					d.AtH -= 24 * explicitDays
					day = p.lag.put(day, d.Dose, h.NowH, d.group)
				}
			}
			// A dose whose lag ends after the day belongs to the next one; in a
			// repeated day that is its beginning.
			for i := range day {
				if day[i].tick > start {
					day[i].tick -= ticksPerDay
				}
			}
			sortDoses(day)
			p.nDays = days - explicitDays
			p.day = newTrack(start-ticksPerDay, start, day, nil)
		}
	}

	sortDoses(doses)
	cut := len(doses)
	for cut > 0 && doses[cut-1].tick > 0 {
		cut--
	}
	p.pending = doses[cut:]
	doses = doses[:cut]
	if len(doses) > 0 {
		start = min(start, doses[0].tick)
	}

	// Rows: check-ins, the same hour on earlier days, now.
	type rowSource struct {
		tick int32
		obs  int // -1 usual, -2 now
	}
	var rows []rowSource
	for i, c := range h.CheckIns {
		rows = append(rows, rowSource{min(0, toTick(c.AtH-h.NowH)), i})
		o := observation{kind: c.Kind, scale: c.scale(), top: c.top(), atH: float64(min(0, toTick(c.AtH-h.NowH))) / ticksPerHour}
		o.set(c.Score)
		o.cos, o.sin = dayPhase(o.atH)
		if i > 0 {
			o.gapH = o.atH - p.obs[i-1].atH
			o.quick, o.discrepancy = exp(-o.gapH/quickTauH), exp(-o.gapH/discrepancyTauH)
		}
		if o.atH < -recentH {
			p.recent = i + 1
		}
		p.obs = append(p.obs, o)
	}
	for k := 1; k <= usualDaysBack; k++ {
		t := h.NowH - 24*float64(k)
		if t >= h.FromH && slices.Contains(known, k) {
			rows = append(rows, rowSource{int32(-k * ticksPerDay), -1})
		}
	}
	rows = append(rows, rowSource{0, -2})
	slices.SortStableFunc(rows, func(a, b rowSource) int { return int(a.tick) - int(b.tick) })
	ticks := make([]int32, len(rows))
	for i, r := range rows {
		ticks[i] = max(r.tick, start)
		switch r.obs {
		case -1:
			p.usual = append(p.usual, int32(i))
		case -2:
			p.nowRow = int32(i)
		default:
			p.obs[r.obs].row = i
		}
	}
	p.scored = len(p.obs)
	p.start = start
	p.record = newTrack(start, 0, doses, ticks)
	p.used = p.record.used
	if p.day != nil {
		p.used |= p.day.used
	}

	// What the person does now, for "same as now".
	if p.cycle = min(cycleDays, len(known)); p.cycle > 0 {
		for i, k := range known[:p.cycle] {
			for _, d := range h.dayIntakes(k) {
				d.AtH += 24*float64(k-i) - h.NowH
				p.repeat = append(p.repeat, d)
			}
		}
		slices.SortStableFunc(p.repeat, func(a, b Intake) int {
			if a.AtH < b.AtH {
				return -1
			} else if a.AtH > b.AtH {
				return 1
			}
			return 0
		})
		for _, d := range p.repeat {
			p.forms |= 1 << d.Form
		}
	}
	for _, list := range [][]trackDose{doses, p.pending, day} {
		for _, d := range list {
			p.forms |= 1 << d.form
		}
	}
	p.lay(doses, day)
	return p
}

func abs(i int) int { return max(i, -i) }

func (p *problem) newLatent(kind latentKind, nth int) int {
	if nth >= maxLatents && len(p.latent) > 0 {
		return len(p.latent) - 1
	}
	p.latent = append(p.latent, kind)
	return len(p.latent) - 1
}

func (p *problem) group(product, latent int) int32 {
	g := doseGroup{product, latent}
	i, ok := p.groupOf[g]
	if !ok {
		i = int32(len(p.groups))
		p.groupOf[g] = i
		p.groups = append(p.groups, g)
	}
	return i
}
