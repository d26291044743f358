package main

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/evenkeel/evenkeel/insight"
	"github.com/evenkeel/evenkeel/insight/contrast"
	"github.com/evenkeel/evenkeel/insight/diary"
	"github.com/evenkeel/evenkeel/tools/insight/people"
)

// population is a kind of people with a name.
type population struct {
	name string
	people.Kind
}

// changed is dosing when low with something changed.
func changed(f func(*people.Kind)) people.Kind {
	k := people.NullB
	f(&k)
	return k
}

// nulls are people of whom nothing is true, the last four hostile.
var nulls = []population{
	{"dosing whatever the mood", people.NullA},
	{"dosing when low", people.NullB},
	{"bad days go unwritten, strongly", changed(func(k *people.Kind) { k.Missing = 1.5 })},
	{"good days go unwritten, strongly", changed(func(k *people.Kind) { k.Missing = -1.5 })},
	{"hostile: moods fall at once and come back slowly, doses in the fall", changed(func(k *people.Kind) { k.Crash = true })},
	{"hostile: dosing when it is good", changed(func(k *people.Kind) { k.LowFrom, k.LowTo = -0.7, -0.2 })},
}

func (s share) String() string { return fmt.Sprintf("%.1f (%.1f)", s.percent(), s.se()) }

func falseSentences(b *strings.Builder, n int, seed uint64) {
	fmt.Fprint(b, "\n### People of whom nothing is true: who was ever shown anything, %\n\n| People | this machine | of these: after a dose, gaps | day after | what varies | Pearson on day means, once at day 180 | three days with and without, day 30 | 30 days against 30 |\n|---|---|---|---|---|---|---|---|\n")
	for p, pop := range nulls {
		var any, lift, day, varies, r, three, thirty share
		for _, o := range each(n, func(who int) outcome { return follow(pop.Kind, seed+uint64(p), who, nil) }) {
			any.add(len(o.first) > 0)
			lift.add(shown(o, contrast.Lift, contrast.Gap))
			day.add(shown(o, contrast.Alcohol, contrast.Sleep))
			varies.add(shown(o, contrast.Helped, contrast.Felt))
			found, _ := pearson(o.days)
			r.add(found > 0)
			three.add(threeAndThree(o.days))
			thirty.add(thirtyAndThirty(o.days))
		}
		fmt.Fprintf(b, "| %s | **%s** | %s | %s | %s | %s | %s | %s |\n", pop.name, any, lift, day, varies, r, three, thirty)
	}
}

func shown(o outcome, kinds ...contrast.Kind) bool {
	for _, q := range contrast.List {
		if slices.Contains(kinds, q.Kind) && o.first[q.ID()] > 0 {
			return true
		}
	}
	return false
}

// by counts, over the questions of some kinds, those shown by a day.
func by(all []outcome, day int, kinds ...contrast.Kind) share {
	var s share
	for _, o := range all {
		for _, q := range contrast.List {
			if slices.Contains(kinds, q.Kind) {
				first := o.first[q.ID()]
				s.add(first > 0 && first <= day)
			}
		}
	}
	return s
}

