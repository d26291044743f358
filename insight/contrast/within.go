package contrast

import "math"

// bins are the two-hour parts of the day whose usual is taken off.
const bins = 12

// ridge holds the usual of a part of the day back until some days speak for it,
// in check-ins.
const ridge = 4

// usual are the sums that tell, from earlier days alone, how a score and an
// exposure usually go over the day: both less their day's mean, by part of the
// day, with the exposure beside in the model of the score.
type usual struct {
	// flat leaves the parts of the day out, for questions about the hour itself.
	flat bool
	xx   [bins + 1][bins + 1]float64
	xy   [bins + 1]float64
}

// fit solves for the parts of the day: of the score, and of the exposure.
func (u *usual) fit() (y, x [bins]float64) {
	if u.flat {
		return y, x
	}
	// Cholesky of the bins and, last, of the exposure.
	var l [bins + 1][bins + 1]float64
	for i := range bins + 1 {
		for j := range i + 1 {
			s := u.xx[i][j]
			if i == j {
				s += ridge
			}
			for k := range j {
				s -= l[i][k] * l[j][k]
			}
			if i == j {
				l[i][i] = math.Sqrt(s)
			} else {
				l[i][j] = s / l[j][j]
			}
		}
	}
	var a, b [bins + 1]float64
	for i := range bins + 1 {
		s := u.xy[i]
		for k := range i {
			s -= l[i][k] * a[k]
		}
		a[i] = s / l[i][i]
	}
	for i := bins; i >= 0; i-- {
		s := a[i]
		for k := i + 1; k <= bins; k++ {
			s -= l[k][i] * a[k]
		}
		a[i] = s / l[i][i]
	}
	// The exposure on the bins: the last row of the factor is half the solution.
	for i := bins - 1; i >= 0; i-- {
		s := l[bins][i]
		for k := i + 1; k < bins; k++ {
			s -= l[k][i] * b[k]
		}
		b[i] = s / l[i][i]
	}
	return [bins]float64(a[:bins]), [bins]float64(b[:bins])
}

// day is the product of the day's residuals and what it would be for a size of
// one point. The day is taken into the sums afterwards.
//
// With alone, what is asked is how far the one side lies from the day's own mean:
// r is the sum of its residuals, d their number.
func (u *usual) day(list []seen, alone bool) (r, d float64) {
	hy, hx := u.fit()
	n := float64(len(list))
	var my, mx, ey, ex float64
	for _, s := range list {
		my, mx = my+s.y, mx+s.x
		ey, ex = ey+s.y-hy[s.bin], ex+s.x-hx[s.bin]
	}
	my, mx, ey, ex = my/n, mx/n, ey/n, ex/n
	for _, s := range list {
		eps, xi := s.y-hy[s.bin]-ey, s.x-hx[s.bin]-ex
		if alone {
			r, d = r+s.x*eps, d+s.x
			continue
		}
		r += eps * xi
		d += xi * (s.x - mx)
	}
	u.learn(list, my, mx)
	return r, d
}

// learn adds a day's deviations from its mean.
func (u *usual) learn(list []seen, my, mx float64) {
	if u.flat {
		return
	}
	n := float64(len(list))
	var share [bins]float64
	for _, s := range list {
		share[s.bin] += 1 / n
	}
	for i := range bins {
		if share[i] == 0 {
			continue
		}
		for j := range i + 1 {
			// Sum over the list of (1[bin i] - share i)(1[bin j] - share j).
			u.xx[i][j] -= n * share[i] * share[j]
		}
		u.xx[i][i] += n * share[i]
	}
	for _, s := range list {
		u.xx[bins][s.bin] += s.x - mx
		u.xy[s.bin] += s.y - my
		u.xx[bins][bins] += (s.x - mx) * (s.x - mx)
		u.xy[bins] += (s.x - mx) * (s.y - my)
	}
}
