package main

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/evenkeel/evenkeel/pkpd"
	"github.com/evenkeel/evenkeel/taper"
)

// text is an interval with some decimals; a day that never comes is a dash.
func (v interval) text(decimals int) string {
	one := func(x float64) string {
		switch {
		case math.IsNaN(x):
			return "-"
		case math.IsInf(x, 1):
			return "never"
		}
		return fmt.Sprintf("%.*f", decimals, x)
	}
	return fmt.Sprintf("%s (%s to %s)", one(v.at), one(v.low), one(v.high))
}

// only is the estimate of a percentage without its interval.
func (v interval) only() string {
	if math.IsNaN(v.at) {
		return "-"
	}
	return fmt.Sprintf("%.0f", v.at)
}

func collect(rs []*result, f func(*result) float64) []float64 {
	out := make([]float64, len(rs))
	for i, r := range rs {
		out[i] = f(r)
	}
	return out
}

func shareOf(rs []*result, f func(*result) bool) interval { return part(len(of(rs, f)), len(rs)) }

// whole writes all tables.
func whole(t *trial, all []*result) string {
	var b strings.Builder
	b.WriteString("**A simulation. Nobody lived any of this, and no line of it is evidence on people.**\n\n")
	whoTable(&b, t, all)
	planned := of(all, func(r *result) bool { return r.why == nil })
	for _, g := range []struct {
		name  string
		seven bool
	}{{"leaf", false}, {"7-OH", true}} {
		rs := of(planned, func(r *result) bool { return r.seven == g.seven })
		fmt.Fprintf(&b, "\n#### What came of each, people who take %s (%d)\n\n", g.name, len(rs))
		outcomesTable(&b, rs, nStrategies)
	}
	without := of(all, func(r *result) bool { return r.why != nil })
	fmt.Fprintf(&b, "\n#### People for whom some plan was missing (%d): the paces that look at nobody\n\n", len(without))
	outcomesTable(&b, without, strategy(len(fixed)))
	bodiesTable(&b, planned)
	aimsTable(&b, planned)
	variantsTable(&b, planned)
	return b.String()
}

func whoTable(b *strings.Builder, t *trial, all []*result) {
	fmt.Fprintf(b, "%d people, %d habits, %d kinds of bodies, seed %d; %d of them through every variant of behaviour, %d given the least plan in the days of a percent. Plans look at %d draws of a fit of %d. Intervals are of 95 %%.\n\n", len(all), len(habits()), len(kinds), t.seed, min(t.each, len(all)), min(t.lower, len(all)), t.look, t.draws)
	count := func(f func(*result) bool) int { return len(of(all, f)) }
	is := func(target error) func(*result) bool {
		return func(r *result) bool { return errors.Is(r.why, target) }
	}
	b.WriteString("| Of these | people |\n|---|---|\n")
	row := func(what string, f func(*result) bool) { fmt.Fprintf(b, "| %s | %d |\n", what, count(f)) }
	row("plans stand on their own check-ins", func(r *result) bool { return r.basis == pkpd.Fitted })
	row("the fit did not settle, so on the population", func(r *result) bool { return r.basis != pkpd.Fitted })
	row("over their ceiling as they are, by what the draws say: no plan", func(r *result) bool {
		var over *taper.Infeasible
		return errors.As(r.why, &over)
	})
	row("least plan longer than half a year: not looked at further", is(errLong))
	row("a least plan, but no percent or no hyperbolic one under the ceiling", is(errNone))
	row("all ten plans", func(r *result) bool { return r.why == nil })
	row("... the least plan is to stop at once", func(r *result) bool { return r.why == nil && r.days[ours] == 0 })
	row("... no plan can be lower (proven)", func(r *result) bool { return r.why == nil && r.proof == taper.Least })
	row("... no plan can be lower by more than some days (proven)", func(r *result) bool { return r.why == nil && r.proof == taper.Within })
}

const halfYear = 182

func outcomesTable(b *strings.Builder, rs []*result, n strategy) {
	b.WriteString("| Way down | Worst half hour, points added, median | Days to none, median | At none within half a year, % | Days above the person's ceiling, mean | Gave up, % |\n|---|---|---|---|---|---|\n")
	for s := range n {
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s | %s |\n", strategyNames[s],
			median(collect(rs, func(r *result) float64 { return r.lived[s].peak })).text(1),
			median(collect(rs, func(r *result) float64 { return r.lived[s].day() })).text(0),
			shareOf(rs, func(r *result) bool { return r.lived[s].day() <= halfYear }).text(0),
			average(collect(rs, func(r *result) float64 { return float64(r.lived[s].above) })).text(1),
			shareOf(rs, func(r *result) bool { return r.lived[s].gaveUp }).text(1))
	}
}

