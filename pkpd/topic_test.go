package pkpd

import (
	"math"
	"slices"
	"testing"
)

// Whoever adds a parameter says what it bears on, so that its page has it.
func TestEveryParameterStandsInOneTopic(t *testing.T) {
	var all []string
	for _, topic := range Topics {
		all = append(all, topic.Symbols...)
	}
	for _, p := range Standard().Parameters {
		switch n := len(slices.DeleteFunc(slices.Clone(all), func(s string) bool { return s != p.Symbol })); n {
		case 1:
		default:
			t.Errorf("%s stands in %d topics", p.Symbol, n)
		}
	}
	if len(all) != len(Standard().Parameters) {
		t.Errorf("the topics name %d parameters, the model has %d", len(all), len(Standard().Parameters))
	}
}

// By hand: omega 0.5 moves eight of ten by e^(1.2816 x 0.5) = 1.898 either way;
// a share of a half with a log-odds deviation of 1 by odds of 3.602, so from
// 1/4.602 = 0.2173 to 0.7827.
func TestRestsSayWhereEightOfTenLie(t *testing.T) {
	near := func(what string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 0.001*want {
			t.Errorf("%s: %g, want %g", what, got, want)
		}
	}
	l := Library{
		Parameters: []Parameter{
			{Symbol: "CL", Value: 100, Omega: 0.5, Min: 1, Max: 1000},
			{Symbol: "w_slow", Value: 0.5, Omega: 1, Max: 1},
			{Symbol: "w_fast", Value: 0.5, Max: 1},
			{Symbol: "E.m", Value: 0.5, Max: 1},
		},
		Family: Family{Effects: []string{"CL", "E.m"}, Cholesky: [][]float64{{0.5}, {0.6, 0.8}}},
	}
	rests := l.Rests(Topic{"made up", []string{"w_fast", "CL", "w_slow", "E.m"}})
	if rests[0].People != nil || rests[0].Doubt != nil {
		t.Errorf("a number that moves with another has a range of its own: %+v", rests[0])
	}
	near("people, low", rests[1].People.Low, 52.69)
	near("people, high", rests[1].People.High, 189.8)
	near("doubt, high", rests[1].Doubt.High, 189.8)
	near("share, low", rests[2].People.Low, 0.2173)
	near("share, high", rests[2].People.High, 0.7827)
	near("doubt of two rows, low", rests[3].Doubt.Low, 0.2173) // sqrt(0.36 + 0.64) = 1
	if rests[3].People != nil || rests[2].Doubt != nil {
		t.Error("a range is given where the file has none")
	}
}
