package taper

import (
	"context"
	"math"
	"slices"
)

// block is the days between two possible steps.
type block struct{ first, days int }

// planner looks for the least plan over one ladder. Its marks are 0 to n for the
// plan, n+1 to 2n+1 for who goes on as now, n being the number of blocks, and two
// more for what is supposed.
type planner struct {
	limits  *Limits
	ladder  Ladder
	bodies  Bodies
	copies  []int
	total   int
	blocks  []block
	ceiling []float32 // by day
	allowed int       // copies that may be over the ceiling on a day
	// prior is supposed of the block before, where a bound is looked for.
	prior  *yesterday
	overs  []int    // by day: copies over the ceiling in the plan so far
	over   [][]bool // by block and body: over it on some day of that
	order  []int    // bodies, those nearest the ceiling first
	near   []float32
	low    []int // by block: the level that a later block needs, or 0,
	raised []int // and which; -1 where none does
}

func newPlanner(l *Limits, ladder Ladder, bodies Bodies) *planner {
	p := &planner{limits: l, ladder: ladder, bodies: bodies, copies: bodies.Copies()}
	for i, c := range p.copies {
		p.total += c
		p.order = append(p.order, i)
	}
	p.near = make([]float32, len(p.copies))
	p.allowed = int(math.Floor((1-l.Share)*float64(p.total) + 1e-9))
	p.ceiling = slices.Repeat([]float32{float32(l.Ceiling)}, l.Days+tailDays)
	hard := make([]bool, l.Days+1)
	for _, d := range l.Hard {
		p.ceiling[d], hard[d] = float32(min(l.HardCeiling, l.Ceiling)), true
	}
	for first := 0; first < l.Days; {
		next := first + l.Every
		for next < l.Days && hard[next] {
			next++
		}
		if next >= l.Days {
			next = l.Days + tailDays
		}
		p.blocks = append(p.blocks, block{first, next - first})
		first = next
	}
	p.overs = make([]int, len(p.ceiling))
	p.over = make([][]bool, len(p.blocks))
	for b := range p.over {
		p.over[b] = make([]bool, len(p.copies))
	}
	return p
}

// floor is the lowest level that the largest step allows after another.
func (p *planner) floor(before int) int {
	if p.limits.Largest <= 0 || before == 0 {
		return 0
	}
	least := float64(p.ladder[before].Grains()) * (1 - p.limits.Largest/100)
	level := before - 1
	for level > 0 && float64(p.ladder[level-1].Grains()) >= least-1e-9 {
		level--
	}
	return level
}

// solve raises the lowest levels until every block is under its ceiling and no
// block is above the one before it. What it gives is at or below every plan that
// keeps to the limits, as far as Proof says.
func (p *planner) solve(ctx context.Context) ([]int, error) {
	top, n := len(p.ladder)-1, len(p.blocks)
	levels := make([]int, n)
	p.low, p.raised = make([]int, n), slices.Repeat([]int{-1}, n)
	drop := 0
	for b := 0; b < n; {
		before := p.before(levels, b)
		from := max(p.floor(before), p.low[b])
		level, ok, err := p.lowest(ctx, b, from, before, drop)
		if err != nil {
			return nil, err
		}
		if ok {
			levels[b], drop = level, before-level
			b++
			continue
		}
		if b == 0 {
			return nil, p.infeasible(ctx)
		}
		// This block needs more than the one before it has, so all before it do.
		need, ok, err := p.lowest(ctx, b, before+1, top, 0)
		if err != nil {
			return nil, err
		}
		if !ok {
			// What was taken yesterday still helps today: raising this block alone
			// does not do.
			if before == top {
				return nil, p.infeasible(ctx)
			}
			need = before + 1
		}
		back := b
		for j := b - 1; j >= 0 && levels[j] < need; j-- {
			p.low[j], p.raised[j], back = need, b, j
		}
		b, drop = back, 0
	}
	return levels, nil
}

// before is the level before a block.
func (p *planner) before(levels []int, b int) int {
	if b == 0 {
		return len(p.ladder) - 1
	}
	return levels[b-1]
}

// lowest is the lowest level from..to that keeps block b under its ceiling, and
// leaves the bodies at its end; ok is false where none does. drop is how far down
// the block before came: a guess to begin with, which a few of the bodies mend.
func (p *planner) lowest(ctx context.Context, b, from, to, drop int) (level int, ok bool, err error) {
	if from > to {
		return 0, false, nil
	}
	all := group{bodies: p.order, allowed: p.allowed}
	guess := max(to-drop, from)
	if some := p.some(); to-from > 1 {
		if guess, _, err = p.search(ctx, b, from, to, guess, some); err != nil {
			return 0, false, err
		}
	}
	// One less first: that it fails is soon seen, and the last try is to be the
	// one that holds.
	level, last, err := p.search(ctx, b, from, to, max(guess-1, from), all)
	if err != nil {
		return 0, false, err
	}
	lower, err := p.below(ctx, b, from, level)
	switch {
	case err != nil || lower > to:
		return 0, false, err
	case lower < level: // then each is looked at, from below
		for level = from; level < lower; level++ {
			if ok, err = p.try(ctx, b, level, all); ok || err != nil {
				return level, ok, err
			}
		}
		return lower, true, p.again(ctx, b, lower)
	case last != level && p.prior == nil:
		err = p.again(ctx, b, level)
	}
	return level, true, err
}

// again leaves the bodies at the end of a block of a level that keeps to it.
func (p *planner) again(ctx context.Context, b, level int) error {
	_, err := p.try(ctx, b, level, group{bodies: p.order, allowed: p.allowed})
	return err
}

// search finds the lowest level from..to at which a group of bodies keeps block b
// under its ceiling, from a guess on and as if more made it milder; more than to
// where none does. last is the level that was tried last.
func (p *planner) search(ctx context.Context, b, from, to, at int, g group) (level, last int, err error) {
	// fails is a level that does not keep to it, or one below all; fits one that
	// does, or one above all.
	fails, fits := from-1, to+1
	for jump := 1; fits-fails > 1; jump *= 2 {
		ok, err := p.try(ctx, b, at, g)
		if err != nil {
			return 0, 0, err
		}
		last = at
		if ok {
			if fits = at; fails < from { // nothing below is known yet
				at = max(at-jump, from)
				continue
			}
		} else if fails = at; fits > to {
			at = min(at+jump, to)
			continue
		}
		at = (fails + fits) / 2
	}
	return fits, last, nil
}

// probed is how many levels below the one that was found are looked at, as some
// may hold after all.
const probed = 4

// below looks whether a lower level keeps block b under its ceiling after all:
// more does not always make a body milder, as who takes more by day can come
// further down at night. It gives the lowest of those it looks at.
func (p *planner) below(ctx context.Context, b, from, level int) (int, error) {
	all := group{p.order, p.allowed, true}
	for k, last := 0, -1; k < probed; k++ {
		at := from + k*(level-1-from)/probed
		if at == last || at >= level-1 {
			continue
		}
		last = at
		if ok, err := p.try(ctx, b, at, all); ok || err != nil {
			return at, err
		}
	}
	return level, nil
}
