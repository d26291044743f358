package pkpd

import (
	"math"
	"slices"
	"strconv"
)

// Quantile returns the q-th quantile (0..1) of the finite values of v, between
// order statistics by straight lines: the first value is quantile 0, the last 1
// (definition 7 of Hyndman and Fan 1996, doi:10.1080/00031305.1996.10473566).
// NaN without a finite value. v is not changed. The summaries of Simulate follow
// the same definition.
func Quantile(v []float64, q float64) float64 {
	s := make([]float64, 0, len(v))
	for _, x := range v {
		if !math.IsNaN(x) && !math.IsInf(x, 0) {
			s = append(s, x)
		}
	}
	if len(s) == 0 {
		return math.NaN()
	}
	slices.Sort(s)
	at := float64(q * float64(len(s)-1))
	i := int(at)
	if i+1 >= len(s) {
		return s[len(s)-1]
	}
	return s[i] + float64((at-float64(i))*(s[i+1]-s[i]))
}

// Round keeps so many significant digits of v, to the nearest.
func Round(v float64, digits int) float64 {
	r, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', digits, 64), 64)
	return r
}
