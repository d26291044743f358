package pkpd

import (
	"math"
	"testing"
)

// RunMany gives the bits of Run, whichever kernel it uses, for both kernels, for
// a group with one person whose rates coincide, and for a rest below a vector.
func TestRunManyGivesTheBitsOfRun(t *testing.T) {
	pop := Prior()
	var doses []Dose
	for d := range 10 {
		doses = append(doses, Dose{AtH: 12 * float64(d), Form: Leaf, MitragynineMg: 30})
	}
	var times []float64
	for h := range 400 {
		times = append(times, float64(h)/2)
	}
	for name, change := range map[string]func(p *Params, i int){
		"six modes":  func(*Params, int) {},
		"five modes": func(p *Params, i int) { p.EM, p.E7, p.Ke7 = 1, 1, p.KeM },
		"mixed": func(p *Params, i int) {
			if i == 5 {
				p.EM, p.E7, p.Ke7 = 1, 1, p.KeM
			}
		},
		"coincide": func(p *Params, i int) {
			if i == 2 {
				p.Ke7 = p.CL7 / p.V7
			}
		},
	} {
		people := make([]Params, 11)
		rows := make([][]Row, len(people))
		for i := range people {
			s := NewStream(5, uint64(i))
			eta := pop.Draw(&s)
			people[i] = pop.Typical.With(&eta)
			change(&people[i], i)
			rows[i] = make([]Row, len(times))
		}
		plan, err := NewPlan(&pop.Typical, doses, times)
		if err != nil {
			t.Fatal(err)
		}
		var many, single Engine
		if err := many.RunMany(people, plan, rows); err != nil {
			t.Fatal(err)
		}
		want := make([]Row, len(times))
		for i := range people {
			if err := single.Run(&people[i], plan, want, nil); err != nil {
				t.Fatal(err)
			}
			for k := range want {
				a, b := rows[i][k], want[k]
				for _, v := range [][2]float64{{a.MitragynineNM, b.MitragynineNM}, {a.SevenOHNM, b.SevenOHNM}, {a.Occupancy, b.Occupancy}, {a.Withdrawal, b.Withdrawal}} {
					if math.Float64bits(v[0]) != math.Float64bits(v[1]) {
						t.Fatalf("%s (%s kernel): person %d at %g h: %v, alone %v", name, Kernel(), i, times[k], a, b)
					}
				}
			}
		}
	}
}
