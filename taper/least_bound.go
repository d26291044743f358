package taper

import (
	"context"
	"slices"
)

// yesterday is what the block before is supposed to be while a bound is looked
// for: at least one level, which is what the bodies have adjusted to, and at most
// another, which is the drug that they still have in them. So it holds for every
// level between the two.
type yesterday struct {
	block     int // looked for: the one before it is supposed
	low, high int
	ready     []bool // bodies that stand there
}

// rungs is how many ranges of levels the block before is supposed to be in, each
// twice as wide as the one below it; the last goes to the top.
const rungs = 4

// mostAnew is how many blocks are looked at in all, those anew among them.
const mostAnew = 1000

// underAll is a plan that none that keeps to the limits is under on any day, as
// far as docs/least-plan.md supposes; ok is false where none was found. levels are
// a plan that does keep to them.
//
// A block's own drug fades within days, so that what can still help in it was
// taken in the block before: that one is supposed to be in each range of levels in
// turn, after somebody who went on as now until then.
func (p *planner) underAll(ctx context.Context, levels []int) (under []int, ok bool, err error) {
	low := *p
	low.order = slices.Clone(p.order)
	low.near, low.low = make([]float32, len(p.copies)), make([]int, len(p.blocks))
	low.overs, low.over = slices.Clone(p.overs), [][]bool{}
	for range p.blocks {
		low.over = append(low.over, make([]bool, len(p.copies)))
	}
	under = make([]int, len(p.blocks))
	end, anew, on := p.ends(levels), 0, 0
	for b := 0; b < end; {
		for ; on < b-1; on++ {
			low.goOn(on)
		}
		level, before, ok, err := low.boundOf(ctx, b, under, levels)
		if anew++; err != nil || !ok || anew > mostAnew {
			return nil, false, err
		}
		if b > 0 && before > under[b-1] {
			// No plan has less than that in the block before, nor before it.
			back := b
			for j := b - 1; j >= 0 && under[j] < before; j-- {
				low.low[j], back = before, j
			}
			b = back // the levels from there on are found again
			continue
		}
		under[b] = level
		low.step(b, level)
		b++
	}
	return under, true, nil
}

// boundOf is the lowest level that any plan can have in a block, given that none
// is under those before it, and the lowest that any can have in the block before.
func (p *planner) boundOf(ctx context.Context, b int, under, levels []int) (level, before int, ok bool, err error) {
	p.prior = nil
	top := len(p.ladder) - 1
	if b == 0 {
		level, ok, err = p.lowest(ctx, 0, max(p.floor(top), p.low[0]), top, top-levels[0])
		return level, 0, ok, err
	}
	first, width := under[b-1], 1
	for k := 0; first <= top; k++ {
		last := min(first+width-1, top)
		if k == rungs-1 {
			last = top
		}
		p.prior = &yesterday{b, first, last, make([]bool, len(p.copies))}
		from, to := max(p.floor(first), p.low[b]), last
		if ok { // only what is lower than by another range
			to = min(to, level-1)
			holds := from <= to
			if holds {
				if holds, err = p.try(ctx, b, to, group{p.order, p.allowed, true}); err != nil {
					return 0, 0, false, err
				}
			}
			if !holds {
				from = to + 1
			}
		}
		if at, holds, err := p.lowest(ctx, b, from, to, max(0, to-levels[b])); err != nil {
			return 0, 0, false, err
		} else if holds {
			if !ok {
				before = first
			}
			level, ok = at, true
		}
		if k > 0 {
			width *= 2
		}
		first = last + 1
	}
	p.prior = nil
	return level, before, ok, nil
}

// step moves all bodies through a block of a level, to its mark.
func (p *planner) step(b, level int) {
	of := p.blocks[b]
	each(len(p.copies), func(i int, room *[]float32) bool {
		p.bodies.Follow(i, Stretch{Begin: of.first, Days: of.days, Level: level, From: b, To: b + 1, Drug: -1}, fit(room, of.days))
		return true
	})
}

// suppose puts body i where yesterday says that it can be, and says at which marks
// it has adjusted and has its drug.
func (p *planner) suppose(i int, room *[]float32) (adjusted, drug int) {
	y, n := p.prior, len(p.blocks)+1
	of := p.blocks[y.block-1]
	adjusted, drug = 2*n, 2*n+1
	if !y.ready[i] {
		peaks := fit(room, of.days)
		s := Stretch{Begin: of.first, Days: of.days, Level: y.low, From: y.block - 1, To: adjusted, Drug: -1}
		p.bodies.Follow(i, s, peaks)
		if s.Level, s.To = y.high, drug; y.block > 1 {
			s.From = n + y.block - 1
		}
		p.bodies.Follow(i, s, peaks)
		y.ready[i] = true
	}
	return adjusted, drug
}
