package taper

import (
	"context"
	"math"
	"slices"
	"sync"
	"sync/atomic"
)

// block is the days between two possible steps.
type block struct{ first, days int }

// planner looks for the least plan over one ladder. Its marks are 0 to n for the
// plan and n+1 to 2n+1 for who goes on as now, n being the number of blocks.
type planner struct {
	limits  *Limits
	ladder  Ladder
	bodies  Bodies
	copies  []int
	total   int
	blocks  []block
	ceiling []float32 // by day
	allowed int       // copies that may be over the ceiling on a day
	// bound has the drug of who goes on as now, see Stretch.Drug.
	bound bool
	// scan looks at every level from below: more does not always make a block
	// milder.
	scan bool
	// nudged says that a block had no level that keeps to the limits before the
	// one before it was raised.
	nudged bool
	order  []int // bodies, those nearest the ceiling first
	near   []float32
	low    []int // by block: the level that a later block needs, or 0,
	raised []int // and which; -1 where none does
	day    int   // over the ceiling in the last try that failed
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
	if err := p.probe(ctx); err != nil {
		return nil, err
	}
	drop := 0
	for b := 0; b < n; {
		before := top
		if b > 0 {
			before = levels[b-1]
		}
		if p.bound {
			if _, err := p.try(ctx, b, top, true); err != nil {
				return nil, err
			}
		}
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
			if p.nudged = true; before == top {
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

// lowest is the lowest level from..to that keeps block b under its ceiling, and
// leaves the bodies at its end; ok is false where none does. drop is how far down
// the block before came: a guess to begin with.
func (p *planner) lowest(ctx context.Context, b, from, to, drop int) (level int, ok bool, err error) {
	if from > to {
		return 0, false, nil
	}
	if p.scan {
		for level = from; level <= to; level++ {
			if ok, err = p.try(ctx, b, level, false); ok || err != nil {
				return level, ok, err
			}
		}
		return 0, false, nil
	}
	// fails is a level that does not keep to it, or one below all; fits one that
	// does, or one above all.
	fails, fits, last := from-1, to+1, -1
	at := max(to-drop, from)
	for jump := 1; fits-fails > 1; jump *= 2 {
		if ok, err = p.try(ctx, b, at, false); err != nil {
			return 0, false, err
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
	if fits > to {
		return 0, false, nil
	}
	if last != fits {
		_, err = p.try(ctx, b, fits, false)
	}
	return fits, true, err
}

// workers share the bodies of a try.
const workers = 2

// try follows all bodies through a block of one level, and reports whether so
// many of them as the limits ask stay under the ceiling on every day. It stops
// as soon as they do not. held follows who goes on as now instead.
func (p *planner) try(ctx context.Context, b, level int, held bool) (bool, error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	n, of := len(p.blocks)+1, p.blocks[b]
	s := Stretch{Begin: of.first, Days: of.days, Level: level, From: b, To: b + 1, Drug: -1}
	switch {
	case held:
		if s.To += n; b > 0 {
			s.From += n
		}
	case p.bound && b > 0:
		s.Drug = b + n
	}
	over := make([]atomic.Int32, of.days)
	var failed atomic.Int32
	failed.Store(-1)
	each(len(p.order), func(k int, room *[]float32) bool {
		i := p.order[k]
		peaks := fit(room, of.days)
		p.bodies.Follow(i, s, peaks)
		if held {
			return true
		}
		near := float32(0)
		for d, v := range peaks {
			c := p.ceiling[of.first+d]
			near = max(near, v/c)
			if v > c && int(over[d].Add(int32(p.copies[i]))) > p.allowed {
				failed.CompareAndSwap(-1, int32(of.first+d))
			}
		}
		p.near[i] = near
		return failed.Load() < 0
	})
	if p.day = int(failed.Load()); p.day >= 0 {
		return false, nil
	}
	if !held {
		slices.SortStableFunc(p.order, func(i, j int) int {
			switch {
			case p.near[i] > p.near[j]:
				return -1
			case p.near[i] < p.near[j]:
				return 1
			}
			return i - j
		})
	}
	return true, nil
}

// each does work for 0 to n-1, with room of the worker's own, until it says
// that there is enough.
func each(n int, work func(k int, room *[]float32) bool) {
	var next atomic.Int64
	var stop atomic.Bool
	var done sync.WaitGroup
	const piece = 8
	for range min(workers, (n+piece-1)/piece) {
		done.Go(func() {
			var room []float32
			for !stop.Load() {
				from := int(next.Add(piece)) - piece
				for k := from; k < min(from+piece, n); k++ {
					if !work(k, &room) {
						stop.Store(true)
						return
					}
				}
				if from >= n {
					return
				}
			}
		})
	}
	done.Wait()
}

func fit(room *[]float32, n int) []float32 {
	if cap(*room) < n {
		*room = make([]float32, n)
	}
	return (*room)[:n]
}

// probed is how many levels are compared before it is taken for granted that
// more makes a block milder.
const probed = 16

// probe looks whether more makes the first block milder for every body: whether
// none is under the ceiling with less and over it with more.
func (p *planner) probe(ctx context.Context) error {
	top, days := len(p.ladder)-1, p.blocks[0].days
	step := max(1, top/probed)
	var bad atomic.Bool
	each(len(p.order), func(i int, room *[]float32) bool {
		peaks := fit(room, days)
		under := false
		for level := 0; ; level = min(level+step, top) {
			p.bodies.Follow(i, Stretch{Days: days, Level: level, To: -1, Drug: -1}, peaks)
			now := true
			for d, v := range peaks {
				now = now && v <= p.ceiling[d]
			}
			if under && !now {
				bad.Store(true)
			}
			if under = now; level == top {
				return ctx.Err() == nil
			}
		}
	})
	p.scan = bad.Load()
	return ctx.Err()
}
