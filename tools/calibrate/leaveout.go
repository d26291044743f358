package main

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// familyReport is what the calibration learned of the family, for the page.
type familyReport struct {
	Draws      int           `json:"draws"`
	Effective  float64       `json:"effective"`
	Parameters []moved       `json:"parameters"`
	Summaries  []compared    `json:"summaries"`
	LeaveOut   []withoutOne  `json:"leave_one_out"`
	Statements []statementIs `json:"statements"`
}

// moved is one parameter: what was believed, what is, and which anchors moved
// it, with how many posterior standard deviations its mean goes without each.
type moved struct {
	Effect    string   `json:"effect"`
	Grade     string   `json:"grade"`
	Prior     spread   `json:"prior"`
	Posterior spread   `json:"posterior"`
	Note      string   `json:"note"`
	By        []string `json:"by"`
}

// compared is a summary over the weighted draws and over the normal family that
// ships.
type compared struct {
	Summary string `json:"summary"`
	Sample  spread `json:"sample"`
	Normal  spread `json:"normal"`
}

type withoutOne struct {
	Anchor    string   `json:"anchor"`
	Effective float64  `json:"effective"`
	Changes   []string `json:"changes"`
}

type statementIs struct {
	What string  `json:"what"`
	Says string  `json:"says"`
	At   float64 `json:"at"`
}

// statements are what the app and this page say of people in general, by the
// summary each rests on.
var statements = []struct{ summary, what string }{
	{"leaf12.mild", "stopping 12 g of leaf a day: mild or worse in"},
	{"leaf12.moderate", "stopping 12 g of leaf a day: moderate or worse in"},
	{"seven60.mild", "stopping 60 mg of 7-OH a day: mild or worse in"},
	{"seven60.moderate", "stopping 60 mg of 7-OH a day: moderate or worse in"},
	{"seven.heavier", "60 mg of 7-OH a day for a month is heavier than 6 g of leaf in"},
	{"taper10.leaf", "10 % a week from 30 g of leaf is felt by"},
	{"taper10.seven", "10 % a week from 180 mg of 7-OH is felt by"},
	{"taper5.leaf", "5 % each 6 days from 30 g of leaf is mild or worse in"},
	{"tea.share", "10 to 20 h without tea are mild or worse in"},
	{"control.share", "stopping after 15 days of up to 53 mg is mild or worse in"},
	{"leaf.days", "days of withdrawal after leaf"},
	{"seven.onset", "hours to the first signs after 7-OH"},
}

// say puts a figure in the words that a change would have to change.
func say(summary string, v float64) string {
	switch {
	case summary == "leaf.days" || summary == "seven.onset":
		return fmt.Sprintf("about %.0f", v)
	case v < 0.1:
		return "hardly anyone"
	case v < 0.3:
		return "some"
	case v < 0.5:
		return "many"
	case v < 0.9:
		return "most"
	}
	return "nearly all"
}

// stated returns the figure behind each statement under weights: of a share the
// mean over bodies, of a time the median.
func (d *draws) stated(w []float64) []float64 {
	out := make([]float64, len(statements))
	for i, s := range statements {
		k := slices.Index(summaries, s.summary)
		if s.summary == "leaf.days" || s.summary == "seven.onset" {
			out[i] = spreadOf(d.column(k), w).P50
			continue
		}
		for j := range w {
			out[i] += w[j] * d.seen[j][k]
		}
	}
	return out
}

func (d *draws) column(k int) []float64 {
	v := make([]float64, len(d.seen))
	for i := range v {
		v[i] = d.seen[i][k]
	}
	return v
}

// report compares the family with its priors, with its normal form, and with
// itself when one anchor is left out: the same draws, weighed again.
func (d *draws) report(normal []spread) familyReport {
	w, effective := d.weights(1, -1)
	mean, cov := d.moments(w)
	is := d.stated(w)
	r := familyReport{Draws: len(d.x), Effective: math.Round(effective)}
	for i, s := range statements {
		r.Statements = append(r.Statements, statementIs{s.what, say(s.summary, is[i]), round(is[i])})
	}
	for k, name := range summaries {
		r.Summaries = append(r.Summaries, compared{name, spreadOf(d.column(k), w), normal[k]})
	}
	type shift struct {
		anchor string
		by     float64
	}
	shifts := make([][]shift, len(d.coords))
	for k, a := range d.anchors {
		if a.at < 0 { // a prior: left out, it is no longer this calibration
			continue
		}
		v, e := d.weights(1, k)
		m, _ := d.moments(v)
		for i := range m {
			shifts[i] = append(shifts[i], shift{a.row["id"], (mean[i] - m[i]) / math.Sqrt(cov[i][i])})
		}
		without := d.stated(v)
		one := withoutOne{Anchor: a.row["id"], Effective: math.Round(e), Changes: []string{}}
		for i, s := range statements {
			then, now := say(s.summary, without[i]), say(s.summary, is[i])
			if then != now {
				one.Changes = append(one.Changes, strings.TrimSpace(s.what)+" "+then+", not "+now)
			}
		}
		r.LeaveOut = append(r.LeaveOut, one)
	}
	for i, c := range d.coords {
		at := func(z float64) float64 { return round(c.outside(c.mean + z*c.sd)) }
		v := make([]float64, len(d.x))
		for k := range v {
			v[k] = c.outside(d.x[k][i])
		}
		p := moved{Effect: c.row["effect"], Grade: c.row["grade"], Note: c.row["note"], Prior: spread{at(-1.645), at(0), at(1.645)}, Posterior: spreadOf(v, w)}
		slices.SortStableFunc(shifts[i], func(a, b shift) int {
			switch {
			case math.Abs(a.by) > math.Abs(b.by):
				return -1
			case math.Abs(a.by) < math.Abs(b.by):
				return 1
			}
			return 0
		})
		for _, s := range shifts[i][:3] {
			if math.Abs(s.by) >= 0.1 {
				p.By = append(p.By, fmt.Sprintf("%s (%+.1f)", s.anchor, s.by))
			}
		}
		r.Parameters = append(r.Parameters, p)
	}
	return r
}

// print writes what changes without each anchor.
func (r *familyReport) print() {
	fmt.Printf("%d draws, worth %.0f\n", r.Draws, r.Effective)
	for _, p := range r.Parameters {
		fmt.Printf("%-12s prior %8.3g %8.3g %8.3g   now %8.3g %8.3g %8.3g   moved by %s\n", p.Effect, p.Prior.P5, p.Prior.P50, p.Prior.P95, p.Posterior.P5, p.Posterior.P50, p.Posterior.P95, strings.Join(p.By, ", "))
	}
	for _, s := range r.Summaries {
		fmt.Printf("%-18s sample %8.3g %8.3g %8.3g   normal %8.3g %8.3g %8.3g\n", s.Summary, s.Sample.P5, s.Sample.P50, s.Sample.P95, s.Normal.P5, s.Normal.P50, s.Normal.P95)
	}
	for _, s := range r.Statements {
		fmt.Printf("%s %s (%g)\n", s.What, s.Says, s.At)
	}
	for _, o := range r.LeaveOut {
		changes := strings.Join(o.Changes, "; ")
		if changes == "" {
			changes = "nothing changes"
		}
		fmt.Printf("without %-16s (worth %.0f draws): %s\n", o.Anchor, o.Effective, changes)
	}
}
