package match_test

import (
	"slices"
	"testing"

	"github.com/evenkeel/evenkeel/evidence/check/lexicon"
	"github.com/evenkeel/evenkeel/evidence/check/match"
)

// Terms 0 to 3 stand in a sentence where they are hit.
func found(hits ...lexicon.Hit) *match.Found {
	f := match.NewFound(4)
	f.Set(hits)
	return f
}

func at(t lexicon.Term, from int) lexicon.Hit { return lexicon.Hit{Term: t, From: from, To: from + 1} }

func TestItemsFollowOneAnotherWithinTheirGap(t *testing.T) {
	r := &match.Rule{Groups: [][]match.Item{{{Term: 0}, {Term: 1, Gap: 2}}}}
	x := match.NewIndex([]*match.Rule{r})
	for _, c := range []struct {
		f    *match.Found
		want []match.Span
	}{
		{found(at(0, 0), at(1, 3)), []match.Span{{From: 0, To: 1}, {From: 3, To: 4}}},           // two words between
		{found(at(0, 0), at(1, 4)), nil},                                                        // three
		{found(at(1, 0), at(0, 1)), nil},                                                        // the other way round
		{found(at(0, 0), at(0, 4), at(1, 5)), []match.Span{{From: 4, To: 5}, {From: 5, To: 6}}}, // the nearer one
	} {
		var got []match.Span
		if m := x.Find(nil, c.f); len(m) > 0 {
			got = m[0].Parts
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%v, want %v", got, c.want)
		}
	}
}

func TestGroupsStandInAnyOrderOnDifferentWords(t *testing.T) {
	twice := &match.Rule{Groups: [][]match.Item{{{Term: 0}}, {{Term: 0}}, {{Term: 1}}}, Not: []lexicon.Term{2}}
	x := match.NewIndex([]*match.Rule{twice})
	if m := x.Find(nil, found(at(1, 0), at(0, 2))); len(m) != 0 {
		t.Errorf("one word for two groups: %v", m)
	}
	m := x.Find(nil, found(at(1, 0), at(0, 2), at(0, 4)))
	if len(m) != 1 || m[0].Span() != (match.Span{From: 0, To: 5}) || m[0].Holds(1) || !m[0].Holds(4) {
		t.Errorf("%v", m)
	}
	if m := x.Find(nil, found(at(1, 0), at(0, 2), at(0, 4), at(2, 9))); len(m) != 0 {
		t.Errorf("met in spite of what must not be there: %v", m)
	}
	if m := x.Find(nil, found(at(1, 0), at(0, 2), at(0, match.Window+1))); len(m) != 0 {
		t.Errorf("wider than the window: %v", m)
	}
}
