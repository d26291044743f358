package chart

import (
	"math"
	"strconv"
	"time"
)

// Linear is a scale of a quantity, from Low at the bottom to High at the top.
type Linear struct{ Low, High float64 }

// Up is how far up a value lies, from 0 at the bottom to 1 at the top. A value
// beyond an end lies at that end, and so does one that is no number at the
// bottom; without a way between the ends everything lies at the bottom.
func (l Linear) Up(value float64) float64 {
	if !(l.High > l.Low) || math.IsNaN(value) {
		return 0
	}
	return min(max((value-l.Low)/(l.High-l.Low), 0), 1)
}

// Time is a scale of time from left to right.
type Time struct{ From, To time.Time }

// Along is where a moment lies, as a share of the width. Moments outside the
// scale lie outside 0 to 1.
func (t Time) Along(at time.Time) float64 {
	span := t.To.Sub(t.From)
	if span <= 0 {
		return 0
	}
	return float64(at.Sub(t.From)) / float64(span)
}

// Ceiling is the next round figure at or above f, for an upper edge with a
// plain label: 1, 1.5, 2, 3, 4, 5, 6, 8 or 10 of a power of ten. It is 0 for
// what is not above 0 or not finite.
func Ceiling(f float64) float64 {
	if !(f > 0) || math.IsInf(f, 0) {
		return 0
	}
	power := int(math.Floor(math.Log10(f)))
	for _, m := range []string{"1", "1.5", "2", "3", "4", "5", "6", "8", "10"} {
		// Read as text: 3 times 0.1 is no round figure in binary.
		if top, err := strconv.ParseFloat(m+"e"+strconv.Itoa(power), 64); err == nil && f <= top {
			return top
		}
	}
	return 10 * math.Pow10(power)
}

// percent writes a share of a width or height for an attribute.
func percent(share float64) string { return strconv.FormatFloat(100*share, 'f', 2, 64) + "%" }
