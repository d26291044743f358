package journal

import (
	"math"
	"testing"
)

// The steps of a plan count up to and from its day 0.
func TestTheStepsOfAPlan(t *testing.T) {
	for _, c := range []struct {
		days []int
		ok   bool
	}{
		{[]int{0}, true}, {[]int{0, 5, 9}, true}, {[]int{-5, 0}, true}, {[]int{-5, 0, 5}, true},
		{nil, false}, {[]int{1}, false}, {[]int{-5}, false}, {[]int{-5, 5}, false}, {[]int{-9, -5, 0}, false}, {[]int{0, 5, 5}, false}, {[]int{-20_001, 0}, false},
	} {
		p := &Plan{Change: "jumped", ProductName: "leaf", Unit: "g", Grain: 1, Begins: "2026-11-25"}
		for _, day := range c.days {
			p.Steps = append(p.Steps, PlanStep{Day: day})
		}
		if err := p.check(); (err == nil) != c.ok {
			t.Errorf("%v: %v", c.days, err)
		}
	}
}

// A forecast that is kept with a plan is one, or is refused.
func TestTheForecastOfAPlan(t *testing.T) {
	good := func() PlanForecast {
		return PlanForecast{Basis: "fitted", First: "2026-11-25", Low80: []float64{0, 1}, Low50: []float64{1, 1}, Median: []float64{2, 1}, High50: []float64{3, 2}, High80: []float64{10, 4}}
	}
	long := make([]float64, 181)
	for _, c := range []struct {
		name  string
		spoil func(*PlanForecast)
		ok    bool
	}{
		{"whole", func(*PlanForecast) {}, true},
		{"without a basis", func(f *PlanForecast) { f.Basis = "" }, false},
		{"without a day", func(f *PlanForecast) { f.First = "soon" }, false},
		{"empty", func(f *PlanForecast) { *f = PlanForecast{Basis: "fitted", First: "2026-11-25"} }, false},
		{"one list is shorter", func(f *PlanForecast) { f.High50 = f.High50[:1] }, false},
		{"above the scale", func(f *PlanForecast) { f.High80[0] = 10.1 }, false},
		{"no number", func(f *PlanForecast) { f.Median[1] = math.NaN() }, false},
		{"ends that cross", func(f *PlanForecast) { f.Low50[0] = 2.5 }, false},
		{"longer than any", func(f *PlanForecast) { f.Low80, f.Low50, f.Median, f.High50, f.High80 = long, long, long, long, long }, false},
	} {
		f := good()
		c.spoil(&f)
		p := &Plan{Change: "begun", ProductName: "leaf", Unit: "g", Grain: 1, Begins: "2026-11-25", Steps: []PlanStep{{}}, Shown: &f}
		if err := p.check(); (err == nil) != c.ok {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
