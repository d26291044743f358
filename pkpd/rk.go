package pkpd

import (
	"errors"
	"math"
	"slices"
)

// The equations as they stand, integrated by an adaptive Runge-Kutta method.
// It shares nothing with the fast engine but Params, so each checks the other,
// and it takes over for the rare person whose rates nearly coincide.

const (
	yDepotM  = 0           // mitragynine waiting to be absorbed, per form, nmol
	yDepot7  = int(nForms) // 7-OH waiting to be absorbed, per form, nmol
	yCentral = 2*int(nForms) + iota - 2
	yDeep
	ySeven
	yEffM // effect-site concentration over KM
	yEff7 // effect-site concentration over K7
	yFast
	ySlow
	nState
)

type state [nState]float64

// Slopes writes dy/dt, the whole model in one place.
func (p *Params) slopes(y, d *state) {
	in, in7 := 0.0, 0.0
	for f := range nForms {
		m := float64(p.Ka[f] * y[yDepotM+int(f)])
		s := float64(p.Ka[f] * y[yDepot7+int(f)])
		d[yDepotM+int(f)], d[yDepot7+int(f)] = -m, -s
		in += m
		in7 += s + float64(p.FirstPass[f]*m)
	}
	cl, cl7 := p.CL*p.Inhibition, p.CL7*p.Inhibition
	c, deep, c7 := y[yCentral]/p.V1, y[yDeep]/p.V2, y[ySeven]/p.V7
	out := float64(cl * c)
	swap := float64(p.Q * (c - deep))
	d[yCentral] = in - out - swap
	d[yDeep] = swap
	d[ySeven] = in7 + float64(p.Fm*out) - float64(cl7*c7)
	d[yEffM] = p.KeM * (c/p.KM - y[yEffM])
	d[yEff7] = p.Ke7 * (c7/p.K7 - y[yEff7])
	_, drive := p.receptor(y[yEffM], y[yEff7])
	d[yFast] = (drive - y[yFast]) / p.TauFast
	d[ySlow] = (drive - y[ySlow]) / p.TauSlow
}

// receptor returns occupancy and drive of two competing partial agonists.
func (p *Params) receptor(xM, x7 float64) (occupancy, drive float64) {
	free := 1 / (1 + xM + x7)
	return float64((xM + x7) * free), float64((float64(p.EM*xM) + float64(p.E7*x7)) * free)
}

func (p *Params) point(y *state) Point {
	occ, drive := p.receptor(y[yEffM], y[yEff7])
	return Point{
		MitragynineNM: y[yCentral] / p.V1,
		SevenOHNM:     y[ySeven] / p.V7,
		Occupancy:     occ,
		Drive:         drive,
		Fast:          y[yFast],
		Slow:          y[ySlow],
		Withdrawal: min(WithdrawalMax, p.Gain*max(0, float64(p.WFast*y[yFast])+float64(p.WSlow*y[ySlow])-
			drive-p.Threshold)),
	}
}

// Dormand and Prince 1980, doi:10.1016/0771-050X(80)90013-3, table 2.
var (
	dpA = [6][6]float64{
		{1.0 / 5},
		{3.0 / 40, 9.0 / 40},
		{44.0 / 45, -56.0 / 15, 32.0 / 9},
		{19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729},
		{9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656},
		{35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84},
	}
	dpE = [7]float64{71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40}
)

var errStiff = errors.New("these parameters change too fast to follow: a rate is far outside the model's range")

// advance integrates y over span hours to relative tolerance tol. scale is the
// size of each state below which its error no longer counts.
func (p *Params) advance(y *state, span, tol float64, scale *state) error {
	var k [7]state
	var z state
	h := min(span, 0.05)
	p.slopes(y, &k[0])
	for t, n := 0.0, 0; t < span; n++ {
		if n > 2_000_000 {
			return errStiff
		}
		last := t+h >= span
		if last {
			h = span - t
		}
		for s := range 6 {
			for i := range z {
				sum := 0.0
				for j := 0; j <= s; j++ {
					sum += float64(dpA[s][j] * k[j][i])
				}
				z[i] = y[i] + float64(h*sum)
			}
			p.slopes(&z, &k[s+1])
		}
		worst := 0.0
		for i := range z {
			e := 0.0
			for j := range k {
				e += float64(dpE[j] * k[j][i])
			}
			e = math.Abs(float64(h*e)) / (tol * (math.Abs(z[i]) + scale[i]))
			worst = max(worst, e)
		}
		if worst != worst {
			return errStiff
		}
		if worst <= 1 {
			*y, k[0] = z, k[6]
			t += h
			if last {
				return nil
			}
		}
		grow := 5.0
		if worst > 1e-4 {
			grow = min(5, max(0.2, 0.9*exp(-0.2*log(worst))))
		}
		h *= grow
	}
	return nil
}

// IntegrateRK runs the plain adaptive method over doses and times (h, in
// ascending order, not before the first dose's own time line; the person starts
// naive at the earlier of time 0 and the first dose). It is slow and allocates:
// it is the oracle of the fast engine, to relative tolerance tol.
func IntegrateRK(p *Params, doses []Dose, times []float64, tol float64) ([]Point, error) {
	type arrival struct {
		at   float64
		dose Dose
	}
	arrivals := make([]arrival, 0, len(doses))
	t := 0.0
	var scale state
	for _, d := range doses {
		arrivals = append(arrivals, arrival{d.AtH + p.Tlag[d.Form], d})
		t = min(t, d.AtH)
		n := nmolM(d.MitragynineMg) + nmol7(d.SevenOHMg)
		for i := range scale {
			scale[i] = max(scale[i], n*1e-9, 1e-9)
		}
	}
	for _, i := range []int{yEffM, yEff7, yFast, ySlow} {
		scale[i] = 1e-9
	}
	slices.SortStableFunc(arrivals, func(a, b arrival) int {
		switch {
		case a.at < b.at:
			return -1
		case a.at > b.at:
			return 1
		}
		return 0
	})
	var y state
	out := make([]Point, len(times))
	for i, at := range times {
		for len(arrivals) > 0 && arrivals[0].at <= at {
			a := arrivals[0]
			if a.at > t {
				if err := p.advance(&y, a.at-t, tol, &scale); err != nil {
					return nil, err
				}
				t = a.at
			}
			y[yDepotM+int(a.dose.Form)] += float64(p.F[a.dose.Form] * nmolM(a.dose.MitragynineMg))
			y[yDepot7+int(a.dose.Form)] += float64(p.FSevenOH[a.dose.Form] * nmol7(a.dose.SevenOHMg))
			arrivals = arrivals[1:]
		}
		if at > t {
			if err := p.advance(&y, at-t, tol, &scale); err != nil {
				return nil, err
			}
			t = at
		}
		out[i] = p.point(&y)
	}
	return out, nil
}
