package chart

import "time"

// Strip is a line of time that ends in now, with marks where something was.
type Strip struct {
	Class string
	// Said is what a screen reader says of it; empty where a list beside it
	// says the same.
	Said  string
	X     Time
	Ticks []Tick
	Marks []Mark
	// Now is written at the end.
	Now string
}

// Mark is something at a time.
type Mark struct {
	At time.Time
	// Shape says how it is drawn, and marks of one shape that lie too near to
	// tell apart share one.
	Shape Shape
}

// Shape is how a mark is drawn.
type Shape string

// The shapes of marks: a dot on a stem above the line, a dot on the line, and
// a small dot on it.
const (
	Stem  Shape = "dose"
	Dot   Shape = "check"
	Small Shape = "other"
)

// together is how near two marks may come, as a share of the width, before
// they share one.
const together = 0.022

// placed is a mark at its place, with how many it stands for.
type placed struct {
	Mark
	x float64
	n int
}

// placed are the marks in their places. What lies before the line is not on
// it, what lies past its end stands at the end.
func (s *Strip) placed() []placed {
	_, right := s.X.ends()
	var list []placed
	last := map[Shape]int{}
	for _, m := range s.Marks {
		if m.At.Before(s.X.From) {
			continue
		}
		x := min(s.X.Along(m.At), right)
		if i, ok := last[m.Shape]; ok && x-list[i].x < together {
			list[i].n++
			continue
		}
		last[m.Shape] = len(list)
		list = append(list, placed{m, x, 1})
	}
	return list
}

func (s *Strip) end() string {
	_, right := s.X.ends()
	return percent(right)
}
