package chart

import (
	"strconv"
	"strings"
	"time"
)

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
	// Top labels the upper edge; empty for none.
	Top    string
	Across []Rule
	Bands  []Band // the widest first: later ones cover it
	Lines  []Series
	Now    *Now // nil where no moment is marked
}

// Axis is the time of a plot with what is written along it.
type Axis struct {
	Time
	Ticks []Tick
	// Down are lines from top to bottom, such as midnights, as shares of the
	// width.
	Down []float64
}

// Series is a line through points in order of time.
type Series struct {
	Class  string
	Points []Point
}

// Point is a value at a time.
type Point struct {
	At    time.Time
	Value float64
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
}

// Rule is a line across at a round figure, with its label.
type Rule struct {
	Value float64
	Label string
}

// Now marks a moment: what lies after it is shaded, and a dot stands at its
// value.
type Now struct {
	At    time.Time
	Value float64
}

// Under is the room between a line and the bottom.
func (s Series) Under(class string, y Linear) Band {
	b := Band{Class: class, Spans: make([]Span, len(s.Points))}
	for i, p := range s.Points {
		b.Spans[i] = Span{p.At, y.Low, p.Value}
	}
	return b
}

// Split parts a line at a point, which belongs to both parts.
func (s Series) Split(at int, after string) (Series, Series) {
	return Series{s.Class, s.Points[:at+1]}, Series{after, s.Points[at:]}
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

// The box that shapes are drawn in. The page stretches it, so its units are
// shares of the width and height.
const (
	boxWidth, boxHeight = 1000, 100
	// footRoom is what a line of labels below a box takes, in CSS pixels, and
	// footLine where it stands.
	footRoom, footLine = 22, 17
	topLine            = 12
)

func (p *Plot) base() int { return p.Above + p.Height }

// line is the path of a series in the box.
func (p *Plot) line(s Series) string {
	var path strings.Builder
	for i, one := range s.Points {
		p.to(&path, i == 0, one.At, one.Value)
	}
	return path.String()
}

// area is the path around a band: its upper edge, and back along the lower.
func (p *Plot) area(b Band) string {
	var path strings.Builder
	for i, s := range b.Spans {
		p.to(&path, i == 0, s.At, s.High)
	}
	for i := len(b.Spans) - 1; i >= 0; i-- {
		p.to(&path, false, b.Spans[i].At, b.Spans[i].Low)
	}
	if path.Len() > 0 {
		path.WriteByte('Z')
	}
	return path.String()
}

func (p *Plot) to(path *strings.Builder, begin bool, at time.Time, value float64) {
	if begin {
		path.WriteByte('M')
	} else {
		path.WriteByte('L')
	}
	path.WriteString(strconv.FormatFloat(boxWidth*p.X.Along(at), 'f', 0, 64))
	path.WriteByte(' ')
	path.WriteString(strconv.FormatFloat(boxHeight*(1-p.Y.Up(value)), 'f', 1, 64))
}

// down is how far down from the top of the box a value lies.
func (p *Plot) down(value float64) string { return percent(1 - p.Y.Up(value)) }

func px(n int) string { return strconv.Itoa(n) }
