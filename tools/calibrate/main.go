// Calibrate fits the model to the published tables in data/ and writes
// pkpd/parameters.json, the same bytes every time, and docs/science/report.json,
// model beside data.
//
//	go run ./tools/calibrate           # fit, then write both (about a minute)
//	go run ./tools/calibrate -report   # measure the built-in parameters only
package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"

	"github.com/evenkeel/evenkeel/pkpd"
)

func main() {
	reportOnly := flag.Bool("report", false, "measure the built-in parameters, fit nothing")
	flag.Parse()
	if err := run(*reportOnly); err != nil {
		fmt.Fprintln(os.Stderr, "calibrate:", err)
		os.Exit(1)
	}
}

func run(reportOnly bool) error {
	l := pkpd.Standard()
	if !reportOnly {
		var err error
		if l, err = calibrate(); err != nil {
			return err
		}
		if err := write("pkpd/parameters.json", l); err != nil {
			return err
		}
	}
	pop := l.Population()
	r, err := measure(&pop)
	if err != nil {
		return err
	}
	for _, f := range r.Figures {
		fmt.Printf("%-20s published %8s   model %8.4g   passes within %g to %g: %v\n", f.ID, f.Published, f.Model, f.Low, f.High, f.Passes)
	}
	return write("docs/science/report.json", r)
}

// calibrate fits and returns the parameter file.
func calibrate() (*pkpd.Library, error) {
	figs, _, err := figures()
	if err != nil {
		return nil, err
	}
	d, err := design()
	if err != nil {
		return nil, err
	}
	inputs, err := inputHash()
	if err != nil {
		return nil, err
	}
	l := &pkpd.Library{Schema: 2, Version: "2", MadeBy: "go run ./tools/calibrate", Inputs: inputs, Domain: domain, Sources: sources, Parameters: slices.Clone(specs)}
	if err := derive(l, figs); err != nil {
		return nil, err
	}
	fitPK(l, figs, d)
	fitWithdrawal(l, figs, d)
	return l, l.Check()
}

// inputHash covers what the calibration starts from.
func inputHash() (string, error) {
	h := sha256.New()
	err := fs.WalkDir(tables, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := tables.ReadFile(path)
		h.Write(data)
		return err
	})
	if err != nil {
		return "", err
	}
	if err := json.NewEncoder(h).Encode(specs); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// report is model beside data.
type report struct {
	People  int                `json:"people"` // simulated people per study arm
	Figures []reported         `json:"figures"`
	Also    map[string]float64 `json:"also"` // what the model says where nothing is published
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

// people per arm of a report: quantiles then move by one or two per cent with
// another draw.
const people = 1000

func measure(pop *pkpd.Population) (*report, error) {
	figs, order, err := figures()
	if err != nil {
		return nil, err
	}
	d, err := design()
	if err != nil {
		return nil, err
	}
	m := measurePK(pop, d, people)
	maps.Copy(m, measureWithdrawal(pop, d, people/5))
	maps.Copy(m, measureRates(&pop.Typical))
	r := &report{People: people, Also: map[string]float64{}}
	for _, id := range order {
		f := figs[id]
		v, ok := m[id]
		if !ok {
			return nil, fmt.Errorf("%s is published but not measured", id)
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
		if published == "" {
			published = "in words"
		}
		r.Figures = append(r.Figures, reported{id, f.row["source"], f.row["grade"], what, published, f.row["unit"], round(f.low), round(f.high), f.model, f.passes(), f.row["note"]})
	}
	for k, v := range m {
		r.Also[k] = round(v)
	}
	return r, nil
}

func write(path string, v any) error {
	out, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(out, '\n'), 0o644)
}
