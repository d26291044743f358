package pkpd

// Row is one reported moment.
type Row struct {
	MitragynineNM float64 // total plasma, nM
	SevenOHNM     float64 // total plasma, nM
	Occupancy     float64 // fraction of mu receptors held by either, 0..1
	Withdrawal    float64 // on the 0..64 scale of the SOWS
}

// Adaptation is what lies behind the withdrawal of a Row, all on the scale of
// the receptor drive, 0..1.
type Adaptation struct {
	Drive, Fast, Slow float64
}

// Engine runs plans for one person after another without allocating once its
// tables have grown to the plan. The zero value is ready. It is not safe for
// use by several goroutines; give each its own.
type Engine struct {
	m      modes
	tables []table
	steps  []leanStep
	//lint:ignore U1000 the vector build uses it
	vector vectorRoom
	n      int // modes in use, compacted

	// compacted copies of the modes, in the order of use
	c, c7, x, num [nModes]float64
	rate          [nModes]float64
	slot          [2 * int(nForms)]int // compact index of each absorption mode
}

// table is one step length, made ready for one person: what each mode adds to
// the effect sites at the nodes, what is left of it at the end, and the
// quadrature weights of the two adaptation states.
type table struct {
	decay      [nModes]float64
	x          [4][nModes]float64
	num        [4][nModes]float64
	fast, slow [5]float64
	keepF      float64
	keepS      float64
}

// Lobatto's rule with five points on [0,1], exact to degree 7. The end point of
// a step is the start of the next and the value a row needs, so a step costs
// four evaluations.
const (
	lobattoX0 = 0.17267316464601142810 // (1 - sqrt(3/7)) / 2
	lobattoW0 = 1.0 / 20
	lobattoW1 = 49.0 / 180
	lobattoW2 = 16.0 / 45
)

// tooClose is how much cancellation the modal form is allowed: its relative
// error is then below 1e-8. Persons beyond it, whose rates all but coincide,
// go to Runge-Kutta.
const tooClose = 1e7

// fallbackTol is the relative tolerance of that detour.
const fallbackTol = 1e-9

// Run computes one person's rows under a plan. rows must hold plan.Rows();
// adapt is nil or as long. The lag times are those the plan was made with.
// The only error is of parameters outside all range (see Params.Check).
func (e *Engine) Run(p *Params, plan *Plan, rows []Row, adapt []Adaptation) error {
	rows = rows[:plan.rows]
	if adapt != nil {
		adapt = adapt[:plan.rows]
	}
	e.m.compile(p, plan.forms)
	if !(e.m.worst < tooClose) {
		return p.runSlow(plan, rows, adapt)
	}
	mono := p.EM == p.E7 && p.KeM == p.Ke7
	var l lean
	if adapt == nil && e.lean(p, plan, mono, &l) {
		e.leanSteps(p, plan)
		if mono {
			e.runMono(&l, plan, rows)
		} else {
			e.runDuo(&l, plan, rows)
		}
		return nil
	}
	e.compact(plan, mono)
	e.prepare(p, plan)
	e.runAny(p, plan, rows, adapt)
	return nil
}

// compact keeps only the modes that the plan's forms use.
func (e *Engine) compact(plan *Plan, mono bool) {
	n := 0
	keep := func(i int) {
		e.rate[n], e.c[n], e.c7[n], e.x[n], e.num[n] = e.m.rate[i], e.m.c[i], e.m.c7[i], e.m.x[i], e.m.num[i]
		n++
	}
	keep(modeFastM)
	keep(modeSlowM)
	keep(modeSeven)
	keep(modeKeM)
	if !mono { // with equal rates and efficacies the two effect sites are one
		keep(modeKe7)
	}
	for f := range nForms {
		if plan.forms&(1<<f) == 0 {
			continue
		}
		e.slot[f] = n
		keep(modeKa + int(f))
		if plan.has7&(1<<f) != 0 {
			e.slot[nForms+f] = n
			keep(modeKa7 + int(f))
		}
		if mono {
			g, g7 := &e.m.gainM[f], &e.m.gain7[f]
			g[modeKeM] += g[modeKe7]
			g7[modeKeM] += g7[modeKe7]
		}
	}
	e.n = n
}

func (e *Engine) prepare(p *Params, plan *Plan) {
	if cap(e.tables) < len(plan.lengths) {
		e.tables = make([]table, len(plan.lengths))
	}
	e.tables = e.tables[:len(plan.lengths)]
	for i, h := range plan.lengths {
		t := &e.tables[i]
		for k := range e.n {
			a := exp(-e.rate[k] * h * lobattoX0)
			b := exp(-e.rate[k] * h * 0.5)
			d := float64(b * b)
			at := [4]float64{a, b, d / a, d}
			t.decay[k] = d
			for g, v := range at {
				t.x[g][k] = e.x[k] * v
				t.num[g][k] = e.num[k] * v
			}
		}
		t.keepF = lobatto(h, p.TauFast, &t.fast)
		t.keepS = lobatto(h, p.TauSlow, &t.slow)
	}
}

