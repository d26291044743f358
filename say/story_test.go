package say

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/evenkeel/evenkeel/pkpd"
)

func read(t *testing.T, h pkpd.History, f Facts, share float64) Reading {
	t.Helper()
	p, err := pkpd.Fit(context.Background(), h, pkpd.FitOptions{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	r, err := Read(context.Background(), p, f, share)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The stories that this room was built for, through the whole model.

// Four 15 mg tablets a day for a week, stopped three days ago, 8 and 9 written:
// no page may call that nothing, now or ahead.
func TestStoryStoppedSevenOH(t *testing.T) {
	h := pkpd.History{NowH: 240, NewToIt: true, Products: []pkpd.Content{{SevenOHLogSD: 0.1}}}
	for k := range 28 {
		h.Intakes = append(h.Intakes, pkpd.Intake{Dose: pkpd.Dose{AtH: 6*float64(k) + 3, Form: pkpd.SevenOH, SevenOHMg: 15}})
	}
	h.CheckIns = []pkpd.Rating{{AtH: 222, Score: 8}, {AtH: 237, Score: 9}}
	r := read(t, h, Facts{Doses: 28, SinceLastH: 75, SevenOHTaken: true, MidnightH: 9}, 0)
	if r.Rough.Low80 < 5.5 || r.Stop.WorstLevel.High80 < 7 {
		t.Errorf("now %+v, worst day %+v", r.Rough, r.Stop.WorstLevel)
	}
	for _, list := range [][]Said{Today(&r), Body(&r)} {
		k := strings.Fields(keys(list))
		if !slices.Contains(k, "now.one") && !slices.Contains(k, "now.two") || slices.Contains(k, "ahead.mild") || slices.Contains(k, "ahead.missing") {
			t.Errorf("said: %v", k)
		}
	}
	if n := argument(Body(&r)[len(Body(&r))-3], "n"); n != "" {
		t.Errorf("check-ins are a number, not %q", n)
	}
	if r.CheckIns != 2 {
		t.Errorf("%d check-ins count, want 2", r.CheckIns)
	}
}

// Weeks of doses of unknown strength: no comparison, no "next to none", and the
// question that would help.
func TestStoryUnknownStrength(t *testing.T) {
	const middle, sd = 27.4, 1.03 // nine of ten between 5 and 150 mg: sqrt(5*150), log(30)/3.29
	h := pkpd.History{NowH: 24 * 33, Products: []pkpd.Content{{MitragynineLogSD: sd, ContentGuessed: true}}}
	for k := range 97 {
		h.Intakes = append(h.Intakes, pkpd.Intake{Dose: pkpd.Dose{AtH: 8 * float64(k), Form: pkpd.Extract, MitragynineMg: middle}})
	}
	r := read(t, h, Facts{Doses: 42, SinceLastH: 24, MidnightH: 9}, 0)
	k := strings.Fields(keys(Body(&r)))
	if !slices.Contains(k, "strength.most") || !slices.Contains(k, "ask.strength") || slices.Contains(k, "level.none") {
		t.Errorf("said: %v", k)
	}
	for _, w := range k {
		if strings.HasPrefix(w, "usual.") || w == "ahead.people_mild" {
			t.Errorf("said %s", w)
		}
	}
	if r.Stop.WorstSOWS.High80 < 10.5 {
		t.Errorf("unknown strength reads as safety: %+v", r.Stop.WorstSOWS)
	}
}

// A what-if never says more than its odds.
func TestStoryWhatIf(t *testing.T) {
	h := pkpd.History{NowH: 24*21 + 12, Products: []pkpd.Content{{MitragynineLogSD: 0.3}}}
	for d := range 21 {
		for k := range 2 {
			h.Intakes = append(h.Intakes, pkpd.Intake{Dose: pkpd.Dose{AtH: 24*float64(d) + 8 + 10*float64(k), Form: pkpd.Leaf, MitragynineMg: 40}})
		}
		h.CheckIns = append(h.CheckIns, pkpd.Rating{AtH: 24*float64(d) + 12, Score: float64(1 + d%2)})
	}
	r := read(t, h, Facts{Doses: 28, SinceLastH: 18, MidnightH: 12}, 0.5)
	said := map[string]int{}
	for _, s := range Body(&r) {
		if strings.HasPrefix(s.Key, "say.compare.") {
			said[s.Key]++
		}
	}
	want := map[string]int{}
	for _, o := range []Odds{r.StopSame, r.PartSame} {
		switch {
		case o.Worst >= 0.8:
			want["say.compare.lower"]++
		case o.Worst <= 0.2:
			want["say.compare.higher"]++
		default:
			want["say.compare.unsure"]++
		}
	}
	for k, n := range want {
		if said[k] != n {
			t.Errorf("odds %+v and %+v: said %v, want %v", r.StopSame, r.PartSame, said, want)
		}
	}
	t.Logf("stop %+v, half %+v against the same; worst day %+v, %+v, %+v", r.StopSame, r.PartSame, r.Stop.WorstLevel, r.Part.WorstLevel, r.Same.WorstLevel)
}
