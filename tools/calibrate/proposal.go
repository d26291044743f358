package main

import (
	"math"

	"github.com/evenkeel/evenkeel/pkpd"
)

// proposal is what a round of draws is drawn from: a Student t, or the priors
// themselves.
type proposal struct {
	n     int
	mean  []float64
	chol  [][]float64
	plain bool // normal: the priors themselves
}

func dot(a, b []float64) float64 {
	s := 0.0
	for i := range a {
		s += a[i] * b[i]
	}
	return s
}

// draw returns one draw of the proposal.
func (p *proposal) draw(s *pkpd.Stream) []float64 {
	z := make([]float64, len(p.mean))
	for i := range z {
		z[i] = s.Normal()
	}
	stretch := 1.0
	if !p.plain {
		chi2 := 0.0
		for range freedom {
			n := s.Normal()
			chi2 += n * n
		}
		stretch = math.Sqrt(freedom / chi2)
	}
	x := make([]float64, len(z))
	for i := range x {
		x[i] = p.mean[i] + stretch*dot(p.chol[i][:i+1], z[:i+1])
	}
	return x
}

// density is the log density of x but for a constant of the kind of proposal.
func (p *proposal) density(x []float64) float64 {
	n := len(x)
	z := make([]float64, n)
	square, det := 0.0, 0.0
	for i := range z {
		z[i] = (x[i] - p.mean[i] - dot(p.chol[i][:i], z[:i])) / p.chol[i][i]
		square += z[i] * z[i]
		det += math.Log(p.chol[i][i])
	}
	if p.plain {
		return -0.5*square - det - 0.5*float64(n)*math.Log(2*math.Pi)
	}
	top, _ := math.Lgamma(0.5 * float64(freedom+n))
	low, _ := math.Lgamma(0.5 * freedom)
	return top - low - 0.5*float64(n)*math.Log(freedom*math.Pi) - det - 0.5*float64(freedom+n)*math.Log1p(square/freedom)
}

// believed is the proposal that the priors are.
func believed(coords []coordinate, n int) proposal {
	p := proposal{n: n, mean: make([]float64, len(coords)), chol: make([][]float64, len(coords)), plain: true}
	for i, c := range coords {
		p.mean[i] = c.mean
		p.chol[i] = make([]float64, len(coords))
		p.chol[i][i] = c.sd
	}
	return p
}

// cholesky returns the lower triangle of a covariance.
func cholesky(cov [][]float64) [][]float64 {
	l := make([][]float64, len(cov))
	for i := range l {
		l[i] = make([]float64, len(cov))
		for j := range i + 1 {
			s := cov[i][j] - dot(l[i][:j], l[j][:j])
			if i == j {
				l[i][i] = math.Sqrt(max(s, 1e-12))
			} else {
				l[i][j] = s / l[j][j]
			}
		}
	}
	return l
}
