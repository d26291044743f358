package pkpd_test

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/evenkeel/evenkeel/pkpd"
	"github.com/evenkeel/evenkeel/tools/workload"
)

// Workload F: 30 days of the regimen of S, withdrawal scored at 8 and 20 h of
// each day, and the maximum a posteriori of four log-normal effects: on CL, the
// potency, the slow time constant and the gain.
const (
	scores   = 60
	variance = 0.09 // of a score
)

var omega2 = math.Log(1.09)

// readScores reads ID,TIME,DV rows, 60 to a person.
func readScores(r io.Reader) ([][]float64, error) {
	s := bufio.NewScanner(r)
	s.Scan()
	var out [][]float64
	n := 0
	for ; s.Scan(); n++ {
		cells := strings.Split(s.Text(), ",")
		if len(cells) != 3 {
			return nil, fmt.Errorf("row %d: %d columns, want 3", n+1, len(cells))
		}
		v, err := strconv.ParseFloat(cells[2], 64)
		if err != nil {
			return nil, fmt.Errorf("row %d: %w", n+1, err)
		}
		if n%scores == 0 {
			out = append(out, make([]float64, 0, scores))
		}
		out[len(out)-1] = append(out[len(out)-1], v)
	}
	if n == 0 || n%scores != 0 {
		return nil, fmt.Errorf("%d rows are not %d to a person", n, scores)
	}
	return out, s.Err()
}

func scoreTimes() []float64 {
	t := make([]float64, scores)
	for k := range t {
		t[k] = float64(k/2*24 + 8 + k%2*12)
	}
	return t
}

// makeScores makes scores of n people in the same way, for where the shared
// table is not at hand.
func makeScores(n int) ([][]float64, error) {
	base := workload.Base()
	plan, err := pkpd.NewPlan(&base, workload.Doses(30), scoreTimes())
	if err != nil {
		return nil, err
	}
	g := workload.NewGenerator(777)
	rows := make([]pkpd.Row, scores)
	var e pkpd.Engine
	out := make([][]float64, n)
	for i := range out {
		var eta [4]float64
		for k := range eta {
			eta[k] = math.Sqrt(omega2) * g.Normal()
		}
		p := personF(&eta)
		if err := e.Run(&p, plan, rows, nil); err != nil {
			return nil, err
		}
		for _, r := range rows {
			out[i] = append(out[i], r.Withdrawal+math.Sqrt(variance)*g.Normal())
		}
	}
	return out, nil
}

func personF(eta *[4]float64) pkpd.Params {
	p := workload.Base()
	p.CL *= math.Exp(eta[0])
	f := math.Exp(eta[1])
	p.KM *= f
	p.K7 *= f
	p.TauSlow *= math.Exp(eta[2])
	p.Gain = 20 * math.Exp(eta[3])
	return p
}

// fitterF fits one person after another without allocating.
type fitterF struct {
	plan   *pkpd.Plan // of the mode now followed: fine or coarse
	fine   *pkpd.Plan
	coarse *pkpd.Plan
	engine pkpd.SlopeEngine
	rows   []pkpd.Row
	moved  []pkpd.Row
	slopes []pkpd.Slope
	width  float64 // of the rounded corner
	Runs   int     // model runs so far, one with slopes counted as one
}

// newFitterF compiles workload F.
func newFitterF() (*fitterF, error) {
	base := workload.Base()
	fine, err := pkpd.NewPlanStep(&base, workload.Doses(30), scoreTimes(), 1.5)
	if err != nil {
		return nil, err
	}
	coarse, err := pkpd.NewPlanStep(&base, workload.Doses(30), scoreTimes(), 2)
	if err != nil {
		return nil, err
	}
	return &fitterF{fine: fine, coarse: coarse, plan: fine, rows: make([]pkpd.Row, scores), moved: make([]pkpd.Row, scores), slopes: make([]pkpd.Slope, scores)}, nil
}

// raw is the person as the engine runs it for a fit: with gain 1 and a threshold
// of -1 the reported withdrawal is the imbalance plus 1, never cut off at zero,
// so that its slopes are known there too.
func raw(eta *[4]float64) pkpd.Params {
	p := personF(eta)
	p.Gain, p.Threshold = 1, -1
	return p
}

