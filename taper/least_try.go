package taper

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
)

// group are some of the bodies, and how many copies of them may be over the
// ceiling on a day.
type group struct {
	bodies  []int
	allowed int
	look    bool // leave the plan so far as it is
}

// sampled is every which body, in order of how near it came to the ceiling, is
// asked first.
const sampled = 12

func (p *planner) some() group {
	var g group
	total := 0
	for k := sampled / 2; k < len(p.order); k += sampled {
		g.bodies = append(g.bodies, p.order[k])
		total += p.copies[p.order[k]]
	}
	g.allowed = int((1 - p.limits.Share) * float64(total))
	return g
}

// workers share the bodies of a try.
const workers = 2

// try follows a group of bodies through a block of one level, and reports whether
// so many of them as the limits ask stay under the ceiling on every day. It stops
// as soon as they do not.
func (p *planner) try(ctx context.Context, b, level int, g group) (bool, error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	of := p.blocks[b]
	s := Stretch{Begin: of.first, Days: of.days, Level: level, From: b, To: b + 1, Drug: -1}
	if g.look || p.prior != nil {
		s.To = -1
	}
	over, mine := make([]atomic.Int32, of.days), p.over[b]
	var failed atomic.Bool
	each(len(g.bodies), func(k int, room *[]float32) bool {
		i := g.bodies[k]
		s := s
		if p.prior != nil {
			s.From, s.Drug = p.suppose(i, room)
		}
		peaks := fit(room, of.days)
		p.bodies.Follow(i, s, peaks)
		near, any := float32(0), false
		for d, v := range peaks {
			c := p.ceiling[of.first+d]
			near = max(near, v/c)
			if v > c {
				any = true
				if int(over[d].Add(int32(p.copies[i]))) > g.allowed {
					failed.Store(true)
				}
			}
		}
		if !g.look {
			p.near[i], mine[i] = near, any
		}
		return !failed.Load()
	})
	if failed.Load() || g.look || len(g.bodies) < len(p.order) {
		return !failed.Load(), nil
	}
	for d := range over {
		p.overs[of.first+d] = int(over[d].Load())
	}
	slices.SortStableFunc(p.order, func(i, j int) int {
		switch {
		case p.near[i] > p.near[j]:
			return -1
		case p.near[i] < p.near[j]:
			return 1
		}
		return i - j
	})
	return true, nil
}

// goOn follows who goes on as now through a block, at marks of their own.
func (p *planner) goOn(b int) {
	n, of := len(p.blocks)+1, p.blocks[b]
	s := Stretch{Begin: of.first, Days: of.days, Level: len(p.ladder) - 1, To: n + b + 1, Drug: -1}
	if b > 0 {
		s.From = n + b
	}
	each(len(p.copies), func(i int, room *[]float32) bool {
		p.bodies.Follow(i, s, fit(room, of.days))
		return true
	})
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
