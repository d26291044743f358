package taper

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// toys are bodies that can be worked out by hand: each is used to what it took
// and gets used to less by the same part every day; a day adds what it is short
// of, beyond what it does not notice. Of yesterday's drug a part may be left.
type toys struct {
	used   []float64 // what each is used to at first, in grains
	rate   []float64 // how much of the gap goes in a day
	gain   []float64 // points for each grain short
	notice []float64 // grains short that are not felt
	swing  []float64 // points for each grain taken: the more by day, the lower the night
	grains []float64 // of each level
	left   []float64 // the part of a day's grains that still acts on the next day
	copies []int
	at     [][]toyState // by body and mark
}

// toyState is what a body is used to, and what it took the day before.
type toyState struct{ used, drug float64 }

// day lives a day of a level, and says what it adds; help is the drug of the day
// before that acts on it.
func (t *toys) day(i int, s *toyState, grains, help float64) float32 {
	adds := max(0, t.gain[i]*(s.used-grains-t.left[i]*help-t.notice[i])+t.swing[i]*grains)
	s.used += t.rate[i] * (grains - s.used)
	s.drug = grains
	return float32(adds)
}

func (t *toys) Copies() []int { return t.copies }

func (t *toys) Follow(i int, s Stretch, peaks []float32) {
	if len(t.at[i]) == 0 {
		t.at[i] = []toyState{t.first(i)}
	}
	now := t.at[i][s.From]
	help := now.drug
	if s.Drug >= 0 {
		help = t.at[i][s.Drug].drug
	}
	for d := range peaks {
		peaks[d] = t.day(i, &now, t.grains[s.Level], help)
		help = now.drug
	}
	if s.To >= 0 {
		for len(t.at[i]) <= s.To {
			t.at[i] = append(t.at[i], toyState{})
		}
		t.at[i][s.To] = now
	}
}

func (t *toys) first(i int) toyState { return toyState{t.used[i], t.grains[len(t.grains)-1]} }

// under reports whether a plan by day keeps to limits for these bodies.
func (t *toys) under(levels []int, l *Limits) bool {
	over := make([]int, l.Days+tailDays)
	total := 0
	for i := range t.used {
		total += t.copies[i]
		now := t.first(i)
		for d := range over {
			c := l.Ceiling
			if slices.Contains(l.Hard, d) {
				c = min(c, l.HardCeiling)
			}
			if t.day(i, &now, t.grains[levels[min(d, len(levels)-1)]], now.drug) > float32(c) {
				over[d] += t.copies[i]
			}
		}
	}
	return float64(slices.Max(over)) <= (1-l.Share)*float64(total)+1e-9
}

// one is a body used to ten grains that loses half of the gap each day and feels
// each grain short as a point, from the second on.
func one(ladder Ladder) *toys {
	t := &toys{used: []float64{10}, rate: []float64{0.5}, gain: []float64{1}, notice: []float64{1}, swing: []float64{0}, left: []float64{0}, copies: []int{1}, at: make([][]toyState, 1)}
	for _, p := range ladder {
		t.grains = append(t.grains, float64(p.Grains()))
	}
	return t
}

func ten() Start {
	return Start{ProductName: "x", Unit: "g", Grain: 1, Day: Pattern{{8 * 60, 5}, {20 * 60, 5}}}
}

// byDay are the levels of a schedule, day by day.
func byDay(s *Schedule, days int) []int {
	var list []int
	for d := range days {
		list = append(list, s.On(d).Grains())
	}
	return list
}

