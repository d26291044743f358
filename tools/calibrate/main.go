// Calibrate fits the model to the published tables in data/ and writes
// pkpd/parameters.json, the same bytes every time.
//
//	go run ./tools/calibrate
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/evenkeel/evenkeel/pkpd"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "calibrate:", err)
		os.Exit(1)
	}
}

func run() error {
	l := pkpd.Library{Schema: 1, Version: "1", MadeBy: "go run ./tools/calibrate", Domain: domain, Sources: sources, Parameters: specs}
	if err := l.Check(); err != nil {
		return err
	}
	out, err := json.MarshalIndent(l, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile("pkpd/parameters.json", append(out, '\n'), 0o644)
}
