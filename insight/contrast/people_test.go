package contrast_test

import (
	"testing"

	"github.com/evenkeel/evenkeel/insight/contrast"
	"github.com/evenkeel/evenkeel/tools/insight/people"
)

// live is what 180 days of looks ever showed to each of some people.
func live(k people.Kind, seed uint64, n int) [][]contrast.Finding {
	all := make([][]contrast.Finding, n)
	for who := range all {
		p, m := people.New(k, seed, uint64(who)), contrast.New()
		for range 180 {
			d := p.Live()
			m.Take(&d)
		}
		for _, f := range m.Findings() {
			if f.First != "" {
				all[who] = append(all[who], f)
			}
		}
	}
	return all
}

// Nothing acts on anything: at most one in twenty people may ever be shown
// something in half a year of daily looks. 150 people have a standard error of
// 1.8 points at 5 %; the full 1,000 stand in docs/insight.md.
func TestNullPeopleAreHardlyEverShownAnything(t *testing.T) {
	for name, k := range map[string]people.Kind{"dosing whatever the mood": people.NullA, "dosing when low": people.NullB} {
		fooled := 0
		for _, shown := range live(k, 11, 150) {
			if len(shown) > 0 {
				fooled++
				t.Logf("%s: %s", name, shown[0].ID())
			}
		}
		if fooled > 7 {
			t.Errorf("%s: %d of 150 were shown something", name, fooled)
		}
	}
}

// A lift of one point is seen in three of four scores, in people who dose when
// low, where the plain correlation has the wrong sign.
func TestALiftOfOnePointIsSeen(t *testing.T) {
	k := people.NullB
	k.Lift = 1
	seen := 0
	const n = 60
	for _, shown := range live(k, 12, n) {
		for _, f := range shown {
			if f.Kind == contrast.Lift {
				seen++
				if better := f.Size > 0 == (f.Score.String() != "pain"); !better {
					t.Errorf("%s has a size of %v", f.ID(), f.Size)
				}
			}
		}
	}
	if share := float64(seen) / (4 * n); share < 0.75 {
		t.Errorf("%.2f of scores", share)
	}
}
