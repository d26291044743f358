package taper

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestWhichDoseIsKept(t *testing.T) {
	s := Start{ProductName: "x", Unit: "g", Grain: 1, Day: Pattern{{480, 2}, {720, 1}, {1260, 2}}}
	for _, c := range []struct {
		keep Keep
		want []Pattern // from the start down
	}{
		{KeepLast, []Pattern{{{480, 2}, {720, 1}, {1260, 2}}, {{480, 2}, {1260, 2}}, {{480, 1}, {1260, 2}}, {{1260, 2}}, {{1260, 1}}, {}}},
		{KeepFirst, []Pattern{{{480, 2}, {720, 1}, {1260, 2}}, {{480, 2}, {720, 1}, {1260, 1}}, {{480, 2}, {1260, 1}}, {{480, 2}}, {{480, 1}}, {}}},
	} {
		l, err := NewLadderKeeping(&s, 0, c.keep)
		slices.Reverse(c.want)
		if err != nil || !slices.EqualFunc(l, c.want, func(a, b Pattern) bool { return slices.Equal(a, b) }) {
			t.Errorf("%q: %v, %v", c.keep, l, err)
		}
	}
	if _, err := NewLadderKeeping(&s, 0, "middle"); err == nil {
		t.Error("any word says which dose is kept")
	}
}

// A ladder goes from the start to the goal by grains, and no level has more than
// the one above it in any dose.
func TestALadderOnlyFalls(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start, goal, _, _ := draw(t)
		l, err := NewLadderKeeping(&start, goal, rapid.SampledFrom(Keeps).Draw(t, "keep"))
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(l[len(l)-1], start.Day) || l[0].Grains() != min(start.Ceil(goal), start.Day.Grains()) || len(l) > mostLevels+1 {
			t.Fatalf("%d levels from %v to %v", len(l), l[len(l)-1], l[0])
		}
		for i := range l[1:] {
			amount := map[int]int{}
			for _, d := range l[i+1] {
				amount[d.Minute] = d.Grains
			}
			for _, d := range l[i] {
				if d.Grains < 1 || d.Grains > amount[d.Minute] {
					t.Fatalf("%v under %v", l[i], l[i+1])
				}
			}
			if l[i].Grains() >= l[i+1].Grains() {
				t.Fatalf("%v is not under %v", l[i], l[i+1])
			}
		}
	})
}
