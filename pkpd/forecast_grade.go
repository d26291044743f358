package pkpd

import "slices"

// Grading is the weakest evidence behind each quantity, a key of Grades.
type Grading struct{ Mitragynine, SevenOH, Occupancy, Withdrawal string }

// gradeOrder is from strongest to weakest.
var gradeOrder = []string{"RCT", "OL", "S", "CS", "AN", "IV", "EX", "COM", "assumed"}

// Grades tells how far the numbers of this person can be trusted for a set of
// forms (a bit each): the weakest grade among the parameters they hang on. What
// was learnt from the person's own scores does not raise it.
func (person *Person) Grades(forms uint8) Grading {
	weakest := func(symbols ...string) string {
		at := 0
		for _, q := range Standard().Parameters {
			if slices.Contains(symbols, q.Symbol) {
				at = max(at, slices.Index(gradeOrder, q.Grade))
			}
		}
		return gradeOrder[at]
	}
	m := []string{"CL", "V1", "Q", "V2"}
	s := []string{"CL7", "fm"}
	for f := range nForms {
		if forms&(1<<f) != 0 {
			m = append(m, "F."+formNames[f], "ka."+formNames[f])
			s = append(s, "fp."+formNames[f])
			if f == SevenOH {
				s = append(s, "F7."+formNames[f], "V7")
			}
		}
	}
	r := append(slices.Concat(m, s), "K7", "K.ratio", "ke0.m", "ke0.7", "E.m")
	w := append(slices.Clone(r), "tau_fast", "tau_slow", "w_fast", "w_slow", "threshold", "gain")
	return Grading{weakest(m...), weakest(s...), weakest(r...), weakest(w...)}
}
