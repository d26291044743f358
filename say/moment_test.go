package say

import "testing"

// The first row whose condition holds, by hand.
func TestAt(t *testing.T) {
	for _, c := range []struct {
		name string
		m    Moment
		want string
	}{
		{"at its usual height", Moment{Low: 0.9, High: 1.1, Usual: true, Turn: Top}, "say.at.near"},
		{"the band leaves the height", Moment{Low: 0.7, High: 1.2, Usual: true}, "say.at.share"},
		{"well above", Moment{Low: 1.1, High: 2.5, Usual: true}, "say.at.above"},
		{"half", Moment{Low: 0.45, High: 0.58, Usual: true}, "say.at.half"},
		{"low", Moment{Low: 0.01, High: 0.33, Usual: true}, "say.at.far"},
		{"in between", Moment{Low: 0.3, High: 0.55, Usual: true}, "say.at.share"},
		{"anything fits", Moment{Low: 0.2, High: 0.9, Usual: true}, "say.at.wide"},
		{"two days are no usual", Moment{Low: 0.9, High: 1.1}, "say.at.turn"},
		{"after a day without entries", Moment{Low: 0.1, High: 0.2, Usual: true, Missing: true}, "say.at.missing"},
		{"next to none", Moment{None: true, Usual: true, Turn: Falling}, "say.at.none"},
		{"minutes after a dose", Moment{None: true, Usual: true, Turn: Rising}, "say.at.coming"},
		{"next to none, but who knows", Moment{None: true, Missing: true, Usual: true, Turn: Falling}, "say.at.missing"},
	} {
		if got := At(c.m); got.Key != c.want {
			t.Errorf("%s: %s, want %s", c.name, got.Key, c.want)
		}
	}
}

// A share is given in tens, and never as a point.
func TestAtShare(t *testing.T) {
	for _, c := range []struct{ low, high, wantLow, wantHigh float64 }{
		{0.34, 0.56, 30, 60}, {0.61, 0.64, 60, 70}, {0.36, 0.36, 40, 50}, {1.02, 1.5, 100, 150},
	} {
		got := At(Moment{Low: c.low, High: c.high, Usual: true, Turn: Falling})
		if got.Key != "say.at.share" || got.Args[1] != c.wantLow || got.Args[3] != c.wantHigh {
			t.Errorf("%v to %v: %+v", c.low, c.high, got)
		}
	}
}