func TestTheLeastPlanByHand(t *testing.T) {
	start := ten()
	ladder, err := NewLadder(&start, 0)
	if err != nil {
		t.Fatal(err)
	}
	// Used to 10, ceiling 1: two grains short are allowed, so 8 on the first day;
	// used to 9 then, so 7; then to 8, so 6; and so on, one grain a day, to none.
	s, c, err := LeastPlan(context.Background(), start, ladder, Limits{Ceiling: 1, Share: 1, Every: 1, Days: 12}, one(ladder))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := byDay(&s, 12), []int{8, 7, 6, 5, 4, 3, 2, 1, 0, 0, 0, 0}; !slices.Equal(got, want) || c.Proof != Least || s.Reached != 8 {
		t.Errorf("daily: %v, %+v", got, c)
	}
	// No step larger than a quarter: 10, 8 (7.5 up), 6, then 5 (4.5 up, which the
	// ceiling would allow sooner), 4, 3, then always one grain.
	s, c, _ = LeastPlan(context.Background(), start, ladder, Limits{Ceiling: 9, Share: 1, Every: 2, Largest: 25, Days: 20}, one(ladder))
	if got, want := byDay(&s, 16), []int{8, 8, 6, 6, 5, 5, 4, 4, 3, 3, 2, 2, 1, 1, 0, 0}; !slices.Equal(got, want) {
		t.Errorf("by a quarter: %v", got)
	}
	if c.Binds[0].Reason != AtLargest || c.Binds[len(c.Binds)-1].Reason != AtGoal {
		t.Errorf("%+v", c.Binds)
	}
	// Stopping at once keeps to nine points, and nothing else binds.
	if s, _, _ = LeastPlan(context.Background(), start, ladder, Limits{Ceiling: 9, Share: 1, Every: 7, Days: 20}, one(ladder)); s.Reached != 0 {
		t.Errorf("at once: %v", byDay(&s, 20))
	}
	// A first day that may add nothing has nine grains: one short is not felt.
	s, c, _ = LeastPlan(context.Background(), start, ladder, Limits{Ceiling: 9, Share: 1, Every: 1, Hard: []int{0}, HardCeiling: 0.1, Days: 5}, one(ladder))
	if got := byDay(&s, 3); !slices.Equal(got, []int{9, 0, 0}) || c.Binds[0].Reason != AtCeiling || c.Binds[0].Over != 1 {
		t.Errorf("hard at first: %v %+v", got, c.Binds)
	}
	// A hard day has no step: the amount of the day before holds.
	s, _, _ = LeastPlan(context.Background(), start, ladder, Limits{Ceiling: 1, Share: 1, Every: 1, Hard: []int{1}, HardCeiling: 1, Days: 5}, one(ladder))
	if got := byDay(&s, 4); got[0] != 8 || got[1] != 8 {
		t.Errorf("no step on a hard day: %v", got)
	}
}

func TestWhatCannotBeKept(t *testing.T) {
	start := ten()
	ladder, _ := NewLadder(&start, 0)
	// Used to 14 and taking 10: three points over what is not noticed, then one,
	// then none.
	b := one(ladder)
	b.used[0] = 14
	_, _, err := LeastPlan(context.Background(), start, ladder, Limits{Ceiling: 2, Share: 1, Every: 1, Days: 9}, b)
	var not *Infeasible
	if !errors.As(err, &not) || not.Day != 0 || not.Over != 1 || not.Ceiling != 3 || not.From != 1 {
		t.Errorf("%+v", err)
	}
	for _, l := range []Limits{{}, {Ceiling: 1}, {Ceiling: 1, Share: 0.8}, {Ceiling: 1, Share: 0.8, Every: 7}, {Ceiling: 1, Share: 0.8, Every: 7, Days: 200},
		{Ceiling: 11, Share: 0.8, Every: 7, Days: 9}, {Ceiling: 1, Share: 0.8, Every: 7, Days: 9, Largest: 101}, {Ceiling: 1, Share: 0.8, Every: 7, Days: 9, Hard: []int{3}},
		{Ceiling: math.NaN(), Share: 0.8, Every: 7, Days: 9}, {Ceiling: 1, Share: 0.8, Every: 7, Days: 9, Hard: []int{9}, HardCeiling: 1}} {
		var in *InputError
		if _, _, err := LeastPlan(context.Background(), start, ladder, l, one(ladder)); !errors.As(err, &in) {
			t.Errorf("%+v: %v", l, err)
		}
	}
}

// any makes a start, bodies and limits of a few levels and days.
func drawLeast(t *rapid.T) (Start, Ladder, Limits, *toys) {
	s := Start{ProductName: "x", Unit: "g", Grain: 0.5}
	for k := range rapid.IntRange(1, 2).Draw(t, "doses") {
		s.Day = append(s.Day, Dose{300 * (k + 1), rapid.IntRange(1, 3-k).Draw(t, "grains")})
	}
	ladder, err := NewLadder(&s, s.Amount(rapid.IntRange(0, 1).Draw(t, "goal")))
	if err != nil {
		t.Fatal(err)
	}
	l := Limits{Ceiling: rapid.Float64Range(0.1, 5).Draw(t, "ceiling"), Share: rapid.SampledFrom([]float64{0.5, 0.6, 0.8, 1}).Draw(t, "share"),
		Every: rapid.IntRange(1, 3).Draw(t, "every"), Days: rapid.IntRange(1, 6).Draw(t, "days")}
	if rapid.Bool().Draw(t, "limit") {
		l.Largest = rapid.Float64Range(5, 90).Draw(t, "largest")
	}
	if rapid.Bool().Draw(t, "hard") {
		l.Hard, l.HardCeiling = []int{rapid.IntRange(0, l.Days-1).Draw(t, "on")}, rapid.Float64Range(0.1, 5).Draw(t, "then")
	}
	b := &toys{}
	lasts := rapid.Bool().Draw(t, "drug lasts")
	for _, p := range ladder {
		b.grains = append(b.grains, float64(p.Grains()))
	}
	top := float64(s.Day.Grains())
	for range rapid.IntRange(1, 5).Draw(t, "bodies") {
		b.used = append(b.used, top*rapid.Float64Range(0.7, 1.2).Draw(t, "used"))
		b.rate = append(b.rate, rapid.Float64Range(0.02, 0.9).Draw(t, "rate"))
		b.gain = append(b.gain, rapid.Float64Range(0.3, 4).Draw(t, "gain"))
		b.notice = append(b.notice, rapid.Float64Range(0, 1.5).Draw(t, "notice"))
		b.left = append(b.left, 0)
		if lasts {
			b.left[len(b.left)-1] = rapid.Float64Range(0, 2).Draw(t, "left")
		}
		b.swing = append(b.swing, max(0, rapid.Float64Range(-3, 2).Draw(t, "swing")))
		b.copies = append(b.copies, rapid.IntRange(1, 3).Draw(t, "copies"))
		b.at = append(b.at, nil)
	}
	return s, ladder, l, b
}

