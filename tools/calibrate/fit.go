package main

import "math"

// minimise is the simplex method of Nelder and Mead (1965,
// doi:10.1093/comjnl/7.4.308) with its usual coefficients, started from x with
// a step in each direction.
func minimise(f func([]float64) float64, x []float64, step float64, evaluations int) []float64 {
	n := len(x)
	point := make([][]float64, n+1)
	value := make([]float64, n+1)
	for i := range point {
		point[i] = append([]float64(nil), x...)
		if i > 0 {
			point[i][i-1] += step
		}
		value[i] = f(point[i])
	}
	toward := func(centre, p []float64, by float64) []float64 {
		out := make([]float64, n)
		for j := range out {
			out[j] = centre[j] + by*(p[j]-centre[j])
		}
		return out
	}
	for used := n + 1; used < evaluations; {
		for i := 1; i <= n; i++ { // keep in order, best first
			for j := i; j > 0 && value[j] < value[j-1]; j-- {
				value[j], value[j-1] = value[j-1], value[j]
				point[j], point[j-1] = point[j-1], point[j]
			}
		}
		if value[n]-value[0] < 1e-10*(1+math.Abs(value[0])) {
			break
		}
		centre := make([]float64, n)
		for _, p := range point[:n] {
			for j := range centre {
				centre[j] += p[j] / float64(n)
			}
		}
		try := func(by float64) ([]float64, float64) {
			p := toward(centre, point[n], by)
			used++
			return p, f(p)
		}
		p, v := try(-1)
		switch {
		case v < value[0]:
			if q, w := try(-2); w < v {
				p, v = q, w
			}
		case v >= value[n-1]:
			by := 0.5
			if v < value[n] {
				by = -0.5
			}
			q, w := try(by)
			if w >= math.Min(v, value[n]) {
				for i := 1; i <= n; i++ {
					point[i] = toward(point[0], point[i], 0.5)
					value[i] = f(point[i])
					used++
				}
				continue
			}
			p, v = q, w
		}
		point[n], value[n] = p, v
	}
	best := 0
	for i := range value {
		if value[i] < value[best] {
			best = i
		}
	}
	return point[best]
}
