package main

import (
	"encoding/json"
	"math"
	"os"
	"testing"
)

func TestAnchorsByHand(t *testing.T) {
	for _, c := range []struct {
		kind                       string
		value, error, weight, seen float64
		want                       float64
	}{
		{"value", 10, 2, 1, 14, -2},
		{"value", 10, 2, 0.5, 14, -1},
		{"logvalue", 10, math.Ln2, 1, 20, -0.5},
		{"above", 0.5, 0.1, 1, 0.5, math.Log(0.5)},
		{"below", 0.5, 0.1, 1, 0.6, math.Log(0.158655253931457)},
		{"none", 20, 0, 0.5, 0.1, 10 * math.Log(0.9)},
		{"prior", 1, 1, 1, 5, 0},
	} {
		a := anchor{row: row{"kind": c.kind}, value: c.value, error: c.error, weight: c.weight}
		if c.kind == "prior" {
			a.at = -1
		}
		if got := a.logLikelihood([]float64{c.seen}); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%s %g of %g: %g, want %g", c.kind, c.value, c.seen, got, c.want)
		}
	}
}

// On a problem with a known answer the sampler finds it: a normal prior and a
// normal anchor on a sum. Left out, the anchor leaves the prior. The result is
// the same with one worker and with three.
func TestSamplerFindsTheKnownAnswer(t *testing.T) {
	coords := []coordinate{{row: row{"scale": "log"}, mean: 0, sd: 1}, {row: row{"scale": "log"}, mean: 1, sd: 2}}
	look := func(x []float64) []float64 { return []float64{x[0] + x[1]} }
	run := func(workers int) *draws {
		d := &draws{coords: coords, anchors: []anchor{{row: row{"kind": "value"}, value: 6, error: 0.2, weight: 1}}}
		var all []func([]float64) []float64
		for range workers {
			all = append(all, look)
		}
		d.more(believed(coords, 3000), all)
		for range 4 {
			d.more(d.next(3000, -1), all)
		}
		return d
	}
	d := run(1)
	w, effective := d.weights(1, -1)
	if effective < 5000 {
		t.Errorf("the draws are worth %.0f", effective)
	}
	mean, cov := d.moments(w)
	// By hand: the sum is 1 (variance 5) before; the gain is 5/(5+0.04).
	gain := (6.0 - 1) / 5.04
	for i, want := range []float64{gain, 1 + 4*gain} {
		if math.Abs(mean[i]-want) > 0.03 {
			t.Errorf("mean %d: %.3f, want %.3f", i, mean[i], want)
		}
	}
	if want := 1 - 1/5.04; math.Abs(cov[0][0]-want) > 0.05 {
		t.Errorf("variance %.3f, want %.3f", cov[0][0], want)
	}
	if want := -4 / 5.04; math.Abs(cov[0][1]-want) > 0.05 {
		t.Errorf("covariance %.3f, want %.3f", cov[0][1], want)
	}
	without, _ := d.weights(1, 0)
	if mean, cov = d.moments(without); math.Abs(mean[1]-1) > 0.2 || math.Abs(cov[1][1]-4) > 0.5 {
		t.Errorf("without the anchor: mean %.2f, variance %.2f; want the prior's 1 and 4", mean[1], cov[1][1])
	}
	other, _ := run(3).weights(1, -1)
	for i := range w {
		if w[i] != other[i] {
			t.Fatal("the number of workers changes the result")
		}
	}
}

// The normal family that ships says nearly what the weighted draws said.
func TestNormalFamilyIsNearTheDraws(t *testing.T) {
	data, err := os.ReadFile("../../docs/science/family.json")
	if err != nil {
		t.Fatal(err)
	}
	var f familyReport
	if err := json.Unmarshal(data, &f); err != nil {
		t.Fatal(err)
	}
	if f.Effective < 500 {
		t.Errorf("the draws are worth only %.0f", f.Effective)
	}
	for _, s := range f.Summaries {
		width := s.Sample.P95 - s.Sample.P5
		if d := math.Abs(s.Normal.P50 - s.Sample.P50); d > 0.2*width {
			t.Errorf("%s: median %g, draws %g, over a width of %g", s.Summary, s.Normal.P50, s.Sample.P50, width)
		}
	}
}