func power(b *strings.Builder, n int, seed uint64) {
	fmt.Fprint(b, "\n### What was planted, in people who dose when low: shown by day, % of questions\n\n| Planted | day 60 | 90 | 180 | any of its questions by 180 | mean estimate | Pearson on doses and mood: right sign, wrong sign, % of people |\n|---|---|---|---|---|---|---|\n")
	var covers strings.Builder
	row := func(name string, k people.Kind, size float64, kinds ...contrast.Kind) {
		all := each(n, func(who int) outcome { return follow(k, seed+100, who, nil) })
		var any, right, wrong share
		sum, count := 0.0, 0.0
		for _, o := range all {
			any.add(shown(o, kinds...))
			_, r := pearson(o.days)
			right.add(r > 0)
			wrong.add(r < 0)
			for _, q := range contrast.List {
				if slices.Contains(kinds, q.Kind) && (q.Kind != contrast.Helped || q.Factor == contrast.Product) {
					sum, count = sum+math.Abs(o.size[q.ID()]), count+1
				}
			}
		}
		signs := "-"
		if kinds[0] == contrast.Lift {
			signs = fmt.Sprintf("%.0f, %.0f", right.percent(), wrong.percent())
			coverage(&covers, name, all)
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s | %.2f | %s |\n", name, by(all, 60, kinds...), by(all, 90, kinds...), by(all, 180, kinds...), any, sum/count, signs)
	}
	for _, size := range []float64{0.5, 1, 1.5} {
		lift := changed(func(k *people.Kind) { k.Lift = size })
		row(fmt.Sprintf("after a dose %.1f points better", size), lift, size, contrast.Lift)
		row(fmt.Sprintf("the same, asked by longer gaps (%.1f)", size), lift, size, contrast.Gap)
		row(fmt.Sprintf("the day after alcohol %.1f points worse", size), changed(func(k *people.Kind) { k.Alcohol = size }), size, contrast.Alcohol)
	}
	fmt.Fprintf(b, "\n### Ranges of the lifts under looks on every third day, %% of ranges\n\n| Planted | ever left the planted size out | of these above it, which would promise too much |\n|---|---|---|\n%s", covers.String())
}

func coverage(b *strings.Builder, name string, all []outcome) {
	var outside, over share
	for _, o := range all {
		for _, id := range slices.Sorted(maps.Keys(o.outside)) {
			outside.add(o.outside[id])
			over.add(o.over[id])
		}
	}
	fmt.Fprintf(b, "| %s | %s | %s |\n", name, outside, over)
}

// withDrive compares the hours after a dose with the model's drive.
func withDrive(b *strings.Builder, n int, seed uint64) {
	fmt.Fprint(b, "\n### Hours since a dose, or the drive of the model: lift shown, % of scores\n\n| Truth, people dosing when low | hours: day 90 | 180 | drive: day 90 | 180 |\n|---|---|---|---|---|\n")
	for _, t := range []struct {
		name string
		people.Kind
	}{
		{"nothing", people.NullB},
		{"1.0 point from 0.5 to 3 h after a dose", changed(func(k *people.Kind) { k.Lift = 1 })},
		{"1.0 point at the highest, rising and falling with the dose", changed(func(k *people.Kind) { k.Lift, k.Follow = 1, true })},
	} {
		hours := each(n, func(who int) outcome { return follow(t.Kind, seed+200, who, nil) })
		driven := each(n, func(who int) outcome {
			var v drive
			return follow(t.Kind, seed+200, who, func(p *people.Person, d *diary.Day) { v.set(p, d) })
		})
		l := contrast.Lift
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s |\n", t.name, by(hours, 90, l), by(hours, 180, l), by(driven, 90, l), by(driven, 180, l))
	}
}

// claims are the sentences that say more than a count, by insight.
var claims = []struct {
	name string
	kind insight.Kind
	keys []string // beginnings
}{
	{"3 with and without", insight.With, []string{"insight.with."}},
	{"4 above usual", insight.Usual, []string{"insight.usual.above"}},
	{"4 back to usual", insight.Usual, []string{"insight.usual.back"}},
	{"5 longer gaps", insight.Gaps, []string{"insight.gaps."}},
	{"6 creep, up or down", insight.Creep, []string{"insight.creep."}},
	{"2 relief fades", insight.Fade, []string{"insight.fade"}},
	{"10 since less: better", insight.Steadier, []string{"insight.steadier.better"}},
	{"10 since less: not as good", insight.Steadier, []string{"insight.steadier.harder"}},
	{"10 since less: about as before, or better", insight.Steadier, []string{"insight.steadier.as_before"}},
	{"the day after", insight.NextDay, []string{"insight.alcohol.", "insight.sleep."}},
	{"what varies", insight.Varies, []string{"insight.helped.", "insight.felt."}},
	{"no difference worth a point", "", []string{"insight.even"}},
	{"1 reason, helped (counts)", insight.Relief, []string{"insight.reason", "insight.rated"}},
	{"7 warning signs, mixing left out", insight.Signs, []string{"insight.sign.amount", "insight.sign.doses", "insight.sign.gaps", "insight.sign.stronger", "insight.sign.early"}},
}

func wholeMonths(b *strings.Builder, n int, seed uint64) {
	pops := []population{
		{"A: nothing, whatever the mood", people.NullA},
		{"B: nothing, when low", people.NullB},
		{"B, 1.0 better after a dose", changed(func(k *people.Kind) { k.Lift = 1 })},
		{"B, amount up 2 % a week", changed(func(k *people.Kind) { k.Growth = 0.02 })},
		{"B, amount cut to half at day 90", changed(func(k *people.Kind) { k.Cut = 0.5 })},
		{"the same, 1.0 better since", changed(func(k *people.Kind) { k.Cut, k.Since = 0.5, 1 })},
	}
	head, line := "| Insight ", "|---"
	var cells [][]string
	for p, pop := range pops {
		head, line = head+"| "+pop.name+" ", line+"|---"
		all := each(n, func(who int) map[insight.Kind]map[string]bool { return months(pop.Kind, seed+300+uint64(p), who) })
		for c, claim := range claims {
			var s share
			for _, said := range all {
				s.add(says(said, claim.kind, claim.keys))
			}
			if p == 0 {
				cells = append(cells, []string{claim.name})
			}
			cells[c] = append(cells[c], s.String())
		}
	}
	fmt.Fprintf(b, "\n### Each insight through whole journals: who was ever told it, %%\n\n%s|\n%s|\n", head, line)
	for _, c := range cells {
		fmt.Fprintf(b, "| %s |\n", strings.Join(c, " | "))
	}
}

func says(said map[insight.Kind]map[string]bool, k insight.Kind, begins []string) bool {
	for kind, keys := range said {
		if k != "" && kind != k {
			continue
		}
		for key := range keys {
			for _, p := range begins {
				if strings.HasPrefix(key, p) {
					return true
				}
			}
		}
	}
	return false
}
