package pkpd

import "strconv"

// subjectRun is one worker's room.
type subjectRun struct {
	pop      *Population
	s        *Scenario
	plan     *Plan
	times    []float64
	from, to int
	start    float64 // of the window, h
	engine   Engine
	people   [lanes]Params
	rows     [lanes][]Row
	curve    []float64
	values   [nSummed]float64
}

// run fills rows for n subjects from first on.
func (r *subjectRun) run(first uint64, n int) error {
	for k := range n {
		r.people[k] = r.pop.Typical
		if r.s.Variability {
			stream := NewStream(r.s.Seed, first+uint64(k))
			eta := r.pop.Draw(&stream)
			r.people[k] = r.people[k].With(&eta)
		}
	}
	return r.engine.RunMany(r.people[:n], r.plan, r.rows[:n])
}

// summarise fills values from one subject's rows.
func (r *subjectRun) summarise(rows []Row) {
	seen := rows[r.from:r.to]
	times := r.times[r.from:r.to]
	r.values[10], r.values[11] = 0, 0
	for a := range 2 {
		for i := range seen {
			r.curve[i] = seen[i].MitragynineNM
			if a == 1 {
				r.curve[i] = seen[i].SevenOHNM
			}
		}
		x := NCA(times, r.curve, 0)
		*(*[5]float64)(r.values[5*a:]) = [5]float64{x.Cmax, x.Tmax - r.start, x.AUCLast, x.AUCInf, x.THalf}
	}
	for i := range seen {
		r.values[10] = max(r.values[10], seen[i].Occupancy)
		r.values[11] = max(r.values[11], seen[i].Withdrawal)
	}
}

// appendCSV writes the subject's rows with nine significant digits.
func (r *subjectRun) appendCSV(b []byte, subject int, rows []Row) []byte {
	for i, row := range rows {
		b = strconv.AppendInt(b, int64(subject), 10)
		for k, v := range [5]float64{r.times[i], row.MitragynineNM, row.SevenOHNM, row.Occupancy, row.Withdrawal} {
			b = append(b, ',')
			if k == 0 {
				b = strconv.AppendFloat(b, v, 'f', -1, 64)
			} else {
				b = strconv.AppendFloat(b, v, 'g', 9, 64)
			}
		}
		b = append(b, '\n')
	}
	return b
}
