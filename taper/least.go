package taper

import (
	"context"
	"math"
)

// Limits are what a person sets for the lowest amounts that keep what coming
// down adds under a ceiling. All numbers are theirs.
type Limits struct {
	// Ceiling is the most that coming down may add at the worst hour of a day, in
	// points of 0 to 10, more than 0.
	Ceiling float64
	// Share of the bodies that must stay under it on each day, 0.5 to 1. It is
	// said of each day by itself: Certificate.Joint has all days together.
	Share float64
	// Every is how many days a step lasts at least, 1 to 90.
	Every int
	// Largest is the largest step, in percent of the amount before it; one grain is
	// always allowed. 0 sets no limit.
	Largest float64
	// Hard are days (0 is the first) with a ceiling of their own, HardCeiling, and
	// no step.
	Hard        []int
	HardCeiling float64
	// Days is how far to plan, 1 to MostPlanned.
	Days int
	// Keep is which dose of a day keeps its amount longest: that of the ladder.
	Keep Keep
	// Unproven leaves out the bound and what binds, which take about as long as the
	// plan.
	Unproven bool
}

// MostPlanned is how many days ahead the least plan looks.
const MostPlanned = 180

// tailDays after the last day that a step can come on are watched too, as what a
// step brings comes days later. Assumed.
const tailDays = 7

func (l *Limits) check() error {
	switch {
	case !(l.Ceiling > 0 && l.Ceiling <= 10), len(l.Hard) > 0 && !(l.HardCeiling > 0 && l.HardCeiling <= 10):
		return refuse("way.ceiling_range")
	case !(l.Share >= 0.5 && l.Share <= 1):
		return refuse("way.share_range")
	case l.Every < 1 || l.Every > 90:
		return refuse("way.least_every_range")
	case !(l.Largest >= 0 && l.Largest <= 100):
		return refuse("way.largest_range")
	case l.Days < 1 || l.Days > MostPlanned:
		return refuse("way.planned_range", "n", MostPlanned)
	}
	for _, d := range l.Hard {
		if d < 0 || d >= l.Days {
			return refuse("way.hard_range", "n", l.Days)
		}
	}
	return nil
}

// Bodies are the people for whom a plan is to hold: one for each draw of who
// somebody may be, all at the moment when the first dose of the plan's first day
// begins to act. Follow is called by several goroutines at once, for different
// bodies.
type Bodies interface {
	// Copies is how often each body counts, more than 0.
	Copies() []int
	// Follow takes body i through a stretch of days of one level and writes for
	// each day how much the doses add at its worst hour, in points of 0 to 10. The
	// day ends when the next day's first dose begins to act, so that a night
	// belongs to the dose before it.
	Follow(i int, s Stretch, peaks []float32)
}

// Stretch are some days of one level.
type Stretch struct {
	Begin, Days int // the first day and how many
	Level       int // of the Ladder
	// From is the mark at which the body begins, 0 being the beginning of the
	// plan; it is left at mark To, where that is not negative.
	From, To int
	// Drug, where it is not negative, is the mark from which what is still in the
	// body is taken; how far the body has adjusted is that of From all the same.
	// No body can be better off than one that has the drug of the highest plan and
	// has adjusted to the lowest.
	Drug int
}

// Proof says how sure it is that no plan is lower.
type Proof string

// Proofs.
const (
	// Least: no plan that keeps to the limits is lower on any day.
	Least Proof = "least"
	// Within: no plan that keeps to the limits comes to its goal more than
	// Certificate.Within days sooner.
	Within Proof = "within"
	// Good: it keeps to the limits, and nothing is proven.
	Good Proof = "good"
)

// Certificate is what is known of a least plan.
type Certificate struct {
	Proof  Proof
	Within int // days
	// Grains between one level of the ladder and the next: 1 but for who counts in
	// more than mostLevels of them.
	Grains int
	// Bound are the grains that no plan can be under, day by day.
	Bound []int
	// Lowest is the share of bodies under the ceiling on the day that has fewest of
	// them, on Worst; Joint the share that are under it on all days.
	Lowest float64
	Worst  int
	Joint  float64
	// Binds says of every step why it is not lower.
	Binds []Bind
}

// Reason is why a step is not lower.
type Reason string

// Reasons.
const (
	AtCeiling Reason = "ceiling" // one grain less is over the ceiling
	AtLargest Reason = "largest" // the step would be larger than the person set
	AtGoal    Reason = "goal"
	ForLater  Reason = "later" // a later day needs it, and a plan never rises
)

// Bind is why a step is not lower.
type Bind struct {
	Day    int // of the step
	Reason Reason
	// Night is the day whose ceiling holds it, for AtCeiling and ForLater, and
	// Over the share of bodies that a grain less would put over it; Bodies are
	// they. Only AtCeiling has the last two.
	Night  int
	Over   float64
	Bodies []int
}

// Infeasible says that not even the amount now keeps to the limits.
type Infeasible struct {
	// Day is the first day over the ceiling though nothing was lowered, and Over
	// the share of bodies over it.
	Day  int
	Over float64
	// Ceiling is the lowest one that the amount now keeps to on all days, a tenth
	// of a point up; From the first day from which it keeps to the one that was
	// set until the end, -1 where there is none.
	Ceiling float64
	From    int
}

func (*Infeasible) Error() string { return "way.infeasible" }

// Text is the key of the sentence and its arguments.
func (e *Infeasible) Text() (key string, args []any) {
	args = []any{"n", e.Day + 1, "over", math.Ceil(100*e.Over - 1e-9), "ceiling", e.Ceiling}
	if e.From < 0 {
		return "way.infeasible", args
	}
	return "way.infeasible_until", append(args, "from", e.From+1)
}

// LeastPlan is the lowest plan on a ladder that keeps to limits: the least
// element of all that do, where more on an earlier day never makes a later one
// milder (docs/least-plan.md); the certificate says how far
// that holds for these bodies. A plan never rises and may step on its first day.
// The error is an *InputError, an *Infeasible, or that of the context.
//
// The same bodies and limits give the same plan.
func LeastPlan(ctx context.Context, s Start, ladder Ladder, l Limits, bodies Bodies) (Schedule, Certificate, error) {
	if err := l.check(); err != nil {
		return Schedule{}, Certificate{}, err
	}
	p := newPlanner(&l, ladder, bodies)
	levels, err := p.solve(ctx)
	if err != nil {
		return Schedule{}, Certificate{}, err
	}
	c, err := p.certify(ctx, levels)
	if err != nil {
		return Schedule{}, Certificate{}, err
	}
	out := Schedule{Start: s, Pace: Pace{Strategy: Lowest, Limits: l}, Goal: ladder[0].Grains(), Reached: -1}
	for b, level := range levels {
		if b == 0 || level != levels[b-1] {
			out.Steps = append(out.Steps, Step{p.blocks[b].first, ladder[level].clone()})
		}
	}
	out.tidy()
	return out, c, nil
}
