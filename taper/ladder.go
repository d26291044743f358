package taper

import "slices"

// mostLevels is how many amounts a ladder holds; with more grains than that it
// goes by several at a time.
const mostLevels = 900

// Ladder are the days that a least plan chooses from, down to the goal: level 0
// is the goal, the last one the start. Each holds no more than the next one in
// any dose.
type Ladder []Pattern

// Keep says which dose of a day keeps its amount longest.
type Keep string

// Keeps, in the order in which a form offers them.
const (
	KeepAlike Keep = ""      // each dose keeps the same part
	KeepLast  Keep = "last"  // the last dose of the day goes last
	KeepFirst Keep = "first" // the first one does
)

// Keeps are all of them.
var Keeps = []Keep{KeepAlike, KeepLast, KeepFirst}

// NewLadder is the ladder from a start down to a goal (amount a day) on which
// each dose keeps the same part.
func NewLadder(s *Start, goal float64) (Ladder, error) { return NewLadderKeeping(s, goal, KeepAlike) }

// NewLadderKeeping is the ladder from a start down to a goal (amount a day): the
// start, less a grain at a time from the dose that keeps the largest part of what
// it held; that which is to be kept comes last.
func NewLadderKeeping(s *Start, goal float64, keep Keep) (Ladder, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	if !(goal >= 0) || goal > s.Amount(s.Day.Grains()) {
		return nil, refuse("way.goal_range")
	}
	n := len(s.Day)
	var first, goes, last Pattern
	switch keep {
	case KeepAlike:
		goes = s.Day
	case KeepLast:
		goes, last = s.Day[:n-1], s.Day[n-1:]
	case KeepFirst:
		first, goes = s.Day[:1], s.Day[1:]
	default:
		return nil, refuse("way.no_keep")
	}
	low, top := min(s.Ceil(goal), s.Day.Grains()), s.Day.Grains()
	by := (top-low)/mostLevels + 1
	l := Ladder{s.Day.clone()}
	for now := top; now > low; {
		now = max(now-by, low)
		kept := first.Grains() + last.Grains()
		goes = goes.less(max(now-kept, 0), s.Day)
		first = first.less(min(now, first.Grains()), s.Day)
		last = last.less(min(now, last.Grains()), s.Day)
		l = append(l, slices.Concat(first, goes, last))
	}
	slices.Reverse(l)
	return l, nil
}