// score turns an imbalance into a score per unit of gain, with its derivative:
// the larger of it and zero, the corner rounded over the width. A rounded corner
// keeps a descent from resting on one of the many small dents that corners make
// in the objective; the last descent has none.
func score(imbalance, width float64) (s, d float64) {
	if width == 0 || math.Abs(imbalance) > width {
		if imbalance > 0 {
			return imbalance, 1
		}
		return 0, 0
	}
	// a parabola from slope 0 at -width to slope 1 at width
	x := imbalance + width
	return x * x / (4 * width), x / (2 * width)
}

// rounded is the width of the corner in early descents: about an eighth
// of the noise of a score, per unit of the typical gain.
const rounded = 0.002

// Objective is twice the negative log posterior, up to a constant.
func (f *fitterF) Objective(y []float64, eta *[4]float64) (float64, error) {
	p := raw(eta)
	f.Runs++
	if err := f.engine.Run(&p, f.plan, f.rows, nil); err != nil {
		return 0, err
	}
	gain := 20 * math.Exp(eta[3])
	o := 0.0
	for k, r := range f.rows {
		s, _ := score(r.Withdrawal-1, f.width)
		d := y[k] - gain*s
		o += d * d / variance
	}
	for _, e := range eta {
		o += e * e / omega2
	}
	return o, nil
}

// linear returns the objective, half its gradient and the Gauss-Newton half
// Hessian: the engine's slopes for two effects, a difference for CL, and the
// gain by hand.
func (f *fitterF) linear(y []float64, eta *[4]float64) (o float64, g [4]float64, h [4][4]float64, err error) {
	const by = 1e-6
	p := raw(eta)
	f.Runs += 2
	if err = f.engine.RunSlopes(&p, f.plan, f.rows, f.slopes); err != nil {
		return
	}
	p.CL *= 1 + by
	if err = f.engine.Run(&p, f.plan, f.moved, nil); err != nil {
		return
	}
	for i, e := range eta {
		o += e * e / omega2
		g[i] = -e / omega2
		h[i][i] = 1 / omega2
	}
	gain := 20 * math.Exp(eta[3])
	for k := range f.rows {
		s, slope := score(f.rows[k].Withdrawal-1, f.width)
		d := y[k] - gain*s
		o += d * d / variance
		if slope == 0 {
			continue
		}
		by := [4]float64{(f.moved[k].Withdrawal - f.rows[k].Withdrawal) / by, f.slopes[k].Potency, f.slopes[k].TauSlow}
		j := [4]float64{gain * slope * by[0], gain * slope * by[1], gain * slope * by[2], gain * s}
		for a := range j {
			g[a] += j[a] * d / variance
			for b := range a + 1 {
				h[a][b] += j[a] * j[b] / variance
			}
		}
	}
	return
}

// starts are where a fit begins: the prior's mode and points of a Halton
// sequence over the middle of the prior.
var starts = func() (out [16][4]float64) {
	base := [4]int{2, 3, 5, 7}
	for i := 1; i < len(out); i++ {
		for k, b := range base {
			x, f := 0.0, 1.0
			for n := i; n > 0; n /= b {
				f /= float64(b)
				x += f * float64(n%b)
			}
			out[i][k] = (2*x - 1) * 1.8 * math.Sqrt(omega2)
		}
	}
	return
}()

// Of the starts the best few are followed for some steps under the coarse plan,
// and the best of those to the end under the fine one.
const (
	followed = 4
	early    = 4
	finished = 2
	middle   = 4 // steps under the fine plan before the corner is made sharp
)

