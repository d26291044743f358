package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strings"
)

// What tools/calibrate writes of the family of bodies.
type (
	spread struct{ P5, P50, P95 float64 }

	anchor struct {
		ID, Source, Grade, Read, What, Known, Note string
		Weight, Mean                               float64
		Model                                      spread
	}
	outcome struct {
		What                                             string
		BeforeMedian                                     float64 `json:"before_median"`
		BeforeP95                                        float64 `json:"before_p95"`
		Median, P5, P95, Noticed, Mild, Moderate, Itself float64
	}
	family struct {
		Draws      int
		Effective  float64
		Parameters []struct {
			Effect, Grade, Note string
			Prior, Posterior    spread
			By                  []string
		}
		Summaries []struct {
			Summary        string
			Sample, Normal spread
		}
		LeaveOut []struct {
			Anchor    string
			Effective float64
			Changes   []string
		} `json:"leave_one_out"`
		Statements []struct {
			What, Says string
			At         float64
		}
	}
)

func readFamily(docs string) (*family, error) {
	data, err := os.ReadFile(docs + "/science/family.json")
	if err != nil {
		return nil, err
	}
	var f family
	return &f, json.Unmarshal(data, &f)
}

func anchorsTable(r *report) string {
	var b strings.Builder
	b.WriteString("| Anchor | What is known | Weight | The family says: median body (90 % of bodies) | Mean |\n|---|---|---|---|---|\n")
	for _, a := range r.Anchors {
		fmt.Fprintf(&b, "| **%s**: %s (%s, %s, %s) | %s. %s. | %g | %.3g (%.3g to %.3g) | %.3g |\n", a.ID, a.What, a.Source, a.Grade, a.Read, a.Known, upper(a.Note), a.Weight, a.Model.P50, a.Model.P5, a.Model.P95, a.Mean)
	}
	return b.String()
}

func upper(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func familyTable(f *family) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d bodies were tried; their weights are worth %.0f equal ones.\n\n", f.Draws, f.Effective)
	b.WriteString("| Parameter | Believed before | After the anchors | Moved most by (standard deviations) |\n|---|---|---|---|\n")
	for _, p := range f.Parameters {
		by := strings.Join(p.By, ", ")
		if by == "" {
			by = "nothing: it is what was believed"
		}
		fmt.Fprintf(&b, "| %s | %.3g (%.3g to %.3g), %s: %s | %.3g (%.3g to %.3g) | %s |\n", p.Effect, p.Prior.P50, p.Prior.P5, p.Prior.P95, p.Grade, p.Note, p.Posterior.P50, p.Posterior.P5, p.Posterior.P95, by)
	}
	return b.String()
}

func leaveOutTable(f *family) string {
	var b strings.Builder
	b.WriteString("With every anchor:\n\n")
	for _, s := range f.Statements {
		fmt.Fprintf(&b, "- %s %s (%.2g)\n", s.What, s.Says, s.At)
	}
	b.WriteString("\n| Without | What changes | Draws it is worth |\n|---|---|---|\n")
	for _, o := range f.LeaveOut {
		changes := strings.Join(o.Changes, "; ")
		if changes == "" {
			changes = "nothing"
		}
		fmt.Fprintf(&b, "| %s | %s | %.0f |\n", o.Anchor, changes, o.Effective)
	}
	return b.String()
}

func normalTable(f *family) string {
	var b strings.Builder
	b.WriteString("| Summary | Weighted draws: 5, 50, 95 % | The normal family: 5, 50, 95 % |\n|---|---|---|\n")
	for _, s := range f.Summaries {
		fmt.Fprintf(&b, "| %s | %.3g, %.3g, %.3g | %.3g, %.3g, %.3g |\n", s.Summary, s.Sample.P5, s.Sample.P50, s.Sample.P95, s.Normal.P5, s.Normal.P50, s.Normal.P95)
	}
	return b.String()
}

func casesTable(r *report) string {
	var b strings.Builder
	b.WriteString("| Case | Version 1: median (95 %) | Now: median (5 to 95 %) | Noticed by | Mild or worse in | Moderate or worse in | Highest withdrawal itself, median |\n|---|---|---|---|---|---|---|\n")
	for _, c := range r.Cases {
		fmt.Fprintf(&b, "| %s | %.2g (%.2g) | %.2g (%.2g to %.2g) | %.0f %% | %.0f %% | %.0f %% | %.2g |\n", c.What, c.BeforeMedian, c.BeforeP95, c.Median, c.P5, c.P95, 100*c.Noticed, 100*c.Mild, 100*c.Moderate, c.Itself)
	}
	return b.String()
}

// familyPlot shows how far each parameter is known, before and after.
func familyPlot(f *family) *plot {
	y := axis{low: -1, top: float64(len(f.Parameters)) + 1.5}
	for i, p := range f.Parameters {
		y.ticks = append(y.ticks, float64(len(f.Parameters)-1-i))
		y.names = append(y.names, p.Effect)
	}
	p := newPlot("What is not known of anyone, before and after the anchors",
		"For each parameter the 90 percent range believed before (pale) and after the anchors (strong), as a multiple of what was believed most likely.",
		axis{label: "times the central belief", low: 0.1, top: 10, log: true, ticks: []float64{0.1, 0.2, 0.5, 1, 2, 5, 10}}, y)
	p.height, p.left = 135+22*float64(len(f.Parameters)), 100
	for i, q := range f.Parameters {
		at := float64(len(f.Parameters) - 1 - i)
		p.stretch("a", at+0.15, q.Prior.P5/q.Prior.P50, q.Prior.P95/q.Prior.P50)
		p.stretch("b", at-0.2, q.Posterior.P5/q.Prior.P50, q.Posterior.P95/q.Prior.P50)
		p.dot("b", q.Posterior.P50/q.Prior.P50, at-0.2)
	}
	p.note("a", "before")
	p.note("b", "after")
	return p
}

// casesPlot shows highest withdrawals of all people, version 1 beside the family.
func casesPlot(r *report) *plot {
	y := axis{low: -1, top: float64(len(r.Cases)) + 1.5}
	for i, c := range r.Cases {
		y.ticks = append(y.ticks, float64(len(r.Cases)-1-i))
		y.names = append(y.names, c.What)
	}
	p := newPlot("Stopping and cutting down: version 1, and the family",
		"Highest withdrawal after stopping, or highest rise of a morning during a taper, on the scale of 0 to 64: 90 percent of people and their median now, and the median of version 1.",
		axis{label: "points of 0 to 64", low: 0, top: 64, ticks: []float64{0, 5, 11, 21, 32, 48, 64}}, y)
	p.width, p.height, p.left = 760, 135+22*float64(len(r.Cases)), 310
	for i, c := range r.Cases {
		at := float64(len(r.Cases) - 1 - i)
		p.stretch("b", at, c.P5, math.Max(c.P95, c.P5+0.3))
		p.dot("b", c.Median, at)
		p.dot("a", c.BeforeMedian, at)
	}
	p.note("a", "version 1")
	p.note("b", "the family")
	return p
}