// bodiesTable looks at the plans that were tuned, by who the people are.
func bodiesTable(b *strings.Builder, planned []*result) {
	b.WriteString("\n#### The tuned plans, by the body that people were drawn from, kept to the letter\n\n| Body | people | Way down | Worst half hour, points added, median | Over their ceiling at some time, % | Days to none, median |\n|---|---|---|---|---|---|\n")
	for k := range kinds {
		rs := of(planned, func(r *result) bool { return r.kind == k })
		for _, s := range []strategy{hyperbolic, percentUnit, percentJump, percentSame, ours} {
			fmt.Fprintf(b, "| %s | %d | %s | %s | %s | %s |\n", kinds[k].name, len(rs), strategyNames[s],
				median(collect(rs, func(r *result) float64 { return r.kept[s] })).text(1),
				shareOf(rs, func(r *result) bool { return r.kept[s] > r.ceiling }).text(0),
				median(collect(rs, func(r *result) float64 { return float64(r.days[s]) })).text(0))
		}
	}
}

// aim is what the least plan was to gain, percent.
const aim = 25

func aimsTable(b *strings.Builder, planned []*result) {
	fmt.Fprintf(b, "\n#### The aims: %d %% fewer days under the same ceiling, %d %% lower peak in the same days\n\nBoth against the largest percent under the ceiling down to the smallest unit, over those whom stopping at once would take over it by what the draws say. Peaks are those of the bodies, kept to the letter.\n\n", aim, aim)
	b.WriteString("| Product | Ceiling, points | A step each | people (others, who could stop at once) | Mean days, percent and least | Fewer days, % | no fewer, % of people | Fewer days than with the last step tuned too, % | Lower ceiling that the draws grant in the percent's days, % (people) | Lower peak that the bodies have of it, % | no lower, % of people | Lower peak than a percent in our days, bodies of the model, % | other bodies, % | Days aim | Peak aim |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n")
	for _, seven := range []bool{false, true} {
		for _, g := range goals {
			rs := of(planned, func(r *result) bool { return r.seven == seven && r.goal == g })
			aimsRow(b, rs, seven, g)
		}
	}
}

func aimsRow(b *strings.Builder, rs []*result, seven bool, g goal) {
	need := of(rs, func(r *result) bool { return r.days[percentUnit] > 0 })
	days := func(s strategy) []float64 {
		return collect(need, func(r *result) float64 { return float64(r.days[s]) })
	}
	lower := func(own bool) interval {
		who := of(need, func(r *result) bool { return (kinds[r.kind].change == nil) == own })
		return fewer(collect(who, func(r *result) float64 { return r.kept[ours] }), collect(who, func(r *result) float64 { return r.kept[percentSame] }))
	}
	looked := of(need, func(r *result) bool { return !math.IsNaN(r.low) })
	low := fewer(collect(looked, func(r *result) float64 { return r.low }), collect(looked, func(r *result) float64 { return r.kept[percentUnit] }))
	granted := fewer(collect(looked, func(r *result) float64 { return r.lowCeiling }), collect(looked, func(r *result) float64 { return r.ceiling }))
	name := "leaf"
	if seven {
		name = "7-OH"
	}
	short := fewer(days(ours), days(percentUnit))
	fmt.Fprintf(b, "| %s | %g | %d d | %d (%d) | %.0f, %.0f | %s | %s | %s | %.0f (%d) | %s | %s | %s | %s | %s | %s |\n", name, g.ceiling, g.every, len(need), len(rs)-len(need),
		average(days(percentUnit)).at, average(days(ours)).at, short.text(0),
		shareOf(need, func(r *result) bool { return r.days[ours] >= r.days[percentUnit] }).only(),
		fewer(days(ours), days(percentJump)).text(0),
		granted.at, len(looked), low.text(0), shareOf(looked, func(r *result) bool { return r.low >= r.kept[percentUnit] }).only(),
		lower(true).text(0), lower(false).text(0), met(short), met(low))
}

// met says what a gain is worth against the aim.
func met(v interval) string {
	switch {
	case math.IsNaN(v.at):
		return "-"
	case v.low >= aim:
		return "met"
	case v.at >= aim:
		return "met, not surely"
	case v.high <= 0:
		return "**worse**"
	case v.low <= 0:
		return "**no gain shown**"
	}
	return "missed"
}

// variantsTable has the chance of giving up under other behaviour.
func variantsTable(b *strings.Builder, planned []*result) {
	rs := of(planned, func(r *result) bool { return r.other != nil })
	fmt.Fprintf(b, "\n#### If people behave otherwise (%d people, both products): gave up, %% / at none within half a year, %%\n\n| Behaviour |", len(rs))
	for s := range nStrategies {
		fmt.Fprintf(b, " %s |", strategyNames[s])
	}
	b.WriteString(" Place of the least plan of ten |\n|---" + strings.Repeat("|---", int(nStrategies)+1) + "|\n")
	for v := range variants {
		fmt.Fprintf(b, "| %s |", variants[v].name)
		var gaveUp, soon [nStrategies]float64
		for s := range nStrategies {
			gaveUp[s] = shareOf(rs, func(r *result) bool { return r.other[v][s].gaveUp }).at
			soon[s] = shareOf(rs, func(r *result) bool { return r.other[v][s].day() <= halfYear }).at
			fmt.Fprintf(b, " %.1f / %.0f |", gaveUp[s], soon[s])
		}
		fewest, most := 1, 1
		for s := range nStrategies {
			if gaveUp[s] < gaveUp[ours] {
				fewest++
			}
			if soon[s] > soon[ours] {
				most++
			}
		}
		fmt.Fprintf(b, " %d / %d |\n", fewest, most)
	}
}
