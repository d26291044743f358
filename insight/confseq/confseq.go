package confseq

import "math"

const (
	// mix is the standard deviation of the mixture over sizes, in standard
	// deviations of a day: 0.35 was best in the study behind docs/insight.md.
	mix = 0.35
	// clip is the most that one day may weigh, in the same unit. Clipping keeps
	// symmetry.
	clip = 6

	half   = 20
	points = 2*half + 1
	step   = 0.25
)

// Reach is the largest size that is told apart, in points.
const Reach = half * step

// Side says which sizes a question is about.
type Side int

// What a question may find.
const (
	Either Side = iota
	Above       // sizes above zero only
)

// Sequence is the running state. The zero value with its Wait is ready. It is a
// plain value: a copy goes on by itself.
type Sequence struct {
	// Wait is how many days only set the scale.
	Wait int
	// Days that contributed.
	Days int

	r, d       float64 // sums of R and D
	rr, rd, dd float64 // sums of their products, for the scale at every b
	s, v       [points]float64
}

// Add takes in a day: r is its product of residuals, d what r would be for a size
// of one point without noise.
func (q *Sequence) Add(r, d float64) {
	if q.Days >= q.Wait && q.Days > 0 {
		n := float64(q.Days)
		for i := range points {
			b := at(i)
			square := (q.rr - 2*b*q.rd + b*b*q.dd) / n
			if square <= 0 {
				continue
			}
			z := (r - b*d) / math.Sqrt(square)
			z = min(clip, max(-clip, z))
			q.s[i] += z
			q.v[i] += z * z
		}
	}
	q.Days++
	q.r, q.d = q.r+r, q.d+d
	q.rr, q.rd, q.dd = q.rr+r*r, q.rd+r*d, q.dd+d*d
}

// Size is the estimate, in points; 0 while there is none.
func (q *Sequence) Size() float64 {
	if q.d <= 0 {
		return 0
	}
	return q.r / q.d
}

// LogE is the logarithm of the evidence against a size of zero, or against zero
// and less.
func (q *Sequence) LogE(side Side) float64 {
	if side == Either {
		return both(q.s[half], q.v[half])
	}
	return above(q.s[half], q.v[half])
}

// Interval is the range of sizes that the days have not ruled out, at a share of
// error for both ends together; an end that they leave open is infinite.
func (q *Sequence) Interval(share float64) (low, high float64) {
	need := math.Log(2 / share)
	low, high = math.Inf(-1), math.Inf(1)
	for i := points - 1; i >= 0; i-- {
		if e := above(q.s[i], q.v[i]); e >= need {
			low = at(i)
			if i < points-1 {
				low += step * between(e, above(q.s[i+1], q.v[i+1]), need)
			}
			break
		}
	}
	for i := range points {
		if e := above(-q.s[i], q.v[i]); e >= need {
			high = at(i)
			if i > 0 {
				high -= step * between(e, above(-q.s[i-1], q.v[i-1]), need)
			}
			break
		}
	}
	return low, high
}

// at is the size at a place of the grid.
func at(i int) float64 { return float64(i-half) * step }

// between is how far on the way from one evidence, which rules a size out, to the
// next, which does not, the line is crossed.
func between(out, in, need float64) float64 {
	if out <= in {
		return 0
	}
	return (out - need) / (out - in)
}

func both(s, v float64) float64 {
	w := 1 + mix*mix*v
	return -0.5*math.Log(w) + s*s*mix*mix/(2*w)
}

func above(s, v float64) float64 {
	w := 1 + mix*mix*v
	phi := 0.5 * math.Erfc(-s*mix/math.Sqrt(w)/math.Sqrt2)
	return both(s, v) + math.Ln2 + math.Log(math.Max(phi, 1e-300))
}
