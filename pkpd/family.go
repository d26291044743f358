package pkpd

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// Family is what the calibration leaves in doubt of every person alike: a
// normal distribution of bodies on the scale of Effects, centred on the values
// of the file.
type Family struct {
	Method  string   `json:"method"`  // how it was made
	Effects []string `json:"effects"` // names of EffectNames, in their order
	// Cholesky is the lower triangle of the covariance over Effects, row by row.
	Cholesky [][]float64 `json:"cholesky"`
}

// check reports what is wrong with the family.
func (f *Family) check() error {
	if len(f.Cholesky) != len(f.Effects) {
		return fmt.Errorf("the family has %d rows for %d effects", len(f.Cholesky), len(f.Effects))
	}
	var faults []error
	last := -1
	for i, name := range f.Effects {
		at := slices.Index(EffectNames[:], name)
		if at <= last {
			faults = append(faults, fmt.Errorf("family: %q is not an effect of the model, is given twice or is out of order", name))
		}
		last = max(last, at)
		if len(f.Cholesky[i]) != i+1 {
			faults = append(faults, fmt.Errorf("family: the row of %s has %d numbers, want %d", name, len(f.Cholesky[i]), i+1))
			continue
		}
		square := 0.0
		for _, v := range f.Cholesky[i] {
			square += v * v
		}
		if !(f.Cholesky[i][i] >= 0 && math.Sqrt(square) <= 3) {
			faults = append(faults, fmt.Errorf("family: the doubt of %s is not within 0 to 3 on the log scale", name))
		}
	}
	return errors.Join(faults...)
}

// place writes the family into the triangle over all effects.
func (f *Family) place(doubt *[NEffects][NEffects]float64) {
	at := make([]int, len(f.Effects))
	for i, name := range f.Effects {
		at[i] = slices.Index(EffectNames[:], name)
		for j, v := range f.Cholesky[i] {
			doubt[at[i]][at[j]] = v
		}
	}
}