// The least plan is the lowest on every day of all plans that keep to the limits,
// each of them tried; and it is there exactly when one of them is. Where drug of
// the day before still acts it keeps to the limits, and no plan is under its bound.
func TestTheLeastPlanIsLowestOfAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, ladder, l, b := drawLeast(t)
		p := newPlanner(&l, ladder, b)
		n := len(p.blocks)
		lowest := make([]int, n)
		found := false
		levels := make([]int, n)
		days := make([]int, l.Days+tailDays)
		var all func(k, from int)
		all = func(k, from int) {
			if k == n {
				for b, of := range p.blocks {
					for d := range of.days {
						days[of.first+d] = levels[b]
					}
				}
				if !b.under(days, &l) {
					return
				}
				for i, v := range levels {
					if !found || v < lowest[i] {
						lowest[i] = v
					}
				}
				found = true
				return
			}
			for v := from; v >= p.floor(from); v-- {
				levels[k] = v
				all(k+1, v)
			}
		}
		all(0, len(ladder)-1)
		got, c, err := LeastPlan(context.Background(), s, ladder, l, b)
		var not *Infeasible
		lasts := slices.Max(b.left) > 0
		if errors.As(err, &not) {
			if found && !lasts {
				t.Fatalf("there is a plan, %v: %+v", lowest, not)
			}
			if not.Day < 0 {
				t.Fatalf("on no day: %+v", not)
			}
			return
		}
		if err != nil || !found {
			t.Fatalf("%v, a plan is there: %v", err, found)
		}
		for k, of := range p.blocks {
			n := got.On(of.first).Grains()
			if lasts && c.Bound != nil && c.Bound[of.first] > ladder[lowest[k]].Grains() {
				t.Fatalf("block %d: bound %d, and a plan has %d", k, c.Bound[of.first], ladder[lowest[k]].Grains())
			}
			if (!lasts || c.Proof == Least) && n != ladder[lowest[k]].Grains() {
				t.Fatalf("block %d has %d grains, lowest %d; %+v", k, n, ladder[lowest[k]].Grains(), got.Steps)
			}
		}
		var plan []int
		for d := range l.Days {
			plan = append(plan, slices.IndexFunc(ladder, func(p Pattern) bool { return p.Grains() == got.On(d).Grains() }))
		}
		if !b.under(plan, &l) {
			t.Fatalf("%v does not keep to the limits", got.Steps)
		}
		if !lasts && c.Proof != Least || c.Lowest < l.Share-1e-9 || c.Joint > c.Lowest+1e-9 {
			t.Fatalf("%+v", c)
		}
		again, _, err := LeastPlan(context.Background(), s, ladder, l, b)
		if err != nil || !slices.EqualFunc(again.Steps, got.Steps, func(a, b Step) bool { return a.Day == b.Day && slices.Equal(a.Pattern, b.Pattern) }) {
			t.Fatalf("%v, then %v (%v)", got.Steps, again.Steps, err)
		}
		// It never rises, in all or in one of its doses, and stays at or below now.
		before := s.Day
		for _, st := range got.Steps {
			if !st.Pattern.Within(before) {
				t.Fatalf("%v after %v", st.Pattern, before)
			}
			before = st.Pattern
		}
	})
}

// Tighter limits never shorten a plan nor lower a day of it.
func TestTighterIsNeverLower(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, ladder, l, b := drawLeast(t)
		clear(b.left)
		wide, _, err := LeastPlan(context.Background(), s, ladder, l, b)
		if err != nil {
			return
		}
		tight := l
		switch rapid.IntRange(0, 2).Draw(t, "what") {
		case 0:
			tight.Ceiling *= rapid.Float64Range(0.3, 1).Draw(t, "of")
		case 1:
			tight.Share = 1
		case 2:
			if tight.Largest = 5; l.Largest > 0 {
				tight.Largest = min(5, l.Largest)
			}
		}
		narrow, _, err := LeastPlan(context.Background(), s, ladder, tight, b)
		if err != nil {
			return
		}
		for d := range l.Days {
			if narrow.On(d).Grains() < wide.On(d).Grains() {
				t.Fatalf("day %d: %v with less allowed, %v with more", d, narrow.Steps, wide.Steps)
			}
		}
	})
}
