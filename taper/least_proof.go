package taper

import (
	"context"
	"math"
	"slices"
)

// byDay follows a plan through all its days and gives each body's worst hours.
func (p *planner) byDay(ctx context.Context, levels []int) ([][]float32, error) {
	out := make([][]float32, len(p.copies))
	each(len(p.copies), func(i int, _ *[]float32) bool {
		out[i] = make([]float32, len(p.ceiling))
		for b, of := range p.blocks {
			p.bodies.Follow(i, Stretch{Begin: of.first, Days: of.days, Level: levels[b], From: b, To: b + 1, Drug: -1}, out[i][of.first:of.first+of.days])
		}
		return ctx.Err() == nil
	})
	return out, ctx.Err()
}

// certify says of a plan how far nothing can be under it, and what binds it.
func (p *planner) certify(ctx context.Context, levels []int) (Certificate, error) {
	c := Certificate{Proof: Good, Lowest: 1, Grains: 1}
	if n := len(p.ladder); n > 1 {
		c.Grains = p.ladder[n-1].Grains() - p.ladder[n-2].Grains()
	}
	any := 0
	for i, copies := range p.copies {
		if slices.ContainsFunc(p.over, func(b []bool) bool { return b[i] }) {
			any += copies
		}
	}
	c.Joint = p.part(p.total - any)
	for d, n := range p.overs {
		if under := p.part(p.total - n); under < c.Lowest {
			c.Lowest, c.Worst = under, d
		}
	}
	if p.limits.Unproven {
		return c, nil
	}
	var err error
	if c.Binds, err = p.binds(ctx, levels); err != nil {
		return c, err
	}
	under, ok, err := p.underAll(ctx, levels)
	if err != nil || !ok {
		return c, err
	}
	for b, of := range p.blocks {
		c.Bound = append(c.Bound, slices.Repeat([]int{p.ladder[under[b]].Grains()}, of.days)...)
	}
	switch goes, could := p.reached(levels), p.reached(under); {
	case slices.Equal(levels, under):
		c.Proof = Least
	case goes >= 0 && could >= 0:
		c.Proof, c.Within = Within, max(0, goes-could)
	}
	return c, nil
}

// settledDays after a plan came to its goal nothing of it is felt that was not
// felt before. Assumed; a bound that looks no further is lower, and still one.
const settledDays = 14

// ends is how many blocks a bound looks at: after that it is the goal.
func (p *planner) ends(levels []int) int {
	day := p.reached(levels)
	if day < 0 {
		return len(p.blocks)
	}
	for b, of := range p.blocks {
		if of.first > day+settledDays {
			return b
		}
	}
	return len(p.blocks)
}

func (p *planner) part(n int) float64 { return float64(n) / float64(p.total) }

// reached is the day on which a plan comes to its goal; -1 where it does not.
func (p *planner) reached(levels []int) int {
	b := slices.Index(levels, 0)
	if b < 0 {
		return -1
	}
	return p.blocks[b].first
}

// binds says of every step why it is not lower. The bodies stand at the marks of
// the plan.
func (p *planner) binds(ctx context.Context, levels []int) ([]Bind, error) {
	var list []Bind
	for b, level := range levels {
		before := len(p.ladder) - 1
		if b > 0 {
			if before = levels[b-1]; level == before {
				continue
			}
		}
		one := Bind{Day: p.blocks[b].first}
		switch {
		case level == 0:
			one.Reason = AtGoal
		case p.raised[b] >= 0 && level == p.low[b]:
			one.Reason, one.Night = ForLater, p.blocks[p.raised[b]].first
		case level == p.floor(before):
			one.Reason = AtLargest
		default:
			one.Reason = AtCeiling
			p.fewer(b, level-1, &one)
		}
		list = append(list, one)
	}
	return list, ctx.Err()
}

// fewer finds the night of a block that a level is too low for, and the bodies
// that are over the ceiling then.
func (p *planner) fewer(b, level int, one *Bind) {
	of := p.blocks[b]
	peaks := make([]float32, of.days)
	over, who := make([]int, of.days), make([][]int, of.days)
	for i := range p.copies {
		p.bodies.Follow(i, Stretch{Begin: of.first, Days: of.days, Level: level, From: b, To: -1, Drug: -1}, peaks)
		for d, v := range peaks {
			if v > p.ceiling[of.first+d] {
				over[d] += p.copies[i]
				who[d] = append(who[d], i)
			}
		}
	}
	most := 0
	for d, n := range over {
		if n > over[most] {
			most = d
		}
	}
	one.Night, one.Over, one.Bodies = of.first+most, p.part(over[most]), who[most]
}

// infeasible says on which day going on as now is over the ceiling, and what
// would help.
func (p *planner) infeasible(ctx context.Context) error {
	peaks, err := p.byDay(ctx, slices.Repeat([]int{len(p.ladder) - 1}, len(p.blocks)))
	if err != nil {
		return err
	}
	e := &Infeasible{Day: -1, From: 0}
	need := float32(0)
	day := make([]float32, 0, p.total)
	for d, c := range p.ceiling {
		over := 0
		day = day[:0]
		for i, row := range peaks {
			if row[d] > c {
				over += p.copies[i]
			}
			day = append(day, slices.Repeat([]float32{row[d]}, p.copies[i])...)
		}
		slices.Sort(day)
		need = max(need, day[p.total-1-p.allowed])
		if over <= p.allowed {
			continue
		}
		if e.Day < 0 {
			e.Day, e.Over = d, p.part(over)
		}
		e.From = d + 1
	}
	if e.Ceiling = math.Ceil(10*float64(need)) / 10; e.From >= len(p.ceiling)-tailDays {
		e.From = -1
	}
	return e
}
