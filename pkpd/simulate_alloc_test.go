package pkpd

import (
	"context"
	"testing"
)

// A simulation allocates for its scenario and its workers, not for its subjects,
// whether bodies vary or not.
func TestSimulateDoesNotAllocateBySubject(t *testing.T) {
	pop := Prior()
	for _, body := range []string{BodyFamily, BodyCentral} {
		run := func(subjects int) float64 {
			s := &Scenario{UntilH: 48, StepH: 1, Subjects: subjects, Variability: true, Body: body,
				Doses: []ScenarioDose{{Form: "seven_oh", SevenOHMg: 15, IIH: 6, Addl: 3}}}
			return testing.AllocsPerRun(1, func() {
				if _, err := Simulate(context.Background(), &pop, s, Options{Workers: 1}); err != nil {
					t.Fatal(err)
				}
			})
		}
		// The quantile sketches grow with the spread of values, a little and ever slower.
		if few, many := run(1000), run(5000); many-few > 400 {
			t.Errorf("%s: %.0f allocations for 1,000 subjects, %.0f for 5,000", body, few, many)
		}
	}
}