// Fit returns the effects of the best minimum found and its objective.
func (f *fitterF) Fit(y []float64) (best [4]float64, objective float64, err error) {
	objective = math.Inf(1)
	f.plan, f.width = f.coarse, rounded
	var value [len(starts)]float64
	for i := range starts {
		if value[i], err = f.Objective(y, &starts[i]); err != nil {
			return
		}
	}
	var at [followed][4]float64
	var reached [followed]float64
	for k := range followed {
		i := lowest(value[:])
		value[i] = math.Inf(1)
		if at[k], reached[k], err = f.descend(y, starts[i], early); err != nil {
			return
		}
		for j := range k { // two starts in one valley: one is enough
			if distance(&at[j], &at[k]) < 0.05 {
				reached[k] = math.Inf(1)
			}
		}
	}
	f.plan = f.fine
	for range finished {
		k := lowest(reached[:])
		if math.IsInf(reached[k], 1) {
			break
		}
		reached[k] = math.Inf(1)
		f.width = rounded
		eta, _, err := f.descend(y, at[k], middle)
		if err != nil {
			return best, objective, err
		}
		f.width = 0
		eta, o, err := f.descend(y, eta, 60)
		if err != nil {
			return best, objective, err
		}
		if o < objective {
			best, objective = eta, o
		}
	}
	return best, objective, nil
}

func lowest(v []float64) int {
	at := 0
	for i := range v {
		if v[i] < v[at] {
			at = i
		}
	}
	return at
}

func distance(a, b *[4]float64) float64 {
	d := 0.0
	for i := range a {
		d = math.Max(d, math.Abs(a[i]-b[i]))
	}
	return d
}

// descend follows one start by Levenberg and Marquardt's method.
func (f *fitterF) descend(y []float64, eta [4]float64, iterations int) ([4]float64, float64, error) {
	lambda := 1e-3
	o, g, h, err := f.linear(y, &eta)
	if err != nil {
		return eta, o, err
	}
	for range iterations {
		step, ok := solve(&h, &g, lambda)
		size := 0.0
		next := eta
		for i := range next {
			next[i] += step[i]
			size = math.Max(size, math.Abs(step[i]))
		}
		if !ok || size > 3 {
			lambda *= 10
			if lambda > 1e12 {
				return eta, o, nil
			}
			continue
		}
		if size < 1e-7 {
			return eta, o, nil
		}
		no, ng, nh, err := f.linear(y, &next)
		if err != nil {
			return eta, o, err
		}
		if !(no < o) {
			lambda *= 30
			if lambda > 1e8 {
				return eta, o, nil
			}
			continue
		}
		done := o-no < 1e-6
		eta, o, g, h = next, no, ng, nh
		lambda = math.Max(lambda*0.1, 1e-9)
		if done {
			return eta, o, nil
		}
	}
	return eta, o, nil
}

// solve returns the step of the damped system by Cholesky's decomposition; h
// holds the lower triangle.
func solve(h *[4][4]float64, g *[4]float64, lambda float64) (x [4]float64, ok bool) {
	var l [4][4]float64
	for i := range 4 {
		for j := range i + 1 {
			s := h[i][j]
			if i == j {
				s *= 1 + lambda
			}
			for k := range j {
				s -= l[i][k] * l[j][k]
			}
			if i != j {
				l[i][j] = s / l[j][j]
			} else if s > 0 {
				l[i][i] = math.Sqrt(s)
			} else {
				return x, false
			}
		}
	}
	for i := range 4 {
		x[i] = g[i]
		for k := range i {
			x[i] -= l[i][k] * x[k]
		}
		x[i] /= l[i][i]
	}
	for i := 3; i >= 0; i-- {
		for k := i + 1; k < 4; k++ {
			x[i] -= l[k][i] * x[k]
		}
		x[i] /= l[i][i]
	}
	return x, true
}

// Exhaust returns the lowest objective that n starts drawn from the prior reach.
func (f *fitterF) Exhaust(y []float64, n int) (float64, error) {
	g := workload.NewGenerator(4711)
	f.plan, f.width = f.fine, 0
	lowest := math.Inf(1)
	for range n {
		var eta [4]float64
		for k := range eta {
			eta[k] = 1.3 * math.Sqrt(omega2) * g.Normal()
		}
		_, o, err := f.descend(y, eta, 60)
		if err != nil {
			return 0, err
		}
		lowest = math.Min(lowest, o)
	}
	return lowest, nil
}
