package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"

	"github.com/evenkeel/evenkeel/pkpd"
)

// report is model beside data.
type report struct {
	People  int                `json:"people"` // simulated people per study arm
	Bodies  int                `json:"bodies"` // simulated bodies behind an anchor
	Figures []reported         `json:"figures"`
	Also    map[string]float64 `json:"also"` // what the model says where nothing is published
	Anchors []predicted        `json:"anchors"`
	Cases   []reportedCase     `json:"cases"`
}

type reported struct {
	ID        string  `json:"id"`
	Source    string  `json:"source"`
	Grade     string  `json:"grade"`
	What      string  `json:"what"`
	Published string  `json:"published"`
	Unit      string  `json:"unit"`
	Low       float64 `json:"low"`
	High      float64 `json:"high"`
	Model     float64 `json:"model"`
	Passes    bool    `json:"passes"`
	Note      string  `json:"note"`
}

// predicted is an anchor and what the family says of it: quantiles over bodies,
// and the mean, which for a share is the share of all people.
type predicted struct {
	ID     string  `json:"id"`
	Source string  `json:"source"`
	Grade  string  `json:"grade"`
	Read   string  `json:"read"`
	What   string  `json:"what"`
	Known  string  `json:"known"`
	Weight float64 `json:"weight"`
	Note   string  `json:"note"`
	Model  spread  `json:"model"`
	Mean   float64 `json:"mean"`
}

type reportedCase struct {
	What         string  `json:"what"`
	BeforeMedian float64 `json:"before_median"`
	BeforeP95    float64 `json:"before_p95"`
	outcome
}

const (
	// people per arm of a report: quantiles then move by one or two per cent with
	// another draw.
	people = 1000
	// bodies behind each anchor of a report.
	bodies = 200
)

func measure(pop *pkpd.Population) (*report, error) {
	d, err := design()
	if err != nil {
		return nil, err
	}
	central := pop.Central()
	m := measurePK(&central, d, people)
	maps.Copy(m, measureRates(&pop.Typical))
	r := &report{People: people, Bodies: bodies, Also: map[string]float64{}}
	if err := r.addFigures(m); err != nil {
		return nil, err
	}
	if err := r.addAnchors(pop, d); err != nil {
		return nil, err
	}
	rows, outcomes, err := cases(pop)
	if err != nil {
		return nil, err
	}
	for i, c := range rows {
		r.Cases = append(r.Cases, reportedCase{c["what"], c.number("before_median"), c.number("before_p95"), outcomes[i]})
	}
	return r, nil
}

func (r *report) addFigures(m map[string]float64) error {
	figs, order, err := figures()
	if err != nil {
		return err
	}
	for _, id := range order {
		f := figs[id]
		v, ok := m[id]
		if !ok {
			return fmt.Errorf("%s is published but not measured", id)
		}
		delete(m, id)
		f.model = round(v)
		what := f.row["item"]
		if what == "" {
			what = fmt.Sprintf("%s %s, %s, %s mg %s, day %s", f.row["analyte"], f.row["metric"], f.row["statistic"], f.row["dose_mg"], f.row["form"], f.row["day"])
		}
		published := f.row["value"]
		if f.row["sd"] != "" {
			published += " (SD " + f.row["sd"] + ")"
		}
		r.Figures = append(r.Figures, reported{id, f.row["source"], f.row["grade"], what, published, f.row["unit"], round(f.low), round(f.high), f.model, f.passes(), f.row["note"]})
	}
	for k, v := range m {
		r.Also[k] = round(v)
	}
	return nil
}

func (r *report) addAnchors(pop *pkpd.Population, d map[string][]float64) error {
	known, err := anchors()
	if err != nil {
		return err
	}
	model, mean, err := predict(pop, d, bodies)
	if err != nil {
		return err
	}
	for _, a := range known {
		if a.at < 0 {
			continue
		}
		r.Anchors = append(r.Anchors, predicted{a.row["id"], a.row["source"], a.row["grade"], a.row["read"], a.row["what"], a.words(), a.weight, a.row["note"], model[a.at], mean[a.at]})
	}
	return nil
}

// words says what an anchor states.
func (a *anchor) words() string {
	switch a.row["kind"] {
	case "logvalue":
		return fmt.Sprintf("%g, within a factor of %.2g", a.value, factorOf(a.error))
	case "above":
		return fmt.Sprintf("over %g (off by %g)", a.value, a.error)
	case "below":
		return fmt.Sprintf("under %g (off by %g)", a.value, a.error)
	case "none":
		return fmt.Sprintf("none of %g people", a.value)
	}
	return fmt.Sprintf("%g (off by %g)", a.value, a.error)
}

func (r *report) print() {
	for _, f := range r.Figures {
		fmt.Printf("%-20s published %8s   model %8.4g   passes within %g to %g: %v\n", f.ID, f.Published, f.Model, f.Low, f.High, f.Passes)
	}
	for _, a := range r.Anchors {
		fmt.Printf("%-16s %-32s model %8.3g (%.3g to %.3g), mean %.3g\n", a.ID, a.Known, a.Model.P50, a.Model.P5, a.Model.P95, a.Mean)
	}
	for _, c := range r.Cases {
		fmt.Printf("%-50s before %5.3g (p95 %5.3g)   now %5.3g (%.3g to %.3g), noticed %.2f, mild or worse %.2f, moderate or worse %.2f\n", c.What, c.BeforeMedian, c.BeforeP95, c.Median, c.P5, c.P95, c.Noticed, c.Mild, c.Moderate)
	}
}

func write(path string, v any) error {
	out, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(out, '\n'), 0o644)
}
