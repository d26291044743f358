// Package workload holds workload S, a population under a tapered regimen, by
// which the engine's speed is measured beside programs in other languages, and
// what workload F (pkpd/workload_f_test.go), the fit of one person, shares with
// it. Both are the special case of the model with one effect-site rate and both
// efficacies 1, in ug/L: an amount of 1 nmol stands for 1 ug throughout.
package workload

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/evenkeel/evenkeel/pkpd"
)

const (
	days = 60
	lag  = 0.23 // h, deliberately off any grid
)

// Base returns the typical subject of both workloads.
func Base() pkpd.Params {
	p := pkpd.Params{
		CL: 150, V1: 1500, Q: 200, V2: 6000,
		Fm: 0.15, CL7: 100, V7: 300, Inhibition: 1,
		KeM: 0.5, Ke7: 0.5, KM: 60, K7: 12, EM: 1, E7: 1,
		TauFast: 24, TauSlow: 240, WFast: 0.4, WSlow: 0.6, Gain: 1,
	}
	for f := range p.Ka {
		p.Ka[f], p.Tlag[f], p.F[f], p.FSevenOH[f] = 2, lag, 1, 1
	}
	return p
}

// ReadPopulation reads n subjects of workload S from a table with the columns
// ID,KA,CL,V1,Q,V2,FM,CLM,VM,KE0,TAU2.
func ReadPopulation(r io.Reader, n int) ([]pkpd.Params, error) {
	s := bufio.NewScanner(r)
	s.Scan() // header
	out := make([]pkpd.Params, 0, n)
	for len(out) < n && s.Scan() {
		cells := strings.Split(s.Text(), ",")
		if len(cells) != 11 {
			return nil, fmt.Errorf("subject %d: %d columns, want 11", len(out)+1, len(cells))
		}
		var v [11]float64
		for i, c := range cells {
			x, err := strconv.ParseFloat(c, 64)
			if err != nil {
				return nil, fmt.Errorf("subject %d: %w", len(out)+1, err)
			}
			v[i] = x
		}
		p := Base()
		p.Ka[pkpd.Tea] = v[1]
		p.CL, p.V1, p.Q, p.V2, p.Fm, p.CL7, p.V7 = v[2], v[3], v[4], v[5], v[6], v[7], v[8]
		p.KeM, p.Ke7, p.TauSlow = v[9], v[9], v[10]
		out = append(out, p)
	}
	if len(out) < n {
		return nil, fmt.Errorf("%d subjects, want %d", len(out), n)
	}
	return out, s.Err()
}

// Population makes the same subjects from their seed: log-normal, 30 % CV, on
// ka, CL, V1, fm and tau2 in this order.
func Population(n int) []pkpd.Params {
	g := NewGenerator(20240607)
	w := math.Sqrt(math.Log(1.09))
	out := make([]pkpd.Params, n)
	for i := range out {
		var e [5]float64
		for k := range e {
			e[k] = math.Exp(w * g.Normal())
		}
		p := Base()
		p.Ka[pkpd.Tea] *= e[0]
		p.CL *= e[1]
		p.V1 *= e[2]
		p.Fm *= e[3]
		p.TauSlow *= e[4]
		out[i] = p
	}
	return out
}

// Generator is SplitMix64 (Steele, Lea and Flood 2014,
// doi:10.1145/2714064.2660195) with Box and Muller's normals.
type Generator struct{ state uint64 }

// NewGenerator starts from a seed.
func NewGenerator(seed uint64) *Generator { return &Generator{seed} }

func (g *Generator) uniform() float64 {
	g.state += 0x9E3779B97F4A7C15
	z := g.state
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	z ^= z >> 31
	return (float64(z>>11) + 0.5) / (1 << 53)
}

// Normal returns a standard normal number.
func (g *Generator) Normal() float64 {
	a, b := g.uniform(), g.uniform()
	return math.Sqrt(-2*math.Log(a)) * math.Cos(2*math.Pi*b)
}

// Doses returns four a day, 40 mg tapered linearly to nothing at day 45.
func Doses(lastDay int) []pkpd.Dose {
	var out []pkpd.Dose
	for h := 0; h < 24*lastDay; h += 6 {
		ug := 40000 * (1 - float64(h)/(45*24))
		if ug <= 0 {
			break
		}
		out = append(out, pkpd.Dose{AtH: float64(h), Form: pkpd.Tea, MitragynineMg: ug * pkpd.MassMitragynine / 1e6})
	}
	return out
}

// RowsS is the number of rows of a subject of workload S, hourly over 60 days.
const RowsS = days*24 + 1

// RegimenS returns the doses and the times of the rows of workload S.
func RegimenS() ([]pkpd.Dose, []float64) {
	times := make([]float64, RowsS)
	for h := range times {
		times[h] = float64(h)
	}
	return Doses(days), times
}

// PlanS compiles workload S.
func PlanS() (*pkpd.Plan, error) {
	d, times := RegimenS()
	p := Base()
	return pkpd.NewPlanStep(&p, d, times, 1)
}
