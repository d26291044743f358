package chart

import "time"

// Plot is a picture of quantities over time.
type Plot struct {
	// Class is of the picture, for its colours.
	Class string
	// Said is what a screen reader says of the picture; empty where the words
	// and the table beside it say the same, and the picture is hidden from it.
	Said string
	// Height is of the box with the lines, in CSS pixels, and Above the room
	// over it.
	Height, Above int

	X Axis
	Y Linear
	// Steps are the two or three figures along the side, with a faint line each.
	// Inside writes them into the picture, where it takes the whole width.
	Steps  []Rule
	Inside bool
	// Across are lines with a word of their own.
	Across []Rule
	Blanks []Blank
	Bands  []Band // the widest first: later ones cover it
	Bars   []Bar
	Lines  []Series
	Marks  []Mark
	Now    *Now   // nil where no moment is marked
	Probe  *Probe // nil where there is nothing to read out
}

// Axis is the time of a plot with what is written along it.
type Axis struct {
	Time
	Ticks []Tick
	// Dates is a second line of labels, under the first; empty for none.
	Dates []Tick
	// Down are lines from top to bottom, such as midnights, as shares of the
	// width.
	Down []float64
}

// Series is a line through points in order of time.
type Series struct {
	Class  string
	Points []Point
	// Dots marks every point: a line alone would hide how few there are.
	Dots bool
}

// Point is a value at a time.
type Point struct {
	At    time.Time
	Value float64
	// Broken says that nothing is known between the point before and this one:
	// no line is drawn there.
	Broken bool
}

// Band is the room between two lines.
type Band struct {
	Class string
	Spans []Span
}

// Span is a range at a time.
type Span struct {
	At        time.Time
	Low, High float64
	// Broken says that nothing is known between the span before and this one.
	Broken bool
}

// Bar is an amount over a time, with its range where Low and High differ. One
// of 0 is drawn as a line at the bottom, so that none is told from unknown.
type Bar struct {
	Class            string
	From, To         time.Time
	Value, Low, High float64
}

// Blank is a time of which nothing is known.
type Blank struct{ From, To time.Time }

// Rule is a line across at a round figure, with its label.
type Rule struct {
	Value float64
	Label string
}

// Mark is something that happened at a time.
type Mark struct {
	At    time.Time
	Class string
}

// Now marks a moment: what lies after it is shaded, and a dot stands at its
// value.
type Now struct {
	At    time.Time
	Value float64
	// Label is written at the top; Dotless leaves the dot out where there is no
	// value.
	Label   string
	Dotless bool
}

// Under is the room between a line and the bottom.
func (s Series) Under(class string, y Linear) Band {
	b := Band{Class: class, Spans: make([]Span, len(s.Points))}
	for i, p := range s.Points {
		b.Spans[i] = Span{At: p.At, Low: y.Low, High: p.Value, Broken: p.Broken}
	}
	return b
}

// Split parts a line at a point, which belongs to both parts.
func (s Series) Split(at int, after string) (Series, Series) {
	return Series{Class: s.Class, Points: s.Points[:at+1]}, Series{Class: after, Points: s.Points[at:]}
}

// Wide reports that a band is more than a line somewhere.
func (b Band) Wide() bool {
	for _, s := range b.Spans {
		if s.High > s.Low {
			return true
		}
	}
	return false
}