// lobatto writes the weights that carry a state with time constant tau over h
// hours, given its input at the nodes, and returns what is left of the state.
func lobatto(h, tau float64, w *[5]float64) float64 {
	s := h / tau
	a, b := exp(-s*lobattoX0), exp(-s*0.5)
	all := float64(b * b)
	w[0] = lobattoW0 * s * all
	w[1] = lobattoW1 * s * (all / a)
	w[2] = lobattoW2 * s * b
	w[3] = lobattoW1 * s * a
	w[4] = lobattoW0 * s
	return all
}

// The kernels below follow u = EM - drive = (EM - num)/(1 + x), and EM - Fast,
// EM - Slow instead of the drive and the states themselves: one division less
// per node, and the four divisions of a step share one reciprocal.

// arrive adds the doses of an op to the modes.
func (e *Engine) arrive(z *[nModes]float64, plan *Plan, o *op, mono bool) {
	for _, a := range plan.arrivals[o.dose : o.dose+o.count] {
		fixed := modeKe7 + 1
		if mono {
			fixed = modeKe7
		}
		g, g7 := &e.m.gainM[a.form], &e.m.gain7[a.form]
		for k := range fixed {
			z[k] += float64(g[k]*a.m) + float64(g7[k]*a.s)
		}
		z[e.slot[a.form]] += float64(g[modeKa] * a.m)
		if a.s != 0 {
			z[e.slot[nForms+a.form]] += float64(g7[modeKa] * a.s)
		}
	}
}

// runAny is the kernel for any number of modes.
func (e *Engine) runAny(p *Params, plan *Plan, rows []Row, adapt []Adaptation) {
	var z [nModes]float64
	mono := p.EM == p.E7 && p.KeM == p.Ke7
	n, em := e.n, p.EM
	fast, slow, u, free := em, em, em, 1.0
	base := float64((p.WFast+p.WSlow-1)*em) - p.Threshold
	row := 0
	for i := range plan.ops {
		o := &plan.ops[i]
		if o.step >= 0 {
			t := &e.tables[o.step]
			var d, v [4]float64
			for g := range 4 {
				sx, sn := 0.0, 0.0
				for k := range n {
					sx += float64(t.x[g][k] * z[k])
					sn += float64(t.num[g][k] * z[k])
				}
				d[g], v[g] = 1+sx, em-sn
			}
			for k := range n {
				z[k] *= t.decay[k]
			}
			d01, d23 := float64(d[0]*d[1]), float64(d[2]*d[3])
			r := 1 / float64(d01*d23)
			r01, r23 := float64(r*d23), float64(r*d01)
			u0 := float64(v[0] * float64(r01*d[1]))
			u1 := float64(v[1] * float64(r01*d[0]))
			u2 := float64(v[2] * float64(r23*d[3]))
			free = float64(r23 * d[2])
			u3 := float64(v[3] * free)
			fast = float64(t.keepF*fast) + float64(t.fast[0]*u) + float64(t.fast[1]*u0) + float64(t.fast[2]*u1) + float64(t.fast[3]*u2) + float64(t.fast[4]*u3)
			slow = float64(t.keepS*slow) + float64(t.slow[0]*u) + float64(t.slow[1]*u0) + float64(t.slow[2]*u1) + float64(t.slow[3]*u2) + float64(t.slow[4]*u3)
			u = u3
		}
		if o.dose >= 0 {
			e.arrive(&z, plan, o, mono)
		}
		if o.row {
			c, c7 := 0.0, 0.0
			for k := range n {
				c += float64(e.c[k] * z[k])
				c7 += float64(e.c7[k] * z[k])
			}
			w := base - float64(p.WFast*fast) - float64(p.WSlow*slow) + u
			rows[row] = Row{max(c, 0), max(c7, 0), 1 - free, min(WithdrawalMax, p.Gain*max(0, w))}
			if adapt != nil {
				adapt[row] = Adaptation{em - u, em - fast, em - slow}
			}
			row++
		}
	}
}

// runSlow is Run by the equations themselves.
func (p *Params) runSlow(plan *Plan, rows []Row, adapt []Adaptation) error {
	var y, scale state
	for _, a := range plan.arrivals {
		for i := range yEffM {
			scale[i] = max(scale[i], (a.m+a.s)*1e-9, 1e-9)
		}
	}
	for _, i := range [...]int{yEffM, yEff7, yFast, ySlow} {
		scale[i] = 1e-9
	}
	row := 0
	for i := range plan.ops {
		o := &plan.ops[i]
		if o.step >= 0 {
			if err := p.advance(&y, plan.lengths[o.step], fallbackTol, &scale); err != nil {
				return err
			}
		}
		if o.dose >= 0 {
			for _, a := range plan.arrivals[o.dose : o.dose+o.count] {
				y[yDepotM+int(a.form)] += float64(p.F[a.form] * a.m)
				y[yDepot7+int(a.form)] += float64(p.FSevenOH[a.form] * a.s)
			}
		}
		if o.row {
			q := p.point(&y)
			rows[row] = Row{q.MitragynineNM, q.SevenOHNM, q.Occupancy, q.Withdrawal}
			if adapt != nil {
				adapt[row] = Adaptation{q.Drive, q.Fast, q.Slow}
			}
			row++
		}
	}
	return nil
}
