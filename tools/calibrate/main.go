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
	"os"
	"slices"

	"github.com/evenkeel/evenkeel/pkpd"
)

func main() {
	reportOnly := flag.Bool("report", false, "measure the built-in parameters, fit nothing")
	leaveOut := flag.Bool("leave-one-out", false, "draw the family again and print what changes without each anchor; write nothing")
	flag.Parse()
	if err := run(*reportOnly, *leaveOut); err != nil {
		fmt.Fprintln(os.Stderr, "calibrate:", err)
		os.Exit(1)
	}
}

func run(reportOnly, leaveOut bool) error {
	l := pkpd.Standard()
	if !reportOnly {
		fitted, learned, err := calibrate()
		if err != nil {
			return err
		}
		learned.print()
		if leaveOut {
			return nil
		}
		l = fitted
		if err := write("pkpd/parameters.json", l); err != nil {
			return err
		}
		if err := write("docs/science/family.json", learned); err != nil {
			return err
		}
	}
	pop := l.Population()
	r, err := measure(&pop)
	if err != nil {
		return err
	}
	r.print()
	return write("docs/science/report.json", r)
}

// calibrate fits the kinetics, draws the family around them, and returns the
// parameter file with what was learned.
func calibrate() (*pkpd.Library, *familyReport, error) {
	figs, _, err := figures()
	if err != nil {
		return nil, nil, err
	}
	d, err := design()
	if err != nil {
		return nil, nil, err
	}
	inputs, err := inputHash()
	if err != nil {
		return nil, nil, err
	}
	l := &pkpd.Library{Schema: 2, Version: "2", MadeBy: "go run ./tools/calibrate", Inputs: inputs, Domain: domain, Sources: sources, Parameters: slices.Clone(specs)}
	if err := derive(l, figs); err != nil {
		return nil, nil, err
	}
	fitPK(l, figs, d)
	centre, err := centreOf(l)
	if err != nil {
		return nil, nil, err
	}
	all, err := sampleFamily(centre, d)
	if err != nil {
		return nil, nil, err
	}
	all.settle(l)
	pop := l.Population()
	normal, _, err := predict(&pop, d, bodies)
	if err != nil {
		return nil, nil, err
	}
	learned := all.report(normal)
	return l, &learned, l.Check()
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
