package pkpd

import (
	"fmt"
	"math"
	"strings"
)

// Scenario is what one simulation computes.
type Scenario struct {
	UntilH      float64        `json:"until_h"` // h, the last row; > 0
	StepH       float64        `json:"step_h"`  // h between rows; default 0.25
	Subjects    int            `json:"subjects"`
	Seed        uint64         `json:"seed"`
	Variability bool           `json:"variability"` // false: everyone is the typical person
	Body        string         `json:"body"`        // BodyFamily, or BodyCentral to take the population as known
	Doses       []ScenarioDose `json:"doses"`
}

// ScenarioDose is a dose and its repeats: addl more of them, ii_h hours apart.
type ScenarioDose struct {
	AtH           float64 `json:"at_h"`
	Form          string  `json:"form"`
	MitragynineMg float64 `json:"mitragynine_mg"`
	SevenOHMg     float64 `json:"seven_oh_mg"`
	IIH           float64 `json:"ii_h"`
	Addl          int     `json:"addl"`
}

// What Scenario.Body may be. Empty is BodyFamily.
const (
	BodyFamily  = "family"
	BodyCentral = "central"
)

// Limits of one scenario. A run streams, so they bound work, not memory.
const (
	MaxSubjects = 10_000_000
	maxScenario = 16 << 20 // bytes of JSON
	minInterval = 1.0 / 60 // h, of repeats and of rows
	maxRows     = 400_000  // rows of one subject
	maxMg       = 100_000
)

// Check reports the first thing wrong with a scenario.
func (s *Scenario) Check() error {
	switch {
	case !(s.UntilH > 0 && s.UntilH <= MaxHours):
		return refuse("until_h", "pkpd.until", "value", s.UntilH, "most", MaxHours)
	case !(s.StepH >= minInterval && s.StepH <= s.UntilH):
		return refuse("step_h", "pkpd.step", "value", s.StepH, "least", Round(minInterval, 3))
	case s.UntilH/s.StepH > maxRows:
		return refuse("step_h", "pkpd.rows", "value", s.StepH, "rows", math.Floor(s.UntilH/s.StepH), "most", maxRows)
	case s.Subjects < 1 || s.Subjects > MaxSubjects:
		return refuse("subjects", "pkpd.whole_range", "value", s.Subjects, "low", 1, "high", MaxSubjects)
	case s.Body != "" && s.Body != BodyFamily && s.Body != BodyCentral:
		return refuse("body", "pkpd.body", "value", fmt.Sprintf("%.40q", s.Body), "family", BodyFamily, "central", BodyCentral)
	case len(s.Doses) == 0:
		return refuse("doses", "pkpd.no_dose")
	}
	total := 0
	for i, d := range s.Doses {
		at := func(field string) string { return fmt.Sprintf("doses[%d].%s", i, field) }
		switch {
		case !(d.AtH >= 0 && d.AtH <= MaxHours):
			return refuse(at("at_h"), "pkpd.hours", "value", d.AtH, "most", MaxHours)
		case !(d.MitragynineMg >= 0 && d.MitragynineMg <= maxMg):
			return refuse(at("mitragynine_mg"), "pkpd.mg", "value", d.MitragynineMg, "most", maxMg)
		case !(d.SevenOHMg >= 0 && d.SevenOHMg <= maxMg):
			return refuse(at("seven_oh_mg"), "pkpd.mg", "value", d.SevenOHMg, "most", maxMg)
		case d.MitragynineMg == 0 && d.SevenOHMg == 0:
			return refuse(at("mitragynine_mg"), "pkpd.empty_dose")
		case d.Addl < 0 || d.Addl > MaxDoses:
			return refuse(at("addl"), "pkpd.addl_many", "n", d.Addl, "most", MaxDoses)
		case d.IIH != 0 && !(d.IIH >= minInterval && d.IIH <= MaxHours):
			return refuse(at("ii_h"), "pkpd.interval", "value", d.IIH, "least", Round(minInterval, 3), "most", MaxHours)
		case d.Addl > 0 && d.IIH == 0:
			return refuse(at("addl"), "pkpd.addl_at_once", "n", d.Addl)
		}
		if _, ok := ParseForm(d.Form); !ok {
			return refuse(at("form"), "pkpd.form", "value", fmt.Sprintf("%.40q", d.Form), "forms", strings.Join(formNames[:], ", "))
		}
		if total += d.Addl + 1; total > MaxDoses {
			return refuse(at("addl"), "pkpd.total", "most", MaxDoses)
		}
	}
	return s.overlap()
}

// overlap reports a repeated dose that falls on the same moment as another dose
// of the same form: nearly always a series that was meant to end earlier.
func (s *Scenario) overlap() error {
	type moment struct {
		form string
		tick int64
	}
	taken := map[moment]int{}
	for i, d := range s.Doses {
		for k := range d.Addl + 1 {
			m := moment{d.Form, int64(math.Round((d.AtH + float64(float64(k)*d.IIH)) * 3600))}
			j, ok := taken[m]
			if ok && j != i && (d.Addl > 0 || s.Doses[j].Addl > 0) {
				at := i
				if d.Addl == 0 {
					at = j
				}
				return refuse(fmt.Sprintf("doses[%d].addl", at), "pkpd.overlap", "one", j, "other", i, "form", d.Form, "at", float64(m.tick)/3600)
			}
			taken[m] = i
		}
	}
	return nil
}

// expand returns the doses up to the last row.
func (s *Scenario) expand() []Dose {
	var out []Dose
	for _, d := range s.Doses {
		f, _ := ParseForm(d.Form)
		for k := range d.Addl + 1 {
			at := d.AtH + float64(float64(k)*d.IIH)
			if at > s.UntilH {
				break
			}
			out = append(out, Dose{at, f, d.MitragynineMg, d.SevenOHMg})
		}
	}
	return out
}

// times returns the moments of the rows: every step from 0, and until_h.
func (s *Scenario) times() []float64 {
	n := int(math.Floor(s.UntilH/s.StepH + 1e-9))
	out := make([]float64, 0, n+2)
	for i := range n + 1 {
		out = append(out, float64(i)*s.StepH)
	}
	if last := out[len(out)-1]; s.UntilH-last > 1e-9 {
		out = append(out, s.UntilH)
	}
	return out
}
