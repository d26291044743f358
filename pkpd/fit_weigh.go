package pkpd

import (
	"math"
	"slices"
)

// weigh turns the log weights into weights that add up to 1, smoothing the
// largest by a generalised Pareto distribution, and returns its shape k and
// the effective sample size (Vehtari, Simpson, Gelman, Yao, Gabry 2024, JMLR
// 25:72; above k = 0.7 the weights are not to be trusted).
func weigh(logW []float64) (w []float64, ess, k float64) {
	best := slices.Max(logW)
	w = make([]float64, len(logW))
	for i, v := range logW {
		w[i] = exp(v - best)
	}
	k = smoothTail(w)
	sum, sum2 := 0.0, 0.0
	for _, v := range w {
		sum += v
		sum2 += float64(v * v)
	}
	for i := range w {
		w[i] /= sum
	}
	return w, sum * sum / sum2, k
}

func smoothTail(w []float64) (k float64) {
	n := len(w)
	m := min(n/5, int(3*math.Sqrt(float64(n))))
	if m < 10 {
		return 0
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if w[a] < w[b] {
			return -1
		} else if w[a] > w[b] {
			return 1
		}
		return 0
	})
	tail := order[n-m:]
	cut := w[order[n-m-1]]
	x := make([]float64, m)
	for i, t := range tail {
		x[i] = w[t] - cut
	}
	if !(x[m-1] > 1e-12*w[order[n-1]]) || !(x[m/4] > 0) {
		return 0
	}
	k, sigma := fitPareto(x)
	most := w[order[n-1]]
	for i, t := range tail {
		p := (float64(i) + 0.5) / float64(m)
		v := 0.0
		if math.Abs(k) < 1e-6 {
			v = -sigma * log(1-p)
		} else {
			v = sigma * (exp(-k*log(1-p)) - 1) / k
		}
		w[t] = min(cut+v, most)
	}
	return k
}

// fitPareto is the estimate of Zhang and Stephens 2009,
// doi:10.1198/tech.2009.08017, of shape and scale of a generalised Pareto
// distribution from ascending exceedances, with the weak prior on the shape
// that Vehtari et al. use.
func fitPareto(x []float64) (k, sigma float64) {
	n := len(x)
	m := 30 + int(math.Sqrt(float64(n)))
	quart := x[int(math.Floor(float64(n)/4+0.5))-1]
	if quart <= 0 {
		quart = x[n-1] / 4
	}
	b, l := make([]float64, m), make([]float64, m)
	for j := range b {
		b[j] = 1/x[n-1] + (1-math.Sqrt(float64(m)/(float64(j)+0.5)))/(3*quart)
		s := 0.0
		for _, v := range x {
			s += log(max(1-b[j]*v, 1e-300))
		}
		kk := s / float64(n)
		l[j] = float64(n) * (log(max(-b[j]/kk, 1e-300)) - kk - 1)
	}
	sum, bHat := 0.0, 0.0
	for j := range b {
		t := 0.0
		for i := range l {
			t += exp(l[i] - l[j])
		}
		sum += 1 / t
		bHat += b[j] / t
	}
	bHat /= sum
	for _, v := range x {
		k += log(max(1-bHat*v, 1e-300))
	}
	k /= float64(n)
	sigma = -k / bHat
	return (k*float64(n) + 5) / float64(n+10), sigma
}

// resample returns how often each draw stands in a set of n of equal weight
// (systematic: Carpenter, Clifford, Fearnhead 1999, doi:10.1049/ip-rsn:19990255).
func resample(w []float64, n int, s *Stream) []int {
	copies := make([]int, len(w))
	at, sum, i := s.Uniform(), 0.0, 0
	for j := range w {
		sum += w[j] * float64(n)
		for i < n && float64(i)+at < sum {
			copies[j]++
			i++
		}
	}
	for ; i < n; i++ { // what rounding left over
		copies[len(w)-1]++
	}
	return copies
}
